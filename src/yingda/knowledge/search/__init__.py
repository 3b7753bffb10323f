"""Finds articles by words and by meaning. No tables, no network: `knowledge.articles` fills it."""

from yingda.knowledge.search.index import Searcher, SearchIndex
from yingda.knowledge.search.schemas import Document, Hit, Mode, Names, Query, Scope, Tier
from yingda.knowledge.search.vectors import Encoder, Vectors, texts_of
from yingda.knowledge.search.words import Words

__all__ = [
    "Document",
    "Encoder",
    "Hit",
    "Mode",
    "Names",
    "Query",
    "Scope",
    "SearchIndex",
    "Searcher",
    "Tier",
    "Vectors",
    "Words",
    "texts_of",
]
