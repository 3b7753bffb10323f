"""All SQL of tickets."""
