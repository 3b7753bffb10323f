"""The one place that tells the time, so that tests can hold it still.

Rules never call it: they are given `now`. Everything stored is UTC; people see Asia/Shanghai unless set otherwise.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")

_frozen: datetime | None = None


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _frozen or datetime.now(UTC)


@contextmanager
def frozen(moment: datetime) -> Iterator[None]:
    """Hold `now()` at `moment` (aware) inside the block. For tests."""
    global _frozen
    before, _frozen = _frozen, moment.astimezone(UTC)
    try:
        yield
    finally:
        _frozen = before


def in_future(**units: float) -> datetime:
    """`now()` plus a `timedelta(**units)`."""
    return now() + timedelta(**units)
