"""What staff see and write down of a customer. Whether they may look at them at all, the caller has checked."""

from uuid import UUID

from yingda.customers import repository, rules
from yingda.customers.errors import CustomerNotFound, NoteNotFound, NothingKnown
from yingda.customers.schemas import Customer, Note, PersonalField, Segment, Skin, SkinProfile
from yingda.customers.service import get
from yingda.identity import Principal
from yingda.infra.database import Connection, Tx
from yingda.kit.clock import now
from yingda.kit.ids import new_id
from yingda.privacy import AuditObject, Reason, audit, reason_text

_MOST_NOTES = 100


async def reveal(tx: Tx, principal: Principal, customer_id: UUID, field: PersonalField, reason: Reason) -> str:
    """One field in clear; that it was shown, to whom and why, is in the audit trail by the same commit."""
    why = reason_text(reason)
    value = _values(await get(tx.conn, customer_id))[field]
    if not value:
        raise NothingKnown
    await audit(tx, principal, "customer.reveal", object_of(customer_id), reason=why, after={"field": field.value})
    return value


def _values(customer: Customer) -> dict[PersonalField, str | None]:
    return {
        PersonalField.NAME: customer.display_name,
        PersonalField.PHONE: customer.phone,
        PersonalField.EMAIL: customer.email,
    }


async def write_skin(tx: Tx, principal: Principal, customer_id: UUID, skin: Skin) -> SkinProfile:
    """Put down what the customer has told of their skin."""
    customer = await repository.lock(tx.conn, customer_id)
    if customer is None:
        raise CustomerNotFound
    moment = now()
    known = rules.skin_of(customer, moment)
    changed = rules.changed_fields(known.skin if known else None, skin)
    if known and not changed:
        return known
    written = SkinProfile(
        skin=skin,
        by_id=principal.staff_id,
        by_name=principal.display_name,
        at=moment,
        until=moment + rules.KEPT,
        expecting_until=rules.expecting_until(skin, known, moment),
    )
    await repository.set_attribute(tx.conn, customer_id, rules.SKIN, written)
    await audit(tx, principal, "customer.skin", object_of(customer_id), after={"changed": changed})
    return written


async def keep_segment(tx: Tx, customer_id: UUID, segment: Segment) -> None:
    """Remember what the customer is worth, for lists and reports that cannot ask the shop."""
    await repository.set_segment(tx.conn, customer_id, segment)


async def notes_of(conn: Connection, customer_id: UUID) -> list[Note]:
    """Latest first; those too that were written while the customer was still an unknown visitor."""
    return await repository.notes(conn, customer_id, _MOST_NOTES)


async def add_note(tx: Tx, principal: Principal, customer_id: UUID, text: str) -> Note:
    note = Note(new_id(), principal.staff_id, principal.display_name, text, now())
    await repository.add_note(tx.conn, customer_id, note)
    return note


async def delete_note(tx: Tx, principal: Principal, customer_id: UUID, note_id: UUID) -> None:
    """Only one's own. Raises `NoteNotFound`."""
    if not await repository.delete_note(tx.conn, customer_id, note_id, principal.staff_id):
        raise NoteNotFound
    await audit(tx, principal, "customer.note_deleted", object_of(customer_id), before={"note_id": str(note_id)})


def object_of(customer_id: UUID) -> AuditObject:
    """How the audit trail names a customer."""
    return AuditObject("customer", str(customer_id))
