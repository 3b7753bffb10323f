"""The second opinion: what a sentence encoder adds to the lexical scores of a message.

Every example has a say for each label, and is heard the more the nearer the message is. Kept in bytes and half floats:
examples are widened as they are read, what they say when it is first asked for.
"""

from functools import cached_property
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from yingda.language.encoders import Vectors, unit_rows

Floats = npt.NDArray[np.float32]
NEARNESS = 1.5  # how fast an example is heard less with distance
_BLOCK = 384  # examples that are widened at once: as much as fits beside the processor
LIKENESS = 4.0  # of the nearest example, against the best score, when a message is judged foreign


class Point(msgspec.Struct, frozen=True):
    """What the cascade does at one threshold, measured on held-out examples."""

    margin: float
    asked: float  # share of messages for which the encoder is asked
    accuracy: float


class SemanticsCard(msgspec.Struct, frozen=True):
    """What the second stage says about itself."""

    encoder: str
    by_encoder: float  # weight beside the lexical scores
    temperature: float
    novelty: tuple[float, float]  # intercept and slope over the best score and the nearest example's likeness
    margin: float  # a lexical answer that leads by less is put to the encoder
    curve: tuple[Point, ...]
    cv_accuracy: float


class Taught(NamedTuple):
    """As kept in the file. `examples` are unit vectors in steps of `step`, `say[example, label]` what each says of a
    message like it; `keys` name their texts."""

    center: Floats
    say: npt.NDArray[np.float16]
    examples: npt.NDArray[np.int8]
    step: Floats
    keys: npt.NDArray[np.uint64]


class Semantics:
    def __init__(self, card: SemanticsCard, taught: Taught) -> None:
        self.card = card
        self.taught = taught

    @property
    def size(self) -> int:
        """Bytes in the file."""
        return sum(array.nbytes for array in self.taught)

    def scores(self, lexical: Floats, vector: Vectors) -> tuple[Floats, float]:
        """The lexical scores with the encoder's added, and how near the nearest example is."""
        taught = self.taught
        row = unit_rows(vector.reshape(1, -1) - taught.center)[0]
        likeness = _likeness(taught.examples, taught.step * row)
        total = lexical + self.card.by_encoder * (heard(likeness) @ self._say)
        return np.asarray(total, np.float32), float(likeness.max())

    def vectors(self) -> dict[int, Floats]:
        """The vector of each example by the key of its text: what was encoded once need not be again."""
        rows = self.taught.examples * self.taught.step
        return dict(zip(self.taught.keys.tolist(), rows, strict=True))

    @cached_property
    def _say(self) -> Floats:
        return self.taught.say.astype(np.float32)


def _likeness(examples: npt.NDArray[np.int8], row: Floats) -> Floats:
    """How like each example is. All of them widened at once weigh 23 MB."""
    found = np.empty(len(examples), np.float32)
    wide = np.empty((_BLOCK, examples.shape[1]), np.float32)
    for start in range(0, len(examples), _BLOCK):
        part = examples[start : start + _BLOCK]
        block = wide[: len(part)]
        block[:] = part
        np.dot(block, row, out=found[start : start + _BLOCK])
    return found


def heard(likeness: Floats) -> Floats:
    """How much examples are heard that are so like a message; 1 for the message itself."""
    said = likeness - np.float32(1)
    said *= np.float32(NEARNESS)
    np.exp(said, out=said)
    return said
