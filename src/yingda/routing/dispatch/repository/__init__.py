"""All SQL of dispatch. Locks are always taken in the order conversation, queue, assignment, presence."""
