"""The search in one process: words and meanings, fused, filtered, with how sure it is. Blocks; threads may share it."""

import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple, Protocol
from uuid import UUID

import msgspec

from yingda.knowledge.search.confidence import confidence, leads, likeness
from yingda.knowledge.search.lexical import Lexical
from yingda.knowledge.search.questions import Questions
from yingda.knowledge.search.rules import applies, fused
from yingda.knowledge.search.schemas import ArticleHit, Document, Mode, Query
from yingda.knowledge.search.vectors import Encoder, Meanings, Vectors
from yingda.knowledge.search.words import Words

#: How many are looked at before the filters; doubled while too few remain.
_FIRST = 30
_FURTHEST = 2_000
#: Articles whose words are kept cut.
_KEPT = 4_096


class Searcher(Protocol):
    """What finds articles: the index of this process, or a remote engine behind the same method."""

    def search(self, query: Query) -> list[ArticleHit]: ...


class _Shelf(msgspec.Struct, frozen=True):
    """A snapshot of the documents, by number, and of their meanings."""

    documents: dict[int, Document]
    meanings: Meanings


class _Cut(NamedTuple):
    variants: tuple[frozenset[str], ...]
    passages: tuple[frozenset[str], ...]


class SearchIndex:
    """Rebuilt from what the database holds; `encoder` reads the questions, the documents' vectors are given.

    `on_failure` is called whenever the encoder fails; `clock` counts seconds.
    """

    def __init__(
        self,
        words: Words,
        encoder: Encoder | None = None,
        on_failure: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._words = words
        self._questions = Questions(encoder, on_failure, clock) if encoder else None
        self._lexical = Lexical(words)
        self._lock = threading.Lock()
        self._shelf = _Shelf({}, Meanings({}))
        self._numbers: dict[UUID, int] = {}
        self._next = 0
        self._cuts: dict[int, _Cut] = {}

    @property
    def failing(self) -> bool:
        """Whether the last question that should be read by meaning was not."""
        return self._questions is not None and self._questions.failing

    @property
    def documents(self) -> list[Document]:
        return list(self._shelf.documents.values())

    def document(self, document_id: UUID) -> Document | None:
        number = self._numbers.get(document_id)
        return None if number is None else self._shelf.documents.get(number)

    def put(self, documents: Sequence[Document], vectors: Mapping[UUID, Vectors] | None = None) -> None:
        """Add documents, or put them in the place of those with the same id. `vectors`: of `texts_of` each, by id."""
        self._change(documents, vectors or {}, ())

    def remove(self, ids: Iterable[UUID]) -> None:
        self._change((), {}, ids)

    def _change(self, documents: Sequence[Document], vectors: Mapping[UUID, Vectors], ids: Iterable[UUID]) -> None:
        with self._lock:
            gone = [
                number
                for one in (*ids, *(document.id for document in documents))
                if (number := self._numbers.pop(one, None)) is not None
            ]
            fresh = dict(enumerate(documents, self._next))
            self._next += len(fresh)
            self._numbers |= {document.id: number for number, document in fresh.items()}
            rows = {number: vectors[one.id] for number, one in fresh.items() if one.id in vectors}
            kept = self._shelf.documents | fresh
            for number in gone:
                kept.pop(number, None)
            meanings = self._shelf.meanings.changed(rows, gone) if rows or gone else self._shelf.meanings
            self._shelf = _Shelf(kept, meanings)
            self._lexical.change(fresh.items(), gone)

    def search(self, query: Query) -> list[ArticleHit]:
        """Those that apply, best first."""
        query = msgspec.structs.replace(query, text=self._words.read(query.text))
        shelf = self._shelf
        asked = self._asked(query, shelf)
        wide = _FIRST
        while True:
            lexical = self._lexical.search(query.text, wide) if query.mode is not Mode.VECTOR or asked is None else []
            close = _closeness(shelf.meanings, asked, wide, lexical) if asked is not None else {}
            fit = [
                (number, score)
                for number, score in fused(lexical, close)
                if number in shelf.documents and applies(shelf.documents[number], query)
            ]
            if len(fit) > query.limit or wide >= min(_FURTHEST, len(shelf.documents)):
                break
            wide *= 4
        fitting = dict(fit)
        ahead = leads(fit), _shares([one for one in lexical if one[0] in fitting])
        return self._hits(query, shelf, fit[: query.limit], close, ahead, asked)

    def _asked(self, query: Query, shelf: _Shelf) -> Vectors | None:
        """The question's vector; None where nothing is to be compared with it, or where the encoder fails."""
        if query.mode is Mode.LEXICAL or self._questions is None or not len(shelf.meanings) or not query.text.strip():
            return None
        return self._questions.vector(query.text)

    def _hits(
        self,
        query: Query,
        shelf: _Shelf,
        ranked: list[tuple[int, float]],
        close: Mapping[int, float],
        ahead: tuple[dict[int, float], dict[int, float]],
        asked: Vectors | None,
    ) -> list[ArticleHit]:
        """`ahead`: by how much each leads among all, and among what words have found."""
        words = self._words.distinct(query.text)
        hits = []
        for number, score in ranked:
            document = shelf.documents[number]
            variants, passages = self._cut(number, document)
            known = self._lexical.weights(chain(words, *variants))
            like = likeness(words, variants, known)
            near = close.get(number)
            telling = near if shelf.meanings.telling else None
            if asked is not None:
                place = shelf.meanings.closest_passage(number, asked, len(document.passages))
            else:
                place = _most_shared(words, passages, known)
            hits.append(
                ArticleHit(
                    article_id=document.id,
                    slug=document.slug,
                    version=document.version,
                    tier=document.tier,
                    topic=document.topic,
                    title=document.title,
                    passage=document.passages[place] if document.passages else "",
                    passage_number=place,
                    score=score,
                    confidence=confidence(like, telling, ahead[telling is None].get(number, 0.0)),
                    likeness=like,
                    closeness=near,
                )
            )
        return hits

    def _cut(self, number: int, document: Document) -> "_Cut":
        """The words of title and questions, and those of the passages."""
        cut = self._cuts.get(number)
        if cut is None:
            if len(self._cuts) >= _KEPT:
                self._cuts = {}
            variants = tuple(frozenset(self._words.of(one)) for one in (document.title, *document.questions))
            cut = self._cuts[number] = _Cut(
                variants, tuple(frozenset(self._words.of(one)) for one in document.passages)
            )
        return cut


def _shares(lexical: Sequence[tuple[int, float]]) -> dict[int, float]:
    """The leads as parts of the best score: scores of words have no scale of their own."""
    return {number: lead / lexical[0][1] for number, lead in leads(lexical).items()}


def _closeness(meanings: Meanings, asked: Vectors, wide: int, lexical: Sequence[tuple[int, float]]) -> dict[int, float]:
    """Of those that are close by meaning, and of those that words have found."""
    close = dict(meanings.search(asked, wide))
    for number, _ in lexical:
        if number not in close and (near := meanings.closeness(number, asked)) is not None:
            close[number] = near
    return close


def _most_shared(words: Sequence[str], passages: Sequence[frozenset[str]], weights: Mapping[str, float]) -> int:
    asked = set(words)
    shared = [sum(weights[word] for word in asked & one) for one in passages]
    return shared.index(max(shared)) if shared else 0
