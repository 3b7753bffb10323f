"""By meaning: all vectors in one matrix, one product a question."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from yingda.knowledge.search.schemas import Document

Vectors = npt.NDArray[np.float32]

#: Rows of the matrix: 90 MB at 384 numbers each, some ten milliseconds. Articles beyond are found by words alone.
MOST_ROWS = 60_000
_PASSAGE_CHARACTERS = 200


class Encoder(Protocol):
    """Two encoders with the same name give the same vectors, of length 1. It may raise whatever it likes."""

    @property
    def name(self) -> str: ...

    def encode(self, texts: Sequence[str]) -> Vectors: ...


def texts_of(document: Document) -> list[str]:
    """What is encoded of a document: its title, its questions, its passages."""
    return [document.title, *document.questions, *(one[:_PASSAGE_CHARACTERS] for one in document.passages)]


class Meanings:
    """A snapshot: which vectors belong to which document. `changed` makes the next one."""

    def __init__(self, rows: Mapping[int, Vectors]) -> None:
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

    def __len__(self) -> int:
        return len(self._owners)

    def changed(self, put: Mapping[int, Vectors], gone: Iterable[int]) -> "Meanings":
        taken = set(gone)
        return Meanings({number: rows for number, rows in self._rows.items() if number not in taken} | dict(put))

    def search(self, asked: Vectors, limit: int) -> list[tuple[int, float]]:
        """Numbers and cosines, closest first; a document is as close as its closest text."""
        if not len(self) or asked.shape[-1] != self._matrix.shape[1]:
            return []
        near = self._matrix @ asked
        most = min(len(near), limit * 8)
        best: dict[int, float] = {}
        top = np.argpartition(near, -most)[-most:]
        for row in top[np.argsort(-near[top])]:
            best.setdefault(int(self._owners[row]), float(near[row]))
        return list(best.items())[:limit]

    def closeness(self, number: int, asked: Vectors) -> float | None:
        """The cosine of the document's closest text; None of one without vectors, or with those of another encoder."""
        rows = self._rows.get(number)
        return float((rows @ asked).max()) if rows is not None and rows.shape[1] == asked.shape[-1] else None

    def closest_passage(self, number: int, asked: Vectors, passages: int) -> int:
        """Which of the document's last `passages` rows is closest."""
        rows = self._rows.get(number)
        if rows is None or not passages:
            return 0
        return int(np.argmax(rows[-passages:] @ asked))
