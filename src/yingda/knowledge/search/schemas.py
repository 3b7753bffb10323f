"""What is searched, what is asked for, and what is found."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

import msgspec


class Tier(StrEnum):
    """How much somebody must know to vouch for an article: 通用, 专业, 罕见."""

    GENERAL = "general"
    PROFESSIONAL = "professional"
    RARE = "rare"


Named = Annotated[str, msgspec.Meta(min_length=1, max_length=64, pattern=r"^[^\x00-\x1f\x7f]*$")]
Names = Annotated[list[Named], msgspec.Meta(max_length=200)]


class ArticleScope(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where an article holds: everywhere, unless named. Products by id, shops by code, channels by name."""

    products: Names = []
    channels: Names = []
    shops: Names = []


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A live article as the index knows it. `passages` are plain text, variables not yet filled in."""

    id: UUID
    slug: str
    version: int
    tier: Tier
    topic: str
    title: str
    questions: tuple[str, ...]
    passages: tuple[str, ...]
    scope: ArticleScope = msgspec.field(default_factory=ArticleScope)
    valid_from: datetime | None = None
    valid_until: datetime | None = None


class Mode(StrEnum):
    """By words, by meaning, or by both; without an encoder or vectors, `fused` is by words."""

    LEXICAL = "lexical"
    VECTOR = "vector"
    FUSED = "fused"


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """`products`: what is being talked about. `at`: articles must be valid then; None: whenever."""

    text: str
    shop: str | None = None
    channel: str | None = None
    products: tuple[str, ...] = ()
    tiers: frozenset[Tier] = frozenset(Tier)
    at: datetime | None = None
    limit: int = 5
    mode: Mode = Mode.FUSED


class ArticleHit(msgspec.Struct, frozen=True, kw_only=True):
    """An article that may answer, with the passage that supports it.

    `score` orders hits of one answer only; `confidence`, 0 to 1, is how likely the article answers the question.
    `likeness`: how many of the question's words one of the article's own shares; `closeness`: by meaning, 0 of
    what is no closer than two articles usually are, 1 of the same.
    """

    article_id: UUID
    slug: str
    version: int
    tier: Tier
    topic: str
    title: str
    passage: str
    passage_number: int
    score: float
    confidence: float
    likeness: float
    closeness: float | None = None
