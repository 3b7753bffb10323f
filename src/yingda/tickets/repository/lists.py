"""Lists of tickets, boards, and what their cards show."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from yingda.infra.database import Connection
from yingda.infra.where import Where
from yingda.kit.clock import SHANGHAI
from yingda.tickets.kinds import UNDONE
from yingda.tickets.pages import Due, TicketCounts, TicketFilter, TicketSort
from yingda.tickets.repository.rows import TICKET, to_ticket
from yingda.tickets.schemas import Progress, Ticket, TicketVisibility

#: Most urgent first.
URGENCY = "t.level DESC, t.due_at, t.id"
_UNDONE = "('open', 'waiting')"
_SORTS = {
    TicketSort.UPDATED: ("t.updated_at", "DESC", "<", "timestamptz"),
    TicketSort.CREATED: ("t.created_at", "DESC", "<", "timestamptz"),
    TicketSort.DUE: ("coalesce(t.due_at, 'infinity')", "ASC", ">", "timestamptz"),
    TicketSort.LEVEL: ("(5 - t.level) * 1e11 + coalesce(extract(epoch FROM t.due_at), 1e10)", "ASC", ">", "numeric"),
}


def restrict(where: Where, visibility: TicketVisibility) -> None:
    if not visibility.everything:
        where.add(
            "t.department_id = ANY({0}::uuid[]) OR t.owner_id = {1} OR t.opened_by = {1} "
            "OR t.watcher_ids @> ARRAY[{1}::uuid]",
            list(visibility.department_ids),
            visibility.staff_id,
        )


def apply(where: Where, wanted: TicketFilter, now: datetime) -> None:
    equal = ("kind_id", "state", "department_id", "owner_id", "opened_by", "level", "customer_id", "parent_id")
    for column in equal:
        if (value := getattr(wanted, column)) is not None:
            where.add(f"t.{column} = {{}}", value)
    if wanted.categories:
        where.add("t.category = ANY({}::text[])", [category.value for category in wanted.categories])
    if wanted.unowned:
        where.add("t.owner_id IS NULL")
    if wanted.watched_by:
        where.add("t.watcher_ids @> ARRAY[{}::uuid]", wanted.watched_by)
    if wanted.label_id:
        where.add("t.label_ids @> ARRAY[{}::uuid]", wanted.label_id)
    if wanted.due:
        _apply_due(where, wanted.due, now)
    _apply_sets(where, wanted)


def _apply_sets(where: Where, wanted: TicketFilter) -> None:
    """What stands in other tables: found first, since it is little."""
    if wanted.conversation_id:
        where.add("t.id IN (SELECT ticket_id FROM ticket_links WHERE conversation_id = {})", wanted.conversation_id)
    if wanted.order_no:
        where.add("t.id IN (SELECT ticket_id FROM ticket_links WHERE order_no = {})", wanted.order_no)
    if wanted.terms:
        where.add(
            "t.id IN (SELECT id FROM tickets WHERE terms @> {0}::text[] "
            "UNION SELECT ticket_id FROM ticket_comments WHERE terms @> {0}::text[])",
            wanted.terms,
        )


def _apply_due(where: Where, due: Due, now: datetime) -> None:
    where.add(f"t.category IN {_UNDONE}")
    midnight = now.astimezone(SHANGHAI).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    match due:
        case Due.OVERDUE:
            where.add("t.due_at < {}", now)
        case Due.TODAY:
            where.add("t.due_at < {}", midnight)
        case Due.WEEK:
            where.add("t.due_at < {}", now + timedelta(days=7))
        case Due.NONE:
            where.add("t.due_at IS NULL")


async def list_visible(
    conn: Connection,
    wanted: TicketFilter,
    visibility: TicketVisibility,
    now: datetime,
    after: tuple[str, UUID] | None,
    limit: int,
) -> list[tuple[Ticket, str]]:
    """Tickets with their sort keys (as text, for the cursor), `limit` of them, after the given key."""
    column, direction, beyond, kind = _SORTS[wanted.sort]
    where = Where()
    apply(where, wanted, now)
    restrict(where, visibility)
    if after:
        where.add(f"({column}, t.id) {beyond} ({{}}::text::{kind}, {{}})", *after)
    rows = await conn.fetch(
        f"SELECT {TICKET}, ({column})::text AS sort_key FROM tickets t WHERE {where} "
        f"ORDER BY {column} {direction}, t.id {direction} LIMIT {int(limit)}",
        *where.arguments,
    )
    return [(to_ticket(row), row["sort_key"]) for row in rows]


async def undone_of(conn: Connection, customer_id: UUID) -> list[Ticket]:
    """What is still to be done for a customer, latest first."""
    rows = await conn.fetch(
        f"SELECT {TICKET} FROM tickets t WHERE t.customer_id = $1 AND t.category IN ('open', 'waiting') "
        "ORDER BY t.id DESC LIMIT 20",
        customer_id,
    )
    return [to_ticket(row) for row in rows]


async def of_customer(conn: Connection, conversation_id: UUID, customer_id: UUID, limit: int) -> list[Ticket]:
    """Latest first."""
    rows = await conn.fetch(
        f"SELECT {TICKET} FROM tickets t WHERE t.id IN (SELECT ticket_id FROM ticket_links WHERE conversation_id = $1 "
        "UNION SELECT id FROM tickets WHERE customer_id = $2) ORDER BY t.id DESC LIMIT $3",
        conversation_id,
        customer_id,
        limit,
    )
    return [to_ticket(row) for row in rows]


class Column(msgspec.Struct, frozen=True):
    """A column of a board as the database fills it."""

    key: str
    count: int
    tickets: list[Ticket]


async def columns(
    conn: Connection,
    keys: list[str],
    wanted: TicketFilter,
    visibility: TicketVisibility,
    now: datetime,
    limit: int,
    *,
    by_state: bool,
) -> list[Column]:
    """For each key, a state or else a category, its first tickets and how many there are."""
    column = "state" if by_state else "category"
    where = Where()
    place = where.place(keys)
    apply(where, wanted, now)
    restrict(where, visibility)
    counts = await conn.fetch(
        f"SELECT t.{column} AS key, count(*) AS count FROM tickets t "
        f"WHERE t.{column} = ANY({place}::text[]) AND {where} GROUP BY 1",
        *where.arguments,
    )
    rows = await conn.fetch(
        f"SELECT k.key, f.* FROM unnest({place}::text[]) AS k(key) CROSS JOIN LATERAL (SELECT {TICKET} FROM tickets t "
        f"WHERE t.{column} = k.key AND {where} ORDER BY {URGENCY} LIMIT {int(limit)}) f",
        *where.arguments,
    )
    found = {key: [to_ticket(row) for row in rows if row["key"] == key] for key in keys}
    totals = {row["key"]: row["count"] for row in counts}
    return [Column(key, totals.get(key, 0), found[key]) for key in keys]


class Extras(msgspec.Struct, frozen=True):
    """What a card shows beside the ticket itself."""

    comments: int
    parts: Progress
    blocked: bool


#: A ticket is held up by an unfinished one that blocks it, or by an unfinished part in another department.
_BLOCKED = (
    "(EXISTS (SELECT FROM ticket_links l JOIN tickets b ON b.id = l.ticket_id WHERE l.other_id = t.id "
    f"AND l.relation = 'blocks' AND b.category IN {_UNDONE}) OR EXISTS (SELECT FROM tickets p WHERE "
    f"p.parent_id = t.id AND p.category IN {_UNDONE} AND p.department_id <> t.department_id))"
)


async def extras_of(conn: Connection, ticket_ids: Collection[UUID]) -> dict[UUID, Extras]:
    rows = await conn.fetch(
        "SELECT t.id, (SELECT count(*) FROM ticket_comments c WHERE c.ticket_id = t.id) AS comments, "
        f"p.total, p.done, {_BLOCKED} AS blocked FROM tickets t CROSS JOIN LATERAL (SELECT count(*) AS total, "
        f"count(*) FILTER (WHERE p.category NOT IN {_UNDONE}) AS done FROM tickets p WHERE p.parent_id = t.id) p "
        "WHERE t.id = ANY($1::uuid[])",
        list(ticket_ids),
    )
    return {row["id"]: Extras(row["comments"], Progress(row["total"], row["done"]), row["blocked"]) for row in rows}


async def for_agenda(
    conn: Connection, visibility: TicketVisibility, department_id: UUID | None, now: datetime, high: int, limit: int
) -> list[tuple[str, int, Ticket]]:
    """The first unfinished tickets of every topic, with the topic and how many it has; the first that fits it."""
    where = Where()
    moment, level = where.place(now), where.place(high)
    where.add("t.category = ANY({}::text[])", [category.value for category in UNDONE])
    if department_id:
        where.add("t.department_id = {}", department_id)
    restrict(where, visibility)
    rows = await conn.fetch(
        f"WITH due AS (SELECT t.*, CASE WHEN t.due_at < {moment} THEN 'overdue' WHEN {_BLOCKED} THEN 'blocked' "
        f"WHEN t.level >= {level} THEN 'high_level' ELSE 'oldest' END AS topic FROM tickets t WHERE {where}), "
        "placed AS (SELECT t.*, count(*) OVER (PARTITION BY topic) AS count, row_number() OVER (PARTITION BY topic "
        f"ORDER BY CASE WHEN topic = 'oldest' THEN t.created_at END, {URGENCY}) AS place FROM due t) "
        f"SELECT {TICKET}, t.topic, t.count FROM placed t WHERE t.place <= {int(limit)} ORDER BY t.topic, t.place",
        *where.arguments,
    )
    return [(row["topic"], row["count"], to_ticket(row)) for row in rows]


async def counts(conn: Connection, visibility: TicketVisibility, now: datetime) -> TicketCounts:
    """Of unfinished tickets."""
    where = Where()
    me, moment = where.place(visibility.staff_id), where.place(now)
    where.add(f"t.category IN {_UNDONE}")
    restrict(where, visibility)
    row = await conn.fetchrow(
        f"SELECT count(*) AS all_, count(*) FILTER (WHERE t.owner_id = {me}) AS mine, "
        "count(*) FILTER (WHERE t.owner_id IS NULL) AS unowned, "
        f"count(*) FILTER (WHERE t.due_at < {moment}) AS overdue, "
        f"count(*) FILTER (WHERE t.watcher_ids @> ARRAY[{me}::uuid]) AS watched FROM tickets t WHERE {where}",
        *where.arguments,
    )
    return TicketCounts(*row)
