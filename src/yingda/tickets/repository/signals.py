"""What can be seen of undone tickets as a whole: no comment and no history is read for it."""

from yingda.infra.database import Connection
from yingda.tickets.kinds import UNDONE, Category
from yingda.tickets.schemas import TicketSignals

_SIGNALS = """
SELECT id AS ticket_id, department_id, owner_id, customer_id, parent_id, category, level, due_at, created_at,
       updated_at, commented AS comments, reopened
FROM tickets WHERE category = ANY($1::text[]) ORDER BY id LIMIT $2
"""


async def signals(conn: Connection, limit: int) -> list[TicketSignals]:
    rows = await conn.fetch(_SIGNALS, list(UNDONE), limit)
    return [TicketSignals(**{**row, "category": Category(row["category"])}) for row in rows]
