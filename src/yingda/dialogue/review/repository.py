"""All SQL of the review."""

from datetime import datetime
from uuid import UUID

import asyncpg
import msgspec

from yingda.dialogue.review.schemas import Correction, Training, TrainingFailure, TrainingState
from yingda.infra.database import Connection, count_of
from yingda.language import Learned

_CORRECTION = "id, conversation_id, seq, text, read_as, intent, note, author_id, author_name, at"
_TRAINING = "id, state, stage, share, author_name, created_at, finished_at, learned, failure"


async def correct(conn: Connection, correction: Correction) -> Correction:
    """The last word on a message counts."""
    row = await conn.fetchrow(
        "INSERT INTO corrections (id, conversation_id, seq, text, read_as, intent, note, author_id, author_name, at) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (conversation_id, seq) DO UPDATE SET "
        "intent = excluded.intent, note = excluded.note, author_id = excluded.author_id, "
        f"author_name = excluded.author_name, at = excluded.at RETURNING {_CORRECTION}",
        *msgspec.structs.astuple(correction),
    )
    return Correction(**row)


async def corrected(conn: Connection, conversation_ids: list[UUID]) -> set[tuple[UUID, int]]:
    """Which messages of these conversations somebody has judged."""
    rows = await conn.fetch(
        "SELECT conversation_id, seq FROM corrections WHERE conversation_id = ANY($1)", conversation_ids
    )
    return {(row["conversation_id"], row["seq"]) for row in rows}


async def corrections(conn: Connection, before: tuple[datetime, UUID] | None, limit: int | None) -> list[Correction]:
    """Latest first."""
    at, correction_id = before or (None, None)
    rows = await conn.fetch(
        f"SELECT {_CORRECTION} FROM corrections WHERE $1::timestamptz IS NULL OR (at, id) < ($1, $2) "
        "ORDER BY at DESC, id DESC LIMIT $3",
        at,
        correction_id,
        limit,
    )
    return [Correction(**row) for row in rows]


async def add_training(conn: Connection, training: Training, author_id: UUID) -> bool:
    """False while another one is under way."""
    added = await conn.fetchval(
        "INSERT INTO trainings (id, author_id, author_name, created_at) VALUES ($1, $2, $3, $4) "
        "ON CONFLICT ((true)) WHERE finished_at IS NULL DO NOTHING RETURNING true",
        training.id,
        author_id,
        training.author_name,
        training.created_at,
    )
    return bool(added)


async def training(conn: Connection, training_id: UUID, *, lock: bool) -> Training | None:
    suffix = " FOR UPDATE" if lock else ""
    row = await conn.fetchrow(f"SELECT {_TRAINING} FROM trainings WHERE id = $1{suffix}", training_id)
    return _training(row) if row else None


async def trainings(conn: Connection, limit: int) -> list[Training]:
    rows = await conn.fetch(f"SELECT {_TRAINING} FROM trainings ORDER BY created_at DESC, id DESC LIMIT $1", limit)
    return [_training(row) for row in rows]


async def tell_progress(conn: Connection, training_id: UUID, stage: str | None, share: float | None) -> bool:
    """False when it was cancelled meanwhile. Without news, that alone is asked."""
    going_on = await conn.fetchval(
        "UPDATE trainings SET state = 'running', stage = coalesce($2, stage), share = coalesce($3, share) "
        "WHERE id = $1 AND finished_at IS NULL RETURNING true",
        training_id,
        stage,
        share,
    )
    return bool(going_on)


async def finish(
    conn: Connection,
    training_id: UUID,
    state: TrainingState,
    now: datetime,
    learned: Learned | None = None,
    failure: TrainingFailure | None = None,
) -> bool:
    """False when it was over already."""
    finished = await conn.fetchval(
        "UPDATE trainings SET state = $2, share = CASE WHEN $2 = 'done' THEN 1 ELSE share END, finished_at = $3, "
        "learned = $4::jsonb, failure = $5 WHERE id = $1 AND finished_at IS NULL RETURNING true",
        training_id,
        state.value,
        now,
        msgspec.json.encode(learned).decode() if learned else None,
        failure,
    )
    return bool(finished)


async def set_published(conn: Connection, training_id: UUID) -> None:
    await conn.execute("UPDATE trainings SET state = 'published' WHERE id = $1", training_id)


def _training(row: asyncpg.Record) -> Training:
    return Training(
        id=row["id"],
        state=TrainingState(row["state"]),
        stage=row["stage"],
        share=row["share"],
        author_name=row["author_name"],
        created_at=row["created_at"],
        finished_at=row["finished_at"],
        learned=msgspec.json.decode(row["learned"], type=Learned) if row["learned"] else None,
        failure=TrainingFailure(row["failure"]) if row["failure"] else None,
    )


async def forget(conn: Connection, conversation_ids: list[UUID]) -> int:
    """No model is taught with these messages any more."""
    return count_of(await conn.execute("DELETE FROM corrections WHERE conversation_id = ANY($1)", conversation_ids))
