"""Single tickets: opening, reading, saving, and what was changed of them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

import asyncpg

from yingda.infra.database import Connection
from yingda.kit.clock import SHANGHAI
from yingda.tickets.errors import ReferenceMissing
from yingda.tickets.kinds import UNDONE
from yingda.tickets.repository.rows import CHANGE, TICKET, as_json, to_change, to_ticket
from yingda.tickets.schemas import Ticket, TicketHistoryEntry


async def next_number(conn: Connection, now: datetime) -> str:
    """As people read it out: YD-2026-000123. Counts on over the years."""
    serial = await conn.fetchval("SELECT nextval('ticket_numbers')")
    return f"YD-{now.astimezone(SHANGHAI).year}-{serial:06d}"


async def add(conn: Connection, ticket: Ticket, terms: list[str], idempotency_key: str | None) -> bool:
    """Store a new one; False if the key was used before. Raises `ReferenceMissing`."""
    try:
        status: str = await conn.execute(
            "INSERT INTO tickets (id, number, kind_id, state, category, level, title, description, department_id, "
            "owner_id, source, opened_by, opened_by_name, customer_id, parent_id, fields, checklist, watcher_ids, "
            "label_ids, created_at, updated_at, terms, idempotency_key) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, "
            "$10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $20, $21, $22) "
            "ON CONFLICT (idempotency_key) WHERE idempotency_key IS NOT NULL DO NOTHING",
            ticket.id,
            ticket.number,
            ticket.kind_id,
            ticket.state,
            ticket.category.value,
            ticket.level,
            ticket.title,
            ticket.description,
            ticket.department_id,
            ticket.owner_id,
            ticket.source,
            ticket.opened_by,
            ticket.opened_by_name,
            ticket.customer_id,
            ticket.parent_id,
            as_json(ticket.fields),
            as_json(ticket.checklist),
            ticket.watcher_ids,
            ticket.label_ids,
            ticket.created_at,
            terms,
            idempotency_key,
        )
    except asyncpg.ForeignKeyViolationError:
        raise ReferenceMissing from None
    return status == "INSERT 0 1"


async def save(conn: Connection, ticket: Ticket, terms: list[str]) -> None:
    """Store what may change of a locked one. Raises `ReferenceMissing`."""
    try:
        await conn.execute(
            "UPDATE tickets SET state = $2, category = $3, level = $4, title = $5, description = $6, "
            "department_id = $7, owner_id = $8, customer_id = $9, parent_id = $10, merged_into_id = $11, fields = $12, "
            "checklist = $13, watcher_ids = $14, label_ids = $15, due_at = $16, updated_at = $17, resolved_at = $18, "
            "version = $19, terms = $20, reopened = reopened "
            "+ (category IN ('resolved', 'closed') AND $3 IN ('open', 'waiting'))::int WHERE id = $1",
            ticket.id,
            ticket.state,
            ticket.category.value,
            ticket.level,
            ticket.title,
            ticket.description,
            ticket.department_id,
            ticket.owner_id,
            ticket.customer_id,
            ticket.parent_id,
            ticket.merged_into_id,
            as_json(ticket.fields),
            as_json(ticket.checklist),
            ticket.watcher_ids,
            ticket.label_ids,
            ticket.due_at,
            ticket.updated_at,
            ticket.resolved_at,
            ticket.version,
            terms,
        )
    except asyncpg.ForeignKeyViolationError:
        raise ReferenceMissing from None


async def set_due(conn: Connection, ticket_id: UUID, due_at: datetime | None) -> None:
    await conn.execute("UPDATE tickets SET due_at = $2 WHERE id = $1", ticket_id, due_at)


async def count_comment(conn: Connection, ticket_id: UUID, watcher_ids: list[UUID], now: datetime) -> None:
    """A comment was added; who watches the ticket now. No change that could contradict somebody else's."""
    await conn.execute(
        "UPDATE tickets SET watcher_ids = $2, updated_at = $3, commented = commented + 1 WHERE id = $1",
        ticket_id,
        watcher_ids,
        now,
    )


async def touch(conn: Connection, ticket_id: UUID, watcher_ids: list[UUID], now: datetime) -> None:
    """Who watches it now. No change that could contradict somebody else's."""
    await conn.execute(
        "UPDATE tickets SET watcher_ids = $2, updated_at = $3 WHERE id = $1", ticket_id, watcher_ids, now
    )


async def get(conn: Connection, ticket_id: UUID, *, lock: bool = False) -> Ticket | None:
    sql = f"SELECT {TICKET} FROM tickets t WHERE t.id = $1" + (" FOR UPDATE" if lock else "")
    row = await conn.fetchrow(sql, ticket_id)
    return to_ticket(row) if row else None


async def try_lock(conn: Connection, ticket_ids: list[UUID]) -> UUID | None:
    """Lock the first of these, in the given order, that nobody else holds; None if all are held."""
    return await conn.fetchval(  # type: ignore[no-any-return]
        "SELECT t.id FROM unnest($1::uuid[]) WITH ORDINALITY AS w(id, place) JOIN tickets t USING (id) "
        "ORDER BY place LIMIT 1 FOR UPDATE OF t SKIP LOCKED",
        ticket_ids,
    )


async def lock_linked(conn: Connection, conversation_ids: Sequence[UUID]) -> None:
    """Those that are about these conversations, always in the same order."""
    await conn.execute(
        "SELECT FROM tickets WHERE id IN (SELECT ticket_id FROM ticket_links WHERE conversation_id = ANY($1::uuid[])) "
        "ORDER BY id FOR UPDATE",
        conversation_ids,
    )


async def by_key(conn: Connection, idempotency_key: str) -> Ticket | None:
    row = await conn.fetchrow(f"SELECT {TICKET} FROM tickets t WHERE t.idempotency_key = $1", idempotency_key)
    return to_ticket(row) if row else None


async def by_ids(conn: Connection, ticket_ids: Collection[UUID]) -> dict[UUID, Ticket]:
    rows = await conn.fetch(f"SELECT {TICKET} FROM tickets t WHERE t.id = ANY($1::uuid[])", list(ticket_ids))
    return {row["id"]: to_ticket(row) for row in rows}


async def parts_of(conn: Connection, ticket_id: UUID) -> list[Ticket]:
    """Its sub-tickets, in the order in which they were opened."""
    rows = await conn.fetch(f"SELECT {TICKET} FROM tickets t WHERE t.parent_id = $1 ORDER BY t.id", ticket_id)
    return [to_ticket(row) for row in rows]


async def count_undone_parts(conn: Connection, ticket_id: UUID) -> int:
    sql = "SELECT count(*) FROM tickets WHERE parent_id = $1 AND category = ANY($2::text[])"
    return int(await conn.fetchval(sql, ticket_id, list(UNDONE)))


async def has_undone(conn: Connection, customer_id: UUID) -> bool:
    sql = "SELECT EXISTS (SELECT FROM tickets WHERE customer_id = $1 AND category = ANY($2::text[]))"
    return bool(await conn.fetchval(sql, customer_id, list(UNDONE)))


async def give_parts(conn: Connection, from_id: UUID, to_id: UUID) -> None:
    await conn.execute("UPDATE tickets SET parent_id = $2 WHERE parent_id = $1", from_id, to_id)


async def move_to_customer(conn: Connection, conversation_ids: Sequence[UUID], customer_id: UUID) -> None:
    """The tickets about these conversations are this customer's."""
    await conn.execute(
        "UPDATE tickets SET customer_id = $2 WHERE customer_id IS DISTINCT FROM $2 AND id IN "
        "(SELECT ticket_id FROM ticket_links WHERE conversation_id = ANY($1::uuid[]))",
        conversation_ids,
        customer_id,
    )


async def add_change(conn: Connection, ticket_id: UUID, entry: TicketHistoryEntry) -> None:
    await conn.execute(
        "INSERT INTO ticket_changes (id, ticket_id, at, actor_id, actor_name, action, before, after, reason) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        entry.id,
        ticket_id,
        entry.at,
        entry.actor_id,
        entry.actor_name,
        entry.action,
        as_json(entry.before),
        as_json(entry.after),
        entry.reason,
    )


async def changes_of(conn: Connection, ticket_id: UUID, before: UUID | None, limit: int) -> list[TicketHistoryEntry]:
    """Latest first."""
    rows = await conn.fetch(
        f"SELECT {CHANGE} FROM ticket_changes WHERE ticket_id = $1 AND ($2::uuid IS NULL OR id < $2) "
        "ORDER BY id DESC LIMIT $3",
        ticket_id,
        before,
        limit,
    )
    return [to_change(row) for row in rows]
