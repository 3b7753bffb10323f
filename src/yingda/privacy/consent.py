"""What customers allow us to keep of them. Every answer is added, none is changed: the latest one holds."""

from uuid import UUID

from yingda.infra.database import Connection, Tx
from yingda.kit.clock import now
from yingda.privacy import repository
from yingda.privacy.schemas import Consent, Consents, ConsentState


async def consents_of(conn: Connection, customer_id: UUID) -> Consents:
    """The customer's latest answer for each purpose that they were ever asked about."""
    return await repository.consents(conn, customer_id)


async def record_consent(
    tx: Tx, customer_id: UUID, given: Consents, *, conversation_id: UUID | None = None, seq: int | None = None
) -> None:
    """Write down what the customer answered, and the message in which they did."""
    moment = now()
    answers = [
        Consent(purpose=purpose, state=state, at=moment, conversation_id=conversation_id, seq=seq)
        for purpose, state in given.items()
    ]
    await repository.add_consents(tx.conn, customer_id, answers)


async def take_over_consents(tx: Tx, from_id: UUID, to_id: UUID) -> None:
    """Somebody turned out to be a known customer: their answers hold where the customer has given none."""
    held, known = await consents_of(tx.conn, from_id), await consents_of(tx.conn, to_id)
    await record_consent(tx, to_id, {purpose: state for purpose, state in held.items() if purpose not in known})


async def withdraw_consents(
    tx: Tx, customer_id: UUID, *, conversation_id: UUID | None = None, seq: int | None = None
) -> None:
    """Whatever was allowed is not any more."""
    held = await consents_of(tx.conn, customer_id)
    withdrawn = dict.fromkeys(held, ConsentState.WITHDRAWN)
    await record_consent(tx, customer_id, withdrawn, conversation_id=conversation_id, seq=seq)
