"""What escalations say of a customer: the reasons that colleagues wrote. The other causes are codes, which stay."""

from typing import Any

from yingda.conversations import conversations_of
from yingda.infra.database import Connection, Tx
from yingda.privacy import Holding, Subject
from yingda.routing.escalation import repository
from yingda.tickets import tickets_of


async def _export(conn: Connection, subject: Subject) -> Any:
    """Without what staff wrote to each other."""
    talks = await conversations_of(conn, subject.customer_ids)
    return await repository.told_of(conn, talks, await tickets_of(conn, subject.customer_ids))


async def _erase(tx: Tx, subject: Subject) -> int:
    talks = await conversations_of(tx.conn, subject.customer_ids)
    return await repository.strip(tx.conn, talks, await tickets_of(tx.conn, subject.customer_ids))


PERSONAL = Holding("escalations", _export, _erase)
