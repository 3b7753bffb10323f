"""All SQL of the assistant."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from yingda.dialogue.memory import Memory
from yingda.infra.database import Connection, count_of


async def memory_of(conn: Connection, conversation_id: UUID) -> Memory:
    raw: str | None = await conn.fetchval("SELECT memory FROM dialogues WHERE conversation_id = $1", conversation_id)
    return msgspec.json.decode(raw, type=Memory) if raw else Memory()


async def remember(conn: Connection, conversation_id: UUID, memory: Memory, now: datetime) -> None:
    await conn.execute(
        "INSERT INTO dialogues (conversation_id, memory, updated_at) VALUES ($1, $2::jsonb, $3) "
        "ON CONFLICT (conversation_id) DO UPDATE SET memory = excluded.memory, updated_at = excluded.updated_at",
        conversation_id,
        msgspec.json.encode(memory).decode(),
        now,
    )


async def forget(conn: Connection, conversation_id: UUID) -> None:
    """Begin anew: the conversation was resolved."""
    await conn.execute("DELETE FROM dialogues WHERE conversation_id = $1", conversation_id)


async def hand_down(conn: Connection, source: UUID, target: UUID) -> None:
    """What was remembered of `source` is about what comes last in `target` now."""
    await conn.execute(
        "DELETE FROM dialogues WHERE conversation_id = $2 AND EXISTS "
        "(SELECT FROM dialogues WHERE conversation_id = $1)",
        source,
        target,
    )
    await conn.execute("UPDATE dialogues SET conversation_id = $2 WHERE conversation_id = $1", source, target)


async def memories_of(conn: Connection, conversation_ids: Sequence[UUID]) -> list[Memory]:
    rows = await conn.fetch("SELECT memory FROM dialogues WHERE conversation_id = ANY($1)", list(conversation_ids))
    return [msgspec.json.decode(row["memory"], type=Memory) for row in rows]


async def forget_all(conn: Connection, conversation_ids: Sequence[UUID]) -> int:
    return count_of(await conn.execute("DELETE FROM dialogues WHERE conversation_id = ANY($1)", list(conversation_ids)))
