"""One system for all tests of tickets, with everybody signed in."""

from tests.shared import log, quiet, staff, system

__all__ = ["log", "quiet", "staff", "system"]
