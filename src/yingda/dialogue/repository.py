"""All SQL of the assistant."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from yingda.dialogue.memory import Memory
from yingda.dialogue.procedures.reading import Source
from yingda.dialogue.procedures.state import Logged
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
    """What was remembered of these conversations, and every step that was taken in them."""
    ids = list(conversation_ids)
    await conn.execute("DELETE FROM procedure_steps WHERE conversation_id = ANY($1)", ids)
    return count_of(await conn.execute("DELETE FROM dialogues WHERE conversation_id = ANY($1)", ids))


async def keep_versions(conn: Connection, sources: Sequence[Source], now: datetime) -> None:
    """Put processes on record, each wording once."""
    await conn.execute(
        "INSERT INTO procedures (digest, process, version, body, seen_at) "
        "SELECT digest, process, version, body::jsonb, $5 "
        "FROM unnest($1::text[], $2::text[], $3::int[], $4::text[]) AS one (digest, process, version, body) "
        "ON CONFLICT DO NOTHING",
        [source.digest for source in sources],
        [source.process.id for source in sources],
        [source.process.version for source in sources],
        [source.body.decode() for source in sources],
        now,
    )


async def versions(conn: Connection, digests: Sequence[str]) -> list[tuple[str, bytes]]:
    rows = await conn.fetch("SELECT digest, body FROM procedures WHERE digest = ANY ($1)", digests)
    return [(row["digest"], row["body"].encode()) for row in rows]


async def log_steps(conn: Connection, conversation_id: UUID, seq: int, log: Sequence[Logged], now: datetime) -> None:
    """In the order in which they were taken."""
    await conn.execute(
        "INSERT INTO procedure_steps (conversation_id, seq, flow, process, version, step, reason, at) "
        "SELECT $1, $2, flow, process, version, step, reason, $8 "
        "FROM unnest($3::int[], $4::text[], $5::int[], $6::text[], $7::text[]) WITH ORDINALITY "
        "AS one (flow, process, version, step, reason, place) ORDER BY place",
        conversation_id,
        seq,
        [one.flow for one in log],
        [one.process for one in log],
        [one.version for one in log],
        [one.step for one in log],
        [one.reason for one in log],
        now,
    )
