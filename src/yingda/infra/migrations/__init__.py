"""Alembic's environment and the revisions, one chain."""
