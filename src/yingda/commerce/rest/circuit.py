"""Leaves a shop alone that does not answer, so that nobody waits for what will not come."""

import time
from collections.abc import Callable

from yingda.commerce.errors import ShopDown


class Circuit:
    """Opens after `limit` failures in a row; after `seconds` one call may try, and decides for the others."""

    def __init__(self, limit: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit = limit
        self._seconds = seconds
        self._clock = clock
        self._failures = 0
        self._closed_from = 0.0

    def enter(self) -> None:
        """Raises `ShopDown` while it is open."""
        if self._failures < self._limit:
            return
        if self._clock() < self._closed_from:
            raise ShopDown(retry_after=self._closed_from - self._clock())
        self._closed_from = self._clock() + self._seconds

    def succeeded(self) -> None:
        self._failures = 0

    def failed(self) -> None:
        self._failures += 1
        if self._failures >= self._limit:
            self._closed_from = self._clock() + self._seconds
