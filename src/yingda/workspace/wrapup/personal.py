"""What is kept of what a customer's conversations came to: the figures stay, the words go."""

from typing import Any

from yingda.conversations import conversations_of
from yingda.infra.database import Connection, Tx
from yingda.privacy import Holding, Subject
from yingda.workspace.wrapup import repository


async def _export(conn: Connection, subject: Subject) -> Any:
    return await repository.told_of(conn, await conversations_of(conn, subject.customer_ids))


async def _erase(tx: Tx, subject: Subject) -> int:
    return await repository.strip(tx.conn, await conversations_of(tx.conn, subject.customer_ids))


PERSONAL = Holding("wrap_ups", _export, _erase)
