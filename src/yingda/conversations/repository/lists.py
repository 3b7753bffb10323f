"""The inbox: the lines of a view and how many there are."""

from uuid import UUID

from yingda.conversations.lists import Filter, Sort, Visibility
from yingda.conversations.repository.rows import CONVERSATION, to_conversation
from yingda.conversations.repository.where import apply, restrict
from yingda.conversations.schemas import Conversation
from yingda.infra.database import Connection
from yingda.infra.where import Where

_ORDER = {
    Sort.DEADLINE: ("coalesce(c.due_at, 'infinity')", "ASC", ">"),
    Sort.LAST_ACTIVITY: ("c.last_message_at", "DESC", "<"),
    Sort.WAITING_SINCE: ("coalesce(c.waiting_since, 'infinity')", "ASC", ">"),
    Sort.LEVEL: ("(5 - c.level) * 1e11 + coalesce(extract(epoch FROM c.waiting_since), 1e10)", "ASC", ">"),
}


async def list_visible(
    conn: Connection, wanted: Filter, visibility: Visibility, after: tuple[str, UUID] | None, limit: int
) -> list[tuple[Conversation, str]]:
    """Heads with their sort keys (as text, for the cursor), `limit` of them, after the given key."""
    column, direction, beyond = _ORDER[wanted.sort]
    where = Where()
    apply(where, wanted, visibility)
    restrict(where, visibility)
    if after:
        kind = "numeric" if wanted.sort is Sort.LEVEL else "timestamptz"
        where.add(f"({column}, c.id) {beyond} ({{}}::text::{kind}, {{}})", *after)
    rows = await conn.fetch(
        f"SELECT {CONVERSATION}, ({column})::text AS sort_key FROM conversations c WHERE {where} "
        f"ORDER BY {column} {direction}, c.id {direction} LIMIT {int(limit)}",
        *where.arguments,
    )
    return [(to_conversation(row), row["sort_key"]) for row in rows]


async def count_views(conn: Connection, visibility: Visibility) -> dict[str, int]:
    """How many conversations each view of the inbox holds (resolved ones are not counted)."""
    where = Where()
    mine = where.place(visibility.staff_id)
    where.add("c.state <> 'resolved'")
    restrict(where, visibility)
    row = await conn.fetchrow(
        f"SELECT count(*) FILTER (WHERE c.assignee_id = {mine} AND c.state IN ('open', 'snoozed')) AS mine, "
        "count(*) FILTER (WHERE c.state = 'open' AND c.assignee_id IS NULL) AS waiting, "
        "count(*) AS \"all\", count(*) FILTER (WHERE c.state = 'pending') AS assistant "
        f"FROM conversations c WHERE {where}",
        *where.arguments,
    )
    return dict(row) if row else {}
