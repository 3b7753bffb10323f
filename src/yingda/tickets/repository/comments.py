"""Comments of tickets, and the meetings that some of them come from."""

from collections.abc import Sequence
from uuid import UUID

from yingda.infra.database import Connection
from yingda.tickets.repository.rows import COMMENT, as_json, to_comment
from yingda.tickets.schemas import TicketComment


async def add(conn: Connection, comment: TicketComment, terms: list[str], idempotency_key: str | None) -> None:
    """To a locked ticket: nobody else uses the key meanwhile."""
    await conn.execute(
        f"INSERT INTO ticket_comments ({COMMENT}, terms, idempotency_key) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        comment.id,
        comment.ticket_id,
        comment.author_id,
        comment.author_name,
        comment.text,
        comment.public,
        as_json(comment.mentions),
        as_json(comment.attachments),
        comment.meeting_id,
        comment.created_at,
        terms,
        idempotency_key,
    )


async def by_key(conn: Connection, idempotency_key: str) -> TicketComment | None:
    row = await conn.fetchrow(f"SELECT {COMMENT} FROM ticket_comments WHERE idempotency_key = $1", idempotency_key)
    return to_comment(row) if row else None


async def of_ticket(conn: Connection, ticket_id: UUID, after: UUID | None, limit: int) -> list[TicketComment]:
    """Oldest first."""
    rows = await conn.fetch(
        f"SELECT {COMMENT} FROM ticket_comments WHERE ticket_id = $1 AND ($2::uuid IS NULL OR id > $2) "
        "ORDER BY id LIMIT $3",
        ticket_id,
        after,
        limit,
    )
    return [to_comment(row) for row in rows]


async def count(conn: Connection, ticket_id: UUID) -> int:
    return int(await conn.fetchval("SELECT count(*) FROM ticket_comments WHERE ticket_id = $1", ticket_id))


async def has_file(conn: Connection, ticket_id: UUID, file_id: UUID) -> bool:
    """Whether a comment of this ticket carries the file."""
    return bool(
        await conn.fetchval(
            "SELECT EXISTS (SELECT FROM ticket_comments WHERE ticket_id = $1 AND attachments @> $2::jsonb)",
            ticket_id,
            as_json([{"file_id": str(file_id)}]),
        )
    )


async def give(conn: Connection, from_id: UUID, to_id: UUID) -> None:
    await conn.execute(
        "WITH given AS (UPDATE ticket_comments SET ticket_id = $2 WHERE ticket_id = $1 RETURNING id) "
        "UPDATE tickets SET commented = CASE WHEN id = $1 THEN 0 ELSE commented + (SELECT count(*) FROM given) END "
        "WHERE id IN ($1, $2)",
        from_id,
        to_id,
    )


async def of_meeting(conn: Connection, meeting_id: UUID) -> Sequence[TicketComment]:
    rows = await conn.fetch(f"SELECT {COMMENT} FROM ticket_comments WHERE meeting_id = $1 ORDER BY id", meeting_id)
    return [to_comment(row) for row in rows]
