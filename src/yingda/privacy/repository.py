"""All SQL of the audit trail and of consents."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from yingda.infra.database import Connection, count_of
from yingda.kit.ids import new_id
from yingda.privacy.rules import GENESIS
from yingda.privacy.schemas import (
    AuditEntry,
    AuditFilter,
    AuditObject,
    Consent,
    ConsentPurpose,
    Consents,
    ConsentState,
    Verdict,
)

_LOCK = 0x61756469


async def lock_head(conn: Connection) -> Verdict:
    """Where the trail ends; until this transaction ends nobody else adds to it."""
    await conn.execute("SELECT pg_advisory_xact_lock($1)", _LOCK)
    row = await conn.fetchrow("SELECT number, hash FROM audit_entries ORDER BY number DESC LIMIT 1")
    return Verdict(row["number"], row["hash"]) if row else Verdict(0, GENESIS)


async def add(conn: Connection, entry: AuditEntry) -> None:
    await conn.execute(
        "INSERT INTO audit_entries (number, id, at, actor_id, actor_name, via, action, object_kind, object_id, "
        "reason, before, after, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        entry.number,
        entry.id,
        entry.at,
        entry.actor_id,
        entry.actor_name,
        entry.via,
        entry.action,
        entry.object.kind,
        entry.object.id,
        entry.reason,
        _text(entry.before),
        _text(entry.after),
        entry.hash,
    )


async def latest(conn: Connection, wanted: AuditFilter, before: int | None, limit: int) -> list[AuditEntry]:
    """Latest first, those before a number."""
    rows = await conn.fetch(
        "SELECT * FROM audit_entries WHERE ($1::uuid IS NULL OR actor_id = $1) AND ($2::text IS NULL OR action = $2) "
        "AND ($3::text IS NULL OR object_kind = $3) AND ($4::text IS NULL OR object_id = $4) "
        "AND ($5::date IS NULL OR at >= $5::timestamp AT TIME ZONE 'Asia/Shanghai') "
        "AND ($6::date IS NULL OR at < ($6 + 1)::timestamp AT TIME ZONE 'Asia/Shanghai') "
        "AND ($7::bigint IS NULL OR number < $7) ORDER BY number DESC LIMIT $8",
        wanted.actor_id,
        wanted.action,
        wanted.object_kind,
        wanted.object_id,
        wanted.since,
        wanted.until,
        before,
        limit,
    )
    return [_entry(row) for row in rows]


async def following(conn: Connection, number: int | None, limit: int) -> list[AuditEntry]:
    """The entries after a number, or from the very first, in their order."""
    sql = "SELECT * FROM audit_entries WHERE $1::bigint IS NULL OR number > $1 ORDER BY number LIMIT $2"
    return [_entry(row) for row in await conn.fetch(sql, number, limit)]


def _entry(row: asyncpg.Record) -> AuditEntry:
    plain = dict(row, before=_value(row["before"]), after=_value(row["after"]))
    target = AuditObject(plain.pop("object_kind"), plain.pop("object_id"))
    return AuditEntry(**plain, object=target)


def _text(value: dict[str, Any] | None) -> str | None:
    return None if value is None else msgspec.json.encode(value).decode()


def _value(text: str | None) -> dict[str, Any] | None:
    return None if text is None else msgspec.json.decode(text)


async def consents(conn: Connection, customer_id: UUID) -> Consents:
    rows = await conn.fetch(
        "SELECT DISTINCT ON (purpose) purpose, state FROM consents WHERE customer_id = $1 ORDER BY purpose, id DESC",
        customer_id,
    )
    return {ConsentPurpose(row["purpose"]): ConsentState(row["state"]) for row in rows}


async def add_consents(conn: Connection, customer_id: UUID, answers: Sequence[Consent]) -> None:
    await conn.executemany(
        "INSERT INTO consents (id, customer_id, purpose, state, at, conversation_id, seq) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7)",
        [
            (new_id(), customer_id, one.purpose.value, one.state.value, one.at, one.conversation_id, one.seq)
            for one in answers
        ],
    )


async def all_consents(conn: Connection, customer_ids: Sequence[UUID]) -> list[Consent]:
    """Oldest first."""
    rows = await conn.fetch(
        "SELECT purpose, state, at, conversation_id, seq FROM consents WHERE customer_id = ANY($1) ORDER BY id",
        list(customer_ids),
    )
    return [msgspec.convert(dict(row), Consent) for row in rows]


async def drop_consents(conn: Connection, customer_ids: Sequence[UUID]) -> int:
    return count_of(await conn.execute("DELETE FROM consents WHERE customer_id = ANY($1)", list(customer_ids)))
