"""Rate limits in memory: one number per key, by the generic cell rate algorithm (ITU-T I.371).

Per process: behind several web processes a client gets as many times the rate. That is enough against floods; what
must hold exactly (log-in attempts) is counted in the database.
"""

import time
from collections import OrderedDict
from collections.abc import Hashable

from yingda.kit.errors import RateLimited

_KEYS_LIMIT = 50_000


class RateLimit:
    """At most `per_minute` in the long run, of which `burst` may come at once."""

    def __init__(self, per_minute: int, burst: int | None = None) -> None:
        self._interval = 60.0 / per_minute
        self._tolerance = self._interval * ((burst or max(1, per_minute // 2)) - 1)
        self._arrivals: OrderedDict[Hashable, float] = OrderedDict()

    def take(self, key: Hashable) -> None:
        """Count one for `key`. Raises `RateLimited` with the seconds to wait; a refused attempt does not count."""
        now = time.monotonic()
        expected = max(self._arrivals.get(key, 0.0), now)
        wait = expected - now - self._tolerance
        if wait > 1e-9:
            raise RateLimited(retry_after=wait)
        self._arrivals[key] = expected + self._interval
        self._arrivals.move_to_end(key)
        if len(self._arrivals) > _KEYS_LIMIT:
            self._arrivals.popitem(last=False)
