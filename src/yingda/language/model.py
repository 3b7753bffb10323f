"""The trained classifier: one file, loaded in milliseconds, served by numpy alone.

A linear model over grams (see `features`): weights in one byte each with a scale per intent, a temperature that makes
its confidence honest, and a small logistic rule that says how foreign a message is to everything it was taught.
Taught with a sentence encoder, it also holds a second stage (see `semantics`); where there is no encoder it serves
without.
"""

import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from yingda.kit.errors import Conflict
from yingda.kit.whole_files import whole
from yingda.language.calibration import foreignness, softmax
from yingda.language.encoders import Vectors
from yingda.language.features import Sounds, grams, spread
from yingda.language.semantics import LIKENESS, Floats, Semantics, SemanticsCard, Taught
from yingda.language.text import Normal

FORMAT = 3
KNOWN = 2.0  # weight of the share of known grams, against the best score, when a message is judged foreign
_SEMANTICS = "semantics_"
_UNREADABLE = (OSError, KeyError, ValueError, TypeError, EOFError, zipfile.BadZipFile, msgspec.MsgspecError)


class ModelUnreadable(Conflict):
    """The file is not a model, is damaged, or was written by another version."""

    code = "model_unreadable"
    zh = "模型文件 {file} {problem_zh}。"
    en = "The model {file} {problem_en}."


class Card(msgspec.Struct, frozen=True):
    """What a model says about itself."""

    labels: tuple[str, ...]
    temperature: float
    novelty: tuple[float, float]  # intercept and slope over the best score and the share of known grams
    examples: int
    seed: int
    data_hash: str
    cv_accuracy: float
    train_s: float
    trained_at: str
    semantics: SemanticsCard | None = None
    format: int = FORMAT


class Reading(NamedTuple):
    """The classifier's view of one message: a probability for each label, and how foreign the message is."""

    probabilities: Floats
    out_of_scope: float


class Lexical(NamedTuple):
    """What grams alone say: a score for each label, and the share of the grams that were ever seen."""

    scores: Floats
    known: float


class Weights(NamedTuple):
    """`matrix[gram, label]` in steps of `scale[label]`."""

    matrix: npt.NDArray[np.int8]
    scale: Floats
    bias: Floats
    idf: Floats


class Model:
    def __init__(
        self,
        card: Card,
        vocabulary: Mapping[str, int],
        sounds: Sounds,
        weights: Weights,
        semantics: Semantics | None = None,
    ) -> None:
        self.card = card
        self.labels = card.labels
        self.semantics = semantics
        self._vocabulary = vocabulary
        self.sounds = sounds
        self._weights = weights

    @property
    def size(self) -> int:
        """Bytes of what was learnt, as kept in the file."""
        words = sum(len(gram.encode()) + 1 for gram in self._vocabulary)
        second = self.semantics.size if self.semantics else 0
        return words + 4 * len(self.sounds) + sum(array.nbytes for array in self._weights) + second

    def score(self, text: str) -> Lexical:
        """Weigh a normalised text (see `text.normalise`)."""
        found = grams(text, self.sounds)
        get = self._vocabulary.get
        rows = [row for gram in found if (row := get(gram)) is not None]
        weights = self._weights
        if not rows:
            return Lexical(weights.bias, 0.0)
        values = weights.idf[rows]
        values = values / np.sqrt(values @ values)
        scores: Floats = (values @ weights.matrix[rows].astype(np.float32)) * weights.scale + weights.bias
        return Lexical(scores, len(rows) / len(found))

    def read(self, lexical: Lexical) -> Reading:
        """By grams alone."""
        familiarity = float(lexical.scores.max()) + KNOWN * lexical.known
        return Reading(softmax(lexical.scores, self.card.temperature), foreignness(self.card.novelty, familiarity))

    def read_with(self, semantics: Semantics, lexical: Lexical, vector: Vectors) -> Reading:
        """By grams and by meaning."""
        scores, likeness = semantics.scores(lexical.scores, vector)
        familiarity = float(scores.max()) + LIKENESS * likeness
        card = semantics.card
        return Reading(softmax(scores, card.temperature), foreignness(card.novelty, familiarity))

    def explain(self, normal: Normal, label: str) -> list[float]:
        """How much each character of the normalised text spoke for `label`."""
        get = self._vocabulary.get
        found = [(row, at, end) for gram, at, end in spread(normal.text, self.sounds) if (row := get(gram)) is not None]
        share = [0.0] * len(normal.text)
        if found:
            rows = [row for row, _, _ in found]
            spoke = self._weights.matrix[rows, self.labels.index(label)] * self._weights.idf[rows]
            for weight, (_, start, end) in zip(spoke.tolist(), found, strict=True):
                portion = weight / (end - start)
                for position in range(start, end):
                    share[position] += portion
        return share

    def save(self, path: Path) -> None:
        """Write the file so that a reader sees the old one or the new one, never half of it."""
        path.parent.mkdir(parents=True, exist_ok=True)
        words = sorted(self._vocabulary, key=self._vocabulary.__getitem__)
        with whole(path) as file:
            np.savez(
                file,
                allow_pickle=False,
                card=np.frombuffer(msgspec.json.encode(self.card), np.uint8),
                grams=np.frombuffer("\n".join(words).encode(), np.uint8),
                sounds=np.array(sorted((k, ord(v)) for k, v in self.sounds.items()), np.uint16),
                **self._weights._asdict(),
                **_prefixed(self.semantics),
            )

    @staticmethod
    def card_of(path: Path) -> Card:
        """What the file says about itself, without reading the rest; raises `ModelUnreadable`."""
        try:
            with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
                card = msgspec.json.decode(file["card"].tobytes(), type=Card)
        except _UNREADABLE as error:
            raise _unreadable(path, error) from error
        if card.format != FORMAT:
            raise _unreadable(path)
        return card

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
            semantics = _semantics(card.semantics, arrays)
        except _UNREADABLE as error:
            raise _unreadable(path, error) from error
        if card.format != FORMAT or weights.matrix.shape != (len(words), len(card.labels)):
            raise _unreadable(path)
        return cls(card, dict(zip(words, range(len(words)), strict=True)), sounds, weights, semantics)


def _unreadable(path: Path, error: Exception | None = None) -> ModelUnreadable:
    """Without an error it could be read, and is of another version."""
    match error:
        case None:
            zh, en = "由其他版本的应答写成，请重新训练", "was written by another version of Yingda; teach it anew"
        case FileNotFoundError():
            zh, en = "不存在", "does not exist"
        case PermissionError():
            zh, en = "没有读取权限", "may not be read"
        case _:
            zh, en = "已损坏，或者不是模型", "is damaged, or is no model"
    return ModelUnreadable(file=path.name, problem_zh=zh, problem_en=en)


def _prefixed(semantics: Semantics | None) -> dict[str, npt.NDArray[Any]]:
    return {_SEMANTICS + name: array for name, array in semantics.taught._asdict().items()} if semantics else {}


def _semantics(card: SemanticsCard | None, arrays: Mapping[str, npt.NDArray[Any]]) -> Semantics | None:
    return Semantics(card, Taught(*(arrays[_SEMANTICS + name] for name in Taught._fields))) if card else None
