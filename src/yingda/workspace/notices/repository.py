"""All SQL of notices."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from yingda.infra.database import Connection, count_of
from yingda.workspace.notices.schemas import Notice, NoticeKind

_ABOUT = "(conversation_id = ANY($1) OR ticket_id = ANY($2)) AND kind = ANY($3)"
_NOTICE = "id, staff_id, kind, conversation_id, ticket_id, seq, actor_name, text, details, created_at, read_at"


async def add(conn: Connection, notices: list[Notice]) -> None:
    await conn.executemany(
        f"INSERT INTO notices ({_NOTICE}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        [_values(notice) for notice in notices],
    )


async def of_staff(conn: Connection, staff_id: UUID, before: UUID | None, limit: int) -> list[Notice]:
    """Newest first."""
    rows = await conn.fetch(
        f"SELECT {_NOTICE} FROM notices WHERE staff_id = $1 AND ($2::uuid IS NULL OR id < $2) "
        "ORDER BY id DESC LIMIT $3",
        staff_id,
        before,
        limit,
    )
    return [_notice(row) for row in rows]


async def by_id(conn: Connection, ids: list[UUID]) -> list[Notice]:
    rows = await conn.fetch(f"SELECT {_NOTICE} FROM notices WHERE id = ANY($1::uuid[]) ORDER BY id", ids)
    return [_notice(row) for row in rows]


async def count_unread(conn: Connection, staff_id: UUID) -> int:
    return int(await conn.fetchval("SELECT count(*) FROM notices WHERE staff_id = $1 AND read_at IS NULL", staff_id))


async def mark_read(conn: Connection, staff_id: UUID, notice_id: UUID, now: datetime) -> bool:
    """Whether it is one of theirs."""
    status: str = await conn.execute(
        "UPDATE notices SET read_at = coalesce(read_at, $3) WHERE id = $2 AND staff_id = $1", staff_id, notice_id, now
    )
    return status != "UPDATE 0"


async def mark_read_up_to(conn: Connection, staff_id: UUID, notice_id: UUID, now: datetime) -> None:
    await conn.execute(
        "UPDATE notices SET read_at = $3 WHERE staff_id = $1 AND id <= $2 AND read_at IS NULL", staff_id, notice_id, now
    )


async def join(conn: Connection, source_id: UUID, target_id: UUID, offset: int) -> None:
    await conn.execute(
        "UPDATE notices SET conversation_id = $2, seq = seq + $3 WHERE conversation_id = $1",
        source_id,
        target_id,
        offset,
    )


async def worded(
    conn: Connection, conversation_ids: Sequence[UUID], ticket_ids: Sequence[UUID], kinds: Sequence[NoticeKind]
) -> list[dict[str, Any]]:
    """What stands in these kinds of notices about these conversations and tickets, oldest first."""
    rows = await conn.fetch(
        f"SELECT kind, text, created_at FROM notices WHERE {_ABOUT} AND text <> '' ORDER BY id",
        conversation_ids,
        ticket_ids,
        kinds,
    )
    return [dict(row) for row in rows]


async def strip(
    conn: Connection, conversation_ids: Sequence[UUID], ticket_ids: Sequence[UUID], kinds: Sequence[NoticeKind]
) -> int:
    """Take the words away; that somebody was told of something stays."""
    return count_of(
        await conn.execute(
            f"UPDATE notices SET text = '', details = details - 'reason' WHERE {_ABOUT}",
            conversation_ids,
            ticket_ids,
            kinds,
        )
    )


async def purge(conn: Connection, before: datetime) -> None:
    await conn.execute("DELETE FROM notices WHERE created_at < $1", before)


def _values(notice: Notice) -> list[Any]:
    plain = msgspec.structs.asdict(notice)
    return list((plain | {"details": msgspec.json.encode(notice.details).decode()}).values())


def _notice(row: asyncpg.Record) -> Notice:
    return Notice(**{**row, "kind": NoticeKind(row["kind"]), "details": msgspec.json.decode(row["details"])})
