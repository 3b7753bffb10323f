"""Customers say whether an answer that the assistant took from an article helped."""

from msgspec.structs import replace

from yingda.conversations.content import Citation, QuickReplies, TextContent, Verdict
from yingda.conversations.edits import MessageNotFound
from yingda.conversations.events import MessageRated
from yingda.conversations.repository import edits
from yingda.conversations.schemas import Message, Place
from yingda.infra.database import Tx
from yingda.kit.errors import Conflict


class NothingToRate(Conflict):
    code = "nothing_to_rate"
    zh = "只能评价智能助手引用知识库文章的回答。"
    en = "Only answers that the assistant took from an article can be rated."


def citation_of(message: Message) -> Citation | None:
    """The article that a message cites; none once it was taken back."""
    content = message.content
    return content.citation if isinstance(content, TextContent | QuickReplies) and not message.recalled else None


async def rate(tx: Tx, place: Place, seq: int, verdict: Verdict) -> None:
    """Keep the verdict, which replaces an earlier one. Raises `MessageNotFound`, `NothingToRate`."""
    message = await edits.lock(tx.conn, place.conversation_id, seq)
    if message is None:
        raise MessageNotFound
    citation = citation_of(message)
    if citation is None:
        raise NothingToRate
    if message.rating is not verdict:
        await edits.set_rating(tx.conn, place.conversation_id, seq, verdict)
        await tx.publish(MessageRated(replace(message, rating=verdict), place, citation, verdict, message.rating))
