"""What is kept of a customer's tickets. Numbers, kinds and states stay; what tells of a person goes."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from yingda.infra.database import Connection, Tx
from yingda.privacy import Holding, Subject
from yingda.tickets.repository import personal as repository


async def tickets_of(conn: Connection, customer_ids: Sequence[UUID]) -> list[UUID]:
    """All that were ever opened for these customers, oldest first."""
    return await repository.ids_of(conn, customer_ids)


async def _export(conn: Connection, subject: Subject) -> Any:
    return {
        "tickets": await repository.tickets_of(conn, subject.customer_ids),
        "comments": await repository.comments_of(conn, subject.customer_ids),
    }


async def _erase(tx: Tx, subject: Subject) -> int:
    return await repository.strip(tx.conn, subject.customer_ids)


PERSONAL = Holding("tickets", _export, _erase)
