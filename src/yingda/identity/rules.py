"""Decisions about names, passwords, sessions and guesses. No clock, no database."""

from datetime import timedelta
from typing import Final

#: A session ends when nobody used it for so long …
SESSION_IDLE: Final = timedelta(hours=4)
#: … and in any case after one working day.
SESSION_LIFETIME: Final = timedelta(hours=16)
#: How exact "last seen" is: one write a minute at most.
SESSION_TOUCH: Final = timedelta(minutes=1)
