"""Questions by meaning, as long as the encoder answers."""

from collections.abc import Callable

import structlog

from yingda.kit.seldom import Seldom
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
        self._failures = Seldom(_QUIET_SECONDS, clock)

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
        if failures := self._failures.happened():
            logger.warning(
                "the encoder failed: articles are found by words alone",
                encoder=self._encoder.name,
                error=type(error).__name__,
                failures=failures,
            )
