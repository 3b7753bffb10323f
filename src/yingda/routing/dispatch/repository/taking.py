"""Who gets what: one statement finds the head of the queue, one gives it away."""

from datetime import datetime
from uuid import UUID

from yingda.infra.database import Connection
from yingda.routing.dispatch.repository.order import FITS, FREE, HELD, ORDER
from yingda.routing.dispatch.schemas import DispatchLimits

#: Gives conversation $1 to somebody who is free and whom it waits for. Before all, not again to who did not answer it;
#: then to who served the customer last, to its own team before those who help out, to the least loaded, the most able,
#: the longest idle. Concurrent dispatchers skip each other's agents; room is checked again on the locked row, so nobody
#: is overfilled.
DISPATCH = f"""
WITH agent AS (
    SELECT p.staff_id FROM routing_queue q JOIN routing_presence p ON {FREE} AND {FITS}
    WHERE q.conversation_id = $1
    ORDER BY p.staff_id IS NOT DISTINCT FROM q.passed_over, p.staff_id IS NOT DISTINCT FROM q.preferred_id DESC,
        q.team_id IS NULL OR q.team_id = ANY(p.team_ids) DESC, p.load::float / p.capacity,
        (SELECT sum(s.grade) FROM routing_staff_skills s
         WHERE s.skill IN (q.skill, q.language) AND s.staff_id = p.staff_id) DESC NULLS LAST,
        p.last_assigned_at NULLS FIRST, p.staff_id
    LIMIT 1 FOR UPDATE OF p SKIP LOCKED
), taken AS (
    DELETE FROM routing_queue q USING agent WHERE q.conversation_id = $1 RETURNING q.*, agent.staff_id
), waited AS (
    INSERT INTO routing_waits (conversation_id, joined_at, ended_at, team_id, level, ahead, predicted, waited)
    SELECT conversation_id, joined_at, $2, team_id, level, ahead, predicted, extract(epoch FROM $2 - joined_at)::int
    FROM taken WHERE predicted IS NOT NULL ON CONFLICT DO NOTHING
), served AS (
    INSERT INTO routing_served (customer_id, staff_id, at) SELECT customer_id, staff_id, $2 FROM taken
    ON CONFLICT (customer_id) DO UPDATE SET staff_id = excluded.staff_id, at = excluded.at
), assigned AS (
    INSERT INTO routing_assignments (conversation_id, staff_id, channel, skill, priority, answer_by)
    SELECT conversation_id, staff_id, channel, skill, priority, $2 + make_interval(secs => $4) FROM taken
    RETURNING staff_id, channel
)
UPDATE routing_presence p SET load = p.load + 1, last_assigned_at = $2, held = {HELD.format(channel="a.channel", by=1)},
    taken = CASE WHEN p.hour_start > $2 - interval '1 hour' THEN p.taken + 1 ELSE 1 END,
    hour_start = CASE WHEN p.hour_start > $2 - interval '1 hour' THEN p.hour_start ELSE $2 END
FROM assigned a WHERE p.staff_id = a.staff_id
RETURNING p.staff_id, p.staff_name
"""

#: The queue's head, as far as somebody could take it now: a lane without room does not hold up the others. Of each lane
#: only the first few rows are read, by its index.
FIRST_WAITING = f"""
WITH RECURSIVE lane AS (
    (SELECT lane FROM routing_queue ORDER BY lane LIMIT 1)
    UNION ALL
    SELECT (SELECT n.lane FROM routing_queue n WHERE n.lane > lane.lane ORDER BY n.lane LIMIT 1) FROM lane
    WHERE lane.lane IS NOT NULL
), room AS MATERIALIZED (
    SELECT p.staff_id, p.team_ids, p.held FROM routing_presence p WHERE {FREE}
)
SELECT q.conversation_id FROM lane
CROSS JOIN LATERAL (SELECT * FROM routing_queue f WHERE f.lane = lane.lane LIMIT 1) one
CROSS JOIN LATERAL (
    SELECT * FROM routing_queue q WHERE q.lane = lane.lane ORDER BY {ORDER} LIMIT $1
) q
WHERE EXISTS (SELECT FROM room p WHERE {FITS.replace("q.", "one.")})
ORDER BY {ORDER} LIMIT $1
"""


async def dispatch(
    conn: Connection, conversation_id: UUID, now: datetime, limits: DispatchLimits
) -> tuple[UUID, str] | None:
    """The agent who got the conversation (id, name); None if it waits no more or nobody has room."""
    row = await conn.fetchrow(DISPATCH, conversation_id, now, limits.per_hour, float(limits.answer_seconds))
    return (row["staff_id"], row["staff_name"]) if row else None


async def first_waiting(conn: Connection, limit: int, now: datetime, limits: DispatchLimits) -> list[UUID]:
    """Whoever waits and could be served, the most urgent first."""
    rows = await conn.fetch(FIRST_WAITING, limit, now, limits.per_hour)
    return [row["conversation_id"] for row in rows]
