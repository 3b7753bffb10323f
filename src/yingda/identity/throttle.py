"""Guessing passwords gets slower and slower; nobody can be locked out for good.

Every attempt counts as a failure before the password is looked at, in a transaction of its own: a thousand guesses
sent at once are counted one by one. A success takes its count back.
"""

import hashlib
from collections.abc import Mapping
from datetime import timedelta
from math import ceil

from yingda.identity.errors import TooManyAttempts
from yingda.identity.repository import access
from yingda.identity.rules import FAILURES_FORGOTTEN, Patience, count_attempt
from yingda.infra.database import Database, Tx
from yingda.kit import clock


def bucket(kind: str, value: str) -> str:
    """The name of a bucket; it does not tell whose it is."""
    return f"{kind}:{hashlib.sha256(value.encode()).hexdigest()}"


async def count(db: Database, buckets: Mapping[str, Patience]) -> None:
    """Count an attempt in all `buckets`; raises `TooManyAttempts`, and counts none, while one of them is closed."""
    now = clock.now()
    async with db.transaction() as tx:
        known = await access.lock_attempts(tx.conn, sorted(buckets), now)
        wait = max(attempts.blocked_until - now for attempts in known.values())
        if wait > timedelta():
            seconds = ceil(wait.total_seconds())
            raise TooManyAttempts(retry_after=seconds, seconds=seconds)
        counted = {name: count_attempt(attempts, buckets[name], now) for name, attempts in known.items()}
        await access.save_attempts(tx.conn, counted)


async def purge_expired(tx: Tx) -> None:
    """Delete sessions, links and counts that have no effect any more. Call it every hour or so."""
    now = clock.now()
    await access.delete_expired(tx.conn, now, now - FAILURES_FORGOTTEN)
