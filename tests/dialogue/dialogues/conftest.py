"""One served demo for all dialogues."""

from tests.shared import log, quiet, staff, system

__all__ = ["log", "quiet", "staff", "system"]
