"""By meaning: all vectors in one matrix, one product a question."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from yingda.knowledge.search.rules import relative
from yingda.knowledge.search.schemas import Document

Vectors = npt.NDArray[np.float32]

#: Rows of the matrix: 90 MB at 384 numbers each, some ten milliseconds. Articles beyond are found by words alone.
MOST_ROWS = 60_000
_PASSAGE_CHARACTERS = 200
#: Fewer articles do not show how close an encoder puts any two.
_FEWEST = 8


class Encoder(Protocol):
    """Two encoders with the same name give the same vectors, of length 1. It may raise whatever it likes."""

    @property
    def name(self) -> str: ...

    def encode(self, texts: Sequence[str]) -> Vectors: ...


def texts_of(document: Document) -> list[str]:
    """What is encoded of a document: its title, its questions, its passages."""
    return [document.title, *document.questions, *(one[:_PASSAGE_CHARACTERS] for one in document.passages)]


class Meanings:
    """A snapshot: which vectors belong to which document. `changed` makes the next one.

    Closeness is a measure of its own, since one encoder has nearly all cosines above 0.8 and another spreads them: 0 is
    as far as two articles usually are from each other, 1 is the same.
    """

    def __init__(self, rows: Mapping[int, Vectors], means: Mapping[int, Vectors] | None = None) -> None:
        """`means`: of the rows of those documents for which it is known already."""
        kept: dict[int, Vectors] = {}
        room = MOST_ROWS
        for number, given in rows.items():
            if len(given) <= room:
                kept[number] = given
                room -= len(given)
        counts = [len(given) for given in kept.values()]
        self._matrix = np.vstack(list(kept.values())) if kept else np.zeros((0, 0), np.float32)
        self._owners = np.repeat(np.fromiter(kept, np.int64, len(kept)), counts)
        #: Views of the matrix: the vectors are held once.
        self._rows = dict(zip(kept, np.split(self._matrix, np.cumsum(counts[:-1])), strict=True)) if kept else {}
        known = means or {}
        self._means = {
            number: known[number] if number in known else given.mean(axis=0) for number, given in self._rows.items()
        }
        self._usual = _usual(list(self._means.values()))

    def __len__(self) -> int:
        return len(self._owners)

    def changed(self, put: Mapping[int, Vectors], gone: Iterable[int]) -> "Meanings":
        taken = set(gone)
        kept = {number: rows for number, rows in self._rows.items() if number not in taken}
        means = {number: mean for number, mean in self._means.items() if number in kept and number not in put}
        return Meanings(kept | dict(put), means)

    @property
    def telling(self) -> bool:
        """Whether there are enough articles for closeness to tell how sure one may be."""
        return len(self._rows) >= _FEWEST

    def search(self, asked: Vectors, limit: int) -> list[tuple[int, float]]:
        """Numbers and closeness, closest first; a document is as close as its closest text."""
        if not len(self) or asked.shape[-1] != self._matrix.shape[1]:
            return []
        near = self._matrix @ asked
        most = min(len(near), limit * 8)
        best: dict[int, float] = {}
        top = np.argpartition(near, -most)[-most:]
        for row in top[np.argsort(-near[top])]:
            best.setdefault(int(self._owners[row]), relative(float(near[row]), self._usual))
        return list(best.items())[:limit]

    def closeness(self, number: int, asked: Vectors) -> float | None:
        """Of the document's closest text; None of one without vectors, or with those of another encoder."""
        rows = self._rows.get(number)
        if rows is None or rows.shape[1] != asked.shape[-1]:
            return None
        return relative(float((rows @ asked).max()), self._usual)

    def closest_passage(self, number: int, asked: Vectors, passages: int) -> int:
        """Which of the document's last `passages` rows is closest."""
        rows = self._rows.get(number)
        if rows is None or not passages:
            return 0
        return int(np.argmax(rows[-passages:] @ asked))


def _usual(means: Sequence[Vectors]) -> float:
    """The mean cosine between texts of two articles, from the mean of each; 0 where there are no two."""
    if len(means) < 2:
        return 0.0
    each = np.vstack(means)
    of_all, of_own = np.square(each.sum(axis=0, dtype=np.float64)).sum(), np.vdot(each, each)
    return float((of_all - of_own) / (len(means) * (len(means) - 1)))
