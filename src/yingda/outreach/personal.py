"""What is kept of what a customer was told unasked."""

from typing import Any

from yingda.infra.database import Connection, Tx
from yingda.outreach.repository import findings
from yingda.privacy import Holding, Subject


async def _export(conn: Connection, subject: Subject) -> Any:
    return await findings.told_of(conn, *subject.accounts)


async def _erase(tx: Tx, subject: Subject) -> int:
    return await findings.forget(tx.conn, *subject.accounts)


PERSONAL = Holding("outreach", _export, _erase)
