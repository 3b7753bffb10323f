"""What the assistant keeps of a customer: its memory of their conversations, and corrections of how it read them."""

from typing import Any

from yingda.conversations import conversations_of
from yingda.dialogue import repository, review
from yingda.infra.database import Connection, Tx
from yingda.privacy import Holding, Subject


async def _export(conn: Connection, subject: Subject) -> Any:
    ids = await conversations_of(conn, subject.customer_ids)
    return await repository.memories_of(conn, ids)


async def _erase(tx: Tx, subject: Subject) -> int:
    ids = await conversations_of(tx.conn, subject.customer_ids)
    return await repository.forget_all(tx.conn, ids) + await review.forget(tx.conn, ids)


PERSONAL = Holding("dialogue", _export, _erase)
