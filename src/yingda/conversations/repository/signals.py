"""What can be seen of unresolved conversations as a whole, for those who look for trouble ahead."""

from datetime import datetime

from yingda.conversations.excerpts import Signals
from yingda.infra.database import Connection

#: One row a conversation in a person's care; of its thread, the counters that stand on the head.
_SIGNALS = """
SELECT c.id AS conversation_id, c.customer_id, c.shop, c.state, c.assignee_id, c.assignee_name, c.team_id, c.spam,
       c.level, c.intent, c.waiting_since, c.due_at, c.created_at, c.sentiment, c.angry_messages AS angry,
       c.customer_messages AS messages, c.transfers AS passed_on, c.resolved_at IS NOT NULL AS reopened,
       (SELECT count(*) FROM conversations other WHERE other.customer_id = c.customer_id AND other.id <> c.id
        AND other.created_at >= $1 AND NOT other.spam) AS contacts
FROM conversations c
WHERE c.state IN ('open', 'snoozed') AND NOT c.spam
ORDER BY c.id LIMIT $2
"""


async def signals(conn: Connection, contacts_since: datetime, limit: int) -> list[Signals]:
    rows = await conn.fetch(_SIGNALS, contacts_since, limit)
    return [Signals(**row) for row in rows]
