"""Writing notices, and showing them to whom they are for."""

from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from uuid import UUID

from yingda.conversations import Conversation, visibility_of, visible_among
from yingda.customers import display_names
from yingda.identity import Permission, Principal
from yingda.infra.database import Connection, Tx
from yingda.kit.clock import now
from yingda.kit.errors import Forbidden, NotFound
from yingda.kit.ids import new_id
from yingda.kit.pagination import encode_cursor
from yingda.kit.redaction import redact
from yingda.tickets import Ticket, readable_among
from yingda.workspace.notices import repository
from yingda.workspace.notices.live import NoticeBell
from yingda.workspace.notices.schemas import Notice, NoticeItem, NoticeKind, NoticePage

#: Older ones are of no use to anybody.
KEPT_DAYS = 30
TEXT_CHARS = 200


class NoticeNotFound(NotFound):
    code = "notice_not_found"
    zh = "没有找到这条通知。"
    en = "There is no such notice."


async def notify(
    tx: Tx,
    bell: NoticeBell,
    staff_ids: Iterable[UUID],
    kind: NoticeKind,
    conversation_id: UUID | None = None,
    *,
    ticket_id: UUID | None = None,
    seq: int | None = None,
    actor_name: str | None = None,
    text: str = "",
) -> None:
    """Let each of these know of something about a conversation or a ticket, once the transaction is durable."""
    moment = now()
    notices = [
        Notice(
            id=new_id(),
            staff_id=staff_id,
            kind=kind,
            conversation_id=conversation_id,
            ticket_id=ticket_id,
            seq=seq,
            actor_name=actor_name,
            text=text[:TEXT_CHARS],
            created_at=moment,
        )
        for staff_id in dict.fromkeys(staff_ids)
    ]
    await repository.add(tx.conn, notices)
    tx.after_commit(partial(bell.ring, notices))


async def page(conn: Connection, principal: Principal, before: UUID | None, limit: int) -> NoticePage:
    found = await repository.of_staff(conn, principal.staff_id, before, limit + 1)
    shown = found[:limit]
    heads = await _conversations(conn, shown, principal)
    tickets = await readable_among(conn, {one.ticket_id for one in shown if one.ticket_id}, principal)
    customers = [head.customer_id for head in heads.values()]
    customers += [one.customer_id for one in tickets.values() if one.customer_id]
    names = await display_names(conn, customers)
    plain = principal.may(Permission.CUSTOMERS_READ)
    items = [
        _ticket_item(one, tickets.get(one.ticket_id), names, plain=plain)
        if one.ticket_id
        else _item(one, heads.get(one.conversation_id) if one.conversation_id else None, names)
        for one in shown
    ]
    cursor = encode_cursor(shown[-1].id) if len(found) > limit else None
    return NoticePage(items, await repository.count_unread(conn, principal.staff_id), cursor)


async def _conversations(conn: Connection, shown: list[Notice], principal: Principal) -> dict[UUID, Conversation]:
    """None for those who work with tickets alone."""
    try:
        visibility = visibility_of(principal)
    except Forbidden:
        return {}
    return await visible_among(conn, {one.conversation_id for one in shown if one.conversation_id}, visibility)


def _item(notice: Notice, head: Conversation | None, names: dict[UUID, str]) -> NoticeItem:
    return _shown(notice, head.customer_id if head else None, names, text=notice.text if head else "")


def _ticket_item(notice: Notice, ticket: Ticket | None, names: dict[UUID, str], *, plain: bool) -> NoticeItem:
    """`plain`: the reader serves customers and may read what was written as it was written."""
    if ticket is None:
        return _shown(notice, None, names)
    text = notice.text if plain else redact(notice.text)
    return _shown(notice, ticket.customer_id, names, text=text, number=ticket.number)


def _shown(
    notice: Notice, customer_id: UUID | None, names: dict[UUID, str], *, text: str = "", number: str | None = None
) -> NoticeItem:
    return NoticeItem(
        id=notice.id,
        kind=notice.kind,
        conversation_id=notice.conversation_id,
        ticket_id=notice.ticket_id,
        ticket_number=number,
        seq=notice.seq,
        actor_name=notice.actor_name,
        customer_id=customer_id,
        customer_name=names.get(customer_id, "") if customer_id else "",
        text=text,
        created_at=notice.created_at,
        read=notice.read_at is not None,
    )


async def mark_read(tx: Tx, staff_id: UUID, notice_id: UUID) -> None:
    """Raises `NoticeNotFound`, also for another's."""
    if not await repository.mark_read(tx.conn, staff_id, notice_id, now()):
        raise NoticeNotFound


async def mark_read_up_to(tx: Tx, staff_id: UUID, notice_id: UUID) -> None:
    await repository.mark_read_up_to(tx.conn, staff_id, notice_id, now())


async def purge_old(tx: Tx) -> None:
    await repository.purge(tx.conn, now() - timedelta(days=KEPT_DAYS))
