"""Wrap-ups as they cross the border."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

import msgspec

from yingda.workspace.promises import NewPromise, PromiseItem

Code = Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
SummaryText = Annotated[str, msgspec.Meta(max_length=4000)]


class Result(StrEnum):
    """What a conversation came to."""

    RESOLVED = "resolved"
    PARTLY = "partly"
    UNRESOLVED = "unresolved"
    NONE = "none"
    """Nothing had to be done."""
    TRANSFERRED = "transferred"
    """Another department goes on with it."""


class PointKind(StrEnum):
    ASKED = "asked"
    NUMBER = "number"
    DONE = "done"
    RESULT = "result"
    PROMISE = "promise"
    OPEN = "open"


class DraftPoint(msgspec.Struct, frozen=True):
    """A quotation from the thread, and the message it is from."""

    kind: PointKind
    seq: int
    text: str


class DraftPromise(msgspec.Struct, frozen=True):
    """What a colleague said they would do. `due_at`: null where no date was said."""

    text: str
    due_at: datetime | None
    seq: int


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """What a wrap-up begins with. `seq`: the customer's last message that it takes into account."""

    seq: int
    predicted: str | None
    category: str
    cause: str
    result: Result
    summary: str
    points: list[DraftPoint]
    promises: list[DraftPromise]
    open_promises: list[PromiseItem]
    """Made before, and still to be kept."""


class Confirmation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    category: Code
    cause: Code
    result: Result
    summary: SummaryText


class NewWrapUp(Confirmation, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`seq` and `predicted` as the draft had them: what the customer wrote since is not to be resolved away."""

    seq: Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]
    predicted: Code | None = None
    promises: Annotated[list[NewPromise], msgspec.Meta(max_length=5)] = []


class WrapUp(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody has confirmed, or corrected."""

    id: UUID
    conversation_id: UUID
    predicted: str | None
    category: str
    cause: str
    result: Result
    summary: str
    staff_id: UUID
    staff_name: str
    created_at: datetime


class WrapUps(msgspec.Struct, frozen=True):
    """The latest, which counts, first."""

    items: list[WrapUp]


class Group(msgspec.Struct, frozen=True):
    """Categories of one kind."""

    code: str
    zh: str
    en: str
    categories: list[str]


class Cause(msgspec.Struct, frozen=True):
    code: str
    zh: str
    en: str


class Choices(msgspec.Struct, frozen=True):
    """All that a wrap-up can say. Categories are intents."""

    groups: list[Group]
    causes: list[Cause]
    results: list[Result]
