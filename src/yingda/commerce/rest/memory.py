"""Answers of a shop, for a moment instead of asking again, and for hours when it does not answer."""

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from typing import Any, TypeVar, cast

from yingda.commerce.errors import ShopDown

T = TypeVar("T")
_MOST = 5_000


class Memory:
    """What it returns carries its own age: every answer has its `as_of`."""

    def __init__(self, seconds: float, keep_seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._keep = keep_seconds
        self._clock = clock
        self._answers: OrderedDict[tuple[Hashable, ...], tuple[float, Any]] = OrderedDict()

    async def recall(self, key: tuple[Hashable, ...], ask: Callable[[], Awaitable[T]]) -> T:
        """The last answer if it is new enough, else what `ask` finds out, else the last answer for want of a better.

        Raises `ShopDown` when nothing is known.
        """
        at, known = self._answers.get(key, (float("-inf"), None))
        age = self._clock() - at
        if age < self._seconds:
            return cast("T", known)
        try:
            found = await ask()
        except ShopDown:
            if age < self._keep:
                return cast("T", known)
            raise
        self._answers[key] = (self._clock(), found)
        self._answers.move_to_end(key)
        if len(self._answers) > _MOST:
            self._answers.popitem(last=False)
        return found

    def forget(self, owner: str) -> None:
        """What belongs to this customer: something has changed. `key[1]` is the owner."""
        for key in [key for key in self._answers if key[1] == owner]:
            del self._answers[key]
