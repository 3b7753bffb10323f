"""What notices say of a customer: notes, promises, titles of tickets, reasons, as they were when staff were told."""

from typing import Any

from yingda.conversations import conversations_of
from yingda.infra.database import Connection, Tx
from yingda.privacy import Holding, Subject
from yingda.tickets import tickets_of
from yingda.workspace.notices import repository
from yingda.workspace.notices.schemas import NoticeKind

#: In whose `text` somebody's own words stand; in that of the others are codes and figures.
_WORDED = (NoticeKind.MENTIONED, NoticeKind.ASSIGNED, NoticeKind.PROMISE_DUE)
#: Among whose details is, as `reason`, what a colleague wrote.
_REASONED = (NoticeKind.ESCALATED,)


async def _export(conn: Connection, subject: Subject) -> Any:
    """Without what staff noted among themselves."""
    talks, tickets = await _about(conn, subject)
    told = [kind for kind in _WORDED if kind is not NoticeKind.MENTIONED]
    return await repository.worded(conn, talks, tickets, told)


async def _erase(tx: Tx, subject: Subject) -> int:
    talks, tickets = await _about(tx.conn, subject)
    return await repository.strip(tx.conn, talks, tickets, (*_WORDED, *_REASONED))


async def _about(conn: Connection, subject: Subject) -> tuple[Any, Any]:
    return await conversations_of(conn, subject.customer_ids), await tickets_of(conn, subject.customer_ids)


PERSONAL = Holding("notices", _export, _erase)
