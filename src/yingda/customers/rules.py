"""Who is taken for whom, what they are worth, and what of them is shown."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from yingda.customers.schemas import (
    Customer,
    CustomerCard,
    Expecting,
    Identity,
    IdentityCard,
    Matter,
    Outcome,
    Purchases,
    Segment,
    Skin,
    SkinProfile,
)
from yingda.kit.redaction import mask_email, mask_name, mask_phone

#: Where a customer's attributes have the skin profile, and what was left open.
SKIN, MATTERS = "skin", "matters"

#: How long what the customer told is kept after they last told something; an open matter is soon an old one.
KEPT = timedelta(days=730)
MATTER_KEPT = timedelta(days=60)
#: What is known to end by itself: how long it may be true at most.
_EXPECTING = {
    Expecting.PLANNING: timedelta(days=365),
    Expecting.PREGNANT: timedelta(days=300),
    Expecting.NURSING: timedelta(days=540),
}
_MOST_MATTERS = 5
_MOST_AVOIDED = 20


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


def skin_of(customer: Customer, now: datetime) -> SkinProfile | None:
    """What is known and not expired."""
    kept = customer.attributes.get(SKIN)
    profile = None if kept is None else msgspec.convert(kept, SkinProfile)
    if profile is None or (profile.until and profile.until <= now):
        return None
    if profile.expecting_until and profile.expecting_until <= now:
        skin = msgspec.structs.replace(profile.skin, expecting=None)
        return msgspec.structs.replace(profile, skin=skin, expecting_until=None)
    return profile


def matters_of(customer: Customer, now: datetime) -> tuple[Matter, ...]:
    """What was left open and is not expired, latest first."""
    kept = msgspec.convert(customer.attributes.get(MATTERS, []), tuple[Matter, ...])
    return tuple(matter for matter in kept if matter.until > now)


def with_matter(known: Sequence[Matter], new: Matter) -> list[Matter]:
    """The same request about the same order is one matter."""
    others = [one for one in known if (one.intent, one.order_no) != (new.intent, new.order_no)]
    return [new, *others][:_MOST_MATTERS]


def merged(known: Skin, told: Skin) -> Skin:
    """What is known, with what was told now: newer words go before older ones, lists grow."""
    return Skin(
        type=told.type or known.type,
        sensitive=known.sensitive if told.sensitive is None else told.sensitive,
        tone=told.tone or known.tone,
        age=told.age or known.age,
        concerns=list(dict.fromkeys([*known.concerns, *told.concerns])),
        avoid=list(dict.fromkeys([*known.avoid, *told.avoid]))[-_MOST_AVOIDED:],
        expecting=told.expecting or known.expecting,
        texture=told.texture or known.texture,
    )


def expecting_until(skin: Skin, before: SkinProfile | None, now: datetime) -> datetime | None:
    """Until when it may be true; who has not said anything new is as far on as they were."""
    kept = _EXPECTING.get(skin.expecting) if skin.expecting else None
    if kept is None:
        return None
    unchanged = before is not None and before.skin.expecting is skin.expecting
    return before.expecting_until if before and unchanged and before.expecting_until else now + kept


def changed_fields(before: Skin | None, after: Skin) -> list[str]:
    """Names of what was changed: the trail tells that, not what somebody's skin does not bear."""
    old = before or Skin()
    return [name for name in Skin.__struct_fields__ if getattr(old, name) != getattr(after, name)]


def without_health(card: CustomerCard) -> CustomerCard:
    """For who reads of customers but serves none: pregnancy is none of their business."""
    if card.skin is None:
        return card
    skin = msgspec.structs.replace(card.skin.skin, expecting=None)
    profile = msgspec.structs.replace(card.skin, skin=skin, expecting_until=None)
    return msgspec.structs.replace(card, skin=profile)


def card_of(customer: Customer, identities: Sequence[Identity], now: datetime) -> CustomerCard:
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
        skin=skin_of(customer, now),
        demo=customer.demo,
        created_at=customer.created_at,
    )
