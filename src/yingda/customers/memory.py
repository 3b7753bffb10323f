"""What is remembered of a customer from one conversation to the next. Whether it may be, the caller has asked them."""

from typing import Final
from uuid import UUID

from yingda.customers import repository, rules
from yingda.customers.errors import CustomerNotFound
from yingda.customers.schemas import Customer, Matter, Remembered, Skin, SkinProfile
from yingda.customers.service import get
from yingda.infra.database import Connection, Tx
from yingda.kit.clock import now

#: Who wrote down what the customer themselves told the assistant.
TOLD_BY: Final = "客户本人"


async def remembered(conn: Connection, customer_id: UUID) -> Remembered:
    """What is kept of the customer and not expired."""
    customer, moment = await get(conn, customer_id), now()
    profile = rules.skin_of(customer, moment)
    return Remembered(profile.skin if profile else Skin(), rules.matters_of(customer, moment))


async def keep_told(tx: Tx, customer_id: UUID, told: Skin) -> None:
    """Add what the customer has told of themselves to what is known."""
    customer, moment = await _locked(tx, customer_id), now()
    before = rules.skin_of(customer, moment)
    known = before.skin if before else Skin()
    skin = rules.merged(known, told)
    if before and skin == known:
        return
    written = SkinProfile(
        skin=skin,
        by_id=None,
        by_name=TOLD_BY,
        at=moment,
        until=moment + rules.KEPT,
        expecting_until=rules.expecting_until(skin, before, moment),
    )
    await repository.set_attribute(tx.conn, customer_id, rules.SKIN, written)


async def keep_matter(tx: Tx, customer_id: UUID, intent: str, order_no: str | None, conversation_id: UUID) -> None:
    """What a conversation ended without."""
    customer, moment = await _locked(tx, customer_id), now()
    matter = Matter(
        intent=intent,
        order_no=order_no,
        conversation_id=conversation_id,
        at=moment,
        until=moment + rules.MATTER_KEPT,
    )
    known = rules.matters_of(customer, moment)
    await repository.set_attribute(tx.conn, customer_id, rules.MATTERS, rules.with_matter(known, matter))


async def drop_matters(tx: Tx, customer_id: UUID) -> None:
    """They were told of it, and go on with it or with something else."""
    await repository.drop_attributes(tx.conn, customer_id, [rules.MATTERS])


async def forget_told(tx: Tx, customer_id: UUID) -> None:
    """Take away all that was remembered, whoever wrote it down."""
    await repository.drop_attributes(tx.conn, customer_id, [rules.SKIN, rules.MATTERS])


async def forget_expired(tx: Tx) -> int:
    """Take away what has been kept long enough; of how many customers."""
    return await repository.drop_expired(tx.conn, now())


async def _locked(tx: Tx, customer_id: UUID) -> Customer:
    customer = await repository.lock(tx.conn, customer_id)
    if customer is None:
        raise CustomerNotFound
    return customer
