"""Whether a webhook is from whom it says, and of now."""

import hmac
from collections.abc import Sequence
from datetime import datetime

from yingda.kit.signing import signature


def is_genuine(
    secrets: Sequence[bytes], timestamp: str, body: bytes, given: str, now: datetime, window_seconds: int
) -> bool:
    """Whether one of `given` (two with a comma while a secret is exchanged) is of one of the `secrets`, and fresh."""
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
        return False
    if abs(now.timestamp() - int(timestamp)) > window_seconds:
        return False
    offered = [one.strip().encode() for one in given.split(",")[:4]]
    expected = [signature(secret, timestamp, body).encode() for secret in secrets]
    return any(hmac.compare_digest(one, other) for one in offered for other in expected)
