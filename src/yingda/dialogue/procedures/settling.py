"""Tells the customer what became of a change to which the shop gave no answer when it was asked for."""

from yingda.commerce import DeedRecord, DeedState
from yingda.conversations import ConversationNotFound, Kind, TextContent, get, say
from yingda.dialogue import repository
from yingda.dialogue.procedures.service import ASSISTANT
from yingda.dialogue.wording import say as word
from yingda.infra.database import Tx

_WORDS = {DeedState.DONE: "late_done", DeedState.REFUSED: "late_refused", DeedState.UNCLEAR: "late_unclear"}


async def tell_late(tx: Tx, deed: DeedRecord) -> None:
    """In the conversation where it was asked for, whoever serves it now."""
    if deed.conversation_id is None or deed.state not in _WORDS:
        return
    try:
        head = await get(tx.conn, deed.conversation_id)
    except ConversationNotFound:
        return
    locale = (await repository.memory_of(tx.conn, head.id)).locale
    words = word(_WORDS[deed.state], locale, order_no=deed.order_no)
    await say(tx, head.id, ASSISTANT, Kind.TEXT, TextContent(words))
