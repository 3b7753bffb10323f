"""Customers as their conversations show them: who has them in hand, who may see them, how they sounded."""

from datetime import datetime
from uuid import UUID

from yingda.conversations.lists import Visibility
from yingda.conversations.repository.where import restrict
from yingda.infra.database import Connection
from yingda.infra.where import Where


async def is_visible(conn: Connection, customer_id: UUID, visibility: Visibility) -> bool:
    """Whether a staff member may see any conversation of this customer."""
    where = Where()
    where.add("c.customer_id = {}", customer_id)
    restrict(where, visibility)
    sql = f"SELECT EXISTS (SELECT FROM conversations c WHERE {where})"
    return bool(await conn.fetchval(sql, *where.arguments))


async def is_in_hand(conn: Connection, customer_id: UUID, staff_id: UUID) -> bool:
    """Whether a staff member is serving this customer."""
    sql = (
        "SELECT EXISTS (SELECT FROM conversations "
        "WHERE customer_id = $1 AND assignee_id = $2 AND state IN ('open', 'snoozed'))"
    )
    return bool(await conn.fetchval(sql, customer_id, staff_id))


async def moods(conn: Connection, conversation_id: UUID, limit: int) -> list[tuple[int, datetime, str, float]]:
    """Number, moment, emotion and sentiment of the customer's latest messages that were understood, ascending."""
    rows = await conn.fetch(
        "SELECT seq, created_at, understanding->>'emotion' AS emotion, "
        "coalesce((understanding->>'sentiment')::float, 0) AS sentiment FROM messages "
        "WHERE conversation_id = $1 AND author_kind = 'customer' AND understanding->>'emotion' IS NOT NULL "
        "ORDER BY seq DESC LIMIT $2",
        conversation_id,
        limit,
    )
    return [(row["seq"], row["created_at"], row["emotion"], row["sentiment"]) for row in reversed(rows)]
