"""Kinds of tickets."""

from datetime import datetime
from uuid import UUID

import asyncpg
import msgspec

from yingda.infra.database import Connection
from yingda.tickets.errors import KindCodeTaken, ReferenceMissing
from yingda.tickets.kinds import KindContent, KindDraft, KindSpec, TicketKind
from yingda.tickets.repository.rows import KIND, as_json, to_kind


async def all_kinds(conn: Connection) -> list[TicketKind]:
    """Those in use first."""
    rows = await conn.fetch(f"SELECT {KIND} FROM ticket_kinds ORDER BY archived_at IS NOT NULL, position, id")
    return [to_kind(row) for row in rows]


async def with_bases(conn: Connection) -> dict[str, tuple[TicketKind, KindContent | None]]:
    """By code, each with the shipped one that it was made from."""
    rows = [dict(row) for row in await conn.fetch(f"SELECT {KIND}, shipped FROM ticket_kinds")]
    bases = [row.pop("shipped") for row in rows]
    return {
        row["code"]: (to_kind(row), base and msgspec.json.decode(base, type=KindContent))
        for row, base in zip(rows, bases, strict=True)
    }


async def get(conn: Connection, kind_id: UUID, *, lock: bool = False) -> TicketKind | None:
    row = await conn.fetchrow(
        f"SELECT {KIND} FROM ticket_kinds WHERE id = $1" + (" FOR UPDATE" if lock else ""), kind_id
    )
    return to_kind(row) if row else None


async def by_code(conn: Connection, code: str) -> TicketKind | None:
    row = await conn.fetchrow(f"SELECT {KIND} FROM ticket_kinds WHERE code = $1", code)
    return to_kind(row) if row else None


_ADD = (
    "INSERT INTO ticket_kinds (id, code, name, position, department_id, spec, archived_at, shipped) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
)


async def add_unless_there(
    conn: Connection, kind_id: UUID, code: str, draft: KindDraft, base: KindContent, now: datetime
) -> None:
    """Another process may be at it too."""
    await conn.execute(f"{_ADD} ON CONFLICT (code) DO NOTHING", kind_id, code, *_values(draft, base, now))


async def add(
    conn: Connection, kind_id: UUID, code: str, draft: KindDraft, base: KindContent | None, now: datetime
) -> None:
    """`base`: the shipped one that it is made from, if any. Raises `KindCodeTaken`, `ReferenceMissing`."""
    try:
        await conn.execute(_ADD, kind_id, code, *_values(draft, base, now))
    except asyncpg.UniqueViolationError:
        raise KindCodeTaken(name=code) from None
    except asyncpg.ForeignKeyViolationError:
        raise ReferenceMissing from None


async def save(conn: Connection, kind_id: UUID, draft: KindDraft, base: KindContent | None, now: datetime) -> None:
    """`base`: as that of `add`; without one the former stays. Raises `ReferenceMissing`."""
    try:
        await conn.execute(
            "UPDATE ticket_kinds SET name = $2, position = $3, department_id = $4, spec = $5, "
            "archived_at = CASE WHEN $6::timestamptz IS NULL THEN NULL ELSE coalesce(archived_at, $6) END, "
            "shipped = coalesce($7, shipped), version = version + 1 WHERE id = $1",
            kind_id,
            *_values(draft, base, now),
        )
    except asyncpg.ForeignKeyViolationError:
        raise ReferenceMissing from None


def _values(draft: KindDraft, base: KindContent | None, now: datetime) -> tuple[object, ...]:
    spec = KindSpec(**{name: getattr(draft, name) for name in KindSpec.__struct_fields__})
    archived, shipped = now if draft.archived else None, as_json(base) if base else None
    return draft.name, draft.position, draft.department_id, as_json(spec), archived, shipped


async def states_in_use(conn: Connection, kind_id: UUID, codes: list[str]) -> str | None:
    """One of these states in which a ticket of this kind stands, if there is any."""
    return await conn.fetchval(  # type: ignore[no-any-return]
        "SELECT state FROM tickets WHERE kind_id = $1 AND state = ANY($2::text[]) LIMIT 1", kind_id, codes
    )
