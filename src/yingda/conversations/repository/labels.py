"""Labels: the organisation's words, and where they stand."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import asyncpg

from yingda.conversations.schemas import Label, LabelColor
from yingda.infra.database import Connection

_LABEL = "id, name, color, archived_at IS NOT NULL AS archived"


def to_label(row: asyncpg.Record) -> Label:
    return Label(row["id"], row["name"], LabelColor(row["color"]), row["archived"])


async def all_labels(conn: Connection) -> list[Label]:
    """Those in use first, each in the order in which they were made."""
    rows = await conn.fetch(f"SELECT {_LABEL} FROM labels ORDER BY archived_at IS NOT NULL, created_at, id")
    return [to_label(row) for row in rows]


async def find(conn: Connection, label_id: UUID) -> Label | None:
    row = await conn.fetchrow(f"SELECT {_LABEL} FROM labels WHERE id = $1", label_id)
    return to_label(row) if row else None


async def create(conn: Connection, label: Label, created_by: UUID | None, now: datetime) -> bool:
    """Store a new label; False if its name is taken."""
    status: str = await conn.execute(
        "INSERT INTO labels (id, name, color, created_by, created_at) VALUES ($1, $2, $3, $4, $5) "
        "ON CONFLICT (name) DO NOTHING",
        label.id,
        label.name,
        label.color.value,
        created_by,
        now,
    )
    return status == "INSERT 0 1"


async def change(conn: Connection, label: Label, now: datetime) -> bool:
    """Store what a label is now; False if another has the name."""
    status: str = await conn.execute(
        "UPDATE labels SET name = $2, color = $3, "
        "archived_at = CASE WHEN $4 THEN coalesce(archived_at, $5::timestamptz) END "
        "WHERE id = $1 AND NOT EXISTS (SELECT FROM labels WHERE name = $2 AND id <> $1)",
        label.id,
        label.name,
        label.color.value,
        label.archived,
        now,
    )
    return status == "UPDATE 1"


async def add(conn: Connection, conversation_id: UUID, label_id: UUID, added_by: UUID | None, now: datetime) -> bool:
    """Whether the label was not there before."""
    status: str = await conn.execute(
        "INSERT INTO conversation_labels (conversation_id, label_id, added_by, added_at) VALUES ($1, $2, $3, $4) "
        "ON CONFLICT DO NOTHING",
        conversation_id,
        label_id,
        added_by,
        now,
    )
    return status == "INSERT 0 1"


async def add_known(conn: Connection, conversation_id: UUID, label_ids: Sequence[UUID], now: datetime) -> bool:
    """Those of the labels that can be given; whether one was not there before."""
    status: str = await conn.execute(
        "INSERT INTO conversation_labels (conversation_id, label_id, added_at) "
        "SELECT $1, id, $3 FROM labels WHERE id = ANY($2::uuid[]) AND archived_at IS NULL ON CONFLICT DO NOTHING",
        conversation_id,
        label_ids,
        now,
    )
    return status != "INSERT 0 0"


async def remove(conn: Connection, conversation_id: UUID, label_id: UUID) -> bool:
    """Whether the label was there."""
    status: str = await conn.execute(
        "DELETE FROM conversation_labels WHERE conversation_id = $1 AND label_id = $2", conversation_id, label_id
    )
    return status == "DELETE 1"
