"""All SQL of macros."""

from datetime import datetime
from typing import cast
from uuid import UUID

import asyncpg
import msgspec

from yingda.infra.database import Connection
from yingda.workspace.macros.schemas import Action, Macro, MacroDraft
from yingda.workspace.ownership import IN_PLACE, WITHIN_REACH, Place, Reach, Scope, TeamMissing

_COLUMNS = "id, scope, team_id, name, actions, used_count, updated_at"


async def list_within(conn: Connection, reach: Reach) -> list[Macro]:
    """Most used first."""
    rows = await conn.fetch(
        f"SELECT {_COLUMNS} FROM macros WHERE {WITHIN_REACH} ORDER BY used_count DESC, updated_at, id",
        reach.staff_id,
        reach.team_ids,
        reach.all_teams,
    )
    return [_macro(row) for row in rows]


async def find(conn: Connection, macro_id: UUID, reach: Reach) -> Macro | None:
    row = await conn.fetchrow(
        f"SELECT {_COLUMNS} FROM macros WHERE {WITHIN_REACH} AND id = $4",
        reach.staff_id,
        reach.team_ids,
        reach.all_teams,
        macro_id,
    )
    return _macro(row) if row else None


async def count(conn: Connection, place: Place) -> int:
    """How many are kept in one place."""
    return int(
        await conn.fetchval(
            f"SELECT count(*) FROM macros WHERE {IN_PLACE}",
            place.owner_id,
            place.team_id,
        )
    )


async def has_any(conn: Connection) -> bool:
    return bool(await conn.fetchval("SELECT EXISTS (SELECT FROM macros)"))


async def save(conn: Connection, macro_id: UUID, place: Place, draft: MacroDraft, now: datetime) -> Macro:
    """Store a new one, or what has changed of a known one. Raises `TeamMissing`."""
    try:
        row = await conn.fetchrow(
            "INSERT INTO macros (id, scope, owner_id, team_id, name, actions, updated_at) "
            "VALUES ($1, $2, $3, $4, $5, $6::jsonb, $7) ON CONFLICT (id) DO UPDATE "
            f"SET scope = $2, owner_id = $3, team_id = $4, name = $5, actions = $6::jsonb, updated_at = $7 "
            f"RETURNING {_COLUMNS}",
            macro_id,
            draft.scope.value,
            place.owner_id,
            place.team_id,
            draft.name.strip(),
            msgspec.json.encode(draft.actions).decode(),
            now,
        )
    except asyncpg.ForeignKeyViolationError:
        raise TeamMissing from None
    return _macro(cast("asyncpg.Record", row))


async def count_use(conn: Connection, macro_id: UUID) -> None:
    await conn.execute("UPDATE macros SET used_count = used_count + 1 WHERE id = $1", macro_id)


async def delete(conn: Connection, macro_id: UUID) -> None:
    await conn.execute("DELETE FROM macros WHERE id = $1", macro_id)


def _macro(row: asyncpg.Record) -> Macro:
    actions = msgspec.json.decode(row["actions"], type=list[Action])
    return Macro(**{**row, "scope": Scope(row["scope"]), "actions": actions})
