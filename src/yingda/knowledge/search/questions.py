"""Questions by meaning, as long as the encoder answers."""

import threading
from collections.abc import Callable

import structlog

from yingda.knowledge.search.vectors import Encoder, Vectors

logger = structlog.get_logger(__name__)

#: Between two lines of the log, however many questions there are.
_QUIET_SECONDS = 60


class Questions:
    """Threads may share it. `on_failure` is called for each question that was not encoded; `clock` counts seconds."""

    def __init__(self, encoder: Encoder, on_failure: Callable[[], None], clock: Callable[[], float]) -> None:
        self.failing = False
        self._encoder = encoder
        self._on_failure = on_failure
        self._clock = clock
        self._lock = threading.Lock()
        self._untold = 0
        self._quiet_until = float("-inf")

    def vector(self, text: str) -> Vectors | None:
        """None where the encoder fails."""
        try:
            asked: Vectors = self._encoder.encode([text])[0]
        except Exception as error:  # noqa: BLE001  by words alone, then: an encoder may raise whatever it likes
            self._note(error)
            return None
        self.failing = False
        return asked

    def _note(self, error: Exception) -> None:
        """Of the error only its kind: what it says may quote the question."""
        self.failing = True
        self._on_failure()
        if failures := self._to_tell():
            logger.warning(
                "the encoder failed: articles are found by words alone",
                encoder=self._encoder.name,
                error=type(error).__name__,
                failures=failures,
            )

    def _to_tell(self) -> int:
        """How many there were since the last line; 0 while it is too early for another."""
        with self._lock:
            self._untold += 1
            moment = self._clock()
            if moment < self._quiet_until:
                return 0
            self._quiet_until = moment + _QUIET_SECONDS
            failures, self._untold = self._untold, 0
            return failures
