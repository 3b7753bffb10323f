"""How rows become the structs that leave this package, and the columns that takes."""

from collections.abc import Mapping
from typing import Any

import asyncpg
import msgspec

from yingda.tickets.kinds import Category, CheckItem, KindSpec, TicketKind
from yingda.tickets.schemas import Link, Relation, Ticket, TicketComment, TicketHistoryEntry

TICKET = (
    "t.id, t.number, t.kind_id, t.state, t.category, t.level, t.title, t.description, t.department_id, t.owner_id, "
    "t.source, t.opened_by, t.opened_by_name, t.customer_id, t.parent_id, t.merged_into_id, t.fields, t.checklist, "
    "t.watcher_ids, t.label_ids, t.due_at, t.created_at, t.updated_at, t.resolved_at, t.version"
)
KIND = "id, code, name, position, department_id, spec, version, archived_at IS NOT NULL AS archived"
LINK = "id, ticket_id, conversation_id, seq, shop, order_no, other_id, relation"
COMMENT = "id, ticket_id, author_id, author_name, text, public, mentions, attachments, meeting_id, created_at"
CHANGE = "id, at, actor_id, actor_name, action, before, after, reason"


def as_json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def to_ticket(row: asyncpg.Record) -> Ticket:
    plain = {name: row[name] for name in Ticket.__struct_fields__}
    plain["category"] = Category(row["category"])
    plain["fields"] = msgspec.json.decode(row["fields"])
    plain["checklist"] = msgspec.json.decode(row["checklist"], type=list[CheckItem])
    return Ticket(**plain)


def to_kind(row: Mapping[str, Any]) -> TicketKind:
    plain = dict(row)
    spec = msgspec.json.decode(plain.pop("spec"), type=KindSpec)
    return TicketKind(**plain, **{name: getattr(spec, name) for name in KindSpec.__struct_fields__})


def to_link(row: asyncpg.Record) -> Link:
    return Link(**{**row, "relation": row["relation"] and Relation(row["relation"])})


def to_comment(row: asyncpg.Record) -> TicketComment:
    raw = {name: msgspec.Raw(row[name].encode()) for name in ("mentions", "attachments")}
    return _COMMENTS.decode(msgspec.json.encode({**row, **raw}))


def to_change(row: asyncpg.Record) -> TicketHistoryEntry:
    plain = {name: msgspec.json.decode(row[name]) for name in ("before", "after")}
    return TicketHistoryEntry(**{**row, **plain})


_COMMENTS = msgspec.json.Decoder(TicketComment)
