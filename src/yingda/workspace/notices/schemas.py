"""Notices as they cross the border."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec


class NoticeKind(StrEnum):
    MENTIONED = "mentioned"
    ASSIGNED = "assigned"
    PROMISE_DUE = "promise_due"
    ESCALATED = "escalated"
    """They are asked to take a step of the chain; `details` say which and why."""
    CRISIS = "crisis"
    WARNED = "warned"
    """What they have in hand is likely to go wrong; `text` is the probability in per cent."""
    FOLLOWED = "followed"
    """A conversation that they follow has another state; `text` is its code."""
    DEADLINE_NEAR = "deadline_near"
    """It will be late unless somebody sees to it; `text` is the clock's code."""
    DEADLINE_BREACHED = "deadline_breached"
    """It is late; `text` is the clock's code."""


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """One row, of a conversation or of a ticket. `seq`: the message it is about, if it is about one."""

    id: UUID
    staff_id: UUID
    kind: NoticeKind
    conversation_id: UUID | None = None
    ticket_id: UUID | None = None
    seq: int | None = None
    actor_name: str | None = None
    text: str = ""
    details: dict[str, str | int] = {}
    created_at: datetime
    read_at: datetime | None = None

    @property
    def about(self) -> UUID | None:
        return self.conversation_id or self.ticket_id


class NoticeItem(msgspec.Struct, frozen=True, kw_only=True):
    """A notice as its reader sees it, of a conversation or of a ticket.

    Customer, number and words are left out where they may not see what it is about.
    """

    id: UUID
    kind: NoticeKind
    conversation_id: UUID | None
    ticket_id: UUID | None
    ticket_number: str | None
    seq: int | None
    actor_name: str | None
    customer_id: UUID | None
    customer_name: str
    text: str
    details: dict[str, str | int]
    created_at: datetime
    read: bool


class NoticePage(msgspec.Struct, frozen=True):
    """The newest first, and how many in all have not been read."""

    items: list[NoticeItem]
    unread: int
    next_cursor: str | None = None


class SeenUpTo(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The newest notice that was seen: what has come since stays unread."""

    notice_id: UUID
