"""The second opinion: what a sentence encoder adds to the lexical scores of a message.

A linear separator per label over the centred vector, and the vote of the nearest examples. Kept in bytes; widened to
floats when it is first asked, so that a process without an encoder pays nothing.
"""

from functools import cached_property
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from yingda.language.encoders import Vectors, unit_rows

Floats = npt.NDArray[np.float32]
VOTERS = 20
SHARPNESS = 0.05  # how much nearer an example must be to count e times as much
LIKENESS = 4.0  # of the nearest example, against the best score, when a message is judged foreign


class Point(msgspec.Struct, frozen=True):
    """What the cascade does at one threshold, measured on held-out examples."""

    margin: float
    asked: float  # share of messages for which the encoder is asked
    accuracy: float


class SemanticsCard(msgspec.Struct, frozen=True):
    """What the second stage says about itself."""

    encoder: str
    by_encoder: float  # weight of the separators beside the lexical scores
    by_voters: float  # weight of the nearest examples' vote
    temperature: float
    novelty: tuple[float, float]  # intercept and slope over the best score and the nearest example's likeness
    margin: float  # a lexical answer that leads by less is put to the encoder
    curve: tuple[Point, ...]
    cv_accuracy: float


class Taught(NamedTuple):
    """As kept in the file. `examples` are unit vectors in steps of `step`; `keys` name their texts."""

    center: Floats
    separators: npt.NDArray[np.float16]
    bias: Floats
    examples: npt.NDArray[np.int8]
    step: Floats
    owners: npt.NDArray[np.uint16]
    trust: npt.NDArray[np.float16]
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
        likeness = self._examples @ row
        separated = row @ self._separators + taught.bias
        votes = vote(likeness, taught.owners, self._trust, len(lexical))
        total = lexical + self.card.by_encoder * separated + self.card.by_voters * votes
        return np.asarray(total, np.float32), float(likeness.max())

    def vectors(self) -> dict[int, Floats]:
        """The vector of each example by the key of its text: what was encoded once need not be again."""
        rows = self.taught.examples * self.taught.step
        return dict(zip(self.taught.keys.tolist(), rows, strict=True))

    @cached_property
    def _examples(self) -> Floats:
        return np.asarray(self.taught.examples, np.float32) * self.taught.step

    @cached_property
    def _separators(self) -> Floats:
        return self.taught.separators.astype(np.float32)

    @cached_property
    def _trust(self) -> Floats:
        return self.taught.trust.astype(np.float32)


def vote(likeness: Floats, owners: npt.NDArray[np.uint16], trust: Floats, labels: int) -> Floats:
    """What the nearest examples are, each by how near it is; sums to one."""
    count = min(VOTERS, len(likeness))
    nearest = np.argpartition(-likeness, count - 1)[:count]
    near = likeness[nearest]
    weights = np.exp((near - near.max()) / SHARPNESS) * trust[nearest]
    return np.asarray(np.bincount(owners[nearest], weights, labels) / weights.sum(), np.float32)
