"""Argon2id, beside the event loop.

The costs are above OWASP's minimum and bound the memory: at most `_AT_ONCE` hashes of 32 MiB at a time, however many
people sign in at nine o'clock.
"""

import secrets
import unicodedata
from functools import cache
from typing import Final

from anyio import CapacityLimiter, to_thread
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

HASHER: Final = PasswordHasher(time_cost=2, memory_cost=32 * 1024, parallelism=1)
_AT_ONCE: Final = 2


@cache
def _limiter() -> CapacityLimiter:
    return CapacityLimiter(_AT_ONCE)


async def hash_password(password: str) -> str:
    """What is stored instead of `password`."""
    return await to_thread.run_sync(HASHER.hash, _normalised(password), limiter=_limiter())


async def verify_password(stored: str | None, password: str) -> bool:
    """Whether `password` is the one behind `stored`. Takes as long when there is nothing to compare it with."""
    return await to_thread.run_sync(_verify, stored, _normalised(password), limiter=_limiter())


def needs_rehash(stored: str) -> bool:
    """Whether `stored` was made with other costs than today's."""
    return HASHER.check_needs_rehash(stored)


def _verify(stored: str | None, password: str) -> bool:
    dummy = _dummy_hash()
    try:
        HASHER.verify(stored or dummy, password)
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


@cache
def _dummy_hash() -> str:
    return HASHER.hash(secrets.token_hex())


def _normalised(password: str) -> str:
    return unicodedata.normalize("NFKC", password)
