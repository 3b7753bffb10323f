"""Promises as they cross the border."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

import msgspec


class PromiseState(StrEnum):
    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"
    CANCELLED = "cancelled"
    """No longer wanted, or written down by mistake."""


PromiseText = Annotated[str, msgspec.Meta(min_length=1, max_length=500, pattern=r"[^\s]")]
DueAt = Annotated[datetime, msgspec.Meta(tz=True)]


class NewPromise(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is promised, by when. `seq`: the message in which it was said."""

    text: PromiseText
    due_at: DueAt
    seq: Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1)] | None = None


class ClosePromise(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    state: PromiseState


class Promise(msgspec.Struct, frozen=True, kw_only=True):
    id: UUID
    conversation_id: UUID
    customer_id: UUID
    owner_id: UUID
    owner_name: str
    text: str
    seq: int | None
    due_at: datetime
    state: PromiseState


class PromiseItem(msgspec.Struct, frozen=True, kw_only=True):
    """A promise in a list."""

    id: UUID
    text: str
    due_at: datetime
    state: PromiseState
    owner_name: str
    conversation_id: UUID


class PromiseList(msgspec.Struct, frozen=True):
    """The most urgent first."""

    items: list[PromiseItem]


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which promises: all that fit everything that is said here."""

    conversation_id: UUID | None = None
    customer_id: UUID | None = None
    owner_id: UUID | None = None
    state: PromiseState | None = None
