"""Staff change or take back what they have written."""

from datetime import datetime
from uuid import UUID

from yingda.conversations import rules, service
from yingda.conversations.content import AuthorKind, Content, FileContent, ImageContent, Kind, TextContent
from yingda.conversations.events import MessageChanged
from yingda.conversations.repository import edits, messages
from yingda.conversations.schemas import FormerContent, Message
from yingda.identity import Permission, Principal
from yingda.infra.database import Connection, Tx
from yingda.kit.clock import now
from yingda.kit.errors import Forbidden, NotFound
from yingda.kit.ids import parse_id


class MessageNotFound(NotFound):
    code = "message_not_found"
    zh = "没有找到这条消息。"
    en = "There is no such message."


async def edit(tx: Tx, conversation_id: UUID, seq: int, staff_id: UUID, text: str) -> Message:
    """Say something else instead. Raises `MessageNotFound`, `Forbidden` and what `rules.check_edit` raises."""
    message = await _own(tx, conversation_id, seq, staff_id)
    moment = now()
    rules.check_edit(message, moment)
    content = rules.rewritten(message.content, text)
    if content == message.content:
        return message
    return await _replace(tx, message, content, rules.preview(content), moment, recalled=False)


async def recall(tx: Tx, conversation_id: UUID, seq: int, staff_id: UUID) -> Message:
    """Take it back: from now on nobody is given it. Raises what `edit` raises, by `rules.check_recall`."""
    message = await _own(tx, conversation_id, seq, staff_id)
    moment = now()
    rules.check_recall(message, moment)
    taken_back = await _replace(tx, message, TextContent(""), rules.RECALLED, moment, recalled=True)
    if isinstance(message.content, ImageContent | FileContent):
        await edits.withdraw_file(tx.conn, parse_id(message.content.file_id))
    return taken_back


async def history(conn: Connection, conversation_id: UUID, seq: int, principal: Principal) -> list[FormerContent]:
    """What a message said before; for whoever wrote it, and for those who review the quality of answers."""
    message = await find(conn, conversation_id, seq)
    if message.author.id != principal.staff_id:
        principal.require(Permission.QUALITY_REVIEW)
    return await edits.history(conn, conversation_id, seq)


async def find(conn: Connection, conversation_id: UUID, seq: int) -> Message:
    """One message. Raises `MessageNotFound`."""
    found = await messages.by_seq(conn, [(conversation_id, seq)])
    if not found:
        raise MessageNotFound
    return found[0]


async def _own(tx: Tx, conversation_id: UUID, seq: int, staff_id: UUID) -> Message:
    await service.locked(tx.conn, conversation_id)
    message = await edits.lock(tx.conn, conversation_id, seq)
    if message is None:
        raise MessageNotFound
    if message.author.kind is not AuthorKind.STAFF or message.author.id != staff_id:
        raise Forbidden
    return message


async def _replace(
    tx: Tx, message: Message, content: Content, preview: str, moment: datetime, *, recalled: bool
) -> Message:
    replaced = await edits.replace(tx.conn, message, content, moment, recalled=recalled)
    if message.kind is not Kind.NOTE:
        await edits.set_preview(tx.conn, message.conversation_id, message.seq, preview)
    await tx.publish(MessageChanged(replaced, await service.place_of(tx.conn, message.conversation_id)))
    return replaced
