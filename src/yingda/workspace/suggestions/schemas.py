"""Suggestions as they cross the border."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

import msgspec


class SuggestionSource(StrEnum):
    ARTICLE = "article"
    GRAPH = "graph"
    DRAFT = "draft"
    """A whole reply, made from the best of the others."""


class SuggestionFate(StrEnum):
    ACCEPTED = "accepted"
    """Sent as it was."""
    EDITED = "edited"
    REJECTED = "rejected"


class Suggestion(msgspec.Struct, frozen=True, kw_only=True):
    """`key` names it wherever it is suggested again; `text` can be sent as it is, `sources` support it."""

    key: str
    source: SuggestionSource
    title: str
    text: str
    confidence: float
    sources: list[str]
    article_id: UUID | None = None


class SuggestionList(msgspec.Struct, frozen=True):
    """Best first. `seq`: the message that they answer."""

    seq: int
    items: list[Suggestion]


class BetterWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an article should rather say."""

    article_id: UUID
    text: Annotated[str, msgspec.Meta(max_length=4000, pattern=r"^[^\x00]*\S[^\x00]*$")]


class SuggestionOutcome(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an agent made of a suggestion for this message; said again, it replaces what was said before.

    `correction`: they want the article to say it as they did.
    """

    seq: Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1)]
    key: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    fate: SuggestionFate
    correction: BetterWords | None = None


class Record(msgspec.Struct, frozen=True):
    """How often a suggestion was used before."""

    accepted: int = 0
    edited: int = 0
    rejected: int = 0
