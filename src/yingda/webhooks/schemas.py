"""What crosses the border of webhooks."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

import msgspec

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
Url = Annotated[str, msgspec.Meta(min_length=10, max_length=500)]


class EventType(StrEnum):
    """All that can be subscribed to."""

    CONVERSATION_OPENED = "conversation.opened"
    CONVERSATION_HANDED_OFF = "conversation.handed_off"
    CONVERSATION_RESOLVED = "conversation.resolved"
    MESSAGE_RECEIVED = "message.received"
    MESSAGE_SENT = "message.sent"
    TICKET_OPENED = "ticket.opened"
    TICKET_CHANGED = "ticket.changed"
    TICKET_RESOLVED = "ticket.resolved"
    DEED_DONE = "deed.done"
    DEED_REFUSED = "deed.refused"
    DEED_UNCLEAR = "deed.unclear"
    ORDER_CHANGED = "order.changed"
    PARCEL_MOVED = "parcel.moved"
    REFUND_CHANGED = "refund.changed"
    CUSTOMER_ERASED = "customer.erased"
    """Everything that told who they were is gone here: whoever keeps something under this id erases it too."""
    PING = "ping"
    """Sent on request, to try a webhook; needs no subscription."""


class Announcement(msgspec.Struct, frozen=True):
    """Something that happened, with the ids by which the rest can be asked for over the API."""

    type: EventType
    data: dict[str, Any]


class WriteWebhook(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A webhook as an administrator writes it."""

    name: Name
    url: Url
    event_types: Annotated[list[EventType], msgspec.Meta(min_length=1, max_length=50)]
    enabled: bool = True


class Webhook(msgspec.Struct, frozen=True, kw_only=True):
    """`secret_hint`: the secret's last characters. `previous_until`: so long the secret before it signs too.

    `delivered` and `failed` are of the last 24 hours.
    """

    id: UUID
    name: str
    url: str
    event_types: list[EventType]
    enabled: bool
    secret_hint: str
    previous_until: datetime | None
    created_at: datetime
    delivered: int
    failed: int


class WebhookSecret(msgspec.Struct, frozen=True):
    """The secret is told this once."""

    webhook: Webhook
    secret: str


class Rotate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """So long both secrets sign."""

    overlap_hours: Annotated[int, msgspec.Meta(ge=0, le=168)] = 24


class DeliveryState(StrEnum):
    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the log. `status`: what the receiver answered last; `problem`: why there was no answer."""

    id: UUID
    webhook_id: UUID
    event_type: EventType
    body: str
    redelivery_of: UUID | None
    state: DeliveryState
    attempts: int
    status: int | None
    problem: str | None
    took_ms: int | None
    created_at: datetime
    tried_at: datetime | None
    next_at: datetime | None


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """Where a delivery goes, and with which secrets it is signed: one, or two while they are exchanged."""

    delivery: Delivery
    url: str
    secrets: tuple[str, ...]
    enabled: bool


class Attempt(msgspec.Struct, frozen=True):
    """What came of one try."""

    status: int | None
    problem: str | None
    took_ms: int

    @property
    def arrived(self) -> bool:
        return self.status is not None and 200 <= self.status < 300
