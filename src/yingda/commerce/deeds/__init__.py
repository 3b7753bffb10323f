"""Changes in a shop for a verified customer: guarded, done once for each key, kept, undone where allowed."""
