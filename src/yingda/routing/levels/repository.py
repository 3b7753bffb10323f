"""All SQL of the service levels."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

import asyncpg
import msgspec

from yingda.conversations import DueClock
from yingda.infra.database import Connection
from yingda.kit.calendar import ALWAYS, Calendar
from yingda.kit.ids import new_id
from yingda.routing.levels.rules import Clocks, Terms
from yingda.routing.levels.schemas import (
    Clock,
    DeadlineRecord,
    Happened,
    Item,
    ItemKind,
    Limits,
    NamedCalendar,
    Policy,
    WarnReason,
)

_LIMITS = "level, first_response, next_update, resolution, around_the_clock, rests_with_customer, warn_share"
_CLOCK = "kind, level, allowed, asked_at, used, since, due_at, warn_at, warn_reason, warned_at, breached_at, over"
_RECORD = "clock, happened, level, at, due_at, used, reason"

#: What holds for an item of level $2 and teams $3: the most special limits among subjects $1, a team's calendar or the
#: default, and what is known of how long things take.
_TERMS = f"""
SELECT {", ".join(f"l.{name}" for name in _LIMITS.split(", "))},
       (SELECT c.times FROM service_calendars c
        LEFT JOIN service_calendar_teams t ON t.calendar_id = c.id AND t.team_id = ANY($3::uuid[])
        WHERE t.team_id IS NOT NULL OR c.is_default ORDER BY t.team_id NULLS LAST LIMIT 1) AS times,
       (SELECT jsonb_object_agg(u.clock, u.seconds) FROM service_usual u
        WHERE u.item_kind = $4 AND u.level = l.level) AS usual
FROM service_limits l WHERE l.subject = ANY($1::text[]) AND l.level = $2 ORDER BY length(l.subject) DESC LIMIT 1
"""


#: The same, and beside it the clocks of item $5, also where no limits are set.
_CLOCKS_AND_TERMS = f"""
SELECT t.*, (SELECT jsonb_agg(to_jsonb(k)) FROM service_clocks k WHERE k.item_kind = $4 AND k.item_id = $5) AS clocks
FROM (SELECT 1) one LEFT JOIN LATERAL ({_TERMS}) t ON true
"""


async def clocks_and_terms(
    conn: Connection, item: Item, subjects: list[str], level: int, team_ids: list[UUID]
) -> tuple[Clocks, Terms]:
    row = await conn.fetchrow(_CLOCKS_AND_TERMS, subjects, level, team_ids, item.kind.value, item.id)
    found = msgspec.json.decode((row and row["clocks"]) or "[]", type=list[Clock])
    return {clock.kind: clock for clock in found}, _terms(row if row and row["level"] else None, level)


async def terms(conn: Connection, kind: ItemKind, subjects: list[str], level: int, team_ids: list[UUID]) -> Terms:
    return _terms(await conn.fetchrow(_TERMS, subjects, level, team_ids, kind.value), level)


def _terms(row: asyncpg.Record | None, level: int) -> Terms:
    if row is None:
        return Terms(limits=Limits(level=level, first_response=None, next_update=None, resolution=None))
    return Terms(
        limits=_limits(row),
        calendar=msgspec.json.decode(row["times"], type=Calendar) if row["times"] else ALWAYS,
        usual=msgspec.json.decode(row["usual"] or "{}", type=dict[DueClock, int]),
    )


# Clocks


async def clocks(conn: Connection, item: Item) -> Clocks:
    rows = await conn.fetch(
        f"SELECT {_CLOCK} FROM service_clocks WHERE item_kind = $1 AND item_id = $2", item.kind.value, item.id
    )
    return {clock.kind: clock for clock in map(_clock, rows)}


async def is_waited_for(conn: Connection, item: Item) -> bool:
    """Whether the clock of an answer runs already."""
    return bool(
        await conn.fetchval(
            "SELECT EXISTS (SELECT FROM service_clocks WHERE item_kind = $1 AND item_id = $2 "
            "AND kind <> 'resolution' AND NOT over)",
            item.kind.value,
            item.id,
        )
    )


#: Clocks $3 are gone, $4 are as they are there, $5 is what became of some: all of it in one statement.
_SAVE = f"""
WITH gone AS (
    DELETE FROM service_clocks WHERE item_kind = $1 AND item_id = $2 AND kind = ANY($3::text[])
), told AS (
    INSERT INTO service_deadlines (id, item_kind, item_id, {_RECORD})
    SELECT id, $1, $2, {_RECORD} FROM jsonb_to_recordset($5::jsonb) AS r(id uuid, clock text, happened text,
        level smallint, at timestamptz, due_at timestamptz, used integer, reason text)
)
INSERT INTO service_clocks (item_kind, item_id, {_CLOCK}, next_at)
SELECT $1, $2, {_CLOCK}, next_at FROM jsonb_to_recordset($4::jsonb) AS c(kind text, level smallint, allowed integer,
    asked_at timestamptz, used integer, since timestamptz, due_at timestamptz, warn_at timestamptz, warn_reason text,
    warned_at timestamptz, breached_at timestamptz, over boolean, next_at timestamptz)
ON CONFLICT (item_kind, item_id, kind) DO UPDATE SET
    {", ".join(f"{name} = excluded.{name}" for name in (*_CLOCK.split(", ")[1:], "next_at"))}
"""


async def save(
    conn: Connection,
    item: Item,
    changed: Iterable[Clock],
    *,
    gone: Iterable[DueClock] = (),
    records: Iterable[DeadlineRecord] = (),
) -> None:
    clocks = [msgspec.structs.asdict(clock) | {"next_at": clock.next_at} for clock in changed]
    told = [msgspec.structs.asdict(record) | {"id": new_id()} for record in records]
    await conn.execute(
        _SAVE,
        item.kind.value,
        item.id,
        [kind.value for kind in gone],
        msgspec.json.encode(clocks).decode(),
        msgspec.json.encode(told).decode(),
    )


async def drop_clocks(conn: Connection, item: Item) -> None:
    await conn.execute(
        "DELETE FROM service_clocks WHERE item_kind = $1 AND item_id = $2",
        item.kind.value,
        item.id,
    )


async def due(conn: Connection, kind: ItemKind, moment: datetime, limit: int) -> list[UUID]:
    """The items whose clocks must be looked at, the longest due first."""
    rows = await conn.fetch(
        "SELECT item_id FROM service_clocks WHERE next_at <= $2 AND item_kind = $1 ORDER BY next_at LIMIT $3",
        kind.value,
        moment,
        limit,
    )
    return list(dict.fromkeys(row["item_id"] for row in rows))


async def first_due(conn: Connection) -> datetime | None:
    """When a clock must be looked at next."""
    found: datetime | None = await conn.fetchval(
        "SELECT next_at FROM service_clocks WHERE next_at IS NOT NULL ORDER BY next_at LIMIT 1"
    )
    return found


async def stretches(conn: Connection, kind: ItemKind) -> dict[UUID, tuple[datetime, datetime]]:
    """Of each item something is due of: since when its next clock runs, and until when."""
    rows = await conn.fetch(
        "SELECT DISTINCT ON (item_id) item_id, asked_at, due_at FROM service_clocks "
        "WHERE item_kind = $1 AND due_at IS NOT NULL ORDER BY item_id, due_at",
        kind.value,
    )
    return {row["item_id"]: (row["asked_at"], row["due_at"]) for row in rows}


# What became of clocks


async def records(conn: Connection, item: Item, limit: int) -> list[DeadlineRecord]:
    """The latest first."""
    rows = await conn.fetch(
        f"SELECT {_RECORD} FROM service_deadlines WHERE item_kind = $1 AND item_id = $2 ORDER BY at DESC, id DESC "
        "LIMIT $3",
        item.kind.value,
        item.id,
        limit,
    )
    return [_record(row) for row in rows]


async def join_records(conn: Connection, source: Item, target: Item) -> None:
    await conn.execute(
        "UPDATE service_deadlines SET item_id = $3 WHERE item_kind = $1 AND item_id = $2",
        source.kind.value,
        source.id,
        target.id,
    )


async def learn_usual(conn: Connection, since: datetime, least: int) -> None:
    """Take the median of what ended after `since`, wherever at least so many did."""
    await conn.execute(
        "INSERT INTO service_usual (item_kind, clock, level, seconds, samples) "
        "SELECT item_kind, clock, level, percentile_cont(0.5) WITHIN GROUP (ORDER BY used), count(*) "
        "FROM service_deadlines WHERE happened = 'met' AND at >= $1 GROUP BY 1, 2, 3 HAVING count(*) >= $2 "
        "ON CONFLICT (item_kind, clock, level) DO UPDATE SET seconds = excluded.seconds, samples = excluded.samples",
        since,
        least,
    )


# Limits and calendars


async def policies(conn: Connection) -> list[Policy]:
    rows = await conn.fetch(f"SELECT subject, {_LIMITS} FROM service_limits ORDER BY subject, level")
    found: dict[str, list[Limits]] = {}
    for row in rows:
        found.setdefault(row["subject"], []).append(_limits(row))
    return [Policy(subject, limits) for subject, limits in found.items()]


async def save_policy(conn: Connection, policy: Policy) -> None:
    await conn.executemany(
        f"INSERT INTO service_limits (subject, {_LIMITS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) "
        "ON CONFLICT (subject, level) DO UPDATE SET first_response = excluded.first_response, "
        "next_update = excluded.next_update, resolution = excluded.resolution, "
        "around_the_clock = excluded.around_the_clock, rests_with_customer = excluded.rests_with_customer, "
        "warn_share = excluded.warn_share",
        [(policy.subject, *msgspec.structs.astuple(limits)) for limits in policy.limits],
    )


async def drop_policy(conn: Connection, subject: str) -> None:
    await conn.execute("DELETE FROM service_limits WHERE subject = $1", subject)


_CALENDAR = (
    "SELECT c.id, c.name, c.times, c.is_default AS default, coalesce((SELECT array_agg(t.team_id ORDER BY t.team_id) "
    "FROM service_calendar_teams t WHERE t.calendar_id = c.id), '{}') AS team_ids FROM service_calendars c"
)


async def calendars(conn: Connection) -> list[NamedCalendar]:
    """The default first."""
    return [_calendar(row) for row in await conn.fetch(f"{_CALENDAR} ORDER BY NOT c.is_default, c.name")]


async def calendar(conn: Connection, calendar_id: UUID) -> NamedCalendar | None:
    row = await conn.fetchrow(f"{_CALENDAR} WHERE c.id = $1", calendar_id)
    return _calendar(row) if row else None


async def save_calendar(conn: Connection, one: NamedCalendar) -> bool:
    """False where another has its name. A new default takes the place of the old, a team's new calendar that of its."""
    if await conn.fetchval(
        "SELECT EXISTS (SELECT FROM service_calendars WHERE name = $1 AND id <> $2)", one.name, one.id
    ):
        return False
    if one.default:
        await conn.execute("UPDATE service_calendars SET is_default = false WHERE is_default AND id <> $1", one.id)
    await conn.execute(
        "INSERT INTO service_calendars (id, name, times, is_default) VALUES ($1, $2, $3::jsonb, $4) "
        "ON CONFLICT (id) DO UPDATE SET name = excluded.name, times = excluded.times, is_default = excluded.is_default",
        one.id,
        one.name,
        msgspec.json.encode(one.times).decode(),
        one.default,
    )
    await conn.execute(
        "DELETE FROM service_calendar_teams WHERE calendar_id = $1 AND team_id <> ALL($2::uuid[])", one.id, one.team_ids
    )
    await conn.execute(
        "INSERT INTO service_calendar_teams (team_id, calendar_id) SELECT unnest($2::uuid[]), $1 "
        "ON CONFLICT (team_id) DO UPDATE SET calendar_id = excluded.calendar_id",
        one.id,
        one.team_ids,
    )
    return True


async def drop_calendar(conn: Connection, calendar_id: UUID) -> None:
    await conn.execute("DELETE FROM service_calendars WHERE id = $1", calendar_id)


# Rows


def _limits(row: asyncpg.Record) -> Limits:
    return Limits(**{name: row[name] for name in Limits.__struct_fields__})


def _clock(row: asyncpg.Record) -> Clock:
    return Clock(**{**row, "kind": DueClock(row["kind"]), "warn_reason": WarnReason(row["warn_reason"])})


def _record(row: asyncpg.Record) -> DeadlineRecord:
    reason = WarnReason(row["reason"]) if row["reason"] else None
    named = {"clock": DueClock(row["clock"]), "happened": Happened(row["happened"]), "reason": reason}
    return DeadlineRecord(**{**row, **named})


def _calendar(row: asyncpg.Record) -> NamedCalendar:
    return NamedCalendar(**{**row, "times": msgspec.json.decode(row["times"], type=Calendar)})
