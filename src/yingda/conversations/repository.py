"""All SQL of conversations: hand-written, because the message path runs through here."""

from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from yingda.conversations import rules
from yingda.conversations.rules import Marks
from yingda.conversations.schemas import (
    Author,
    AuthorKind,
    Content,
    Conversation,
    Filter,
    HandOff,
    Incoming,
    Kind,
    Message,
    Participant,
    Place,
    Sort,
    State,
    UnderstoodMessage,
    View,
    Visibility,
)
from yingda.infra.database import Connection
from yingda.infra.files import StoredFile

_CONVERSATION = (
    "c.id, c.shop, c.channel, c.customer_id, c.state, c.level, c.assignee_id, c.assignee_name, c.team_id, c.last_seq, "
    "c.customer_seq, c.answered_seq, c.customer_read_seq, c.staff_read_seq, c.waiting_since, c.last_message_at, "
    "c.preview, c.intent, c.emotion, c.handoff, c.created_at, c.first_response_at, c.resolved_at, c.snoozed_until"
)
_PLACE = "id, customer_id, shop, state, assignee_id, assignee_name, team_id"
_MESSAGE = (
    "m.id, m.conversation_id, m.seq, m.kind, m.author_kind, m.author_id, m.author_name, m.external_id, m.content, "
    "m.understanding, m.recalled, m.created_at"
)

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
    state = CASE WHEN c.state = 'snoozed' THEN 'open' ELSE c.state END, snoozed_until = NULL
FROM stored WHERE c.id = stored.conversation_id
RETURNING c.id, c.customer_id, c.shop, c.state, c.assignee_id, c.assignee_name, c.team_id, c.last_seq
"""


async def receive(conn: Connection, incoming: Incoming, message_id: UUID, now: datetime) -> tuple[Place, int] | None:
    """Store in the current conversation; where it went, or None if there was nothing to do."""
    row = await conn.fetchrow(
        RECEIVE,
        incoming.customer_id,
        incoming.shop,
        message_id,
        incoming.kind.value,
        incoming.channel,
        incoming.external_id,
        _json(incoming.content),
        rules.search_terms(rules.text_of(incoming.content)),
        now,
        rules.preview(incoming.content),
    )
    return (_place(row), row["last_seq"]) if row else None


async def find_received(conn: Connection, channel: str, external_id: str) -> Message | None:
    row = await conn.fetchrow(
        f"SELECT {_MESSAGE} FROM messages m WHERE m.channel = $1 AND m.external_id = $2", channel, external_id
    )
    return _message(row) if row else None


async def lock_last_resolved(conn: Connection, customer_id: UUID, shop: str, since: datetime) -> UUID | None:
    """The customer's latest conversation, if it was resolved after `since`."""
    return await conn.fetchval(  # type: ignore[no-any-return]
        "SELECT id FROM conversations WHERE customer_id = $1 AND shop = $2 AND state = 'resolved' "
        "AND resolved_at >= $3 ORDER BY id DESC LIMIT 1 FOR UPDATE",
        customer_id,
        shop,
        since,
    )


async def return_to_assistant(conn: Connection, conversation_id: UUID) -> None:
    """Reopen for a customer who came back: as at the beginning, with nobody in charge."""
    await conn.execute(
        "UPDATE conversations SET state = 'pending', assignee_id = NULL, assignee_name = NULL, resolved_at = NULL, "
        "handoff = NULL, waiting_since = NULL, answered_seq = customer_seq WHERE id = $1 AND state = 'resolved'",
        conversation_id,
    )


async def create(conn: Connection, conversation_id: UUID, incoming: Incoming, now: datetime) -> None:
    """Begin a conversation, unless another transaction has just begun the same."""
    await conn.execute(
        "INSERT INTO conversations (id, shop, channel, customer_id, state, last_message_at, created_at) "
        "VALUES ($1, $2, $3, $4, 'pending', $5, $5) "
        "ON CONFLICT (customer_id, shop) WHERE state <> 'resolved' DO NOTHING",
        conversation_id,
        incoming.shop,
        incoming.channel,
        incoming.customer_id,
        now,
    )


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
RETURNING c.id, c.customer_id, c.shop, c.state, c.assignee_id, c.assignee_name, c.team_id, c.last_seq
"""


async def append(conn: Connection, message: Message) -> tuple[Place, int] | None:
    """Store a message of the service side; None if there is no such conversation, or a duplicate."""
    kind, author = message.kind, message.author
    row = await conn.fetchrow(
        _APPEND,
        message.conversation_id,
        message.id,
        kind.value,
        author.kind.value,
        author.id,
        author.name,
        _json(message.content),
        rules.search_terms(rules.text_of(message.content)),
        message.created_at,
        rules.preview(message.content),
        author.kind in (AuthorKind.ASSISTANT, AuthorKind.STAFF) and kind is not Kind.NOTE,
        message.external_id,
    )
    return (_place(row), row["last_seq"]) if row else None


async def find_sent(conn: Connection, conversation_id: UUID, external_id: str) -> Message | None:
    row = await conn.fetchrow(
        f"SELECT {_MESSAGE} FROM messages m WHERE m.conversation_id = $1 AND m.external_id = $2",
        conversation_id,
        external_id,
    )
    return _message(row) if row else None


async def get(conn: Connection, conversation_id: UUID, *, lock: bool = False) -> Conversation | None:
    row = await conn.fetchrow(
        f"SELECT {_CONVERSATION} FROM conversations c WHERE c.id = $1" + (" FOR UPDATE" if lock else ""),
        conversation_id,
    )
    return _conversation(row) if row else None


async def try_lock(conn: Connection, conversation_ids: list[UUID]) -> UUID | None:
    """Lock the first of these, in the given order, that nobody else holds; None if all are held."""
    return await conn.fetchval(  # type: ignore[no-any-return]
        "SELECT c.id FROM unnest($1::uuid[]) WITH ORDINALITY AS w(id, place) JOIN conversations c USING (id) "
        "ORDER BY place LIMIT 1 FOR UPDATE OF c SKIP LOCKED",
        conversation_ids,
    )


async def get_visible(conn: Connection, conversation_id: UUID, visibility: Visibility) -> Conversation | None:
    where = _Where()
    where.add("c.id = {}", conversation_id)
    _restrict(where, visibility)
    row = await conn.fetchrow(f"SELECT {_CONVERSATION} FROM conversations c WHERE {where}", *where.arguments)
    return _conversation(row) if row else None


async def current(conn: Connection, customer_id: UUID, shop: str, since: datetime) -> Conversation | None:
    """What the customer would go on with: the unresolved conversation, else one resolved after `since`."""
    row = await conn.fetchrow(
        f"SELECT {_CONVERSATION} FROM conversations c WHERE customer_id = $1 AND shop = $2 "
        "AND (state <> 'resolved' OR resolved_at >= $3) ORDER BY (state <> 'resolved') DESC, id DESC LIMIT 1",
        customer_id,
        shop,
        since,
    )
    return _conversation(row) if row else None


async def set_state(
    conn: Connection,
    conversation_id: UUID,
    state: State,
    *,
    now: datetime,
    snoozed_until: datetime | None = None,
    handoff: HandOff | None = None,
    level: int | None = None,
) -> None:
    """Write a state and what belongs to it: the moment of resolving, the end of a snooze, the hand-off's story."""
    await conn.execute(
        "UPDATE conversations SET state = $2, "
        "resolved_at = CASE WHEN $2 = 'resolved' THEN $3::timestamptz END, "
        "waiting_since = CASE WHEN $2 = 'resolved' THEN NULL WHEN $5::jsonb IS NOT NULL "
        "THEN coalesce(waiting_since, $3::timestamptz) ELSE waiting_since END, "
        "answered_seq = CASE WHEN $2 = 'pending' THEN answered_seq ELSE customer_seq END, "
        "snoozed_until = $4, handoff = coalesce($5::jsonb, handoff), level = coalesce($6, level) WHERE id = $1",
        conversation_id,
        state.value,
        now,
        snoozed_until,
        _json(handoff) if handoff else None,
        level,
    )


async def set_assignee(conn: Connection, conversation_id: UUID, staff: Author | None, team_id: UUID | None) -> None:
    await conn.execute(
        "UPDATE conversations SET assignee_id = $2, assignee_name = $3, team_id = coalesce($4, team_id) WHERE id = $1",
        conversation_id,
        staff.id if staff else None,
        staff.name if staff else None,
        team_id,
    )


async def set_answered(
    conn: Connection, conversation_id: UUID, seq: int, intent: str | None, emotion: str | None
) -> None:
    await conn.execute(
        "UPDATE conversations SET answered_seq = $2, intent = coalesce($3, intent), emotion = coalesce($4, emotion) "
        "WHERE id = $1",
        conversation_id,
        seq,
        intent,
        emotion,
    )


async def set_understanding(conn: Connection, conversation_id: UUID, seq: int, understanding: bytes) -> None:
    await conn.execute(
        "UPDATE messages SET understanding = $3::jsonb WHERE conversation_id = $1 AND seq = $2",
        conversation_id,
        seq,
        understanding.decode(),
    )


async def mark_read(
    conn: Connection, conversation_id: UUID, seq: int, *, by_customer: bool
) -> tuple[Place, int] | None:
    """Move a read mark forward, never past the last message; the new mark, or None if it did not move."""
    column = "customer_read_seq" if by_customer else "staff_read_seq"
    row = await conn.fetchrow(
        f"UPDATE conversations SET {column} = least($2, last_seq) WHERE id = $1 AND {column} < least($2, last_seq) "
        f"RETURNING {_PLACE}, {column} AS mark",
        conversation_id,
        seq,
    )
    return (_place(row), row["mark"]) if row else None


async def append_thread(conn: Connection, source: UUID, target: UUID, marks: Marks) -> None:
    """Put the messages of `source` behind those of `target`, which then stands at `marks`, and drop `source`."""
    await conn.execute(
        "UPDATE messages SET conversation_id = $2, seq = seq + (SELECT last_seq FROM conversations WHERE id = $2) "
        "WHERE conversation_id = $1",
        source,
        target,
    )
    await conn.execute(
        "UPDATE conversations t SET last_seq = $3, customer_seq = $4, answered_seq = $5, customer_read_seq = $6, "
        "last_message_at = greatest(t.last_message_at, s.last_message_at), preview = s.preview, "
        "waiting_since = least(t.waiting_since, s.waiting_since) FROM conversations s WHERE s.id = $1 AND t.id = $2",
        source,
        target,
        marks.last_seq,
        marks.customer_seq,
        marks.answered_seq,
        marks.customer_read_seq,
    )
    await conn.execute("DELETE FROM conversations WHERE id = $1", source)


async def move_to_customer(conn: Connection, from_customer: UUID, to_customer: UUID, shop: str) -> list[UUID]:
    """Give a visitor's conversations to the customer they turned out to be; the two must not both have a current one.

    What was uploaded can still be sent, and a message that is handed in again is still known.
    """
    rows = await conn.fetch(
        "UPDATE conversations SET customer_id = $2 WHERE customer_id = $1 AND shop = $3 RETURNING id",
        from_customer,
        to_customer,
        shop,
    )
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
    return [row["id"] for row in rows]


async def messages_after(
    conn: Connection, conversation_id: UUID, after_seq: int, limit: int, *, with_notes: bool
) -> list[Message]:
    """Up to `limit` messages with a greater number, ascending."""
    rows = await conn.fetch(
        f"SELECT {_MESSAGE} FROM messages m WHERE conversation_id = $1 AND seq > $2 "
        "AND ($4 OR kind <> 'note') ORDER BY seq LIMIT $3",
        conversation_id,
        after_seq,
        limit,
        with_notes,
    )
    return [_message(row) for row in rows]


async def messages_before(
    conn: Connection, conversation_id: UUID, before_seq: int, limit: int, *, with_notes: bool
) -> list[Message]:
    """The `limit` messages just before a number, ascending."""
    rows = await conn.fetch(
        f"SELECT {_MESSAGE} FROM messages m WHERE conversation_id = $1 AND seq < $2 "
        "AND ($4 OR kind <> 'note') ORDER BY seq DESC LIMIT $3",
        conversation_id,
        before_seq,
        limit,
        with_notes,
    )
    return [_message(row) for row in reversed(rows)]


async def messages_by_seq(conn: Connection, wanted: list[tuple[UUID, int]]) -> list[Message]:
    """The messages of these (conversation, number) pairs, in order."""
    rows = await conn.fetch(
        f"SELECT {_MESSAGE} FROM messages m JOIN unnest($1::uuid[], $2::int[]) AS w(conversation_id, seq) "
        "USING (conversation_id, seq) ORDER BY conversation_id, seq",
        [conversation_id for conversation_id, _ in wanted],
        [seq for _, seq in wanted],
    )
    return [_message(row) for row in rows]


async def places(conn: Connection, conversation_ids: list[UUID]) -> dict[UUID, Place]:
    """Where these conversations stand now."""
    rows = await conn.fetch(
        f"SELECT {_PLACE} FROM conversations WHERE id = ANY($1::uuid[])",
        conversation_ids,
    )
    return {row["id"]: _place(row) for row in rows}


async def participants(conn: Connection, conversation_id: UUID) -> list[Participant]:
    """Everybody who has written, in the order of their first message."""
    rows = await conn.fetch(
        "SELECT author_kind, author_id, author_name, min(seq) AS first_seq, max(seq) AS last_seq FROM messages "
        "WHERE conversation_id = $1 AND author_kind <> 'system' GROUP BY 1, 2, 3 ORDER BY first_seq",
        conversation_id,
    )
    return [Participant(_author(row), row["first_seq"], row["last_seq"]) for row in rows]


async def unanswered(conn: Connection, conversation_id: UUID) -> tuple[Conversation, list[Message]] | None:
    """The head and the customer's messages that the assistant has not dealt with."""
    head = await get(conn, conversation_id)
    if head is None:
        return None
    rows = await conn.fetch(
        f"SELECT {_MESSAGE} FROM messages m WHERE conversation_id = $1 AND seq > $2 AND author_kind = 'customer' "
        "ORDER BY seq",
        conversation_id,
        head.answered_seq,
    )
    return head, [_message(row) for row in rows]


async def understood(
    conn: Connection, since: datetime, teams: frozenset[UUID] | None, limit: int
) -> list[UnderstoodMessage]:
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
    return [_understood(row) for row in rows]


async def understood_message(conn: Connection, conversation_id: UUID, seq: int) -> UnderstoodMessage | None:
    row = await conn.fetchrow(
        "SELECT conversation_id, seq, content->>'text' AS text, understanding, created_at FROM messages "
        "WHERE conversation_id = $1 AND seq = $2 AND author_kind = 'customer' AND kind = 'text' "
        "AND understanding IS NOT NULL AND NOT recalled",
        conversation_id,
        seq,
    )
    return _understood(row) if row else None


async def due_snoozed(conn: Connection, now: datetime) -> list[UUID]:
    rows = await conn.fetch(
        "SELECT id FROM conversations WHERE state = 'snoozed' AND snoozed_until <= $1 ORDER BY snoozed_until LIMIT 500",
        now,
    )
    return [row["id"] for row in rows]


_ORDER = {
    Sort.LAST_ACTIVITY: ("c.last_message_at", "DESC", "<"),
    Sort.WAITING_SINCE: ("coalesce(c.waiting_since, 'infinity')", "ASC", ">"),
    Sort.LEVEL: ("(5 - c.level) * 1e11 + coalesce(extract(epoch FROM c.waiting_since), 1e10)", "ASC", ">"),
}


async def list_visible(
    conn: Connection, wanted: Filter, visibility: Visibility, after: tuple[str, UUID] | None, limit: int
) -> list[tuple[Conversation, str]]:
    """Heads with their sort keys (as text, for the cursor), `limit` of them, after the given key."""
    column, direction, beyond = _ORDER[wanted.sort]
    where = _Where()
    _apply(where, wanted, visibility)
    _restrict(where, visibility)
    if after:
        kind = "numeric" if wanted.sort is Sort.LEVEL else "timestamptz"
        where.add(f"({column}, c.id) {beyond} ({{}}::text::{kind}, {{}})", *after)
    rows = await conn.fetch(
        f"SELECT {_CONVERSATION}, ({column})::text AS sort_key FROM conversations c WHERE {where} "
        f"ORDER BY {column} {direction}, c.id {direction} LIMIT {int(limit)}",
        *where.arguments,
    )
    return [(_conversation(row), row["sort_key"]) for row in rows]


async def count_views(conn: Connection, visibility: Visibility) -> dict[str, int]:
    """How many conversations each view of the inbox holds (resolved ones are not counted)."""
    where = _Where()
    mine = where.place(visibility.staff_id)
    where.add("c.state <> 'resolved'")
    _restrict(where, visibility)
    row = await conn.fetchrow(
        f"SELECT count(*) FILTER (WHERE c.assignee_id = {mine} AND c.state IN ('open', 'snoozed')) AS mine, "
        "count(*) FILTER (WHERE c.state = 'open' AND c.assignee_id IS NULL) AS waiting, "
        "count(*) AS \"all\", count(*) FILTER (WHERE c.state = 'pending') AS assistant "
        f"FROM conversations c WHERE {where}",
        *where.arguments,
    )
    return dict(row) if row else {}


async def search(
    conn: Connection,
    terms: list[str],
    needle: str,
    visibility: Visibility,
    before: tuple[datetime, UUID] | None,
    limit: int,
) -> list[Message]:
    """Messages that have all `terms` and the very words of `needle`, newest first."""
    where = _Where()
    where.add("m.terms @> {}::text[]", terms)
    where.add("position({} IN lower(m.content->>'text')) > 0", needle)
    _restrict(where, visibility)
    if before:
        where.add("(m.created_at, m.id) < ({}, {})", *before)
    rows = await conn.fetch(
        f"SELECT {_MESSAGE} FROM messages m JOIN conversations c ON c.id = m.conversation_id WHERE {where} "
        f"ORDER BY m.created_at DESC, m.id DESC LIMIT {int(limit)}",
        *where.arguments,
    )
    return [_message(row) for row in rows]


async def add_attachment(conn: Connection, file: StoredFile, owner_id: UUID, now: datetime) -> None:
    await conn.execute(
        "INSERT INTO attachments (id, owner_id, key, name, media_type, size, width, height, created_at) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        file.id,
        owner_id,
        file.key,
        file.name,
        file.media_type,
        file.size,
        file.width,
        file.height,
        now,
    )


async def attachment(conn: Connection, file_id: UUID, owner_id: UUID | None = None) -> StoredFile | None:
    """The file, if it is `owner_id`'s or nobody asks whose it is."""
    row = await conn.fetchrow(
        "SELECT id, key, name, media_type, size, width, height FROM attachments "
        "WHERE id = $1 AND ($2::uuid IS NULL OR owner_id = $2)",
        file_id,
        owner_id,
    )
    return StoredFile(**dict(row)) if row else None


async def is_attached(conn: Connection, conversation_id: UUID, file_id: UUID) -> bool:
    """Whether a message of this conversation carries the file."""
    return bool(
        await conn.fetchval(
            "SELECT EXISTS (SELECT FROM messages WHERE conversation_id = $1 AND kind IN ('image', 'file') "
            "AND content->>'file_id' = $2)",
            conversation_id,
            str(file_id),
        )
    )


class _Where:
    """Conditions with numbered parameters; no value ever enters the SQL text."""

    def __init__(self) -> None:
        self._conditions: list[str] = []
        self.arguments: list[Any] = []

    def place(self, argument: Any) -> str:
        self.arguments.append(argument)
        return f"${len(self.arguments)}"

    def add(self, condition: str, *arguments: Any) -> None:
        self._conditions.append(condition.format(*[self.place(argument) for argument in arguments]))

    def __str__(self) -> str:
        return " AND ".join(f"({condition})" for condition in self._conditions) or "true"


def _apply(where: _Where, wanted: Filter, visibility: Visibility) -> None:
    match wanted.view:
        case View.MINE:
            where.add("c.assignee_id = {}", visibility.staff_id)
            if wanted.state is None:
                where.add("c.state IN ('open', 'snoozed')")
        case View.WAITING:
            where.add("c.state = 'open' AND c.assignee_id IS NULL")
        case View.ASSISTANT:
            where.add("c.state = 'pending'")
        case View.ALL:
            pass
    equal = {
        "state": wanted.state.value if wanted.state else None,
        "channel": wanted.channel,
        "shop": wanted.shop,
        "intent": wanted.intent,
        "level": wanted.level,
        "team_id": wanted.team_id,
        "assignee_id": wanted.assignee_id,
        "customer_id": wanted.customer_id,
    }
    for column, value in equal.items():
        if value is not None:
            where.add(f"c.{column} = {{}}", value)


def _restrict(where: _Where, visibility: Visibility) -> None:
    if visibility.everything:
        return
    if visibility.own_only:
        where.add(
            "c.assignee_id = {} OR (c.assignee_id IS NULL AND c.state = 'open' "
            "AND (c.team_id IS NULL OR c.team_id = ANY({}::uuid[])))",
            visibility.staff_id,
            list(visibility.team_ids),
        )
    else:
        where.add(
            "c.assignee_id = {} OR c.team_id IS NULL OR c.team_id = ANY({}::uuid[])",
            visibility.staff_id,
            list(visibility.team_ids),
        )


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _author(row: asyncpg.Record) -> Author:
    return Author(AuthorKind(row["author_kind"]), row["author_id"], row["author_name"])


def _message(row: asyncpg.Record) -> Message:
    return Message(
        id=row["id"],
        conversation_id=row["conversation_id"],
        seq=row["seq"],
        kind=Kind(row["kind"]),
        author=_author(row),
        content=msgspec.json.decode(row["content"], type=Content),
        created_at=row["created_at"],
        external_id=row["external_id"],
        recalled=row["recalled"],
        understanding=msgspec.Raw((row["understanding"] or "null").encode()),
    )


def _understood(row: asyncpg.Record) -> UnderstoodMessage:
    return UnderstoodMessage(
        conversation_id=row["conversation_id"],
        seq=row["seq"],
        text=row["text"],
        understanding=msgspec.Raw(row["understanding"].encode()),
        created_at=row["created_at"],
    )


def _place(row: asyncpg.Record) -> Place:
    return Place(
        row["id"],
        row["customer_id"],
        row["shop"],
        State(row["state"]),
        row["assignee_id"],
        row["assignee_name"],
        row["team_id"],
    )


def _conversation(row: asyncpg.Record) -> Conversation:
    return Conversation(
        **{name: row[name] for name in _PLAIN},
        state=State(row["state"]),
        handoff=msgspec.json.decode(row["handoff"], type=HandOff) if row["handoff"] else None,
    )


_PLAIN = [name for name in Conversation.__struct_fields__ if name not in ("state", "handoff")]
