"""What stands beside a head: its labels, and who follows it."""

from datetime import datetime
from uuid import UUID

import msgspec

from yingda.conversations.schemas import Label, Marked
from yingda.infra.database import Connection


async def marks(conn: Connection, conversation_ids: list[UUID], staff_id: UUID) -> dict[UUID, Marked]:
    """The labels of these conversations, and whether `staff_id` follows them, in one query."""
    rows = await conn.fetch(
        "SELECT c.id, (SELECT coalesce(jsonb_agg(jsonb_build_object('id', l.id, 'name', l.name, 'color', l.color, "
        "'archived', l.archived_at IS NOT NULL) ORDER BY x.added_at, l.id), '[]') "
        "FROM conversation_labels x JOIN labels l ON l.id = x.label_id WHERE x.conversation_id = c.id) AS labels, "
        "EXISTS (SELECT FROM conversation_followers f WHERE f.conversation_id = c.id AND f.staff_id = $2) AS followed "
        "FROM unnest($1::uuid[]) AS c(id)",
        conversation_ids,
        staff_id,
    )
    return {row["id"]: Marked(msgspec.json.decode(row["labels"], type=list[Label]), row["followed"]) for row in rows}


async def follow(conn: Connection, conversation_id: UUID, staff_id: UUID, now: datetime) -> None:
    await conn.execute(
        "INSERT INTO conversation_followers (conversation_id, staff_id, since) VALUES ($1, $2, $3) "
        "ON CONFLICT DO NOTHING",
        conversation_id,
        staff_id,
        now,
    )


async def unfollow(conn: Connection, conversation_id: UUID, staff_id: UUID) -> None:
    await conn.execute(
        "DELETE FROM conversation_followers WHERE conversation_id = $1 AND staff_id = $2", conversation_id, staff_id
    )


async def followers(conn: Connection, conversation_id: UUID) -> list[UUID]:
    """In the order in which they came."""
    rows = await conn.fetch(
        "SELECT staff_id FROM conversation_followers WHERE conversation_id = $1 ORDER BY since, staff_id",
        conversation_id,
    )
    return [row["staff_id"] for row in rows]
