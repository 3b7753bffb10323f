"""Sentence vectors from any OpenAI-compatible `/v1/embeddings`: satisfies `language.Encoder` without importing it.

A message waits for it, so it gets little time, and after a failure none for a while: what is down is not asked again
by every customer.
"""

import time
from collections.abc import Callable, Sequence
from typing import Any

import httpx
import msgspec
import numpy as np
import numpy.typing as npt

_BATCH = 64
_PAUSE_SECONDS = 30.0


class EmbeddingsFailed(Exception):
    """The service gave no vectors: down, too slow, or nonsense."""


class _Row(msgspec.Struct):
    index: int
    embedding: list[float]


class _Answer(msgspec.Struct):
    data: list[_Row]


class HttpEncoder:
    """One a process; safe to share between threads. `clock` counts seconds."""

    def __init__(
        self, url: str, model: str, key: str | None, timeout: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.name = f"http/{model}"
        self._model = model
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._client = httpx.Client(base_url=url.rstrip("/"), headers=headers, timeout=timeout)
        self._clock = clock
        self._paused_until = float("-inf")

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """One row of length 1 for each text. Raises `EmbeddingsFailed`."""
        if self._clock() < self._paused_until:
            raise EmbeddingsFailed(f"{self.name}: paused after a failure")
        try:
            return np.vstack([self._batch(texts[i : i + _BATCH]) for i in range(0, len(texts), _BATCH)])
        except EmbeddingsFailed:
            self._paused_until = self._clock() + _PAUSE_SECONDS
            raise

    def _batch(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        wanted: dict[str, Any] = {"model": self._model, "input": list(texts), "encoding_format": "float"}
        try:
            response = self._client.post("/embeddings", json=wanted).raise_for_status()
            answer = msgspec.json.decode(response.content, type=_Answer)
            rows = np.array([row.embedding for row in sorted(answer.data, key=lambda row: row.index)], np.float32)
        except (httpx.HTTPError, msgspec.MsgspecError, ValueError) as error:
            raise EmbeddingsFailed(f"{self.name}: {type(error).__name__}") from error
        if rows.ndim != 2 or len(rows) != len(texts) or not np.isfinite(rows).all():
            raise EmbeddingsFailed(f"{self.name}: {len(texts)} texts, {len(answer.data)} vectors")
        return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9), np.float32)
