"""Tickets of a customer, to be copied out or stripped of whatever tells of a person."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec

from yingda.infra.database import Connection, count_of

#: What stands where a title was.
ERASED = "[已删除]"
_THEIRS = "(SELECT id FROM tickets WHERE customer_id = ANY($1))"


async def ids_of(conn: Connection, customer_ids: Sequence[UUID]) -> list[UUID]:
    rows = await conn.fetch("SELECT id FROM tickets WHERE customer_id = ANY($1) ORDER BY id", list(customer_ids))
    return [row["id"] for row in rows]


async def tickets_of(conn: Connection, customer_ids: Sequence[UUID]) -> list[dict[str, Any]]:
    rows = await conn.fetch(
        "SELECT number, state, level, title, description, fields, created_at, resolved_at FROM tickets "
        "WHERE customer_id = ANY($1) ORDER BY id",
        list(customer_ids),
    )
    return [dict(row, fields=msgspec.json.decode(row["fields"])) for row in rows]


async def comments_of(conn: Connection, customer_ids: Sequence[UUID]) -> list[dict[str, Any]]:
    """What was told to the customer."""
    rows = await conn.fetch(
        "SELECT t.number, c.text, c.created_at FROM ticket_comments c JOIN tickets t ON t.id = c.ticket_id "
        "WHERE t.customer_id = ANY($1) AND c.public ORDER BY c.id",
        list(customer_ids),
    )
    return [dict(row) for row in rows]


async def strip(conn: Connection, customer_ids: Sequence[UUID]) -> int:
    ids = list(customer_ids)
    await conn.execute(
        f"UPDATE ticket_comments SET text = '', mentions = '[]', attachments = '[]', terms = '{{}}' "
        f"WHERE ticket_id IN {_THEIRS}",
        ids,
    )
    await conn.execute(
        f"UPDATE ticket_changes SET before = '{{}}', after = '{{}}', reason = NULL WHERE ticket_id IN {_THEIRS}", ids
    )
    return count_of(
        await conn.execute(
            "UPDATE tickets SET title = $2, description = '', fields = '{}', terms = '{}' WHERE customer_id = ANY($1)",
            ids,
            ERASED,
        )
    )
