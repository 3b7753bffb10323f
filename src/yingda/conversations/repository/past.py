"""What customers have written before: for rules that count it, and for trying new rules on it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import asyncpg

from yingda.conversations.excerpts import PastConversation, UnderstoodMessage
from yingda.conversations.lists import Visibility
from yingda.conversations.repository.rows import to_understood
from yingda.conversations.repository.where import restrict
from yingda.infra.database import Connection
from yingda.infra.where import Where

_PAST = "id, customer_id, channel, shop, created_at, last_message_at"
#: A chat of more turns than this is no longer like others.
_TURNS = 200
_BURST = 5


async def beginnings(conn: Connection, customer_ids: Sequence[UUID], since: datetime) -> dict[UUID, list[datetime]]:
    """When the conversations of each of these customers began, as far as that was after `since`."""
    rows = await conn.fetch(
        "SELECT customer_id, array_agg(created_at) AS began FROM conversations "
        "WHERE customer_id = ANY($1::uuid[]) AND created_at >= $2 AND NOT spam GROUP BY customer_id",
        customer_ids,
        since,
    )
    return {row["customer_id"]: row["began"] for row in rows}


async def count_past(conn: Connection, since: datetime) -> int:
    return int(await conn.fetchval("SELECT count(*) FROM conversations WHERE last_message_at >= $1", since))


async def past(
    conn: Connection, since: datetime, before: tuple[datetime, UUID] | None, limit: int
) -> list[PastConversation]:
    """Those with a message after `since`, latest first; `before`: last message and id of the last one known."""
    rows = await conn.fetch(
        f"SELECT {_PAST} FROM conversations WHERE last_message_at >= $1 "
        "AND ($2::timestamptz IS NULL OR (last_message_at, id) < ($2, $3)) "
        "ORDER BY last_message_at DESC, id DESC LIMIT $4",
        since,
        *(before or (None, None)),
        limit,
    )
    return [PastConversation(**row) for row in rows]


async def asked(conn: Connection, conversation_id: UUID, seq: int) -> list[str]:
    """The customer's texts that end with this message, in order; the last few of a long burst."""
    rows = await conn.fetch(
        "SELECT content->>'text' AS text FROM messages WHERE conversation_id = $1 AND seq <= $2 "
        "AND author_kind = 'customer' AND kind = 'text' AND NOT recalled AND seq > coalesce(("
        "SELECT max(seq) FROM messages WHERE conversation_id = $1 AND seq < $2 "
        f"AND author_kind IN ('staff', 'assistant') AND kind <> 'note'), 0) ORDER BY seq DESC LIMIT {_BURST}",
        conversation_id,
        seq,
    )
    return [row["text"] for row in reversed(rows)]


async def last_of_customer(conn: Connection, conversation_id: UUID, before: int) -> int | None:
    """The number of their last message before another."""
    return await conn.fetchval(  # type: ignore[no-any-return]
        "SELECT max(seq) FROM messages WHERE conversation_id = $1 AND seq < $2 AND author_kind = 'customer'",
        conversation_id,
        before,
    )


async def turns(conn: Connection, conversation_ids: Sequence[UUID], since: datetime) -> list[UnderstoodMessage]:
    """What the assistant has read in them since, in order."""
    rows = await conn.fetch(
        "SELECT c.id AS conversation_id, m.* FROM unnest($1::uuid[]) AS c(id) CROSS JOIN LATERAL ("
        "SELECT seq, content->>'text' AS text, understanding, created_at FROM messages m "
        "WHERE m.conversation_id = c.id AND m.author_kind = 'customer' AND m.kind = 'text' AND m.created_at >= $2 "
        f"AND m.understanding IS NOT NULL AND NOT m.recalled ORDER BY m.seq LIMIT {_TURNS}) m ORDER BY c.id, m.seq",
        conversation_ids,
        since,
    )
    return [to_understood(row) for row in rows]


async def visible_texts(
    conn: Connection, places: Sequence[tuple[UUID, int]], visibility: Visibility
) -> list[asyncpg.Record]:
    """Number, words and time of these messages, of what this person may see."""
    where = Where()
    where.add(
        "(m.conversation_id, m.seq) IN (SELECT * FROM unnest({}::uuid[], {}::int[]))",
        [conversation_id for conversation_id, _ in places],
        [seq for _, seq in places],
    )
    where.add("m.kind = 'text' AND NOT m.recalled")
    restrict(where, visibility)
    rows: list[asyncpg.Record] = await conn.fetch(
        "SELECT m.conversation_id, m.seq, m.content->>'text' AS text, m.created_at FROM messages m "
        f"JOIN conversations c ON c.id = m.conversation_id WHERE {where}",
        *where.arguments,
    )
    return rows
