"""How long people wait, what they are told of it, and who would rather be called."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from yingda.infra.database import Connection
from yingda.kit.ids import new_id
from yingda.routing.dispatch.repository.order import ORDER, key
from yingda.routing.dispatch.schemas import Cell, Pace, Stand, TeamQueue, Wait

_STAND = (
    "q.conversation_id, q.customer_id, q.shop, q.team_id, q.level, q.joined_at, q.told_place, q.told_seconds, "
    "q.told_at, q.told_callback"
)
#: Of the team of `{team}` (none: of everybody): who could take how many more now, and how many are at work.
_PEOPLE = (
    "SELECT coalesce(sum(greatest(p.capacity - p.load, 0)) FILTER (WHERE p.status = 'online' "
    "AND (p.rest_until IS NULL OR p.rest_until <= {now})), 0)::int AS free, count(*)::int AS there "
    "FROM routing_presence p WHERE p.status IN ('online', 'busy') AND ({team} IS NULL OR {team} = ANY(p.team_ids))"
)


async def stand_of(conn: Connection, conversation_id: UUID, now: datetime) -> Stand | None:
    """None if it does not wait."""
    row = await conn.fetchrow(
        f"SELECT {_STAND}, people.free, people.there, (SELECT count(*)::int FROM routing_queue a "
        f"WHERE (a.team_id IS NULL OR a.team_id = q.team_id) AND {key('a')} <= {key('q')}) AS place "
        f"FROM routing_queue q, LATERAL ({_PEOPLE.format(now='$2', team='q.team_id')}) people "
        "WHERE q.conversation_id = $1",
        conversation_id,
        now,
    )
    return Stand(**row) if row else None


async def stands(conn: Connection, now: datetime) -> list[Stand]:
    """Everybody who waits, read in one go."""
    rows = await conn.fetch(
        "WITH team AS (SELECT DISTINCT team_id FROM routing_queue), "
        "people AS (SELECT team.team_id, found.* FROM team, "
        f"LATERAL ({_PEOPLE.format(now='$1', team='team.team_id')}) found), placed AS (SELECT {_STAND}, "
        f"row_number() OVER (PARTITION BY q.team_id ORDER BY {ORDER}) AS among, "
        f"count(*) FILTER (WHERE q.team_id IS NULL) OVER (ORDER BY {ORDER}) AS open_to_all FROM routing_queue q) "
        "SELECT placed.conversation_id, customer_id, shop, placed.team_id, level, joined_at, told_place, told_seconds, "
        "told_at, told_callback, free, there, "
        "(among + CASE WHEN placed.team_id IS NULL THEN 0 ELSE open_to_all END)::int AS place "
        "FROM placed JOIN people ON people.team_id IS NOT DISTINCT FROM placed.team_id",
        now,
    )
    return [Stand(**row) for row in rows]


async def foresee(conn: Connection, conversation_id: UUID, ahead: int, seconds: int) -> None:
    """Keep what was foreseen when it joined, to be compared with what will be; the first forecast counts."""
    await conn.execute(
        "UPDATE routing_queue SET ahead = $2, predicted = $3 WHERE conversation_id = $1 AND predicted IS NULL",
        conversation_id,
        ahead,
        seconds,
    )


async def set_told(conn: Connection, told: Sequence[Stand]) -> None:
    """Keep what these have been told."""
    await conn.execute(
        "UPDATE routing_queue q SET told_place = t.place, told_seconds = t.seconds, told_at = t.at, "
        "told_callback = t.callback FROM unnest($1::uuid[], $2::int[], $3::int[], $4::timestamptz[], $5::bool[]) "
        "AS t(id, place, seconds, at, callback) WHERE q.conversation_id = t.id",
        [stand.conversation_id for stand in told],
        [stand.told_place for stand in told],
        [stand.told_seconds for stand in told],
        [stand.told_at for stand in told],
        [stand.told_callback for stand in told],
    )


async def paces(conn: Connection, cells: Iterable[Cell] | None = None) -> dict[Cell, Pace]:
    """What is known of these cells, or of all."""
    wanted = None if cells is None else list(cells)
    rows = await conn.fetch(
        "SELECT team_id, level, hour, seen, ahead, seconds, spread, joint FROM routing_paces p "
        "WHERE $1 OR EXISTS (SELECT FROM unnest($2::uuid[], $3::int[], $4::int[]) AS w(team_id, level, hour) "
        "WHERE w.team_id IS NOT DISTINCT FROM p.team_id AND w.level = p.level AND w.hour = p.hour)",
        wanted is None,
        [cell.team_id for cell in wanted or ()],
        [cell.level for cell in wanted or ()],
        [cell.hour for cell in wanted or ()],
    )
    return {Cell(*row[:3]): Pace(*row[3:]) for row in map(tuple, rows)}


async def set_paces(conn: Connection, learnt: Mapping[Cell, Pace]) -> None:
    await conn.executemany(
        "INSERT INTO routing_paces (id, team_id, level, hour, seen, ahead, seconds, spread, joint) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (team_id, level, hour) DO UPDATE SET "
        "seen = excluded.seen, ahead = excluded.ahead, seconds = excluded.seconds, spread = excluded.spread, "
        "joint = excluded.joint",
        [(new_id(), *msgspec.structs.astuple(cell), *msgspec.structs.astuple(pace)) for cell, pace in learnt.items()],
    )


async def unlearnt(conn: Connection, limit: int) -> list[Wait]:
    """Waits from which nothing has been learnt yet, in the order in which they ended; from now on it has."""
    rows = await conn.fetch(
        "UPDATE routing_waits w SET learnt = true FROM (SELECT conversation_id, joined_at FROM routing_waits "
        "WHERE NOT learnt ORDER BY ended_at LIMIT $1 FOR UPDATE SKIP LOCKED) n "
        "WHERE w.conversation_id = n.conversation_id AND w.joined_at = n.joined_at "
        "RETURNING w.team_id, w.level, w.joined_at, w.ahead, w.waited, w.ended_at",
        limit,
    )
    ordered = sorted(rows, key=lambda row: row["ended_at"])
    return [Wait(row["team_id"], row["level"], row["joined_at"], row["ahead"], row["waited"]) for row in ordered]


async def forget_waits(conn: Connection, before: datetime) -> None:
    await conn.execute("DELETE FROM routing_waits WHERE ended_at < $1", before)


async def queues(conn: Connection, teams: Mapping[UUID | None, str], since: datetime) -> list[TeamQueue]:
    """How many wait for each of these teams, and how right the forecasts since then were; `expected` is left open."""
    rows = await conn.fetch(
        "SELECT t.id, count(q.conversation_id)::int AS waiting, min(q.since) AS oldest, w.* "
        "FROM unnest($1::uuid[]) AS t(id) LEFT JOIN routing_queue q ON q.team_id IS NOT DISTINCT FROM t.id, "
        "LATERAL (SELECT count(*)::int AS measured, avg(abs(w.waited - w.predicted))::int AS off_by, "
        "avg(w.waited - w.predicted)::int AS bias FROM routing_waits w "
        "WHERE w.team_id IS NOT DISTINCT FROM t.id AND w.ended_at >= $2) w "
        "GROUP BY t.id, w.measured, w.off_by, w.bias",
        list(teams),
        since,
    )
    return [_queue(row, teams[row["id"]]) for row in rows]


def _queue(row: asyncpg.Record, name: str) -> TeamQueue:
    fields: dict[str, Any] = {name: row[name] for name in ("waiting", "oldest", "measured", "off_by", "bias")}
    return TeamQueue(team_id=row["id"], name=name, expected=0, **fields)


async def newcomers(conn: Connection, team_ids: Sequence[UUID | None], now: datetime) -> dict[UUID | None, Stand]:
    """Where somebody of level 1 would stand who joined the queue of one of these teams now."""
    rows = await conn.fetch(
        "SELECT t.id, people.*, (SELECT count(*)::int + 1 FROM routing_queue a "
        "WHERE a.team_id IS NULL OR a.team_id = t.id) AS place "
        f"FROM unnest($1::uuid[]) AS t(id), LATERAL ({_PEOPLE.format(now='$2', team='t.id')}) people",
        list(team_ids),
        now,
    )
    nobody = UUID(int=0)
    return {
        row["id"]: Stand(nobody, nobody, "", row["id"], 1, now, row["place"], row["free"], row["there"]) for row in rows
    }


async def ask_callback(conn: Connection, conversation_id: UUID, seq: int, at: datetime | None, now: datetime) -> None:
    """The latest wish counts."""
    await conn.execute(
        "INSERT INTO routing_callbacks (conversation_id, seq, wanted_at, asked_at) VALUES ($1, $2, $3, $4) "
        "ON CONFLICT (conversation_id) DO UPDATE SET seq = excluded.seq, wanted_at = excluded.wanted_at, "
        "asked_at = excluded.asked_at, taken_at = NULL",
        conversation_id,
        seq,
        at,
        now,
    )


async def callback_asked(conn: Connection, conversation_id: UUID) -> bool:
    return bool(
        await conn.fetchval(
            "SELECT EXISTS (SELECT FROM routing_callbacks WHERE conversation_id = $1 AND taken_at IS NULL)",
            conversation_id,
        )
    )


class Asked(msgspec.Struct, frozen=True):
    seq: int
    wanted_at: datetime | None


async def take_callback(conn: Connection, conversation_id: UUID, now: datetime) -> Asked | None:
    """The wish to be called that somebody has just taken on, once."""
    row = await conn.fetchrow(
        "UPDATE routing_callbacks SET taken_at = $2 WHERE conversation_id = $1 AND taken_at IS NULL "
        "RETURNING seq, wanted_at",
        conversation_id,
        now,
    )
    return Asked(**row) if row else None


async def join_callbacks(conn: Connection, source_id: UUID, target_id: UUID, offset: int) -> None:
    """A wish goes along with its thread, unless there is one already."""
    await conn.execute(
        "UPDATE routing_callbacks SET conversation_id = $2, seq = seq + $3 WHERE conversation_id = $1 "
        "AND NOT EXISTS (SELECT FROM routing_callbacks WHERE conversation_id = $2)",
        source_id,
        target_id,
        offset,
    )


async def told(conn: Connection, conversation_ids: Sequence[UUID], now: datetime) -> list[Stand]:
    """What these were last told, as far as they still wait."""
    rows = await conn.fetch(
        f"SELECT {_STAND}, people.free, people.there "
        f"FROM routing_queue q, LATERAL ({_PEOPLE.format(now='$2', team='q.team_id')}) people "
        "WHERE q.conversation_id = ANY($1::uuid[]) AND q.told_place IS NOT NULL",
        list(conversation_ids),
        now,
    )
    return [Stand(**row, place=row["told_place"]) for row in rows]
