"""All SQL of promises."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from yingda.infra.database import Connection, count_of
from yingda.workspace.promises.schemas import Promise, PromiseState, Wanted

_PROMISE = "id, conversation_id, customer_id, owner_id, owner_name, text, seq, due_at, state"


async def add(conn: Connection, promise: Promise, now: datetime) -> None:
    await conn.execute(
        f"INSERT INTO promises ({_PROMISE}, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        promise.id,
        promise.conversation_id,
        promise.customer_id,
        promise.owner_id,
        promise.owner_name,
        promise.text,
        promise.seq,
        promise.due_at,
        promise.state.value,
        now,
    )


async def get(conn: Connection, promise_id: UUID, *, lock: bool = False) -> Promise | None:
    suffix = " FOR UPDATE" if lock else ""
    row = await conn.fetchrow(f"SELECT {_PROMISE} FROM promises WHERE id = $1{suffix}", promise_id)
    return _promise(row) if row else None


async def find(conn: Connection, wanted: Wanted, limit: int) -> list[Promise]:
    """The next due first."""
    rows = await conn.fetch(
        f"SELECT {_PROMISE} FROM promises WHERE ($1::uuid IS NULL OR conversation_id = $1) "
        "AND ($2::uuid IS NULL OR customer_id = $2) AND ($3::uuid IS NULL OR owner_id = $3) "
        "AND ($4::text IS NULL OR state = $4) ORDER BY due_at, id LIMIT $5",
        wanted.conversation_id,
        wanted.customer_id,
        wanted.owner_id,
        wanted.state.value if wanted.state else None,
        limit,
    )
    return [_promise(row) for row in rows]


async def close(conn: Connection, promise_id: UUID, state: PromiseState, by: UUID, now: datetime) -> None:
    await conn.execute(
        "UPDATE promises SET state = $2, closed_by = $3, closed_at = $4 WHERE id = $1",
        promise_id,
        state.value,
        by,
        now,
    )


async def due(conn: Connection, now: datetime, limit: int) -> list[Promise]:
    """Open promises whose moment has come and of which nobody has been reminded."""
    rows = await conn.fetch(
        f"SELECT {_PROMISE} FROM promises WHERE state = 'open' AND reminded_at IS NULL AND due_at <= $1 "
        "ORDER BY due_at LIMIT $2",
        now,
        limit,
    )
    return [_promise(row) for row in rows]


async def claim_due(conn: Connection, conversation_id: UUID, now: datetime) -> Promise | None:
    """Mark one due promise of a conversation, which is locked, as reminded of."""
    row = await conn.fetchrow(
        "UPDATE promises SET reminded_at = $2 WHERE id = (SELECT id FROM promises WHERE conversation_id = $1 "
        "AND state = 'open' AND reminded_at IS NULL AND due_at <= $2 ORDER BY due_at LIMIT 1) "
        f"RETURNING {_PROMISE}",
        conversation_id,
        now,
    )
    return _promise(row) if row else None


async def join(conn: Connection, source_id: UUID, target_id: UUID, customer_id: UUID, offset: int) -> None:
    """The promises of one conversation are another's now."""
    await conn.execute(
        "UPDATE promises SET conversation_id = $2, customer_id = $3, seq = seq + $4 WHERE conversation_id = $1",
        source_id,
        target_id,
        customer_id,
        offset,
    )


async def move(conn: Connection, conversation_ids: tuple[UUID, ...], customer_id: UUID) -> None:
    await conn.execute(
        "UPDATE promises SET customer_id = $2 WHERE conversation_id = ANY($1::uuid[])", conversation_ids, customer_id
    )


def _promise(row: asyncpg.Record) -> Promise:
    return Promise(**{**row, "state": PromiseState(row["state"])})


async def told_of(conn: Connection, customer_ids: Sequence[UUID]) -> list[dict[str, Any]]:
    """Oldest first."""
    rows = await conn.fetch(
        "SELECT text, due_at, state, created_at FROM promises WHERE customer_id = ANY($1) ORDER BY id",
        list(customer_ids),
    )
    return [dict(row) for row in rows]


async def strip(conn: Connection, customer_ids: Sequence[UUID]) -> int:
    """Take the words away."""
    return count_of(await conn.execute("UPDATE promises SET text = '' WHERE customer_id = ANY($1)", list(customer_ids)))
