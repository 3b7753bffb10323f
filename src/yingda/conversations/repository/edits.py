"""Messages that are changed after they were sent, and what they said before."""

from datetime import datetime
from uuid import UUID

import msgspec

from yingda.conversations import rules
from yingda.conversations.content import Content, Verdict
from yingda.conversations.repository.rows import MESSAGE, as_json, to_message
from yingda.conversations.schemas import FormerContent, Message
from yingda.infra.database import Connection


async def lock(conn: Connection, conversation_id: UUID, seq: int) -> Message | None:
    row = await conn.fetchrow(
        f"SELECT {MESSAGE} FROM messages m WHERE conversation_id = $1 AND seq = $2 FOR UPDATE", conversation_id, seq
    )
    return to_message(row) if row else None


async def replace(conn: Connection, message: Message, content: Content, now: datetime, *, recalled: bool) -> Message:
    """Put other content in place of what `message` says, which is kept; the message as it is now.

    Nothing of the former content is left where a message is read or searched.
    """
    await conn.execute(
        "INSERT INTO message_edits (conversation_id, seq, replaced_at, content) VALUES ($1, $2, $3, $4::jsonb)",
        message.conversation_id,
        message.seq,
        now,
        as_json(message.content),
    )
    row = await conn.fetchrow(
        "UPDATE messages m SET content = $3::jsonb, terms = $4, recalled = $5, edited_at = $6 "
        f"WHERE conversation_id = $1 AND seq = $2 RETURNING {MESSAGE}",
        message.conversation_id,
        message.seq,
        as_json(content),
        rules.search_terms(rules.text_of(content)),
        recalled,
        now,
    )
    return to_message(row)


async def set_rating(conn: Connection, conversation_id: UUID, seq: int, verdict: Verdict) -> None:
    await conn.execute(
        "UPDATE messages SET rating = $3 WHERE conversation_id = $1 AND seq = $2", conversation_id, seq, verdict.value
    )


async def set_preview(conn: Connection, conversation_id: UUID, seq: int, preview: str) -> None:
    """What the list shows of a conversation, if message `seq` is what it shows."""
    await conn.execute(
        "UPDATE conversations SET preview = $3 WHERE id = $1 AND NOT EXISTS (SELECT FROM messages "
        "WHERE conversation_id = $1 AND seq > $2 AND kind NOT IN ('note', 'system'))",
        conversation_id,
        seq,
        preview,
    )


async def history(conn: Connection, conversation_id: UUID, seq: int) -> list[FormerContent]:
    """What a message said before, oldest first."""
    rows = await conn.fetch(
        "SELECT content, replaced_at FROM message_edits WHERE conversation_id = $1 AND seq = $2 ORDER BY replaced_at",
        conversation_id,
        seq,
    )
    return [FormerContent(msgspec.json.decode(row["content"], type=Content), row["replaced_at"]) for row in rows]


async def withdraw_file(conn: Connection, file_id: UUID) -> None:
    """Links to this file open nothing any more, unless another message carries it."""
    await conn.execute(
        "UPDATE attachments SET withdrawn = true WHERE id = $1 AND NOT EXISTS (SELECT FROM messages "
        "WHERE kind IN ('image', 'file') AND content->>'file_id' = $1::uuid::text)",
        file_id,
    )
