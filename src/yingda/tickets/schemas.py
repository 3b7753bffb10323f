"""Tickets as others see them."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

import msgspec

from yingda.conversations import Author, FileContent, ImageContent
from yingda.tickets.forms import Code, Level, LongText, OrderNo, ShopCode, Title
from yingda.tickets.kinds import Category, CheckItem, Checklist, Fields, FieldValue


class Ticket(msgspec.Struct, frozen=True, kw_only=True):
    """A ticket without its comments and links. `level`: 1 普通咨询 to 5 危机事件."""

    id: UUID
    number: str
    kind_id: UUID
    state: str
    category: Category
    level: int
    title: str
    description: str
    department_id: UUID
    owner_id: UUID | None
    source: str
    opened_by: UUID | None
    opened_by_name: str
    customer_id: UUID | None
    parent_id: UUID | None
    merged_into_id: UUID | None
    fields: dict[str, FieldValue]
    checklist: list[CheckItem]
    watcher_ids: list[UUID]
    label_ids: list[UUID]
    due_at: datetime | None
    created_at: datetime
    updated_at: datetime
    resolved_at: datetime | None
    version: int


class OrderRef(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An order, as its shop numbers it."""

    shop: ShopCode
    order_no: OrderNo


class NewTicket(msgspec.Struct, frozen=True, kw_only=True):
    """A ticket to be opened by a person, a rule or the assistant. What is left out the kind decides.

    `kind` is a code. The same `idempotency_key` again answers the first one. `announce`: the customer of
    `conversation_id` is told, if the kind's first state says so.
    """

    kind: str
    title: str
    author: Author
    source: str
    description: str = ""
    level: int | None = None
    department_id: UUID | None = None
    owner_id: UUID | None = None
    customer_id: UUID | None = None
    conversation_id: UUID | None = None
    seq: int | None = None
    order: OrderRef | None = None
    parent_id: UUID | None = None
    fields: dict[str, FieldValue] = {}
    label_ids: list[UUID] = []
    template: str | None = None
    idempotency_key: str | None = None
    announce: bool = True


class TicketEdit(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is to be different; all else stays. Of `fields` only those named change, null empties one.

    To another department a ticket goes without its owner, unless a new one is named.
    """

    title: Title | msgspec.UnsetType = msgspec.UNSET
    description: LongText | msgspec.UnsetType = msgspec.UNSET
    state: Code | msgspec.UnsetType = msgspec.UNSET
    level: Level | msgspec.UnsetType = msgspec.UNSET
    department_id: UUID | msgspec.UnsetType = msgspec.UNSET
    owner_id: UUID | msgspec.UnsetType | None = msgspec.UNSET
    parent_id: UUID | msgspec.UnsetType | None = msgspec.UNSET
    fields: Fields | msgspec.UnsetType = msgspec.UNSET
    checklist: Checklist | msgspec.UnsetType = msgspec.UNSET
    label_ids: Annotated[list[UUID], msgspec.Meta(max_length=20)] | msgspec.UnsetType = msgspec.UNSET


class TicketVisibility(msgspec.Struct, frozen=True):
    """What a member of staff may see: all, or their departments', and what they own, watch or have opened."""

    staff_id: UUID
    department_ids: frozenset[UUID]
    everything: bool = False


class Relation(StrEnum):
    """How one ticket stands to another, read from the first: it blocks, duplicates or just relates to it."""

    BLOCKS = "blocks"
    DUPLICATES = "duplicates"
    RELATES = "relates"


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """As it is kept: exactly one of conversation, order and other ticket."""

    id: UUID
    ticket_id: UUID
    conversation_id: UUID | None = None
    seq: int | None = None
    shop: str | None = None
    order_no: str | None = None
    other_id: UUID | None = None
    relation: Relation | None = None


class TicketPerson(msgspec.Struct, frozen=True):
    """A colleague by name; where a comment mentions them, as they were called then."""

    id: UUID
    name: str


class TicketComment(msgspec.Struct, frozen=True, kw_only=True):
    """`public`: the customer was told the same. `meeting_id`: a meeting decided it."""

    id: UUID
    ticket_id: UUID
    author_id: UUID | None
    author_name: str
    text: str
    public: bool
    mentions: list[TicketPerson]
    attachments: list[ImageContent | FileContent]
    meeting_id: UUID | None
    created_at: datetime


#: A value before or after a change; texts are not repeated there.
ChangeValue = str | int | float | bool | None | list[str] | dict[str, FieldValue]


class TicketHistoryEntry(msgspec.Struct, frozen=True, kw_only=True):
    """Who changed what, from what to what, when and why. `actor_id` null: a rule, a clock or the assistant."""

    id: UUID
    at: datetime
    actor_id: UUID | None
    actor_name: str
    action: str
    before: dict[str, ChangeValue]
    after: dict[str, ChangeValue]
    reason: str | None


class Progress(msgspec.Struct, frozen=True):
    """Of a ticket's parts, how many there are and how many are done."""

    total: int = 0
    done: int = 0


class TicketCard(msgspec.Struct, frozen=True, kw_only=True):
    """A ticket in a list or on a board. `customer_name` is masked; `blocked`: an unfinished ticket holds it up."""

    id: UUID
    number: str
    kind_id: UUID
    state: str
    category: Category
    level: int
    title: str
    department_id: UUID
    owner_id: UUID | None
    owner_name: str | None
    customer_id: UUID | None
    customer_name: str | None
    parent_id: UUID | None
    label_ids: list[UUID]
    due_at: datetime | None
    created_at: datetime
    updated_at: datetime
    resolved_at: datetime | None
    version: int
    comments: int
    parts: Progress
    checklist: Progress
    blocked: bool
    watched: bool


class MeetingHead(msgspec.Struct, frozen=True, kw_only=True):
    id: UUID
    held_on: date
    title: str
    written_by_name: str
    decisions: int


class TicketSignals(msgspec.Struct, frozen=True, kw_only=True):
    """A ticket with something still to do, in figures, for those who look for trouble ahead."""

    ticket_id: UUID
    department_id: UUID
    owner_id: UUID | None
    customer_id: UUID | None
    parent_id: UUID | None
    category: Category
    level: int
    due_at: datetime | None
    created_at: datetime
    updated_at: datetime
    comments: int
    reopened: int
