"""What is kept of what was done for a customer. That it was done, and for how much, stays: books must add up."""

from typing import Any

from yingda.commerce.deeds import repository
from yingda.infra.database import Connection, Tx
from yingda.privacy import Holding, Subject


async def _export(conn: Connection, subject: Subject) -> Any:
    return [
        deed
        for shop, owner in zip(*subject.accounts, strict=True)
        for deed in await repository.told_of(conn, shop, owner)
    ]


async def _erase(tx: Tx, subject: Subject) -> int:
    return sum([await repository.strip(tx.conn, shop, owner) for shop, owner in zip(*subject.accounts, strict=True)])


PERSONAL = Holding("deeds", _export, _erase)
