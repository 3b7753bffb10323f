"""What talks to the machine: database, embedded PostgreSQL, jobs, events, real time, files, logs, metrics, settings."""
