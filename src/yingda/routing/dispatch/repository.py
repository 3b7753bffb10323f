"""All SQL of routing. Locks are always taken in the order conversation, then routing's rows."""

from collections.abc import Iterable
from datetime import datetime
from typing import cast
from uuid import UUID

import asyncpg

from yingda.infra.database import Connection
from yingda.routing.dispatch.schemas import Presence, PresenceStatus, TeamRoom

#: Gives conversation $1 to the least loaded agent who is online, has room and, if it is a team's, belongs to that team;
#: among equals, to the longest idle. Concurrent dispatchers skip each other's agents; room is checked again on the
#: locked row, so nobody is overfilled.
DISPATCH = """
WITH agent AS (
    SELECT p.staff_id FROM routing_presence p JOIN routing_queue q ON q.conversation_id = $1
    WHERE p.status = 'online' AND p.load < p.capacity AND (q.team_id IS NULL OR q.team_id = ANY(p.team_ids))
    ORDER BY p.load::float / p.capacity, p.last_assigned_at NULLS FIRST, p.staff_id
    LIMIT 1 FOR UPDATE OF p SKIP LOCKED
), taken AS (
    DELETE FROM routing_queue q USING agent WHERE q.conversation_id = $1 RETURNING q.conversation_id, agent.staff_id
), assigned AS (
    INSERT INTO routing_assignments (conversation_id, staff_id) SELECT conversation_id, staff_id FROM taken
    RETURNING staff_id
)
UPDATE routing_presence p SET load = p.load + 1, last_assigned_at = $2
FROM assigned WHERE p.staff_id = assigned.staff_id
RETURNING p.staff_id, p.staff_name
"""

#: The queue's head, as far as somebody could take it now: a team without room does not hold up the others.
FIRST_WAITING = """
WITH room AS (SELECT team_ids FROM routing_presence WHERE status = 'online' AND load < capacity),
teams AS (SELECT DISTINCT unnest(team_ids) AS team_id FROM room)
SELECT conversation_id FROM routing_queue
WHERE EXISTS (SELECT FROM room) AND (team_id IS NULL OR team_id IN (SELECT team_id FROM teams))
ORDER BY level DESC, since, conversation_id LIMIT $1
"""


async def dispatch(conn: Connection, conversation_id: UUID, now: datetime) -> tuple[UUID, str] | None:
    """The agent who got the conversation (id, name); None if it waits no more or nobody has room."""
    row = await conn.fetchrow(DISPATCH, conversation_id, now)
    return (row["staff_id"], row["staff_name"]) if row else None


async def first_waiting(conn: Connection, limit: int) -> list[UUID]:
    """Whoever waits and could be served: the highest level first, then who has waited longest."""
    return [row["conversation_id"] for row in await conn.fetch(FIRST_WAITING, limit)]


async def enqueue(conn: Connection, conversation_id: UUID, level: int, since: datetime, team_id: UUID | None) -> None:
    await conn.execute(
        "INSERT INTO routing_queue (conversation_id, level, since, team_id) VALUES ($1, $2, $3, $4) "
        "ON CONFLICT (conversation_id) DO UPDATE SET level = excluded.level, team_id = excluded.team_id",
        conversation_id,
        level,
        since,
        team_id,
    )


async def dequeue(conn: Connection, conversation_id: UUID) -> None:
    await conn.execute("DELETE FROM routing_queue WHERE conversation_id = $1", conversation_id)


async def assign(conn: Connection, conversation_id: UUID, staff_id: UUID) -> None:
    """Write down who has the conversation in hand; nothing changes if it was them."""
    known = await conn.fetchval("SELECT staff_id FROM routing_assignments WHERE conversation_id = $1", conversation_id)
    if known == staff_id:
        return
    await release(conn, conversation_id)
    await conn.execute(
        "WITH assigned AS (INSERT INTO routing_assignments (conversation_id, staff_id) VALUES ($1, $2)) "
        "UPDATE routing_presence SET load = load + 1 WHERE staff_id = $2",
        conversation_id,
        staff_id,
    )


async def release(conn: Connection, conversation_id: UUID) -> bool:
    """The conversation is in nobody's hand any more; whether it was in somebody's."""
    status: str = await conn.execute(
        "WITH gone AS (DELETE FROM routing_assignments WHERE conversation_id = $1 RETURNING staff_id) "
        "UPDATE routing_presence p SET load = p.load - 1 FROM gone WHERE p.staff_id = gone.staff_id",
        conversation_id,
    )
    return status != "UPDATE 0"


async def position(conn: Connection, conversation_id: UUID) -> int | None:
    """The conversation's place in the queue, from 1; None if it does not wait. Other teams' are not in its way."""
    place: int | None = await conn.fetchval(
        "SELECT (SELECT count(*) FROM routing_queue a WHERE (a.team_id IS NULL OR a.team_id = q.team_id) "
        "AND (-a.level, a.since, a.conversation_id) <= (-q.level, q.since, q.conversation_id)) "
        "FROM routing_queue q WHERE q.conversation_id = $1",
        conversation_id,
    )
    return place


async def set_presence(
    conn: Connection,
    staff_id: UUID,
    name: str,
    status: PresenceStatus,
    capacity: int | None,
    team_ids: Iterable[UUID],
    now: datetime,
) -> Presence:
    row = await conn.fetchrow(
        "INSERT INTO routing_presence (staff_id, staff_name, status, capacity, load, changed_at, team_ids) "
        "VALUES ($1, $2, $3, coalesce($4, 5), "
        "(SELECT count(*) FROM routing_assignments WHERE staff_id = $1), $5, $6) "
        "ON CONFLICT (staff_id) DO UPDATE SET status = excluded.status, staff_name = excluded.staff_name, "
        "team_ids = excluded.team_ids, "
        "capacity = coalesce($4, routing_presence.capacity), changed_at = excluded.changed_at "
        "RETURNING staff_id, status, capacity, load, changed_at",
        staff_id,
        name,
        status.value,
        capacity,
        now,
        sorted(team_ids),
    )
    return _presence(cast("asyncpg.Record", row))


async def presence_of(conn: Connection, staff_id: UUID) -> Presence | None:
    row = await conn.fetchrow(
        "SELECT staff_id, status, capacity, load, changed_at FROM routing_presence WHERE staff_id = $1", staff_id
    )
    return _presence(row) if row else None


async def set_teams(conn: Connection, staff_id: UUID, team_ids: Iterable[UUID]) -> None:
    await conn.execute("UPDATE routing_presence SET team_ids = $2 WHERE staff_id = $1", staff_id, sorted(team_ids))


async def rooms(conn: Connection, team_ids: list[UUID]) -> list[TeamRoom]:
    """How many more conversations the members of each team could take now, and how many wait for the team."""
    rows = await conn.fetch(
        "SELECT t.id, (SELECT coalesce(sum(p.capacity - p.load), 0) FROM routing_presence p "
        "WHERE p.status = 'online' AND p.load < p.capacity AND t.id = ANY(p.team_ids)) AS room, "
        "(SELECT count(*) FROM routing_queue q WHERE q.team_id = t.id) AS waiting FROM unnest($1::uuid[]) AS t(id)",
        team_ids,
    )
    return [TeamRoom(row["id"], row["room"], row["waiting"]) for row in rows]


async def load_of(conn: Connection, staff_id: UUID) -> int:
    """How many conversations somebody has in hand."""
    return int(await conn.fetchval("SELECT count(*) FROM routing_assignments WHERE staff_id = $1", staff_id))


async def agents(conn: Connection) -> list[tuple[str, Presence]]:
    """Name and presence of all who are there, and of those who left with work in hand."""
    rows = await conn.fetch(
        "SELECT staff_name, staff_id, status, capacity, load, changed_at FROM routing_presence "
        "WHERE status <> 'offline' OR load > 0 ORDER BY staff_name"
    )
    return [(row["staff_name"], _presence(row)) for row in rows]


def _presence(row: asyncpg.Record) -> Presence:
    return Presence(row["staff_id"], PresenceStatus(row["status"]), row["capacity"], row["load"], row["changed_at"])
