"""The trained classifier: one file, loaded in milliseconds, served by numpy alone.

A linear model over grams (see `features`): weights in one byte each with a scale per intent, a temperature that makes
its confidence honest, and a small logistic rule that says how foreign a message is to everything it was taught.
"""

import os
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from yingda.language.features import Sounds, grams, spread
from yingda.language.text import Normal

Floats = npt.NDArray[np.float32]
FORMAT = 1


class ModelUnreadable(Exception):
    """The file is not a model, is damaged, or was written by another version."""


class Card(msgspec.Struct, frozen=True):
    """What a model says about itself."""

    labels: tuple[str, ...]
    temperature: float
    novelty: tuple[float, float, float, float]  # intercept, best score, lead over the second, share of known grams
    examples: int
    seed: int
    data_hash: str
    cv_accuracy: float
    train_s: float
    trained_at: str
    format: int = FORMAT


class Reading(NamedTuple):
    """The classifier's view of one message: a probability for each label, and how foreign the message is."""

    probabilities: Floats
    out_of_scope: float


class Weights(NamedTuple):
    """`matrix[gram, label]` in steps of `scale[label]`."""

    matrix: npt.NDArray[np.int8]
    scale: Floats
    bias: Floats
    idf: Floats


class Model:
    def __init__(self, card: Card, vocabulary: Mapping[str, int], sounds: Sounds, weights: Weights) -> None:
        self.card = card
        self.labels = card.labels
        self._vocabulary = vocabulary
        self.sounds = sounds
        self._weights = weights

    @property
    def size(self) -> int:
        """Bytes of what was learnt, as kept in the file."""
        words = sum(len(gram.encode()) + 1 for gram in self._vocabulary)
        return words + 4 * len(self.sounds) + sum(array.nbytes for array in self._weights)

    def read(self, text: str) -> Reading:
        """Weigh a normalised text (see `text.normalise`)."""
        scores, known = self._scores(text)
        return Reading(self._probabilities(scores), self._novelty(scores, known))

    def explain(self, normal: Normal, label: str) -> Floats:
        """How much each character of the normalised text spoke for `label`."""
        get = self._vocabulary.get
        found = [(row, at, end) for gram, at, end in spread(normal.text, self.sounds) if (row := get(gram)) is not None]
        share = np.zeros(len(normal.text), np.float32)
        if found:
            rows = [row for row, _, _ in found]
            spoke = self._weights.matrix[rows, self.labels.index(label)] * self._weights.idf[rows]
            for weight, (_, start, end) in zip(spoke.tolist(), found, strict=True):
                share[start:end] += weight / (end - start)
        return share

    def _scores(self, text: str) -> tuple[Floats, float]:
        found = grams(text, self.sounds)
        get = self._vocabulary.get
        rows = [row for gram in found if (row := get(gram)) is not None]
        weights = self._weights
        if not rows:
            return weights.bias, 0.0
        values = weights.idf[rows]
        values = values / np.sqrt(values @ values)
        scores: Floats = (values @ weights.matrix[rows].astype(np.float32)) * weights.scale + weights.bias
        return scores, len(rows) / len(found)

    def _probabilities(self, scores: Floats) -> Floats:
        powers = np.exp((scores - scores.max()) / self.card.temperature)
        return np.asarray(powers / powers.sum(), np.float32)

    def _novelty(self, scores: Floats, known: float) -> float:
        second, best = np.partition(scores, -2)[-2:]
        intercept, by_best, by_lead, by_known = self.card.novelty
        logit = intercept + by_best * best + by_lead * (best - second) + by_known * known
        return float(1 / (1 + np.exp(-np.clip(logit, -30, 30))))

    def save(self, path: Path) -> None:
        """Write the file so that a reader sees the old one or the new one, never half of it."""
        path.parent.mkdir(parents=True, exist_ok=True)
        words = sorted(self._vocabulary, key=self._vocabulary.__getitem__)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                np.savez(
                    file,
                    allow_pickle=False,
                    card=np.frombuffer(msgspec.json.encode(self.card), np.uint8),
                    grams=np.frombuffer("\n".join(words).encode(), np.uint8),
                    sounds=np.array(sorted((k, ord(v)) for k, v in self.sounds.items()), np.uint16),
                    **self._weights._asdict(),
                )
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise

    @classmethod
    def load(cls, path: Path) -> "Model":
        """Read a file written by `save`; raises `ModelUnreadable` for anything else."""
        try:
            with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
                arrays = {name: file[name] for name in file.files}
            card = msgspec.json.decode(arrays["card"].tobytes(), type=Card)
            words = arrays["grams"].tobytes().decode().split("\n")
            sounds = {int(character): chr(sound) for character, sound in arrays["sounds"].tolist()}
            weights = Weights(*(arrays[name] for name in Weights._fields))
        except (OSError, KeyError, ValueError, TypeError, EOFError, zipfile.BadZipFile, msgspec.MsgspecError) as error:
            raise ModelUnreadable(f"{path}: {error}") from error
        if card.format != FORMAT or weights.matrix.shape != (len(words), len(card.labels)):
            raise ModelUnreadable(f"{path}: written by another version")
        return cls(card, dict(zip(words, range(len(words)), strict=True)), sounds, weights)
