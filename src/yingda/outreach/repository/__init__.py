"""All SQL of proactive service."""
