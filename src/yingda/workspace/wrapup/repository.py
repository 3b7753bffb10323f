"""All SQL of wrap-ups."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import asyncpg

from yingda.infra.database import Connection, count_of
from yingda.workspace.wrapup.schemas import Result, WrapUp

_WRAP_UP = "id, conversation_id, predicted, category, cause, result, summary, staff_id, staff_name, created_at"


async def add(conn: Connection, wrap_up: WrapUp) -> None:
    await conn.execute(
        f"INSERT INTO wrapups ({_WRAP_UP}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        wrap_up.id,
        wrap_up.conversation_id,
        wrap_up.predicted,
        wrap_up.category,
        wrap_up.cause,
        wrap_up.result.value,
        wrap_up.summary,
        wrap_up.staff_id,
        wrap_up.staff_name,
        wrap_up.created_at,
    )


async def of_conversation(conn: Connection, conversation_id: UUID, limit: int) -> list[WrapUp]:
    """Latest first."""
    rows = await conn.fetch(
        f"SELECT {_WRAP_UP} FROM wrapups WHERE conversation_id = $1 ORDER BY id DESC LIMIT $2", conversation_id, limit
    )
    return [_wrap_up(row) for row in rows]


async def join(conn: Connection, source_id: UUID, target_id: UUID) -> None:
    await conn.execute("UPDATE wrapups SET conversation_id = $2 WHERE conversation_id = $1", source_id, target_id)


def _wrap_up(row: asyncpg.Record) -> WrapUp:
    return WrapUp(**{**row, "result": Result(row["result"])})


async def told_of(conn: Connection, conversation_ids: Sequence[UUID]) -> list[dict[str, Any]]:
    """Oldest first."""
    rows = await conn.fetch(
        "SELECT category, cause, result, summary, created_at FROM wrapups WHERE conversation_id = ANY($1) ORDER BY id",
        list(conversation_ids),
    )
    return [dict(row) for row in rows]


async def strip(conn: Connection, conversation_ids: Sequence[UUID]) -> int:
    """Take the words away."""
    return count_of(
        await conn.execute("UPDATE wrapups SET summary = '' WHERE conversation_id = ANY($1)", list(conversation_ids))
    )
