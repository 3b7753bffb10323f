"""Messages: storing the customer's and the service side's, stretches of a thread, search."""

from datetime import datetime
from uuid import UUID

from yingda.conversations import rules
from yingda.conversations.content import AuthorKind, Kind
from yingda.conversations.excerpts import UnderstoodMessage
from yingda.conversations.lists import Visibility
from yingda.conversations.repository.rows import MESSAGE, as_json, to_author, to_message, to_place, to_understood
from yingda.conversations.repository.where import restrict
from yingda.conversations.schemas import Incoming, Message, Participant, Place
from yingda.infra.database import Connection
from yingda.infra.where import Where

#: One statement stores a customer's message: it locks the current conversation, takes the next number, inserts unless
#: the channel has handed the message in before, and keeps the head's counters. No row: no current conversation, or a
#: duplicate.
RECEIVE = """
WITH target AS (
    SELECT id, last_seq FROM conversations
    WHERE customer_id = $1 AND shop = $2 AND state <> 'resolved' FOR UPDATE
), stored AS (
    INSERT INTO messages (conversation_id, seq, id, kind, author_kind, author_id, channel, external_id, content, terms,
                          created_at)
    SELECT id, last_seq + 1, $3, $4, 'customer', $1, $5, $6, $7::jsonb, $8, $9 FROM target
    ON CONFLICT (channel, external_id) WHERE external_id IS NOT NULL DO NOTHING
    RETURNING conversation_id, seq
)
UPDATE conversations c
SET last_seq = stored.seq, customer_seq = stored.seq, customer_read_seq = stored.seq, last_message_at = $9,
    preview = $10, channel = $5, waiting_since = coalesce(c.waiting_since, $9),
    customer_messages = c.customer_messages + 1,
    state = CASE WHEN c.state = 'snoozed' THEN 'open' ELSE c.state END, snoozed_until = NULL
FROM stored WHERE c.id = stored.conversation_id
RETURNING c.id, c.customer_id, c.shop, c.state, c.assignee_id, c.assignee_name, c.team_id, c.spam, c.last_seq
"""

#: The same for spam, which stays resolved. What keeps coming keeps it current.
_RECEIVE_SPAM = """
WITH stored AS (
    INSERT INTO messages (conversation_id, seq, id, kind, author_kind, author_id, channel, external_id, content, terms,
                          created_at)
    SELECT id, last_seq + 1, $2, $3, 'customer', customer_id, $4, $5, $6::jsonb, $7, $8 FROM conversations WHERE id = $1
    ON CONFLICT (channel, external_id) WHERE external_id IS NOT NULL DO NOTHING
    RETURNING conversation_id, seq
)
UPDATE conversations c
SET last_seq = stored.seq, customer_seq = stored.seq, answered_seq = stored.seq, customer_read_seq = stored.seq,
    last_message_at = $8, resolved_at = $8, preview = $9, channel = $4, customer_messages = c.customer_messages + 1
FROM stored WHERE c.id = stored.conversation_id
RETURNING c.id, c.customer_id, c.shop, c.state, c.assignee_id, c.assignee_name, c.team_id, c.spam, c.last_seq
"""


async def receive(conn: Connection, incoming: Incoming, message_id: UUID, now: datetime) -> tuple[Place, int] | None:
    """Store in the current conversation; where it went, or None if there was nothing to do."""
    row = await conn.fetchrow(
        RECEIVE,
        incoming.customer_id,
        incoming.shop,
        message_id,
        *_stored(incoming, now),
    )
    return (to_place(row), row["last_seq"]) if row else None


async def receive_spam(
    conn: Connection, conversation_id: UUID, incoming: Incoming, message_id: UUID, now: datetime
) -> tuple[Place, int] | None:
    """Store in a locked conversation that is spam; None for what has been stored before."""
    row = await conn.fetchrow(
        _RECEIVE_SPAM,
        conversation_id,
        message_id,
        *_stored(incoming, now),
    )
    return (to_place(row), row["last_seq"]) if row else None


def _stored(incoming: Incoming, now: datetime) -> tuple[object, ...]:
    content = incoming.content
    terms = rules.search_terms(rules.text_of(content))
    sent = (incoming.kind.value, incoming.channel, incoming.external_id)
    return *sent, as_json(content), terms, now, rules.preview(content)


async def find_received(conn: Connection, channel: str, external_id: str) -> Message | None:
    row = await conn.fetchrow(
        f"SELECT {MESSAGE} FROM messages m WHERE m.channel = $1 AND m.external_id = $2", channel, external_id
    )
    return to_message(row) if row else None


#: Stores a message of the service side. $11: it answers the customer, so nobody waits any more.
_APPEND = """
WITH target AS (
    SELECT id, last_seq, channel FROM conversations WHERE id = $1 FOR UPDATE
), stored AS (
    INSERT INTO messages (conversation_id, seq, id, kind, author_kind, author_id, author_name, channel, content, terms,
                          created_at, external_id)
    SELECT id, last_seq + 1, $2, $3, $4, $5, $6, channel, $7::jsonb, $8, $9, $12 FROM target
    ON CONFLICT (channel, external_id) WHERE external_id IS NOT NULL DO NOTHING
    RETURNING conversation_id, seq
)
UPDATE conversations c
SET last_seq = stored.seq,
    last_message_at = CASE WHEN $3 = 'note' THEN c.last_message_at ELSE $9 END,
    preview = CASE WHEN $3 IN ('note', 'system') THEN c.preview ELSE $10 END,
    waiting_since = CASE WHEN $11 THEN NULL ELSE c.waiting_since END,
    first_response_at = CASE WHEN $11 THEN coalesce(c.first_response_at, $9) ELSE c.first_response_at END
FROM stored WHERE c.id = stored.conversation_id
RETURNING c.id, c.customer_id, c.shop, c.state, c.assignee_id, c.assignee_name, c.team_id, c.spam, c.last_seq,
    c.level
"""


async def append(conn: Connection, message: Message) -> tuple[Place, int, int] | None:
    """Store a message of the service side: where, its number, the conversation's level. None if there is no such
    conversation, or a duplicate."""
    kind, author = message.kind, message.author
    row = await conn.fetchrow(
        _APPEND,
        message.conversation_id,
        message.id,
        kind.value,
        author.kind.value,
        author.id,
        author.name,
        as_json(message.content),
        rules.search_terms(rules.text_of(message.content)),
        message.created_at,
        rules.preview(message.content),
        author.kind in (AuthorKind.ASSISTANT, AuthorKind.STAFF) and kind is not Kind.NOTE,
        message.external_id,
    )
    return (to_place(row), row["last_seq"], row["level"]) if row else None


async def find_sent(conn: Connection, conversation_id: UUID, external_id: str) -> Message | None:
    row = await conn.fetchrow(
        f"SELECT {MESSAGE} FROM messages m WHERE m.conversation_id = $1 AND m.external_id = $2",
        conversation_id,
        external_id,
    )
    return to_message(row) if row else None


async def set_understanding(conn: Connection, conversation_id: UUID, seq: int, understanding: bytes) -> None:
    await conn.execute(
        "UPDATE messages SET understanding = $3::jsonb WHERE conversation_id = $1 AND seq = $2",
        conversation_id,
        seq,
        understanding.decode(),
    )


async def after(
    conn: Connection, conversation_id: UUID, after_seq: int, limit: int, *, with_notes: bool
) -> list[Message]:
    """Up to `limit` messages with a greater number, ascending."""
    rows = await conn.fetch(
        f"SELECT {MESSAGE} FROM messages m WHERE conversation_id = $1 AND seq > $2 "
        "AND ($4 OR kind <> 'note') ORDER BY seq LIMIT $3",
        conversation_id,
        after_seq,
        limit,
        with_notes,
    )
    return [to_message(row) for row in rows]


async def before(
    conn: Connection, conversation_id: UUID, before_seq: int, limit: int, *, with_notes: bool
) -> list[Message]:
    """The `limit` messages just before a number, ascending."""
    rows = await conn.fetch(
        f"SELECT {MESSAGE} FROM messages m WHERE conversation_id = $1 AND seq < $2 "
        "AND ($4 OR kind <> 'note') ORDER BY seq DESC LIMIT $3",
        conversation_id,
        before_seq,
        limit,
        with_notes,
    )
    return [to_message(row) for row in reversed(rows)]


async def by_seq(conn: Connection, wanted: list[tuple[UUID, int]]) -> list[Message]:
    """The messages of these (conversation, number) pairs, in order."""
    rows = await conn.fetch(
        f"SELECT {MESSAGE} FROM messages m JOIN unnest($1::uuid[], $2::int[]) AS w(conversation_id, seq) "
        "USING (conversation_id, seq) ORDER BY conversation_id, seq",
        [conversation_id for conversation_id, _ in wanted],
        [seq for _, seq in wanted],
    )
    return [to_message(row) for row in rows]


async def participants(conn: Connection, conversation_id: UUID) -> list[Participant]:
    """Everybody who has written, in the order of their first message."""
    rows = await conn.fetch(
        "SELECT author_kind, author_id, author_name, min(seq) AS first_seq, max(seq) AS last_seq FROM messages "
        "WHERE conversation_id = $1 AND author_kind <> 'system' GROUP BY 1, 2, 3 ORDER BY first_seq",
        conversation_id,
    )
    return [Participant(to_author(row), row["first_seq"], row["last_seq"]) for row in rows]


async def search(
    conn: Connection,
    terms: list[str],
    needle: str,
    visibility: Visibility,
    before: tuple[datetime, UUID] | None,
    limit: int,
) -> list[tuple[Message, UUID]]:
    """Messages that have all `terms` and the very words of `needle`, newest first, each with the customer it is of."""
    where = Where()
    where.add("m.terms @> {}::text[]", terms)
    where.add("position({} IN lower(m.content->>'text')) > 0", needle)
    restrict(where, visibility)
    if before:
        where.add("(m.created_at, m.id) < ({}, {})", *before)
    rows = await conn.fetch(
        f"SELECT {MESSAGE}, c.customer_id FROM messages m JOIN conversations c ON c.id = m.conversation_id "
        f"WHERE {where} ORDER BY m.created_at DESC, m.id DESC LIMIT {int(limit)}",
        *where.arguments,
    )
    return [(to_message(row), row["customer_id"]) for row in rows]


async def understood(
    conn: Connection, since: datetime, teams: frozenset[UUID] | None, limit: int
) -> list[UnderstoodMessage]:
    """Customers' texts that the language engine has read, the latest conversations first."""
    rows = await conn.fetch(
        "SELECT m.conversation_id, m.seq, m.content->>'text' AS text, m.understanding, m.created_at "
        "FROM conversations c JOIN messages m ON m.conversation_id = c.id "
        "WHERE c.last_message_at >= $1 AND m.created_at >= $1 AND m.author_kind = 'customer' AND m.kind = 'text' "
        "AND m.understanding IS NOT NULL AND NOT m.recalled AND ($2::uuid[] IS NULL OR c.team_id = ANY($2)) "
        "ORDER BY c.last_message_at DESC, c.id, m.seq DESC LIMIT $3",
        since,
        None if teams is None else list(teams),
        limit,
    )
    return [to_understood(row) for row in rows]


async def understood_message(conn: Connection, conversation_id: UUID, seq: int) -> UnderstoodMessage | None:
    row = await conn.fetchrow(
        "SELECT conversation_id, seq, content->>'text' AS text, understanding, created_at FROM messages "
        "WHERE conversation_id = $1 AND seq = $2 AND author_kind = 'customer' AND kind = 'text' "
        "AND understanding IS NOT NULL AND NOT recalled",
        conversation_id,
        seq,
    )
    return to_understood(row) if row else None


async def has_replied(conn: Connection, conversation_id: UUID, staff_id: UUID, since: datetime) -> bool:
    """Whether this colleague has written to the customer since then."""
    return bool(
        await conn.fetchval(
            "SELECT EXISTS (SELECT FROM messages WHERE conversation_id = $1 AND author_id = $2 "
            "AND author_kind = 'staff' AND kind NOT IN ('note', 'system') AND created_at >= $3)",
            conversation_id,
            staff_id,
            since,
        )
    )
