"""A person as others know them, and what is kept here of them: to be copied out, or to be erased."""

from typing import Any
from uuid import UUID

from yingda.customers import repository
from yingda.customers.service import get
from yingda.infra.database import Connection, Tx
from yingda.privacy import Holding, Subject

_MOST_NOTES = 10_000


async def subject_of(conn: Connection, customer_id: UUID) -> Subject:
    """Raises `CustomerNotFound`."""
    await get(conn, customer_id)
    identities = await repository.identities(conn, customer_id)
    persons = await repository.one_person(conn, customer_id)
    return Subject(customer_id, tuple(persons), tuple((one.channel, one.external_id) for one in identities))


async def _export(conn: Connection, subject: Subject) -> Any:
    return {
        "persons": await repository.kept_of(conn, subject.customer_ids),
        "identities": await repository.identities(conn, subject.customer_id),
        "notes": await repository.notes(conn, subject.customer_id, _MOST_NOTES),
    }


async def _erase(tx: Tx, subject: Subject) -> int:
    return await repository.drop_persons(tx.conn, subject.customer_ids)


PERSONAL = Holding("customers", _export, _erase)
