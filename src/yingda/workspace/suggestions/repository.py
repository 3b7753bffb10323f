"""All SQL of suggestions."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from yingda.infra.database import Connection
from yingda.workspace.suggestions.schemas import Record, SuggestionOutcome


async def keep(
    conn: Connection, conversation_id: UUID, staff_id: UUID, outcome: SuggestionOutcome, at: datetime
) -> None:
    await conn.execute(
        "INSERT INTO suggestion_outcomes (conversation_id, seq, key, staff_id, fate, at) "
        "VALUES ($1, $2, $3, $4, $5, $6) "
        "ON CONFLICT (conversation_id, seq, key, staff_id) DO UPDATE SET fate = excluded.fate, at = excluded.at",
        conversation_id,
        outcome.seq,
        outcome.key,
        staff_id,
        outcome.fate.value,
        at,
    )


async def records(conn: Connection, keys: Sequence[str], since: datetime) -> dict[str, Record]:
    rows = await conn.fetch(
        "SELECT key, count(*) FILTER (WHERE fate = 'accepted') AS accepted, "
        "count(*) FILTER (WHERE fate = 'edited') AS edited, count(*) FILTER (WHERE fate = 'rejected') AS rejected "
        "FROM suggestion_outcomes WHERE key = ANY($1::text[]) AND at >= $2 GROUP BY key",
        keys,
        since,
    )
    return {row["key"]: Record(row["accepted"], row["edited"], row["rejected"]) for row in rows}


async def rejected(conn: Connection, conversation_id: UUID, seq: int, staff_id: UUID) -> set[str]:
    """What this colleague has put aside for this message."""
    rows = await conn.fetch(
        "SELECT key FROM suggestion_outcomes "
        "WHERE conversation_id = $1 AND seq = $2 AND staff_id = $3 AND fate = 'rejected'",
        conversation_id,
        seq,
        staff_id,
    )
    return {row["key"] for row in rows}


async def join(conn: Connection, source_id: UUID, target_id: UUID, offset: int) -> None:
    """What was said of one conversation's messages is said of another's now."""
    await conn.execute(
        "UPDATE suggestion_outcomes SET conversation_id = $2, seq = seq + $3 WHERE conversation_id = $1",
        source_id,
        target_id,
        offset,
    )
