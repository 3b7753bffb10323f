"""What is kept of what was promised to a customer."""

from typing import Any

from yingda.infra.database import Connection, Tx
from yingda.privacy import Holding, Subject
from yingda.workspace.promises import repository


async def _export(conn: Connection, subject: Subject) -> Any:
    return await repository.told_of(conn, subject.customer_ids)


async def _erase(tx: Tx, subject: Subject) -> int:
    return await repository.strip(tx.conn, subject.customer_ids)


PERSONAL = Holding("promises", _export, _erase)
