"""What other systems were told of a customer: ids, and the numbers of accounts, orders and parcels in shops.

A delivery that is still to be made goes too. Who has heard of a customer already erases them by rules of their own.
"""

from typing import Any

from yingda.conversations import conversations_of
from yingda.infra.database import Connection, Tx
from yingda.privacy import Holding, Subject
from yingda.webhooks import repository


async def _export(conn: Connection, subject: Subject) -> Any:
    ids = await conversations_of(conn, subject.customer_ids)
    return await repository.told_of(conn, subject.customer_ids, ids, *subject.accounts)


async def _erase(tx: Tx, subject: Subject) -> int:
    ids = await conversations_of(tx.conn, subject.customer_ids)
    return await repository.forget(tx.conn, subject.customer_ids, ids, *subject.accounts)


PERSONAL = Holding("webhooks", _export, _erase)
