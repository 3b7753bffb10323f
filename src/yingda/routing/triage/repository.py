"""All SQL of triage."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from yingda.identity import Principal
from yingda.infra.database import Connection
from yingda.routing.triage.schemas import DryRun, RuleDraft, RuleVersion, RuleVersionHead, RunOutcome, RunState
from yingda.routing.triage.table import RuleTable, TriageRule

_HEAD = "number, why, restores, author_name, published_at, jsonb_array_length(content->'rules') AS rules"
_RUN = "id, state, share, days, revision, against, author_name, created_at, finished_at, outcome"


async def latest(conn: Connection) -> RuleVersion | None:
    row = await conn.fetchrow(f"SELECT {_HEAD}, content FROM triage_versions ORDER BY number DESC LIMIT 1")
    return _version(row) if row else None


async def latest_number(conn: Connection) -> int:
    return int(await conn.fetchval("SELECT coalesce(max(number), 0) FROM triage_versions"))


async def version(conn: Connection, number: int) -> RuleVersion | None:
    row = await conn.fetchrow(f"SELECT {_HEAD}, content FROM triage_versions WHERE number = $1", number)
    return _version(row) if row else None


async def versions(conn: Connection, limit: int) -> list[RuleVersionHead]:
    """Latest first."""
    rows = await conn.fetch(f"SELECT {_HEAD} FROM triage_versions ORDER BY number DESC LIMIT $1", limit)
    return [RuleVersionHead(**row) for row in rows]


async def add_version(
    conn: Connection, version: RuleVersion, base: Sequence[TriageRule], author_id: UUID | None
) -> bool:
    """`base`: the shipped rules that it was made from. False if the number is taken: somebody else published at the
    same time."""
    head = version.head
    status: str = await conn.execute(
        "INSERT INTO triage_versions (number, content, why, restores, author_id, author_name, published_at, shipped) "
        "VALUES ($1, $2::jsonb, $3, $4, $5, $6, $7, $8::jsonb) ON CONFLICT (number) DO NOTHING",
        head.number,
        _json(version.table),
        head.why,
        head.restores,
        author_id,
        head.author_name,
        head.published_at,
        _json(base),
    )
    return status == "INSERT 0 1"


async def draft(conn: Connection, *, lock: bool = False) -> RuleDraft | None:
    row = await conn.fetchrow(
        "SELECT revision, based_on, content, author_name, changed_at FROM triage_draft"
        + (" FOR UPDATE" if lock else "")
    )
    if row is None:
        return None
    told = {name: row[name] for name in ("revision", "based_on", "author_name", "changed_at")}
    return RuleDraft(**told, table=_table(row))


async def base(conn: Connection) -> list[TriageRule]:
    """The shipped rules that the draft was made from, without one the version that serves.

    One that a process of an earlier release published says nothing of it: what is known of an earlier one holds.
    """
    return _rules(
        await conn.fetchval(
            "SELECT coalesce((SELECT shipped FROM triage_draft), (SELECT shipped FROM triage_versions "
            "WHERE shipped IS NOT NULL ORDER BY number DESC LIMIT 1))"
        )
    )


async def base_of(conn: Connection, number: int) -> list[TriageRule]:
    """The shipped rules that a version was made from, as far as is known: as of `base`."""
    return _rules(
        await conn.fetchval(
            "SELECT shipped FROM triage_versions WHERE number <= $1 AND shipped IS NOT NULL "
            "ORDER BY number DESC LIMIT 1",
            number,
        )
    )


async def save_draft(conn: Connection, draft: RuleDraft, base: Sequence[TriageRule], principal: Principal) -> bool:
    """Keep a draft that comes after revision `draft.revision - 1`; False if that is not the present one."""
    written = (draft.revision, draft.based_on, _json(draft.table), principal.staff_id, draft.author_name)
    when = (draft.changed_at, _json(base))
    if draft.revision == 1:
        sql = (
            "INSERT INTO triage_draft (revision, based_on, content, author_id, author_name, changed_at, shipped) "
            "VALUES ($1, $2, $3::jsonb, $4, $5, $6, $7::jsonb) ON CONFLICT DO NOTHING"
        )
    else:
        sql = (
            "UPDATE triage_draft SET revision = $1, based_on = $2, content = $3::jsonb, author_id = $4, "
            "author_name = $5, changed_at = $6, shipped = $7::jsonb WHERE revision = $1 - 1"
        )
    status: str = await conn.execute(sql, *written, *when)
    return status.endswith(" 1")


async def drop_draft(conn: Connection) -> None:
    await conn.execute("DELETE FROM triage_draft")


async def add_run(conn: Connection, run: DryRun, table: RuleTable, author_id: UUID) -> bool:
    """False while another is under way."""
    status: str = await conn.execute(
        "INSERT INTO triage_dry_runs "
        "(id, days, revision, against, content, outcome, author_id, author_name, created_at) "
        "VALUES ($1, $2, $3, $4, $5::jsonb, $6::jsonb, $7, $8, $9) "
        "ON CONFLICT ((true)) WHERE finished_at IS NULL DO NOTHING",
        run.id,
        run.days,
        run.revision,
        run.against,
        _json(table),
        _json(run.outcome),
        author_id,
        run.author_name,
        run.created_at,
    )
    return status == "INSERT 0 1"


async def run(conn: Connection, run_id: UUID) -> DryRun | None:
    row = await conn.fetchrow(f"SELECT {_RUN} FROM triage_dry_runs WHERE id = $1", run_id)
    return _run(row) if row else None


async def latest_run(conn: Connection) -> DryRun | None:
    row = await conn.fetchrow(f"SELECT {_RUN} FROM triage_dry_runs ORDER BY created_at DESC, id DESC LIMIT 1")
    return _run(row) if row else None


async def table_on_trial(conn: Connection, run_id: UUID) -> RuleTable:
    row = await conn.fetchrow("SELECT content FROM triage_dry_runs WHERE id = $1", run_id)
    return _table(row)


async def tell_progress(conn: Connection, run_id: UUID, share: float, outcome: RunOutcome) -> bool:
    """False when it is over already: cancelled, or done by another worker."""
    status: str = await conn.execute(
        "UPDATE triage_dry_runs SET state = 'running', share = $2, outcome = $3::jsonb "
        "WHERE id = $1 AND finished_at IS NULL",
        run_id,
        share,
        _json(outcome),
    )
    return status == "UPDATE 1"


async def finish_run(conn: Connection, run_id: UUID, state: RunState, now: datetime) -> bool:
    """False when it was over already."""
    status: str = await conn.execute(
        "UPDATE triage_dry_runs SET state = $2, finished_at = $3, share = CASE WHEN $2 = 'done' THEN 1 ELSE share END "
        "WHERE id = $1 AND finished_at IS NULL",
        run_id,
        state.value,
        now,
    )
    return status == "UPDATE 1"


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _table(row: "asyncpg.Record | None") -> RuleTable:
    return msgspec.json.decode(row["content"] if row else "", type=RuleTable)


def _rules(content: str | None) -> list[TriageRule]:
    return msgspec.json.decode(content or "[]", type=list[TriageRule])


def _version(row: asyncpg.Record) -> RuleVersion:
    head = {name: row[name] for name in RuleVersionHead.__struct_fields__}
    return RuleVersion(RuleVersionHead(**head), _table(row))


def _run(row: asyncpg.Record) -> DryRun:
    told = {**row, "state": RunState(row["state"]), "outcome": msgspec.json.decode(row["outcome"], type=RunOutcome)}
    return DryRun(**told)
