"""All SQL of conversations, hand-written, because the message path runs through here.

`messages`, `heads`, `lists`, `uploads`; `rows` and `where` are what they share.
"""
