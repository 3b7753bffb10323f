"""Conversations and their messages, as they cross this feature's border. All frozen; rows never leave."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from yingda.conversations.content import Author, Content, Kind, Verdict


class State(StrEnum):
    """Who a conversation waits for: the assistant, a person, a moment, or nobody."""

    PENDING = "pending"
    OPEN = "open"
    SNOOZED = "snoozed"
    RESOLVED = "resolved"


class DueClock(StrEnum):
    """What is due: a person's first answer, the next word to somebody who waits, the end of the matter."""

    FIRST_RESPONSE = "first_response"
    NEXT_UPDATE = "next_update"
    RESOLUTION = "resolution"


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """One message of a thread. `seq` counts from 1 within the conversation, without a gap for staff."""

    id: UUID
    conversation_id: UUID
    seq: int
    kind: Kind
    author: Author
    content: Content
    created_at: datetime
    external_id: str | None = None
    recalled: bool = False
    """Taken back: its content is empty for everybody."""
    edited_at: datetime | None = None
    rating: Verdict | None = None
    """What the customer says of an answer that cites an article."""
    understanding: msgspec.Raw = msgspec.field(default_factory=lambda: msgspec.Raw(b"null"))
    """What the language engine made of it, as JSON; null where it was not asked."""


class FormerContent(msgspec.Struct, frozen=True):
    """What a message said until `replaced_at`."""

    content: Content
    replaced_at: datetime


class LabelColor(StrEnum):
    """Named by hue; what exactly they look like is the console's, by light and by dark."""

    GRAY = "gray"
    RED = "red"
    ORANGE = "orange"
    YELLOW = "yellow"
    GREEN = "green"
    CYAN = "cyan"
    BLUE = "blue"
    PURPLE = "purple"
    PINK = "pink"


class Label(msgspec.Struct, frozen=True):
    """A word of the organisation's for conversations. Archived: kept where it is, not given anew."""

    id: UUID
    name: str
    color: LabelColor
    archived: bool = False


class Marked(msgspec.Struct, frozen=True):
    """What stands beside a head: its labels, and whether the asking member of staff follows it."""

    labels: list[Label]
    followed: bool


class Participant(msgspec.Struct, frozen=True):
    """Somebody who has written in a conversation, with their first and last message."""

    author: Author
    first_seq: int
    last_seq: int


class Thread(msgspec.Struct, frozen=True):
    """A stretch of a conversation, ascending, and whether it goes on in the direction asked for."""

    messages: list[Message]
    has_more: bool


class Incoming(msgspec.Struct, frozen=True, kw_only=True):
    """A customer's message as a channel hands it in. `(channel, external_id)` makes it idempotent."""

    customer_id: UUID
    shop: str
    channel: str
    external_id: str
    kind: Kind
    content: Content


class Received(msgspec.Struct, frozen=True):
    """What became of an `Incoming`: the stored message, and whether it had been stored before."""

    message: Message
    duplicate: bool


class HandOffReason(StrEnum):
    """Why the assistant stepped back."""

    REQUESTED = "requested"
    NOT_UNDERSTOOD = "not_understood"
    EMOTION = "emotion"
    SAFETY = "safety"
    COMPLAINT = "complaint"
    CRISIS = "crisis"
    AUTHORITY = "authority"
    """Media, authorities and courts."""
    PRIORITY = "priority"
    """A customer, an order or a history that a person is meant to look after."""
    APPROVAL = "approval"
    """Only a person may do it, or permit it: amounts, repetitions, risks."""
    UNKNOWN = "unknown"
    """Understood, but there is nothing reliable to say."""
    UNAVAILABLE = "unavailable"
    """The shop's system does not answer."""
    FAILED = "failed"


class Grounds(msgspec.Struct, frozen=True, kw_only=True):
    """The rule that brought a person in, as it was called then. `facts`: a condition and the fact that met it."""

    rule: str
    title: str
    title_en: str
    version: int
    facts: list[tuple[str, str]] = []


class HandOff(msgspec.Struct, frozen=True, kw_only=True):
    """The whole story, so that nobody asks the customer twice.

    `tried_en`: the same in English; empty on stories of earlier versions. `skill` and `priority` say who should take
    it, and how soon among those of its level (0 to 100).
    """

    reason: HandOffReason
    summary: str
    intent: str | None = None
    emotion: str | None = None
    slots: dict[str, str] = {}
    tried: list[str] = []
    tried_en: list[str] = []
    skill: str | None = None
    priority: int = 0
    grounds: Grounds | None = None


class Conversation(msgspec.Struct, frozen=True, kw_only=True):
    """The head of a conversation, without its messages."""

    id: UUID
    shop: str
    channel: str
    customer_id: UUID
    state: State
    level: int
    assignee_id: UUID | None
    assignee_name: str | None
    team_id: UUID | None
    last_seq: int
    customer_seq: int
    answered_seq: int
    customer_read_seq: int
    staff_read_seq: int
    waiting_since: datetime | None
    due_at: datetime | None
    """The next moment by which the service level asks something of us, which `due_clock` names; none while nothing
    is asked of a person."""
    due_clock: DueClock | None
    last_message_at: datetime
    preview: str
    intent: str | None
    emotion: str | None
    handoff: HandOff | None
    created_at: datetime
    first_response_at: datetime | None
    resolved_at: datetime | None
    snoozed_until: datetime | None
    spam: bool


class Place(msgspec.Struct, frozen=True):
    """Where a conversation stands: enough to decide who hears of it."""

    conversation_id: UUID
    customer_id: UUID
    shop: str
    state: State
    assignee_id: UUID | None
    assignee_name: str | None
    team_id: UUID | None
    spam: bool = False
