"""What tickets are about, and how they stand to each other."""

from datetime import datetime
from uuid import UUID

import asyncpg

from yingda.infra.database import Connection
from yingda.tickets.errors import ReferenceMissing
from yingda.tickets.repository.rows import LINK, to_link
from yingda.tickets.schemas import Link


async def add(conn: Connection, link: Link, added_by: UUID | None, now: datetime) -> bool:
    """Whether it was not there before. Raises `ReferenceMissing`."""
    try:
        status: str = await conn.execute(
            f"INSERT INTO ticket_links ({LINK}, added_by, added_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) "
            "ON CONFLICT DO NOTHING",
            link.id,
            link.ticket_id,
            link.conversation_id,
            link.seq,
            link.shop,
            link.order_no,
            link.other_id,
            link.relation.value if link.relation else None,
            added_by,
            now,
        )
    except asyncpg.ForeignKeyViolationError:
        raise ReferenceMissing from None
    return status == "INSERT 0 1"


async def remove(conn: Connection, ticket_id: UUID, link_id: UUID) -> Link | None:
    """What it was; a link to another ticket can be taken off at either end."""
    row = await conn.fetchrow(
        f"DELETE FROM ticket_links WHERE id = $2 AND (ticket_id = $1 OR other_id = $1) RETURNING {LINK}",
        ticket_id,
        link_id,
    )
    return to_link(row) if row else None


async def of_ticket(conn: Connection, ticket_id: UUID) -> list[Link]:
    """Its own, and those by which other tickets point to it."""
    rows = await conn.fetch(
        f"SELECT {LINK} FROM ticket_links WHERE ticket_id = $1 OR other_id = $1 ORDER BY id", ticket_id
    )
    return [to_link(row) for row in rows]


async def latest_conversation(conn: Connection, ticket_id: UUID) -> UUID | None:
    """The conversation that was linked last: where the customer is told something."""
    return await conn.fetchval(  # type: ignore[no-any-return]
        "SELECT conversation_id FROM ticket_links WHERE ticket_id = $1 AND conversation_id IS NOT NULL "
        "ORDER BY id DESC LIMIT 1",
        ticket_id,
    )


async def join_conversations(conn: Connection, source_id: UUID, target_id: UUID, offset: int) -> None:
    """Links to the source lead to the same messages of the target, once each."""
    await conn.execute(
        "DELETE FROM ticket_links s USING ticket_links t WHERE s.conversation_id = $1 AND s.seq IS NULL "
        "AND t.ticket_id = s.ticket_id AND t.conversation_id = $2 AND t.seq IS NULL",
        source_id,
        target_id,
    )
    await conn.execute(
        "UPDATE ticket_links SET conversation_id = $2, seq = seq + $3 WHERE conversation_id = $1",
        source_id,
        target_id,
        offset,
    )


async def give(conn: Connection, from_id: UUID, to_id: UUID) -> None:
    """All links of one ticket become another's, except those that it has already, and those between the two."""
    await conn.execute(
        "DELETE FROM ticket_links WHERE (ticket_id, other_id) IN (($1::uuid, $2::uuid), ($2::uuid, $1::uuid))",
        from_id,
        to_id,
    )
    await conn.execute(
        "DELETE FROM ticket_links s USING ticket_links t WHERE s.ticket_id = $1 AND t.ticket_id = $2 AND "
        "(s.conversation_id, s.seq, s.shop, s.order_no, s.other_id, s.relation) IS NOT DISTINCT FROM "
        "(t.conversation_id, t.seq, t.shop, t.order_no, t.other_id, t.relation)",
        from_id,
        to_id,
    )
    await conn.execute("UPDATE ticket_links SET ticket_id = $2 WHERE ticket_id = $1", from_id, to_id)
    await conn.execute(
        "DELETE FROM ticket_links s USING ticket_links t WHERE s.other_id = $1 AND t.other_id = $2 "
        "AND s.ticket_id = t.ticket_id AND s.relation = t.relation",
        from_id,
        to_id,
    )
    await conn.execute("UPDATE ticket_links SET other_id = $2 WHERE other_id = $1", from_id, to_id)
