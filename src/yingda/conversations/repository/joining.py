"""Conversations that become one, and whose they are then."""

from datetime import datetime
from uuid import UUID

from yingda.conversations.repository.rows import as_json
from yingda.conversations.rules import Marks
from yingda.conversations.schemas import Conversation
from yingda.infra.database import Connection


async def append_thread(conn: Connection, source: UUID, target: UUID, marks: Marks) -> None:
    """Put the messages of `source` behind those of `target`, which then stands at `marks`, and drop `source`.

    Labels and followers come along; edits follow their messages by themselves.
    """
    await conn.execute(
        "UPDATE messages SET conversation_id = $2, seq = seq + (SELECT last_seq FROM conversations WHERE id = $2) "
        "WHERE conversation_id = $1",
        source,
        target,
    )
    await conn.execute(
        "UPDATE conversations t SET last_seq = $3, customer_seq = $4, answered_seq = $5, customer_read_seq = $6, "
        "staff_read_seq = $7, last_message_at = greatest(t.last_message_at, s.last_message_at), preview = s.preview, "
        "waiting_since = least(t.waiting_since, s.waiting_since), level = greatest(t.level, s.level), "
        "first_response_at = least(t.first_response_at, s.first_response_at), sentiment = s.sentiment, "
        "customer_messages = t.customer_messages + s.customer_messages, "
        "angry_messages = t.angry_messages + s.angry_messages, transfers = t.transfers + s.transfers "
        "FROM conversations s WHERE s.id = $1 AND t.id = $2",
        source,
        target,
        marks.last_seq,
        marks.customer_seq,
        marks.answered_seq,
        marks.customer_read_seq,
        marks.staff_read_seq,
    )
    for table, columns in (
        ("conversation_labels", "label_id, added_by, added_at"),
        ("conversation_followers", "staff_id, since"),
    ):
        await conn.execute(
            f"INSERT INTO {table} (conversation_id, {columns}) SELECT $2, {columns} FROM {table} "
            "WHERE conversation_id = $1 ON CONFLICT DO NOTHING",
            source,
            target,
        )
    await conn.execute("DELETE FROM conversations WHERE id = $1", source)


async def go_on_as(conn: Connection, conversation_id: UUID, head: Conversation) -> None:
    """Let a conversation stand where `head` stood."""
    await conn.execute(
        "UPDATE conversations SET state = $2, assignee_id = $3, assignee_name = $4, team_id = $5, snoozed_until = $6, "
        "resolved_at = $7, intent = coalesce($8, intent), emotion = coalesce($9, emotion), channel = $10, spam = $11, "
        "handoff = $12::jsonb, answered_seq = CASE WHEN $2 = 'pending' THEN answered_seq ELSE customer_seq END "
        "WHERE id = $1",
        conversation_id,
        head.state.value,
        head.assignee_id,
        head.assignee_name,
        head.team_id,
        head.snoozed_until,
        head.resolved_at,
        head.intent,
        head.emotion,
        head.channel,
        head.spam,
        as_json(head.handoff) if head.handoff else None,
    )


async def remember(conn: Connection, source: UUID, target: UUID, merged_by: UUID | None, now: datetime) -> None:
    """Write down where `source` went, and whatever had gone to `source` before."""
    await conn.execute("UPDATE conversation_merges SET target_id = $2 WHERE target_id = $1", source, target)
    await conn.execute(
        "INSERT INTO conversation_merges (source_id, target_id, merged_by, merged_at) VALUES ($1, $2, $3, $4)",
        source,
        target,
        merged_by,
        now,
    )


async def merged_into(conn: Connection, conversation_id: UUID) -> UUID | None:
    """Where a conversation went, if it was put behind another."""
    return await conn.fetchval(  # type: ignore[no-any-return]
        "SELECT target_id FROM conversation_merges WHERE source_id = $1", conversation_id
    )


async def conversations_of(conn: Connection, customer_id: UUID, shop: str) -> list[UUID]:
    rows = await conn.fetch("SELECT id FROM conversations WHERE customer_id = $1 AND shop = $2", customer_id, shop)
    return [row["id"] for row in rows]


async def give_conversations(conn: Connection, from_customer: UUID, to_customer: UUID, shop: str) -> list[UUID]:
    """Give a visitor's conversations to who they turned out to be; the two must not both have a current one."""
    rows = await conn.fetch(
        "UPDATE conversations SET customer_id = $2 WHERE customer_id = $1 AND shop = $3 RETURNING id",
        from_customer,
        to_customer,
        shop,
    )
    return [row["id"] for row in rows]


async def sign_as(conn: Connection, from_customer: UUID, to_customer: UUID, shop: str) -> None:
    """What one customer said in another's conversations is the other's.

    What was uploaded can still be sent, and a message that is handed in again is still known.
    """
    await conn.execute(
        "UPDATE messages m SET author_id = $2, external_id = "
        "CASE WHEN EXISTS (SELECT FROM messages o WHERE o.channel = m.channel "
        "AND o.external_id = replace(m.external_id, $1::uuid::text, $2::uuid::text)) THEN m.external_id "
        "ELSE replace(m.external_id, $1::uuid::text, $2::uuid::text) END "
        "WHERE conversation_id IN (SELECT id FROM conversations WHERE customer_id = $2 AND shop = $3) "
        "AND author_kind = 'customer' AND author_id = $1",
        from_customer,
        to_customer,
        shop,
    )
    await conn.execute("UPDATE attachments SET owner_id = $2 WHERE owner_id = $1", from_customer, to_customer)
