"""Changes to what a shop holds, for a verified customer: guarded, done once for each key, kept, undone where allowed."""
