"""Heads of conversations: beginning, state, who is in charge, marks."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from yingda.conversations.content import Author
from yingda.conversations.excerpts import Tone
from yingda.conversations.lists import Visibility
from yingda.conversations.repository.rows import (
    CONVERSATION,
    MESSAGE,
    PLACE,
    as_json,
    to_conversation,
    to_message,
    to_place,
)
from yingda.conversations.repository.where import restrict
from yingda.conversations.schemas import Conversation, DueClock, HandOff, Message, Place, State
from yingda.infra.database import Connection
from yingda.infra.where import Where


async def lock_last_resolved(conn: Connection, customer_id: UUID, shop: str, since: datetime) -> Conversation | None:
    """The customer's latest conversation, if it was resolved after `since`."""
    row = await conn.fetchrow(
        f"SELECT {CONVERSATION} FROM conversations c WHERE customer_id = $1 AND shop = $2 AND state = 'resolved' "
        "AND resolved_at >= $3 ORDER BY id DESC LIMIT 1 FOR UPDATE",
        customer_id,
        shop,
        since,
    )
    return to_conversation(row) if row else None


async def return_to_assistant(conn: Connection, conversation_id: UUID) -> None:
    """Reopen for a customer who came back: as at the beginning, with nobody in charge."""
    await conn.execute(
        "UPDATE conversations SET state = 'pending', assignee_id = NULL, assignee_name = NULL, resolved_at = NULL, "
        "handoff = NULL, waiting_since = NULL, answered_seq = customer_seq WHERE id = $1 AND state = 'resolved'",
        conversation_id,
    )


async def create(
    conn: Connection, conversation_id: UUID, customer_id: UUID, shop: str, channel: str, now: datetime
) -> None:
    """Begin a conversation, unless another transaction has just begun the same."""
    await conn.execute(
        "INSERT INTO conversations (id, shop, channel, customer_id, state, last_message_at, created_at) "
        "VALUES ($1, $2, $3, $4, 'pending', $5, $5) "
        "ON CONFLICT (customer_id, shop) WHERE state <> 'resolved' DO NOTHING",
        conversation_id,
        shop,
        channel,
        customer_id,
        now,
    )


async def get(conn: Connection, conversation_id: UUID, *, lock: bool = False) -> Conversation | None:
    row = await conn.fetchrow(
        f"SELECT {CONVERSATION} FROM conversations c WHERE c.id = $1" + (" FOR UPDATE" if lock else ""),
        conversation_id,
    )
    return to_conversation(row) if row else None


async def try_lock(conn: Connection, conversation_ids: list[UUID]) -> UUID | None:
    """Lock the first of these, in the given order, that nobody else holds; None if all are held."""
    return await conn.fetchval(  # type: ignore[no-any-return]
        "SELECT c.id FROM unnest($1::uuid[]) WITH ORDINALITY AS w(id, place) JOIN conversations c USING (id) "
        "ORDER BY place LIMIT 1 FOR UPDATE OF c SKIP LOCKED",
        conversation_ids,
    )


async def waiting_among(conn: Connection, conversation_ids: list[UUID]) -> frozenset[UUID]:
    rows = await conn.fetch(
        "SELECT id FROM conversations WHERE id = ANY($1::uuid[]) AND waiting_since IS NOT NULL", conversation_ids
    )
    return frozenset(row["id"] for row in rows)


async def get_visible(conn: Connection, conversation_id: UUID, visibility: Visibility) -> Conversation | None:
    where = Where()
    where.add("c.id = {}", conversation_id)
    restrict(where, visibility)
    row = await conn.fetchrow(f"SELECT {CONVERSATION} FROM conversations c WHERE {where}", *where.arguments)
    return to_conversation(row) if row else None


async def visible_among(
    conn: Connection, conversation_ids: Collection[UUID], visibility: Visibility
) -> dict[UUID, Conversation]:
    where = Where()
    where.add("c.id = ANY({}::uuid[])", list(conversation_ids))
    restrict(where, visibility)
    rows = await conn.fetch(f"SELECT {CONVERSATION} FROM conversations c WHERE {where}", *where.arguments)
    return {row["id"]: to_conversation(row) for row in rows}


async def current(conn: Connection, customer_id: UUID, shop: str, since: datetime) -> Conversation | None:
    """What the customer would go on with: the unresolved conversation, else one resolved after `since`."""
    row = await conn.fetchrow(
        f"SELECT {CONVERSATION} FROM conversations c WHERE customer_id = $1 AND shop = $2 "
        "AND (state <> 'resolved' OR resolved_at >= $3) ORDER BY (state <> 'resolved') DESC, id DESC LIMIT 1",
        customer_id,
        shop,
        since,
    )
    return to_conversation(row) if row else None


async def hear(conn: Connection, conversation_id: UUID, tone: Tone) -> None:
    """Keep how the customer's last message sounds."""
    await conn.execute(
        "UPDATE conversations SET emotion = $2, sentiment = $3, angry_messages = angry_messages + $4 WHERE id = $1",
        conversation_id,
        tone.emotion,
        tone.sentiment,
        int(tone.angry),
    )


async def count_transfer(conn: Connection, conversation_id: UUID) -> None:
    await conn.execute("UPDATE conversations SET transfers = transfers + 1 WHERE id = $1", conversation_id)


async def counts_since(conn: Connection, customer_ids: Collection[UUID], since: datetime) -> dict[UUID, int]:
    """How many conversations each of these customers has begun since then; who began none is left out."""
    rows = await conn.fetch(
        "SELECT customer_id, count(*) AS number FROM conversations WHERE customer_id = ANY($1::uuid[]) "
        "AND created_at >= $2 AND NOT spam GROUP BY customer_id",
        list(customer_ids),
        since,
    )
    return {row["customer_id"]: row["number"] for row in rows}


async def count_since(conn: Connection, customer_id: UUID, since: datetime) -> int:
    """How many conversations the customer has begun since then."""
    return int(
        await conn.fetchval(
            "SELECT count(*) FROM conversations WHERE customer_id = $1 AND created_at >= $2 AND NOT spam",
            customer_id,
            since,
        )
    )


async def set_state(
    conn: Connection,
    conversation_id: UUID,
    state: State,
    *,
    now: datetime,
    snoozed_until: datetime | None = None,
    handoff: HandOff | None = None,
    level: int | None = None,
    team_id: UUID | None = None,
) -> None:
    """Write a state and what belongs to it: the moment of resolving, the end of a snooze, the hand-off's story."""
    await conn.execute(
        "UPDATE conversations SET state = $2, "
        "resolved_at = CASE WHEN $2 = 'resolved' THEN $3::timestamptz END, "
        "waiting_since = CASE WHEN $2 = 'resolved' THEN NULL WHEN $5::jsonb IS NOT NULL "
        "THEN coalesce(waiting_since, $3::timestamptz) ELSE waiting_since END, "
        "answered_seq = CASE WHEN $2 = 'pending' THEN answered_seq ELSE customer_seq END, "
        "snoozed_until = $4, handoff = coalesce($5::jsonb, handoff), level = coalesce($6, level), "
        "team_id = coalesce($7, team_id) WHERE id = $1",
        conversation_id,
        state.value,
        now,
        snoozed_until,
        as_json(handoff) if handoff else None,
        level,
        team_id,
    )


async def set_assignee(conn: Connection, conversation_id: UUID, staff: Author | None, team_id: UUID | None) -> None:
    await conn.execute(
        "UPDATE conversations SET assignee_id = $2, assignee_name = $3, team_id = coalesce($4, team_id) WHERE id = $1",
        conversation_id,
        staff.id if staff else None,
        staff.name if staff else None,
        team_id,
    )


async def set_due(conn: Connection, conversation_id: UUID, due_at: datetime | None, clock: DueClock | None) -> None:
    await conn.execute(
        "UPDATE conversations SET due_at = $2, due_clock = $3 WHERE id = $1 AND (due_at, due_clock) "
        "IS DISTINCT FROM ($2::timestamptz, $3::text)",
        conversation_id,
        due_at,
        clock.value if clock else None,
    )


async def set_level(conn: Connection, conversation_id: UUID, level: int) -> None:
    await conn.execute("UPDATE conversations SET level = $2 WHERE id = $1", conversation_id, level)


async def set_spam(conn: Connection, conversation_id: UUID, *, spam: bool) -> None:
    await conn.execute("UPDATE conversations SET spam = $2 WHERE id = $1", conversation_id, spam)


async def set_answered(
    conn: Connection, conversation_id: UUID, seq: int, intent: str | None, emotion: str | None, tones: Sequence[Tone]
) -> None:
    """`tones`: of the messages that are answered, the last one last."""
    await conn.execute(
        "UPDATE conversations SET answered_seq = $2, intent = coalesce($3, intent), emotion = coalesce($4, emotion), "
        "sentiment = coalesce($5, sentiment), angry_messages = angry_messages + $6 WHERE id = $1",
        conversation_id,
        seq,
        intent,
        emotion,
        tones[-1].sentiment if tones else None,
        sum(tone.angry for tone in tones),
    )


async def mark_read(
    conn: Connection, conversation_id: UUID, seq: int, *, by_customer: bool
) -> tuple[Place, int] | None:
    """Move a read mark forward, never past the last message; the new mark, or None if it did not move."""
    column = "customer_read_seq" if by_customer else "staff_read_seq"
    row = await conn.fetchrow(
        f"UPDATE conversations SET {column} = least($2, last_seq) WHERE id = $1 AND {column} < least($2, last_seq) "
        f"RETURNING {PLACE}, {column} AS mark",
        conversation_id,
        seq,
    )
    return (to_place(row), row["mark"]) if row else None


async def places(conn: Connection, conversation_ids: list[UUID]) -> dict[UUID, Place]:
    """Where these conversations stand now."""
    rows = await conn.fetch(
        f"SELECT {PLACE} FROM conversations WHERE id = ANY($1::uuid[])",
        conversation_ids,
    )
    return {row["id"]: to_place(row) for row in rows}


async def unanswered(conn: Connection, conversation_id: UUID) -> tuple[Conversation, list[Message]] | None:
    """The head and the customer's messages that the assistant has not dealt with."""
    head = await get(conn, conversation_id)
    if head is None:
        return None
    rows = await conn.fetch(
        f"SELECT {MESSAGE} FROM messages m WHERE conversation_id = $1 AND seq > $2 AND author_kind = 'customer' "
        "ORDER BY seq",
        conversation_id,
        head.answered_seq,
    )
    return head, [to_message(row) for row in rows]


async def due_snoozed(conn: Connection, now: datetime) -> list[UUID]:
    rows = await conn.fetch(
        "SELECT id FROM conversations WHERE state = 'snoozed' AND snoozed_until <= $1 ORDER BY snoozed_until LIMIT 500",
        now,
    )
    return [row["id"] for row in rows]
