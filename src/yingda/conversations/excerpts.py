"""Parts of conversations, cut for one reader each: the assistant, early warning, whoever looks back."""

from datetime import datetime
from uuid import UUID

import msgspec


class UnderstoodMessage(msgspec.Struct, frozen=True):
    """What a customer wrote, and what the language engine made of it, as JSON."""

    conversation_id: UUID
    seq: int
    text: str
    understanding: msgspec.Raw
    created_at: datetime


class PastConversation(msgspec.Struct, frozen=True, kw_only=True):
    """Of a conversation what does not change."""

    id: UUID
    customer_id: UUID
    channel: str
    shop: str
    created_at: datetime
    last_message_at: datetime


class PastText(msgspec.Struct, frozen=True):
    text: str
    at: datetime


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """What the assistant deals with in one go: the customer's messages after `answered_seq` up to `seq`.

    `understandings` are what the language engine made of each message, as JSON, by sequence number.
    """

    conversation_id: UUID
    answered_seq: int
    seq: int
    intent: str | None = None
    emotion: str | None = None
    understandings: dict[int, bytes] = {}


class Tone(msgspec.Struct, frozen=True):
    """How a message of the customer sounded; `sentiment` from -1 to 1."""

    emotion: str
    sentiment: float

    @property
    def angry(self) -> bool:
        return self.emotion == "angry"


class Signals(msgspec.Struct, frozen=True, kw_only=True):
    """A conversation in the care of people, in figures. Whoever reads on stays within what they may see by `place`."""

    conversation_id: UUID
    customer_id: UUID
    shop: str
    state: str
    assignee_id: UUID | None
    assignee_name: str | None
    team_id: UUID | None
    spam: bool
    level: int
    intent: str | None
    waiting_since: datetime | None
    due_at: datetime | None
    created_at: datetime
    sentiment: float
    """Of the customer's last message that was understood."""
    angry: int
    """How many of the customer's messages were."""
    messages: int
    passed_on: int
    """How often it was transferred."""
    reopened: bool
    contacts: int
    """Other conversations that the customer began of late."""
