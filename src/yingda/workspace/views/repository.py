"""All SQL of saved views."""

from datetime import datetime
from uuid import UUID

import asyncpg
import msgspec

from yingda.conversations import Filter
from yingda.infra.database import Connection
from yingda.workspace.views.schemas import SavedView

_COLUMNS = "id, owner_id, name, query"


async def of(conn: Connection, staff_id: UUID) -> list[SavedView]:
    """Everybody's and their own, in the order in which they were saved."""
    rows = await conn.fetch(
        f"SELECT {_COLUMNS} FROM saved_views WHERE owner_id = $1 OR owner_id IS NULL ORDER BY owner_id IS NOT NULL, id",
        staff_id,
    )
    return [_view(row) for row in rows]


async def find(conn: Connection, view_id: UUID, staff_id: UUID) -> SavedView | None:
    """The view, if it is theirs or everybody's."""
    row = await conn.fetchrow(
        f"SELECT {_COLUMNS} FROM saved_views WHERE id = $1 AND (owner_id = $2 OR owner_id IS NULL)", view_id, staff_id
    )
    return _view(row) if row else None


async def count_own(conn: Connection, staff_id: UUID) -> int:
    return int(await conn.fetchval("SELECT count(*) FROM saved_views WHERE owner_id = $1", staff_id))


async def save(conn: Connection, view: SavedView, owner_id: UUID | None, now: datetime) -> None:
    """Store a new one, or what has changed of a known one."""
    await conn.execute(
        "INSERT INTO saved_views (id, owner_id, name, query, created_at) VALUES ($1, $2, $3, $4::jsonb, $5) "
        "ON CONFLICT (id) DO UPDATE SET name = $3, query = $4::jsonb, owner_id = $2",
        view.id,
        owner_id,
        view.name,
        msgspec.json.encode(view.query).decode(),
        now,
    )


async def delete(conn: Connection, view_id: UUID) -> None:
    await conn.execute("DELETE FROM saved_views WHERE id = $1", view_id)


def _view(row: asyncpg.Record) -> SavedView:
    return SavedView(row["id"], row["name"], row["owner_id"] is None, msgspec.json.decode(row["query"], type=Filter))
