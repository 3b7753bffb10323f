"""Identifiers: UUIDv7 (RFC 9562), so that ids sort by time of birth and index well."""

import os
import time
from uuid import UUID

from yingda.kit.errors import NotFound

_VERSION = 7 << 76
_VARIANT = 0b10 << 62
_RANDOM_MASK = (1 << 62) - 1 | 0xFFF << 64


def new_id() -> UUID:
    """A new UUIDv7: 48 bits of Unix milliseconds, 74 random bits."""
    milliseconds = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10), "big")
    return UUID(int=(milliseconds << 80) | _VERSION | _VARIANT | (random & _RANDOM_MASK))


def parse_id(text: str) -> UUID:
    """The id in `text`; anything else names nothing, hence `NotFound`."""
    try:
        return UUID(text)
    except ValueError:
        raise NotFound from None
