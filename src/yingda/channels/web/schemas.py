"""What travels between the server and a widget or an app: see docs/web-channel.md."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec

from yingda.conversations import OrderCard, Verdict

ShortText = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
Locale = Literal["zh", "en"]


class SignedIdentity(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who the shop says this is; `signature` = hex(HMAC-SHA256(identity_secret, user_id))."""

    user_id: ShortText
    signature: Annotated[str, msgspec.Meta(max_length=128)]
    name: Annotated[str, msgspec.Meta(max_length=60)] | None = None


class OpenSession(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    shop: ShortText
    token: Annotated[str, msgspec.Meta(max_length=500)] | None = None
    identity: SignedIdentity | None = None
    locale: Locale = "zh"


class SendMessage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    client_id: UUID
    kind: Literal["text", "image", "file", "product_card", "order_card"]
    content: dict[str, Any]


class ReadUpTo(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    seq: Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]


class RateAnswer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    conversation_id: UUID
    seq: Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1)]
    verdict: Verdict


class Shop(msgspec.Struct, frozen=True):
    code: str
    name: str
    greeting: str
    demo: bool


class WidgetConfig(msgspec.Struct, frozen=True):
    shop: Shop
    color: str


class SessionCustomer(msgspec.Struct, frozen=True):
    name: str | None
    identified: bool


class Person(msgspec.Struct, frozen=True):
    name: str


class CustomerAuthor(msgspec.Struct, frozen=True):
    kind: str
    name: str | None


class CustomerMessage(msgspec.Struct, frozen=True, kw_only=True):
    """A message as its customer sees it: no ids of people, no understanding.

    `rateable`: it was taken from an article; `rating`: what the customer has said of it.
    """

    id: UUID
    conversation_id: UUID
    seq: int
    kind: str
    author: CustomerAuthor
    content: Any
    client_id: str | None
    created_at: datetime
    recalled: bool
    edited: bool
    rateable: bool
    rating: Verdict | None


class SessionConversation(msgspec.Struct, frozen=True, kw_only=True):
    id: UUID
    state: str
    last_seq: int
    read_seq: int
    peer_read_seq: int
    assignee: Person | None


class SessionLimits(msgspec.Struct, frozen=True):
    text_chars: int
    upload_bytes: int


class Session(msgspec.Struct, frozen=True, kw_only=True):
    token: str
    customer: SessionCustomer
    shop: Shop
    conversation: SessionConversation | None
    messages: list[CustomerMessage]
    has_more: bool
    unread: int
    limits: SessionLimits


class CustomerThread(msgspec.Struct, frozen=True):
    messages: list[CustomerMessage]
    has_more: bool


class Orders(msgspec.Struct, frozen=True):
    orders: list[OrderCard]
