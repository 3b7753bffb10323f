"""Written dialogues: what customers say, what the shop is like afterwards, what they heard. See `playing.py`."""
