"""All SQL of label readings."""

from datetime import datetime
from uuid import UUID

import asyncpg
import msgspec

from yingda.infra.database import Connection
from yingda.knowledge.labels.schemas import LabelReading, PackageLabel, ReadingState

_READING = "id, state, created_at, finished_at, error, detail, label"


class Picture(msgspec.Struct, frozen=True):
    """What a worker needs of a reading."""

    key: str
    asked_by: UUID | None


async def add(conn: Connection, reading_id: UUID, key: str, asked_by: UUID | None, now: datetime) -> None:
    await conn.execute(
        "INSERT INTO label_readings (id, file_key, asked_by, created_at) VALUES ($1, $2, $3, $4)",
        reading_id,
        key,
        asked_by,
        now,
    )


async def begin(conn: Connection, reading_id: UUID) -> Picture | None:
    """None when it is over, or gone."""
    row = await conn.fetchrow(
        "UPDATE label_readings SET state = 'reading' WHERE id = $1 AND finished_at IS NULL "
        "RETURNING file_key, asked_by",
        reading_id,
    )
    return Picture(*row) if row else None


async def finish(
    conn: Connection, reading_id: UUID, label: PackageLabel | None, error: tuple[str, str] | None, now: datetime
) -> bool:
    """Done with a label, failed with code and words of the error. False when it was over already."""
    code, detail = error or (None, None)
    finished = await conn.fetchval(
        "UPDATE label_readings SET state = $2, label = $3::jsonb, error = $4, detail = $5, finished_at = $6 "
        "WHERE id = $1 AND finished_at IS NULL RETURNING true",
        reading_id,
        (ReadingState.FAILED if error else ReadingState.DONE).value,
        msgspec.json.encode(label).decode() if label else None,
        code,
        detail,
        now,
    )
    return bool(finished)


async def get(conn: Connection, reading_id: UUID) -> LabelReading | None:
    row = await conn.fetchrow(f"SELECT {_READING} FROM label_readings WHERE id = $1", reading_id)
    return _reading(row) if row else None


async def get_own(conn: Connection, reading_id: UUID, staff_id: UUID) -> LabelReading | None:
    row = await conn.fetchrow(
        f"SELECT {_READING} FROM label_readings WHERE id = $1 AND asked_by = $2", reading_id, staff_id
    )
    return _reading(row) if row else None


async def purge(conn: Connection, before: datetime) -> None:
    await conn.execute("DELETE FROM label_readings WHERE created_at < $1", before)


def _reading(row: asyncpg.Record) -> LabelReading:
    return LabelReading(
        **{
            **row,
            "state": ReadingState(row["state"]),
            "label": msgspec.json.decode(row["label"], type=PackageLabel) if row["label"] else None,
        }
    )
