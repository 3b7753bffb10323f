"""Who waits, and what is in whose hands."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from yingda.conversations import Conversation
from yingda.infra.database import Connection, count_of
from yingda.routing.dispatch.repository.order import HELD, key
from yingda.routing.dispatch.schemas import DispatchLimits, Missed, Needs, TeamRoom


async def enqueue(conn: Connection, head: Conversation, needs: Needs, language: str | None, now: datetime) -> None:
    """Let it wait; what waits already keeps its needs. Skills that the organisation does not keep are nobody's need."""
    await conn.execute(
        "INSERT INTO routing_queue (conversation_id, level, since, team_id, due, customer_id, shop, channel, "
        "joined_at, skill, priority, language, preferred_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, "
        "(SELECT code FROM routing_skills WHERE code = $10), $11, (SELECT code FROM routing_skills WHERE code = $12), "
        "(SELECT staff_id FROM routing_served WHERE customer_id = $6 AND at >= $9::timestamptz - make_interval(days => "
        "coalesce((SELECT (limits->>'remember_days')::int FROM routing_limits), $13)))) "
        "ON CONFLICT (conversation_id) DO UPDATE SET level = excluded.level, due = excluded.due, "
        "team_id = excluded.team_id, step = CASE WHEN routing_queue.team_id IS NOT DISTINCT FROM excluded.team_id "
        "THEN routing_queue.step ELSE 0 END",
        head.id,
        head.level,
        head.waiting_since or now,
        head.team_id,
        head.due_at or head.waiting_since or now,
        head.customer_id,
        head.shop,
        head.channel,
        now,
        needs.skill,
        needs.priority,
        language,
        DispatchLimits().remember_days,
    )


async def put_first(conn: Connection, conversation_id: UUID, priority: int, passed_over: UUID) -> None:
    """To the head of its level, for somebody else if there is anybody else."""
    await conn.execute(
        "UPDATE routing_queue SET priority = greatest(priority, $2::smallint), passed_over = $3 "
        "WHERE conversation_id = $1",
        conversation_id,
        priority,
        passed_over,
    )


async def set_due(conn: Connection, conversation_id: UUID, due_at: datetime | None) -> None:
    """Where nothing is due, who has waited longest comes first."""
    await conn.execute(
        "UPDATE routing_queue SET due = coalesce($2, since) WHERE conversation_id = $1", conversation_id, due_at
    )


async def dequeue(conn: Connection, conversation_id: UUID) -> None:
    await conn.execute("DELETE FROM routing_queue WHERE conversation_id = $1", conversation_id)


#: Takes it out of the queue for who decided to have it, and keeps how long it waited.
_TAKE_BY_HAND = f"""
WITH taken AS (
    DELETE FROM routing_queue WHERE conversation_id = $1 RETURNING *
), waited AS (
    INSERT INTO routing_waits (conversation_id, joined_at, ended_at, team_id, level, ahead, predicted, waited)
    SELECT conversation_id, joined_at, $3, team_id, level, ahead, predicted, extract(epoch FROM $3 - joined_at)::int
    FROM taken WHERE predicted IS NOT NULL ON CONFLICT DO NOTHING
), served AS (
    INSERT INTO routing_served (customer_id, staff_id, at) VALUES ($4, $2, $3)
    ON CONFLICT (customer_id) DO UPDATE SET staff_id = excluded.staff_id, at = excluded.at
), assigned AS (
    INSERT INTO routing_assignments (conversation_id, staff_id, channel, skill, priority)
    SELECT $1, $2, $5, coalesce($6, (SELECT skill FROM taken)),
        coalesce($7::smallint, (SELECT priority FROM taken), 0::smallint)
    RETURNING staff_id, channel
)
UPDATE routing_presence p SET load = p.load + 1, held = {HELD.format(channel="a.channel", by=1)}
FROM assigned a WHERE p.staff_id = a.staff_id
"""


async def holder(conn: Connection, conversation_id: UUID) -> UUID | None:
    """Who has it in hand."""
    staff_id: UUID | None = await conn.fetchval(
        "SELECT staff_id FROM routing_assignments WHERE conversation_id = $1", conversation_id
    )
    return staff_id


async def assign(conn: Connection, head: Conversation, staff_id: UUID, needs: Needs | None, now: datetime) -> None:
    """Write down who has the conversation in hand, which nobody had."""
    await conn.execute(
        _TAKE_BY_HAND,
        head.id,
        staff_id,
        now,
        head.customer_id,
        head.channel,
        needs.skill if needs else None,
        needs.priority if needs else None,
    )


async def release(conn: Connection, conversation_id: UUID) -> Needs | None:
    """The conversation is in nobody's hand any more; what it needed, if it was in somebody's."""
    row = await conn.fetchrow(
        "WITH gone AS (DELETE FROM routing_assignments WHERE conversation_id = $1 "
        "RETURNING staff_id, channel, skill, priority), lighter AS (UPDATE routing_presence p SET load = p.load - 1, "
        f"held = {HELD.format(channel='gone.channel', by=-1)} FROM gone WHERE p.staff_id = gone.staff_id) "
        "SELECT skill, priority FROM gone",
        conversation_id,
    )
    return Needs(row["skill"], row["priority"]) if row else None


async def position(conn: Connection, conversation_id: UUID) -> int | None:
    """The conversation's place in the queue, from 1; None if it does not wait. Other teams' are not in its way."""
    place: int | None = await conn.fetchval(
        "SELECT (SELECT count(*) FROM routing_queue a WHERE (a.team_id IS NULL OR a.team_id = q.team_id) "
        f"AND {key('a')} <= {key('q')}) FROM routing_queue q WHERE q.conversation_id = $1",
        conversation_id,
    )
    return place


async def answered(conn: Connection, conversation_id: UUID) -> None:
    """Who was given it has answered, and is there."""
    await conn.execute(
        "WITH done AS (UPDATE routing_assignments SET answer_by = NULL WHERE conversation_id = $1 "
        "AND answer_by IS NOT NULL RETURNING staff_id) "
        "UPDATE routing_presence p SET missed = 0 FROM done WHERE p.staff_id = done.staff_id AND p.missed <> 0",
        conversation_id,
    )


async def missed(conn: Connection, now: datetime, limit: int) -> list[Missed]:
    """Assignments whose answer is overdue."""
    rows = await conn.fetch(
        "SELECT conversation_id, staff_id FROM routing_assignments WHERE answer_by <= $1 ORDER BY answer_by LIMIT $2",
        now,
        limit,
    )
    return [Missed(row["conversation_id"], row["staff_id"], absent=False) for row in rows]


async def left_behind(conn: Connection, offline: datetime, away: datetime, limit: int) -> list[Missed]:
    """What those have in hand who have been offline, or away, since before these moments."""
    rows = await conn.fetch(
        "SELECT a.conversation_id, a.staff_id FROM routing_presence p JOIN routing_assignments a USING (staff_id) "
        "WHERE p.load > 0 AND (p.status = 'offline' AND p.changed_at <= $1 "
        "OR p.status = 'away' AND p.changed_at <= $2) ORDER BY p.changed_at, a.conversation_id LIMIT $3",
        offline,
        away,
        limit,
    )
    return [Missed(row["conversation_id"], row["staff_id"], absent=True) for row in rows]


async def still_missed(conn: Connection, one: Missed, now: datetime) -> bool:
    """Whether it is so still: to be asked when the conversation is locked."""
    return bool(
        await conn.fetchval(
            "SELECT EXISTS (SELECT FROM routing_assignments WHERE conversation_id = $1 AND staff_id = $2 "
            "AND ($3 OR answer_by <= $4))",
            one.conversation_id,
            one.staff_id,
            one.absent,
            now,
        )
    )


async def widen(conn: Connection, now: datetime, limits: DispatchLimits) -> int:
    """Let others help those who have waited long: further teams step by step, and people without the skill."""
    status: str = await conn.execute(
        "WITH late AS (SELECT q.conversation_id, q.since <= $1::timestamptz - make_interval(secs => $2) AS widened, "
        "(SELECT coalesce(max(o.step), 0) FROM routing_overflow o WHERE o.team_id = q.team_id "
        "AND q.since <= $1::timestamptz - make_interval(secs => o.after_seconds)) AS step FROM routing_queue q) "
        "UPDATE routing_queue q SET widened = late.widened, step = late.step FROM late "
        "WHERE late.conversation_id = q.conversation_id AND (q.widened <> late.widened OR q.step <> late.step)",
        now,
        float(limits.widen_seconds),
    )
    return count_of(status)


async def move_customer(conn: Connection, conversation_ids: Iterable[UUID], customer_id: UUID) -> None:
    await conn.execute(
        "UPDATE routing_queue SET customer_id = $2 WHERE conversation_id = ANY($1::uuid[])",
        list(conversation_ids),
        customer_id,
    )


async def rooms(conn: Connection, team_ids: list[UUID]) -> list[TeamRoom]:
    """How many more conversations the members of each team could take now, and how many wait for the team."""
    rows = await conn.fetch(
        "SELECT t.id, (SELECT coalesce(sum(p.capacity - p.load), 0) FROM routing_presence p "
        "WHERE p.status = 'online' AND p.load < p.capacity AND t.id = ANY(p.team_ids)) AS room, "
        "(SELECT count(*) FROM routing_queue q WHERE q.team_id = t.id) AS waiting FROM unnest($1::uuid[]) AS t(id)",
        team_ids,
    )
    return [TeamRoom(row["id"], row["room"], row["waiting"]) for row in rows]
