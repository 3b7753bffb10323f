"""Writing notices, and showing them to whom they are for."""

from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from uuid import UUID

from yingda.conversations import Conversation, Visibility, visible_among
from yingda.customers import display_names
from yingda.infra.database import Connection, Tx
from yingda.kit.clock import now
from yingda.kit.errors import NotFound
from yingda.kit.ids import new_id
from yingda.kit.pagination import encode_cursor
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
    conversation_id: UUID,
    *,
    seq: int | None = None,
    actor_name: str | None = None,
    text: str = "",
) -> None:
    """Let each of these know, once the transaction is durable."""
    moment = now()
    notices = [
        Notice(
            id=new_id(),
            staff_id=staff_id,
            kind=kind,
            conversation_id=conversation_id,
            seq=seq,
            actor_name=actor_name,
            text=text[:TEXT_CHARS],
            created_at=moment,
        )
        for staff_id in dict.fromkeys(staff_ids)
    ]
    await repository.add(tx.conn, notices)
    tx.after_commit(partial(bell.ring, notices))


async def page(conn: Connection, staff_id: UUID, visibility: Visibility, before: UUID | None, limit: int) -> NoticePage:
    found = await repository.of_staff(conn, staff_id, before, limit + 1)
    shown = found[:limit]
    heads = await visible_among(conn, {notice.conversation_id for notice in shown}, visibility)
    names = await display_names(conn, [head.customer_id for head in heads.values()])
    items = [_item(notice, heads.get(notice.conversation_id), names) for notice in shown]
    cursor = encode_cursor(shown[-1].id) if len(found) > limit else None
    return NoticePage(items, await repository.count_unread(conn, staff_id), cursor)


def _item(notice: Notice, head: Conversation | None, names: dict[UUID, str]) -> NoticeItem:
    return NoticeItem(
        id=notice.id,
        kind=notice.kind,
        conversation_id=notice.conversation_id,
        seq=notice.seq,
        actor_name=notice.actor_name,
        customer_id=head.customer_id if head else None,
        customer_name=names.get(head.customer_id, "") if head else "",
        text=notice.text if head else "",
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
