"""Customers as others see them."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import msgspec

from yingda.kit.errors import Locale


class Segment(StrEnum):
    """What a customer is worth to the shop, as far as is known."""

    NEW = "new"
    REGULAR = "regular"
    HIGH_VALUE = "high_value"
    AT_RISK = "at_risk"


class Customer(msgspec.Struct, frozen=True):
    """One person, whatever channels they come by. A visitor has no name. Personal data: show a `CustomerCard`."""

    id: UUID
    display_name: str | None
    phone: str | None
    email: str | None
    segment: Segment
    locale: Locale
    attributes: dict[str, Any]
    demo: bool
    created_at: datetime


class Identity(msgspec.Struct, frozen=True):
    """Who a customer is in one channel. `verified`: the channel vouched for it, by a signature for instance."""

    id: UUID
    customer_id: UUID
    channel: str
    external_id: str
    verified: bool
    created_at: datetime


class SignedIdentity(msgspec.Struct, frozen=True):
    """An identity that a channel has vouched for, and what it told about the person. `evidence` says how it vouched."""

    channel: str
    external_id: str
    evidence: dict[str, str]
    display_name: str | None = None
    phone: str | None = None
    email: str | None = None
    demo: bool = False


class Outcome(StrEnum):
    """What a signed identity meant for the customer who showed it."""

    UNCHANGED = "unchanged"
    ATTACHED = "attached"
    ADOPTED = "adopted"
    SWITCHED = "switched"


class Identified(msgspec.Struct, frozen=True):
    """`customer` is whom to go on with. When it is another than before, the caller moves the conversation if `adopted`,
    and begins a new one if `switched`. `link_id` undoes what was linked."""

    customer: Customer
    outcome: Outcome
    link_id: UUID | None = None


class Link(msgspec.Struct, frozen=True):
    """That two appearances were taken for one person, why, and which identities moved: enough to take it back."""

    id: UUID
    from_customer_id: UUID
    to_customer_id: UUID
    outcome: Outcome
    channel: str
    external_id: str
    evidence: dict[str, str]
    moved: list[UUID]
    created_at: datetime
    undone_at: datetime | None


class CustomerCard(msgspec.Struct, frozen=True):
    """A customer with personal data masked."""

    id: UUID
    name: str | None
    phone: str | None
    email: str | None
    segment: Segment
    locale: Locale
    identified: bool
    channels: list[str]
    demo: bool
    created_at: datetime
