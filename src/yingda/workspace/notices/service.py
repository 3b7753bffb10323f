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
    details: dict[str, str | int] | None = None,
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
            details=details or {},
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
    seen: list[Conversation | Ticket] = [*heads.values(), *tickets.values()]
    about: dict[UUID | None, Conversation | Ticket] = {one.id: one for one in seen}
    names = await display_names(conn, [one.customer_id for one in seen if one.customer_id])
    plain = principal.may(Permission.CUSTOMERS_READ)
    items = [_item(one, about.get(one.about), names, plain=plain) for one in shown]
    cursor = encode_cursor(shown[-1].id) if len(found) > limit else None
    return NoticePage(items, await repository.count_unread(conn, principal.staff_id), cursor)


async def _conversations(conn: Connection, shown: list[Notice], principal: Principal) -> dict[UUID, Conversation]:
    """None for those who work with tickets alone."""
    try:
        visibility = visibility_of(principal)
    except Forbidden:
        return {}
    return await visible_among(conn, {one.conversation_id for one in shown if one.conversation_id}, visibility)


def _item(notice: Notice, about: Conversation | Ticket | None, names: dict[UUID, str], *, plain: bool) -> NoticeItem:
    """`about`: what the reader may see of it. `plain`: they may read what was written as it was written."""
    customer_id = about.customer_id if about else None
    text = notice.text if plain or notice.conversation_id else redact(notice.text)
    return NoticeItem(
        id=notice.id,
        kind=notice.kind,
        conversation_id=notice.conversation_id,
        ticket_id=notice.ticket_id,
        ticket_number=about.number if isinstance(about, Ticket) else None,
        seq=notice.seq,
        actor_name=notice.actor_name,
        customer_id=customer_id,
        customer_name=names.get(customer_id, "") if customer_id else "",
        text=text if about else "",
        details=notice.details if about else {},
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
