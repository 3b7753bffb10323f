"""How grave a matter is, and by when something is asked of us. What follows from a level is for routing to say."""

from datetime import datetime
from uuid import UUID

from yingda.conversations import service
from yingda.conversations.content import NAMELESS, Author, AuthorKind
from yingda.conversations.repository import heads
from yingda.conversations.schemas import Conversation, DueClock
from yingda.infra.database import Tx

LEVEL_NAMES = ("普通咨询", "紧急咨询", "投诉", "重大投诉", "危机事件")


async def set_level(tx: Tx, conversation_id: UUID, level: int, author: Author, why: str) -> Conversation:
    """Change the level, with the reason in the thread's record; the head as it was before.

    Raises `ConversationNotFound`. Nothing happens where it has that level.
    """
    before = await service.locked(tx.conn, conversation_id)
    if before.level == level:
        return before
    await heads.set_level(tx.conn, conversation_id, level)
    by = author.name if author.kind is AuthorKind.STAFF and author.name else author.kind.value
    change = f"{LEVEL_NAMES[before.level - 1]} → {LEVEL_NAMES[level - 1]}"
    details: dict[str, str | int] = {"by": by, "from": before.level, "to": level, "why": why}
    text = f"{NAMELESS.get(author.kind, by)}调整服务级别：{change}。原因：{why}"
    await service.record(tx, conversation_id, author, "level_changed", text, details)
    await service.changed(tx, before)
    return before


async def set_due(tx: Tx, conversation_id: UUID, due_at: datetime | None, clock: DueClock | None) -> None:
    """Say what is due next, and by when. Watchers are told by whatever made it so."""
    await heads.set_due(tx.conn, conversation_id, due_at, clock)
