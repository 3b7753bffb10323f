"""Lines and counts for a supervisor's board."""

from uuid import UUID

import asyncpg

from yingda.conversations.lists import LevelCount, Line, Visibility
from yingda.conversations.repository.where import restrict
from yingda.conversations.schemas import DueClock
from yingda.infra.database import Connection
from yingda.infra.where import Where

_LINE = (
    "c.id AS conversation_id, c.customer_id, c.channel, c.shop, c.level, c.team_id, c.assignee_id, c.assignee_name, "
    "c.intent, c.emotion, c.preview, c.waiting_since, c.last_message_at, c.due_at, c.due_clock"
)
#: From when somebody waits for a person; who was put back into the queue, from their last message on.
_SINCE = "coalesce(c.waiting_since, c.last_message_at)"


def _line(row: asyncpg.Record) -> Line:
    return Line(**{**row, "due_clock": DueClock(row["due_clock"]) if row["due_clock"] else None})


def _scoped(condition: str, visibility: Visibility, teams: frozenset[UUID] | None) -> Where:
    where = Where()
    where.add(condition)
    restrict(where, visibility)
    if teams is not None:
        where.add("c.team_id IS NULL OR c.team_id = ANY({}::uuid[])", list(teams))
    return where


async def waiting(conn: Connection, visibility: Visibility, teams: frozenset[UUID] | None, limit: int) -> list[Line]:
    where = _scoped("c.state = 'open' AND c.assignee_id IS NULL", visibility, teams)
    rows = await conn.fetch(
        f"SELECT {_LINE} FROM conversations c WHERE {where} ORDER BY c.level DESC, {_SINCE}, c.id LIMIT {int(limit)}",
        *where.arguments,
    )
    return [_line(row) for row in rows]


async def in_hand(conn: Connection, visibility: Visibility, teams: frozenset[UUID] | None, limit: int) -> list[Line]:
    """Those whose customer waits for an answer come first."""
    where = _scoped("c.state = 'open' AND c.assignee_id IS NOT NULL", visibility, teams)
    rows = await conn.fetch(
        f"SELECT {_LINE} FROM conversations c WHERE {where} ORDER BY c.waiting_since, c.last_message_at DESC "
        f"LIMIT {int(limit)}",
        *where.arguments,
    )
    return [_line(row) for row in rows]


async def count_waiting(conn: Connection, visibility: Visibility, teams: frozenset[UUID] | None) -> list[LevelCount]:
    """The highest level first."""
    where = _scoped("c.state = 'open' AND c.assignee_id IS NULL", visibility, teams)
    rows = await conn.fetch(
        f"SELECT c.level, count(*) AS waiting, min({_SINCE}) AS oldest FROM conversations c WHERE {where} "
        "GROUP BY c.level ORDER BY c.level DESC",
        *where.arguments,
    )
    return [LevelCount(**row) for row in rows]
