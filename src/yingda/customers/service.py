"""Find or make the customer behind an identity; link identities with evidence, and take it back."""

from collections.abc import Sequence
from uuid import UUID

from yingda.customers import repository
from yingda.customers.errors import CustomerNotFound, LinkNotFound, LinkUndone
from yingda.customers.rules import card_of, outcome_of
from yingda.customers.schemas import (
    Customer,
    CustomerCard,
    Identified,
    Identity,
    Link,
    Outcome,
    Segment,
    SignedIdentity,
)
from yingda.infra.database import Connection, Tx
from yingda.kit.clock import now
from yingda.kit.errors import Locale
from yingda.kit.ids import new_id
from yingda.kit.redaction import mask_name
from yingda.privacy import take_over_consents


async def resolve_visitor(tx: Tx, channel: str, external_id: str, locale: Locale = "zh") -> Customer:
    """The customer behind an unproven identity, made if there is none: the same one for all who ask at once."""
    return await _resolve(tx, SignedIdentity(channel, external_id, {}), locale, verified=False)


async def _resolve(tx: Tx, identity: SignedIdentity, locale: Locale, *, verified: bool) -> Customer:
    customer = await repository.find(tx.conn, identity.channel, identity.external_id)
    if customer is None:
        await repository.add_with_identity(tx.conn, identity, locale, now(), verified=verified)
        customer = await repository.find(tx.conn, identity.channel, identity.external_id)
    if customer is None:
        raise CustomerNotFound
    return customer


async def identify(tx: Tx, customer_id: UUID, identity: SignedIdentity) -> Identified:
    """The customer has proved to be `identity`: whom to go on with, and what was linked."""
    customer = await repository.lock(tx.conn, customer_id)
    if customer is None:
        raise CustomerNotFound
    held = await repository.identities(tx.conn, customer_id)
    owner = await repository.find(tx.conn, identity.channel, identity.external_id)
    outcome = outcome_of(customer_id, held, identity.channel, None if owner is None else owner.id)
    if outcome is Outcome.SWITCHED:
        return Identified(await _resolve(tx, identity, customer.locale, verified=True), outcome)
    target = customer_id if owner is None else owner.id
    link_id = None
    if outcome is Outcome.ATTACHED:
        identity_id = await repository.attach(tx.conn, customer_id, identity, now())
        if identity_id is None:  # somebody was faster: now there is an owner
            return await identify(tx, customer_id, identity)
        link_id = await _link(tx, customer_id, target, outcome, identity, [identity_id])
    elif outcome is Outcome.ADOPTED:
        moved = [one.id for one in held]
        await repository.move(tx.conn, moved, customer_id, target)
        await repository.fill_in_attributes(tx.conn, target, customer_id)
        await take_over_consents(tx, customer_id, target)
        link_id = await _link(tx, customer_id, target, outcome, identity, moved)
    await repository.fill_in(tx.conn, target, identity)
    return Identified(await get(tx.conn, target), outcome, link_id)


async def _link(
    tx: Tx, from_id: UUID, to_id: UUID, outcome: Outcome, identity: SignedIdentity, moved: list[UUID]
) -> UUID:
    link = Link(
        id=new_id(),
        from_customer_id=from_id,
        to_customer_id=to_id,
        outcome=outcome,
        channel=identity.channel,
        external_id=identity.external_id,
        evidence=identity.evidence,
        moved=moved,
        created_at=now(),
        undone_at=None,
    )
    await repository.add_link(tx.conn, link)
    return link.id


async def undo_link(tx: Tx, link_id: UUID) -> Link:
    """Take a link back: adopted identities return to their visitor, an attached one is forgotten."""
    link = await repository.lock_link(tx.conn, link_id)
    if link is None:
        raise LinkNotFound
    if link.undone_at is not None:
        raise LinkUndone
    if link.outcome is Outcome.ADOPTED:
        await repository.move(tx.conn, link.moved, link.to_customer_id, link.from_customer_id)
    else:
        await repository.drop(tx.conn, link.moved, link.to_customer_id)
    await repository.mark_undone(tx.conn, link_id, now())
    return link


async def links_of(conn: Connection, customer_id: UUID) -> list[Link]:
    """All links from or to a customer, oldest first."""
    return await repository.links(conn, customer_id)


async def get(conn: Connection, customer_id: UUID) -> Customer:
    """Raises `CustomerNotFound`."""
    customer = await repository.get(conn, customer_id)
    if customer is None:
        raise CustomerNotFound
    return customer


async def hold(tx: Tx, customer_id: UUID) -> None:
    """Nobody else changes who they are before this transaction ends. Who locks their conversations too locks the
    customer first, as `identify` does."""
    await repository.lock(tx.conn, customer_id)


async def speaks(tx: Tx, customer_id: UUID, locale: Locale) -> None:
    """What they write in is what they are told things in from now on."""
    await repository.set_locale(tx.conn, customer_id, locale)


async def find_by_identity(conn: Connection, channel: str, external_id: str) -> Customer | None:
    """Whose identity it is, if anybody's."""
    return await repository.find(conn, channel, external_id)


async def identities_of(conn: Connection, customer_id: UUID) -> list[Identity]:
    """Oldest first."""
    return await repository.identities(conn, customer_id)


async def external_id_of(conn: Connection, customer_id: UUID, channel: str) -> str | None:
    """The customer's verified id in a channel, such as `shop:liuli`: what is unproven opens no order."""
    return await repository.external_id(conn, customer_id, channel)


async def display_names(conn: Connection, customer_ids: Sequence[UUID]) -> dict[UUID, str]:
    """Masked names of those who have one."""
    known = await repository.names(conn, customer_ids)
    return {customer_id: mask_name(name) for customer_id, name in known.items()}


async def segments_of(conn: Connection, customer_ids: Sequence[UUID]) -> dict[UUID, Segment]:
    """What each of these customers is worth, as far as was known."""
    return await repository.segments(conn, customer_ids)


async def card(conn: Connection, customer_id: UUID) -> CustomerCard:
    """The masked view of a customer."""
    return card_of(await get(conn, customer_id), await repository.identities(conn, customer_id), now())
