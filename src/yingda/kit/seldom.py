"""For what may fail a thousand times a minute and is worth one line."""

import threading
from collections.abc import Callable


class Seldom:
    """Counts what happens, and tells now and then how often it did. Threads may share it."""

    def __init__(self, seconds: float, clock: Callable[[], float]) -> None:
        """`seconds` from one telling to the next, by `clock`."""
        self._seconds = seconds
        self._clock = clock
        self._lock = threading.Lock()
        self._untold = 0
        self._quiet_until = float("-inf")

    def happened(self) -> int:
        """How often it has since it was last told, this time included; 0 while it is too early to tell again."""
        with self._lock:
            self._untold += 1
            moment = self._clock()
            if moment < self._quiet_until:
                return 0
            self._quiet_until = moment + self._seconds
            times, self._untold = self._untold, 0
            return times
