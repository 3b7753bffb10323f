"""Which of its readers a message is put to: grams first, the sentence encoder when they leave it unsure.

A language model may be asked last, when even the encoder does not know. Whoever fails is passed over: the answer before
it stands.
"""

import logging
import time
from collections.abc import Sequence
from typing import Protocol

import numpy as np

from yingda.kit.seldom import Seldom
from yingda.language.calibration import lead
from yingda.language.encoders import Encoder, readable
from yingda.language.model import Lexical, Model, Reading
from yingda.language.semantics import Floats
from yingda.language.text import normalise
from yingda.language.types import Mode, Stage

logger = logging.getLogger(__name__)

_ASK_JUDGE_BELOW = 0.4
_CANDIDATES = 5
_JUDGED = 0.8  # a judge says which, not how surely
_QUIET_SECONDS = 60  # between two lines of the log, however many messages there are


class Judge(Protocol):
    """A language model, as far as the engine needs one. It may raise whatever it likes."""

    def choose(self, text: str, intents: Sequence[str]) -> str | None:
        """Which of these intents the message has; None for none of them."""
        ...


class Classifier:
    """Readings change nothing. An encoder that the model was not taught with is not asked."""

    def __init__(
        self,
        model: Model,
        encoder: Encoder | None = None,
        judge: Judge | None = None,
        mode: Mode = Mode.CASCADE,
    ) -> None:
        self.model = model
        self._judge = judge
        self._mode = mode
        fits = encoder is not None and model.semantics is not None and model.semantics.card.encoder == encoder.name
        self._encoder = encoder if fits and mode is not Mode.LEXICAL else None
        self._failures = {name: Seldom(_QUIET_SECONDS, time.monotonic) for name in ("encoder", "language model")}

    @property
    def slow(self) -> bool:
        """Whether a reading may take longer than a millisecond."""
        return self._encoder is not None or self._judge is not None

    def read(self, text: str, normalised: str | None = None) -> tuple[Reading, Stage]:
        """Read a message as it was written; `normalised` where that is known already."""
        lexical = self.model.score(normalise(text).text if normalised is None else normalised)
        reading, stage = self.model.read(lexical), Stage.LEXICAL
        if self._unsure(reading) and (second := self._by_meaning(text, lexical)):
            reading, stage = second, Stage.ENCODER
        if self._lost(reading) and (judged := self._judged(text, reading)):
            reading, stage = judged, Stage.JUDGE
        return reading, stage

    def _unsure(self, reading: Reading) -> bool:
        semantics = self.model.semantics
        if self._encoder is None or semantics is None:
            return False
        return self._mode is Mode.ENCODER or float(lead(reading.probabilities)) < semantics.card.margin

    def _lost(self, reading: Reading) -> bool:
        return self._judge is not None and float(reading.probabilities.max()) < _ASK_JUDGE_BELOW

    def _by_meaning(self, text: str, lexical: Lexical) -> Reading | None:
        encoder, semantics = self._encoder, self.model.semantics
        if encoder is None or semantics is None:
            return None
        try:
            vector = encoder.encode([readable(text)])[0]
            return self.model.read_with(semantics, lexical, vector)
        except Exception as error:  # noqa: BLE001  whoever fails is passed over, and may raise whatever it likes
            self._note("encoder", error)
            return None

    def _judged(self, text: str, reading: Reading) -> Reading | None:
        if self._judge is None:
            return None
        best = np.argsort(-reading.probabilities, kind="stable")[:_CANDIDATES]
        labels = [self.model.labels[index] for index in best]
        try:
            chosen = self._judge.choose(text, labels)
        except Exception as error:  # noqa: BLE001  whoever fails is passed over, and may raise whatever it likes
            self._note("language model", error)
            return None
        if chosen not in labels:
            return None
        return reading._replace(probabilities=settled(reading.probabilities, self.model.labels.index(chosen), _JUDGED))

    def _note(self, reader: str, error: Exception) -> None:
        """Of the error only its kind: what it says may quote the message."""
        if times := self._failures[reader].happened():
            logger.warning("the %s failed, others answered: %s (%d times)", reader, type(error).__name__, times)


def settled(probabilities: Floats, index: int, confidence: float) -> Floats:
    """The same ranking of the others below a label whose probability is known."""
    others = max(float(probabilities.sum() - probabilities[index]), 1e-9)
    told = probabilities * ((1 - confidence) / others)
    told[index] = confidence
    return np.asarray(told, np.float32)
