"""By words: an inverted index in memory. Who adds shuts the others out; who searches looks at a snapshot."""

import math
import threading
from collections.abc import Iterable

import tantivy

from yingda.knowledge.search.schemas import Document
from yingda.knowledge.search.words import Words

_HEAP_BYTES = 32 * 1024 * 1024
#: A word in a title or a question says more than one in the text.
_ASKED, _WRITTEN, _PAIRED = 2.0, 1.0, 1.0
#: More different words than these of a question are not looked up.
_MOST_WORDS = 40
#: Words whose weight is kept: what customers make up does not fill the memory.
_MOST_WEIGHED = 200_000


class Lexical:
    """Documents by a number that the caller gives them."""

    def __init__(self, words: Words) -> None:
        self._words = words
        builder = tantivy.SchemaBuilder()
        builder.add_unsigned_field("number", indexed=True, fast=True)
        for field in ("asked", "written", "pairs"):
            builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
        self._schema = builder.build()
        self._index = tantivy.Index(self._schema)
        self._index.register_tokenizer("whitespace", _by_blanks())
        self._writer = self._index.writer(_HEAP_BYTES, 1)
        self._lock = threading.Lock()
        self._searcher = self._index.searcher()
        self._weights: dict[str, float] = {}

    def change(self, put: Iterable[tuple[int, Document]], gone: Iterable[int]) -> None:
        """Put documents in, take numbers away; seen by all searches that begin later."""
        with self._lock:
            for number in gone:
                self._writer.delete_documents_by_term("number", number)
            for number, document in put:
                self._writer.add_document(self._entry(number, document))
            self._writer.commit()
            self._index.reload()
            self._searcher = self._index.searcher()
            self._weights = {}

    def search(self, text: str, limit: int) -> list[tuple[int, float]]:
        """Numbers and scores, best first."""
        query = self._query(text)
        if query is None or not self._searcher.num_docs:
            return []
        searcher = self._searcher
        hits = searcher.search(query, limit, count=False).hits
        numbers = searcher.fast_field_values("number", [address for _, address in hits])
        return [(int(number or 0), float(score or 0)) for number, (score, _) in zip(numbers, hits, strict=True)]

    def weights(self, words: Iterable[str]) -> dict[str, float]:
        """How rare each word is among titles and questions: what everybody writes tells nothing apart."""
        if len(self._weights) > _MOST_WEIGHED:
            self._weights = {}
        kept, searcher = self._weights, self._searcher
        total = searcher.num_docs + 1
        for word in words:
            if word not in kept:
                kept[word] = math.log(1 + total / (1 + searcher.doc_freq("asked", word)))
        return kept

    def _entry(self, number: int, document: Document) -> tantivy.Document:
        asked = " ".join((document.title, document.topic, *document.questions))
        entry = tantivy.Document()
        entry.add_unsigned("number", number)
        entry.add_text("asked", " ".join(self._words.of(asked)))
        entry.add_text("pairs", " ".join(self._words.grams(asked)))
        entry.add_text("written", " ".join(word for one in document.passages for word in self._words.of(one)))
        return entry

    def _query(self, text: str) -> tantivy.Query | None:
        words = self._words.distinct(text)[:_MOST_WORDS]
        wanted = [("asked", word, _ASKED) for word in words] + [("written", word, _WRITTEN) for word in words]
        wanted += [("pairs", pair, _PAIRED) for pair in self._words.grams(text)[:_MOST_WORDS]]
        parts = [
            (
                tantivy.Occur.Should,
                tantivy.Query.boost_query(tantivy.Query.term_query(self._schema, field, word, "freq"), boost),
            )
            for field, word, boost in wanted
        ]
        return tantivy.Query.boolean_query(parts) if parts else None


def _by_blanks() -> tantivy.TextAnalyzer:
    return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
