"""The web channel, on one system that each module shares."""

from tests.shared import log, quiet, staff, system

__all__ = ["log", "quiet", "staff", "system"]
