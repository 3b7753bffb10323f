"""How rows become the structs that leave this package, and the columns that takes."""

from typing import Any

import asyncpg
import msgspec

from yingda.conversations.content import Author, AuthorKind, Content, Kind, Verdict
from yingda.conversations.excerpts import UnderstoodMessage
from yingda.conversations.schemas import Conversation, DueClock, HandOff, Message, Place, State

CONVERSATION = (
    "c.id, c.shop, c.channel, c.customer_id, c.state, c.level, c.assignee_id, c.assignee_name, c.team_id, c.last_seq, "
    "c.customer_seq, c.answered_seq, c.customer_read_seq, c.staff_read_seq, c.waiting_since, c.last_message_at, "
    "c.preview, c.intent, c.emotion, c.handoff, c.created_at, c.first_response_at, c.resolved_at, c.snoozed_until, "
    "c.spam, c.due_at, c.due_clock"
)


PLACE = "id, customer_id, shop, state, assignee_id, assignee_name, team_id, spam"


MESSAGE = (
    "m.id, m.conversation_id, m.seq, m.kind, m.author_kind, m.author_id, m.author_name, m.external_id, m.content, "
    "m.understanding, m.recalled, m.edited_at, m.rating, m.created_at"
)


def as_json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def to_author(row: asyncpg.Record) -> Author:
    return Author(AuthorKind(row["author_kind"]), row["author_id"], row["author_name"])


def to_message(row: asyncpg.Record) -> Message:
    return Message(
        id=row["id"],
        conversation_id=row["conversation_id"],
        seq=row["seq"],
        kind=Kind(row["kind"]),
        author=to_author(row),
        content=msgspec.json.decode(row["content"], type=Content),
        created_at=row["created_at"],
        external_id=row["external_id"],
        recalled=row["recalled"],
        edited_at=row["edited_at"],
        rating=Verdict(row["rating"]) if row["rating"] else None,
        understanding=msgspec.Raw((row["understanding"] or "null").encode()),
    )


def to_understood(row: asyncpg.Record) -> UnderstoodMessage:
    return UnderstoodMessage(
        conversation_id=row["conversation_id"],
        seq=row["seq"],
        text=row["text"],
        understanding=msgspec.Raw(row["understanding"].encode()),
        created_at=row["created_at"],
    )


def to_place(row: asyncpg.Record) -> Place:
    return Place(
        row["id"],
        row["customer_id"],
        row["shop"],
        State(row["state"]),
        row["assignee_id"],
        row["assignee_name"],
        row["team_id"],
        row["spam"],
    )


def to_conversation(row: asyncpg.Record) -> Conversation:
    return Conversation(
        **{name: row[name] for name in _PLAIN},
        state=State(row["state"]),
        due_clock=DueClock(row["due_clock"]) if row["due_clock"] else None,
        handoff=msgspec.json.decode(row["handoff"], type=HandOff) if row["handoff"] else None,
    )


_PLAIN = [name for name in Conversation.__struct_fields__ if name not in ("state", "due_clock", "handoff")]
