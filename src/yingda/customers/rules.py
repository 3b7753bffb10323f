"""Who is taken for whom, what they are worth, and what of them is shown."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from yingda.customers.schemas import (
    Customer,
    CustomerCard,
    Identity,
    IdentityCard,
    Outcome,
    Purchases,
    Segment,
    Skin,
    SkinProfile,
)
from yingda.kit.redaction import mask_email, mask_name, mask_phone

#: Where a customer's attributes have the skin profile.
SKIN = "skin"


def outcome_of(customer_id: UUID, held: Sequence[Identity], channel: str, owner: UUID | None) -> Outcome:
    """What it means that `customer_id`, who holds `held`, shows an identity of `channel` that `owner` has.

    Only somebody whom nobody vouched for is absorbed by another: two accounts on one device stay two people.
    """
    if owner == customer_id:
        return Outcome.UNCHANGED
    verified = [identity for identity in held if identity.verified]
    if any(identity.channel == channel for identity in verified):
        return Outcome.SWITCHED
    if owner is None:
        return Outcome.ATTACHED
    return Outcome.SWITCHED if verified else Outcome.ADOPTED


#: Who has not bought for so long is about to leave.
_AWAY_DAYS = 180
_HIGH_VALUE_CENTS = 160_000
_HIGH_VALUE_ORDERS = 10
_REGULAR_ORDERS = 2


def segment_of(purchases: Purchases, now: datetime) -> Segment:
    """What the customer is worth. Being about to leave comes first: with these something can still be done."""
    if purchases.last_order_at is None:
        return Segment.NEW
    if now - purchases.last_order_at > timedelta(days=_AWAY_DAYS):
        return Segment.AT_RISK
    if purchases.total_cents >= _HIGH_VALUE_CENTS or purchases.orders >= _HIGH_VALUE_ORDERS:
        return Segment.HIGH_VALUE
    return Segment.REGULAR if purchases.orders >= _REGULAR_ORDERS else Segment.NEW


def skin_of(customer: Customer) -> SkinProfile | None:
    kept = customer.attributes.get(SKIN)
    return None if kept is None else msgspec.convert(kept, SkinProfile)


def changed_fields(before: Skin | None, after: Skin) -> list[str]:
    """Names of what was changed: the trail tells that, not what somebody's skin does not bear."""
    old = before or Skin()
    return [name for name in Skin.__struct_fields__ if getattr(old, name) != getattr(after, name)]


def card_of(customer: Customer, identities: Sequence[Identity]) -> CustomerCard:
    """The masked view."""
    return CustomerCard(
        id=customer.id,
        name=customer.display_name and mask_name(customer.display_name),
        phone=customer.phone and mask_phone(customer.phone),
        email=customer.email and mask_email(customer.email),
        segment=customer.segment,
        locale=customer.locale,
        identified=any(identity.verified for identity in identities),
        identities=[IdentityCard(one.channel, one.verified, one.created_at) for one in identities],
        skin=skin_of(customer),
        demo=customer.demo,
        created_at=customer.created_at,
    )
