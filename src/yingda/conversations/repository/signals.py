"""What can be seen of unresolved conversations as a whole, for those who look for trouble ahead."""

from datetime import datetime

from yingda.conversations.schemas import Signals
from yingda.infra.database import Connection

#: One row a conversation in a person's care; the thread is looked at from its end, by the primary key.
_SIGNALS = """
SELECT c.id AS conversation_id, c.customer_id, c.shop, c.state, c.assignee_id, c.assignee_name, c.team_id, c.spam,
       c.level, c.intent, c.waiting_since, c.due_at, c.created_at, coalesce(said.sentiment, 0) AS sentiment,
       coalesce(said.angry, 0) AS angry, coalesce(said.messages, 0) AS messages,
       coalesce(done.passed_on, 0) AS passed_on, c.resolved_at IS NOT NULL AS reopened,
       (SELECT count(*) FROM conversations other WHERE other.customer_id = c.customer_id AND other.id <> c.id
        AND other.created_at >= $1 AND NOT other.spam) AS contacts
FROM conversations c
CROSS JOIN LATERAL (
    SELECT count(*) AS messages, count(*) FILTER (WHERE understanding->>'emotion' = 'angry') AS angry,
           (array_agg((understanding->>'sentiment')::float ORDER BY seq DESC)
            FILTER (WHERE understanding->>'sentiment' IS NOT NULL))[1] AS sentiment
    FROM messages WHERE conversation_id = c.id AND author_kind = 'customer'
) said
CROSS JOIN LATERAL (
    SELECT count(*) AS passed_on FROM messages
    WHERE conversation_id = c.id AND kind = 'note' AND content->>'code' = 'transferred'
) done
WHERE c.state IN ('open', 'snoozed') AND NOT c.spam
ORDER BY c.id LIMIT $2
"""


async def signals(conn: Connection, contacts_since: datetime, limit: int) -> list[Signals]:
    rows = await conn.fetch(_SIGNALS, contacts_since, limit)
    return [Signals(**row) for row in rows]
