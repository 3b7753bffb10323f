"""Comments: among staff, or said to the customer too."""

from collections.abc import Sequence
from uuid import UUID

import msgspec
from msgspec.structs import replace

from yingda.conversations import FileContent, ImageContent, attachment_content
from yingda.identity import Principal
from yingda.infra.database import Connection, Tx
from yingda.kit.clock import now
from yingda.kit.ids import new_id
from yingda.tickets import rules, telling
from yingda.tickets.access import members
from yingda.tickets.errors import CommentEmpty, NobodyToTell, TicketMerged
from yingda.tickets.events import TicketCommented, TicketTouched
from yingda.tickets.history import record
from yingda.tickets.repository import comments, tickets
from yingda.tickets.rules import Difference
from yingda.tickets.schemas import ChangeValue, Ticket, TicketComment, TicketPerson


class NewComment(msgspec.Struct, frozen=True, kw_only=True):
    """`file_ids`: uploads of its author. Who is mentioned watches the ticket from then on."""

    text: str
    public: bool = False
    mentions: list[UUID] = []
    file_ids: list[UUID] = []
    meeting_id: UUID | None = None
    idempotency_key: str | None = None


async def add(tx: Tx, ticket: Ticket, principal: Principal, new: NewComment) -> TicketComment:
    """Write a comment on a locked ticket; the same key again answers the first one.

    Raises `CommentEmpty`, `NobodyToTell`, `TicketMerged`, `ReferenceMissing`, `MemberRefused`, `AttachmentNotFound`.
    """
    if new.idempotency_key and (known := await comments.by_key(tx.conn, new.idempotency_key)):
        return known
    if ticket.merged_into_id:
        raise TicketMerged
    mentions = await members(tx.conn, new.mentions)
    comment = await _drafted(tx.conn, ticket, principal, new, mentions)
    await comments.add(tx.conn, comment, rules.text_terms(comment.text), new.idempotency_key)
    if comment.public:
        await _tell(tx, ticket, comment)
    watchers = list(dict.fromkeys([*ticket.watcher_ids, *(one.id for one in mentions)]))
    ticket = replace(ticket, watcher_ids=watchers, updated_at=comment.created_at)
    await tickets.count_comment(tx.conn, ticket.id, watchers, comment.created_at)
    await tx.publish(TicketTouched(ticket))
    await tx.publish(TicketCommented(ticket, comment))
    after: dict[str, ChangeValue] = {"comment": str(comment.id), "public": comment.public}
    await record(tx, principal, ticket.id, "commented", Difference({}, after))
    return comment


async def _drafted(
    conn: Connection, ticket: Ticket, principal: Principal, new: NewComment, mentions: Sequence[TicketPerson]
) -> TicketComment:
    files: list[ImageContent | FileContent] = [
        await attachment_content(conn, str(file_id), principal.staff_id) for file_id in new.file_ids
    ]
    text = new.text.strip()
    if not text and not files:
        raise CommentEmpty
    return TicketComment(
        id=new_id(),
        ticket_id=ticket.id,
        author_id=principal.staff_id,
        author_name=principal.display_name,
        text=text,
        public=new.public,
        mentions=list(mentions),
        attachments=files,
        meeting_id=new.meeting_id,
        created_at=now(),
    )


async def _tell(tx: Tx, ticket: Ticket, comment: TicketComment) -> None:
    conversation_id = await telling.conversation_of(tx.conn, ticket)
    if conversation_id is None:
        raise NobodyToTell
    await telling.update(tx, conversation_id, ticket, comment.text, comment.attachments)
