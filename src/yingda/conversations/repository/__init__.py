"""All SQL of conversations, hand-written, because the message path runs through here.

`messages`, `edits`, `heads`, `joining`, `lists`, `marks`, `labels`, `uploads`; `rows` and `where` are what they share.
"""
