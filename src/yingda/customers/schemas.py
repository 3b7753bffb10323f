"""Customers as others see them."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any
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


class Purchases(msgspec.Struct, frozen=True):
    """What a customer has bought and kept, as far as the shop tells."""

    orders: int
    total_cents: int
    last_order_at: datetime | None


class PersonalField(StrEnum):
    """What of a customer is masked until somebody has a reason to see it."""

    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"


class SkinType(StrEnum):
    DRY = "dry"
    NORMAL = "normal"
    COMBINATION = "combination"
    OILY = "oily"


class SkinTone(StrEnum):
    """From light to dark, as shade charts of make-up have it: 冷白皮, 黄一白, 黄二白, 小麦色, 深肤色."""

    PORCELAIN = "porcelain"
    FAIR = "fair"
    MEDIUM = "medium"
    WHEAT = "wheat"
    DEEP = "deep"


class AgeBand(StrEnum):
    UNDER_18 = "under_18"
    FROM_18 = "18_24"
    FROM_25 = "25_29"
    FROM_30 = "30_39"
    FROM_40 = "40_49"
    FROM_50 = "50_plus"


class Concern(StrEnum):
    """What somebody wants to be rid of."""

    ACNE = "acne"
    PORES = "pores"
    DRYNESS = "dryness"
    REDNESS = "redness"
    DULLNESS = "dullness"
    SPOTS = "spots"
    WRINKLES = "wrinkles"
    SAGGING = "sagging"
    DARK_CIRCLES = "dark_circles"


class Expecting(StrEnum):
    """Why somebody is careful with what they put on their skin, as they say it themselves."""

    PLANNING = "planning"
    PREGNANT = "pregnant"
    NURSING = "nursing"
    NO = "no"
    """Not, or not any more."""


class Texture(StrEnum):
    """How they like what they put on."""

    LIGHT = "light"
    RICH = "rich"


class Skin(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is known of a customer's skin. `avoid`: what they do not bear or do not want in it, in their words."""

    type: SkinType | None = None
    sensitive: bool | None = None
    tone: SkinTone | None = None
    age: AgeBand | None = None
    concerns: Annotated[list[Concern], msgspec.Meta(max_length=9)] = []
    avoid: Annotated[list[Annotated[str, msgspec.Meta(min_length=1, max_length=40)]], msgspec.Meta(max_length=20)] = []
    expecting: Expecting | None = None
    texture: Texture | None = None


class SkinProfile(msgspec.Struct, frozen=True, kw_only=True):
    """The skin as it was last written down; without `by_id` the customer told it the assistant, who asked whether it
    may be kept. After `until` it is forgotten, and who is expecting is so only until `expecting_until`."""

    skin: Skin
    by_id: UUID | None
    by_name: str
    at: datetime
    until: datetime | None = None
    expecting_until: datetime | None = None


class Matter(msgspec.Struct, frozen=True, kw_only=True):
    """Something that a customer wanted and that a conversation ended without: an intent, and the order it was about."""

    intent: str
    order_no: str | None
    conversation_id: UUID
    at: datetime
    until: datetime


class Remembered(msgspec.Struct, frozen=True):
    """What is kept of a customer from one conversation to the next, as far as it has not expired."""

    skin: Skin
    matters: tuple[Matter, ...] = ()


class Note(msgspec.Struct, frozen=True):
    """What a member of staff has noted about a customer."""

    id: UUID
    author_id: UUID
    author_name: str
    text: str
    created_at: datetime


class IdentityCard(msgspec.Struct, frozen=True):
    """That a customer comes by a channel, without the number under which it knows them."""

    channel: str
    verified: bool
    since: datetime


class CustomerCard(msgspec.Struct, frozen=True):
    """A customer with personal data masked."""

    id: UUID
    name: str | None
    phone: str | None
    email: str | None
    segment: Segment
    locale: Locale
    identified: bool
    identities: list[IdentityCard]
    skin: SkinProfile | None
    demo: bool
    created_at: datetime
