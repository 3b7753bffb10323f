"""Who is there."""

from collections.abc import Iterable
from datetime import datetime
from typing import cast
from uuid import UUID

import asyncpg

from yingda.infra.database import Connection
from yingda.routing.dispatch.schemas import Fatigue, Presence, PresenceStatus, Stint

_PRESENCE = "staff_id, status, capacity, load, changed_at, rest_until, tired"

#: Since when without a real rest: who was away for as long as a rest begins anew.
_ONLINE_SINCE = (
    "CASE WHEN $3 NOT IN ('online', 'busy') THEN p.online_since "
    "WHEN p.online_since IS NULL OR p.status IN ('away', 'offline') "
    "AND p.changed_at <= $5::timestamptz - make_interval(mins => $7) THEN $5 ELSE p.online_since END"
)


async def set_presence(
    conn: Connection,
    staff_id: UUID,
    name: str,
    status: PresenceStatus,
    capacity: int | None,
    team_ids: Iterable[UUID],
    now: datetime,
    rest_minutes: int,
) -> Presence:
    row = await conn.fetchrow(
        "INSERT INTO routing_presence AS p (staff_id, staff_name, status, capacity, load, changed_at, team_ids, "
        "online_since) VALUES ($1, $2, $3, coalesce($4, 5), "
        "(SELECT count(*) FROM routing_assignments WHERE staff_id = $1), $5, $6, "
        "CASE WHEN $3 IN ('online', 'busy') THEN $5::timestamptz END) "
        "ON CONFLICT (staff_id) DO UPDATE SET status = excluded.status, staff_name = excluded.staff_name, "
        "team_ids = excluded.team_ids, capacity = coalesce($4, p.capacity), missed = 0, "
        "changed_at = CASE WHEN p.status = excluded.status THEN p.changed_at ELSE excluded.changed_at END, "
        f"online_since = {_ONLINE_SINCE} RETURNING {_PRESENCE}",
        staff_id,
        name,
        status.value,
        capacity,
        now,
        sorted(team_ids),
        rest_minutes,
    )
    return _presence(cast("asyncpg.Record", row))


async def presence_of(conn: Connection, staff_id: UUID) -> Presence | None:
    row = await conn.fetchrow(f"SELECT {_PRESENCE} FROM routing_presence WHERE staff_id = $1", staff_id)
    return _presence(row) if row else None


async def set_teams(conn: Connection, staff_id: UUID, team_ids: Iterable[UUID]) -> None:
    await conn.execute("UPDATE routing_presence SET team_ids = $2 WHERE staff_id = $1", staff_id, sorted(team_ids))


async def set_offline(conn: Connection, staff_ids: list[UUID], now: datetime) -> None:
    await conn.execute(
        "UPDATE routing_presence SET status = 'offline', changed_at = $2 WHERE staff_id = ANY($1::uuid[])",
        staff_ids,
        now,
    )


async def count_miss(conn: Connection, staff_id: UUID, most: int, now: datetime) -> None:
    """One more assignment in a row that was not answered; with `most` of them, they are away."""
    await conn.execute(
        "UPDATE routing_presence SET missed = missed + 1, "
        "status = CASE WHEN missed + 1 >= $2 AND status = 'online' THEN 'away' ELSE status END, "
        "changed_at = CASE WHEN missed + 1 >= $2 AND status = 'online' THEN $3 ELSE changed_at END WHERE staff_id = $1",
        staff_id,
        most,
        now,
    )


async def stints(conn: Connection, now: datetime) -> list[Stint]:
    """How long and how fast everybody works who is on line and not told to rest."""
    rows = await conn.fetch(
        "SELECT staff_id, online_since, "
        "CASE WHEN hour_start > $1::timestamptz - interval '1 hour' THEN taken ELSE 0 END AS taken "
        "FROM routing_presence WHERE status = 'online' AND (rest_until IS NULL OR rest_until <= $1)",
        now,
    )
    return [Stint(**row) for row in rows]


async def rest(conn: Connection, tired: dict[UUID, Fatigue], until: datetime) -> None:
    """Nothing new for these before then; after it they begin anew."""
    await conn.execute(
        "UPDATE routing_presence p SET rest_until = $3, tired = t.tired, online_since = $3, taken = 0, "
        "hour_start = NULL FROM unnest($1::uuid[], $2::text[]) AS t(staff_id, tired) WHERE p.staff_id = t.staff_id",
        list(tired),
        [reason.value for reason in tired.values()],
        until,
    )


async def rested(conn: Connection, now: datetime) -> None:
    """Whose rest is over is not tired any more."""
    await conn.execute("UPDATE routing_presence SET rest_until = NULL, tired = NULL WHERE rest_until <= $1", now)


async def load_of(conn: Connection, staff_id: UUID) -> int:
    """How many conversations somebody has in hand."""
    return int(await conn.fetchval("SELECT count(*) FROM routing_assignments WHERE staff_id = $1", staff_id))


async def away(conn: Connection) -> frozenset[UUID]:
    """Who serves customers, but not now."""
    rows = await conn.fetch("SELECT staff_id FROM routing_presence WHERE status IN ('away', 'offline')")
    return frozenset(row["staff_id"] for row in rows)


async def agents(conn: Connection) -> list[tuple[str, Presence]]:
    """Name and presence of all who are there, and of those who left with work in hand."""
    rows = await conn.fetch(
        f"SELECT staff_name, {_PRESENCE} FROM routing_presence WHERE status <> 'offline' OR load > 0 "
        "ORDER BY staff_name"
    )
    return [(row["staff_name"], _presence(row)) for row in rows]


def _presence(row: asyncpg.Record) -> Presence:
    return Presence(
        row["staff_id"],
        PresenceStatus(row["status"]),
        row["capacity"],
        row["load"],
        row["changed_at"],
        row["rest_until"],
        Fatigue(row["tired"]) if row["tired"] else None,
    )


async def free_colleague(
    conn: Connection, team_id: UUID | None, but_for: list[UUID], now: datetime
) -> tuple[UUID, str] | None:
    """Who of the team (of any, without one) is there and has room, except these: the least loaded."""
    row = await conn.fetchrow(
        "SELECT staff_id, staff_name FROM routing_presence WHERE status = 'online' AND load < capacity "
        "AND (rest_until IS NULL OR rest_until <= $3) AND ($1::uuid IS NULL OR $1 = ANY(team_ids)) "
        "AND staff_id <> ALL($2::uuid[]) "
        "ORDER BY load::float / capacity, last_assigned_at NULLS FIRST, staff_id LIMIT 1",
        team_id,
        but_for,
        now,
    )
    return (row["staff_id"], row["staff_name"]) if row else None


async def colleagues_there(conn: Connection, team_id: UUID | None) -> list[UUID]:
    """All of the team (of any, without one) who are at work, with or without room."""
    rows = await conn.fetch(
        "SELECT staff_id FROM routing_presence WHERE status <> 'offline' AND ($1::uuid IS NULL OR $1 = ANY(team_ids))",
        team_id,
    )
    return [row["staff_id"] for row in rows]


async def pressure(conn: Connection, level: int) -> tuple[int, int]:
    """How many of at least this level wait, and how many conversations those who are there can have at a time."""
    row = await conn.fetchrow(
        "SELECT (SELECT count(*) FROM routing_queue WHERE level >= $1) AS ahead, "
        "(SELECT coalesce(sum(capacity), 0) FROM routing_presence WHERE status = 'online') AS room",
        level,
    )
    return (row["ahead"], row["room"]) if row else (0, 0)
