"""Who is taken for whom, and what of them is shown."""

from collections.abc import Sequence
from uuid import UUID

from yingda.customers.schemas import Customer, CustomerCard, Identity, Outcome
from yingda.kit.redaction import mask_email, mask_name, mask_phone


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
        channels=sorted({identity.channel for identity in identities}),
        demo=customer.demo,
        created_at=customer.created_at,
    )
