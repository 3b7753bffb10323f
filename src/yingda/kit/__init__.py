"""What every feature leans on: errors, ids, clock, pages, redaction, paths. Imports nothing of ours."""
