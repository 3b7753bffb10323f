"""Conversations that nobody needs to answer."""

from uuid import UUID

from yingda.conversations import service
from yingda.conversations.content import Author
from yingda.conversations.events import ConversationMarked
from yingda.conversations.repository import heads
from yingda.conversations.rules import Move
from yingda.conversations.schemas import Conversation, State
from yingda.infra.database import Tx


async def mark_spam(tx: Tx, conversation_id: UUID, author: Author) -> Conversation:
    """Put it out of everybody's sight without a word to its sender; what they send on is stored there, unanswered."""
    head = await service.locked(tx.conn, conversation_id)
    if head.spam:
        return head
    await heads.set_spam(tx.conn, conversation_id, spam=True)
    if head.state is State.RESOLVED:
        await tx.publish(ConversationMarked(await service.place_of(tx.conn, conversation_id)))
    else:
        await service.move(tx, conversation_id, Move.RESOLVE)
    await service.record(
        tx, conversation_id, author, "spam", f"{author.name}标记为垃圾会话。", {"by": author.name or ""}
    )
    return await service.get(tx.conn, conversation_id)


async def clear_spam(tx: Tx, conversation_id: UUID, author: Author) -> Conversation:
    """It was none: it is open again, with whoever had it in hand. Raises `MoveRefused`, as `reopen` does."""
    head = await service.locked(tx.conn, conversation_id)
    if not head.spam:
        return head
    await service.reopen(tx, conversation_id)
    await service.record(
        tx, conversation_id, author, "not_spam", f"{author.name}取消了垃圾会话标记。", {"by": author.name or ""}
    )
    return await service.get(tx.conn, conversation_id)
