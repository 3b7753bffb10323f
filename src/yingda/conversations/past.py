"""What customers have written before: for rules that count it, and for trying new rules on it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from yingda.conversations.excerpts import PastConversation, PastText, UnderstoodMessage
from yingda.conversations.lists import Visibility
from yingda.conversations.repository import past
from yingda.infra.database import Connection

beginnings_of = past.beginnings
count_past = past.count_past


async def asked(conn: Connection, conversation_id: UUID, seq: int) -> str:
    """What the customer wrote up to this message, since somebody answered; who asks must have been let in."""
    return "\n".join(await past.asked(conn, conversation_id, seq))


async def asked_before(conn: Connection, conversation_id: UUID, seq: int) -> str:
    """What the customer had written when this answer came; who asks must have been let in."""
    last = await past.last_of_customer(conn, conversation_id, seq)
    return await asked(conn, conversation_id, last) if last else ""


async def past_turns(
    conn: Connection, since: datetime, after: PastConversation | None, limit: int
) -> tuple[list[PastConversation], list[UnderstoodMessage]]:
    """The next conversations with a message after `since`, latest first, and what the assistant has read in them.

    `after`: the last one of the page before.
    """
    page = await past.past(conn, since, (after.last_message_at, after.id) if after else None, limit)
    return page, await past.turns(conn, [one.id for one in page], since) if page else []


async def texts_of(
    conn: Connection, places: Sequence[tuple[UUID, int]], visibility: Visibility
) -> dict[tuple[UUID, int], PastText]:
    """The words of these messages (conversation, number); what this person may not see is left out."""
    rows = await past.visible_texts(conn, places, visibility) if places else []
    return {(row["conversation_id"], row["seq"]): PastText(row["text"], row["created_at"]) for row in rows}
