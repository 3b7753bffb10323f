"""The shipped articles as the search knows them, with their vectors; and many more made out of their parts."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from random import Random
from uuid import UUID

import msgspec
import numpy as np

from bench.vectors import Remembering
from yingda.kit.ids import new_id
from yingda.knowledge import Document, SearchIndex, Words, shipped, texts_of
from yingda.knowledge.articles.library import document_of
from yingda.knowledge.articles.schemas import LiveContent
from yingda.knowledge.search import Vectors
from yingda.language import general_encoder, installed_encoder

#: Where vectors are kept between runs.
MEMORY = Path("var/bench")
_BATCH = 2_000

#: A document, and the rows of its title, its questions and its passages.
Shelved = tuple[Document, Vectors | None]


def remembering() -> Remembering | None:
    """The encoder that ships."""
    encoder = installed_encoder()
    return Remembering(encoder, MEMORY) if encoder else None


def both_encoders() -> list[Remembering]:
    """Of one scale each: the encoder that ships and the general one. None where they cannot run."""
    return [Remembering(one, MEMORY) for one in (installed_encoder(), general_encoder()) if one]


def shelved(encoder: Remembering | None) -> list[Shelved]:
    """Those that ship."""
    documents = [
        document_of(LiveContent(id=new_id(), slug=one.slug, version=1, content=one.content)) for one in shipped()
    ]
    return [(one, encoder.encode(texts_of(one)) if encoder else None) for one in documents]


def recombined(shipped_ones: list[Shelved], count: int, seed: int = 7) -> Iterator[Shelved]:
    """As many more: each with the title of one, the questions of another and the passages of a third."""
    rng = Random(seed)
    for number in range(count):
        title, questions, passages = rng.choices(shipped_ones, k=3)
        document = msgspec.structs.replace(
            title[0],
            id=new_id(),
            slug=f"{title[0].slug}-{number}",
            questions=questions[0].questions,
            passages=passages[0].passages,
        )
        yield document, _rows(title, questions, passages)


def _rows(title: Shelved, questions: Shelved, passages: Shelved) -> Vectors | None:
    if title[1] is None or questions[1] is None or passages[1] is None:
        return None
    return np.vstack(
        [title[1][:1], questions[1][1 : 1 + len(questions[0].questions)], passages[1][-len(passages[0].passages) :]]
    )


def indexed(words: Words, encoder: Remembering | None, documents: Iterable[Shelved]) -> SearchIndex:
    index = SearchIndex(words, encoder)
    rest = iter(documents)
    while batch := list(islice(rest, _BATCH)):
        rows: Mapping[UUID, Vectors] = {one.id: vectors for one, vectors in batch if vectors is not None}
        index.put([one for one, _ in batch], rows)
    return index
