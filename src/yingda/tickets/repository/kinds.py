"""Kinds of tickets."""

from datetime import datetime
from uuid import UUID

import asyncpg

from yingda.infra.database import Connection
from yingda.tickets.errors import KindCodeTaken, ReferenceMissing
from yingda.tickets.kinds import KindDraft, KindSpec, TicketKind
from yingda.tickets.repository.rows import KIND, as_json, to_kind


async def all_kinds(conn: Connection) -> list[TicketKind]:
    """Those in use first."""
    rows = await conn.fetch(f"SELECT {KIND} FROM ticket_kinds ORDER BY archived_at IS NOT NULL, position, id")
    return [to_kind(row) for row in rows]


async def get(conn: Connection, kind_id: UUID, *, lock: bool = False) -> TicketKind | None:
    row = await conn.fetchrow(
        f"SELECT {KIND} FROM ticket_kinds WHERE id = $1" + (" FOR UPDATE" if lock else ""), kind_id
    )
    return to_kind(row) if row else None


async def by_code(conn: Connection, code: str) -> TicketKind | None:
    row = await conn.fetchrow(f"SELECT {KIND} FROM ticket_kinds WHERE code = $1", code)
    return to_kind(row) if row else None


_ADD = (
    "INSERT INTO ticket_kinds (id, code, name, position, department_id, spec, archived_at) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7)"
)


async def add_unless_there(conn: Connection, kind_id: UUID, code: str, draft: KindDraft, now: datetime) -> None:
    """Another process may be at it too."""
    await conn.execute(f"{_ADD} ON CONFLICT (code) DO NOTHING", kind_id, code, *_values(draft, now))


async def add(conn: Connection, kind_id: UUID, code: str, draft: KindDraft, now: datetime) -> None:
    """Raises `KindCodeTaken`, `ReferenceMissing`."""
    try:
        await conn.execute(_ADD, kind_id, code, *_values(draft, now))
    except asyncpg.UniqueViolationError:
        raise KindCodeTaken(name=code) from None
    except asyncpg.ForeignKeyViolationError:
        raise ReferenceMissing from None


async def save(conn: Connection, kind_id: UUID, draft: KindDraft, now: datetime) -> None:
    """Raises `ReferenceMissing`."""
    try:
        await conn.execute(
            "UPDATE ticket_kinds SET name = $2, position = $3, department_id = $4, spec = $5, "
            "archived_at = CASE WHEN $6::timestamptz IS NULL THEN NULL ELSE coalesce(archived_at, $6) END, "
            "version = version + 1 WHERE id = $1",
            kind_id,
            *_values(draft, now),
        )
    except asyncpg.ForeignKeyViolationError:
        raise ReferenceMissing from None


def _values(draft: KindDraft, now: datetime) -> tuple[object, ...]:
    spec = KindSpec(**{name: getattr(draft, name) for name in KindSpec.__struct_fields__})
    return draft.name, draft.position, draft.department_id, as_json(spec), now if draft.archived else None


async def states_in_use(conn: Connection, kind_id: UUID, codes: list[str]) -> str | None:
    """One of these states in which a ticket of this kind stands, if there is any."""
    return await conn.fetchval(  # type: ignore[no-any-return]
        "SELECT state FROM tickets WHERE kind_id = $1 AND state = ANY($2::text[]) LIMIT 1", kind_id, codes
    )
