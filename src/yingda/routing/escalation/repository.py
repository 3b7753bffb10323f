"""All SQL of escalation. A conversation or a ticket is locked before its escalations, as everywhere."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from yingda.infra.database import Connection, count_of
from yingda.routing.escalation.schemas import Chain, Escalation, Outcome, PublishedChain, TriggerKind
from yingda.routing.levels import Item, ItemKind

#: How far past items that others hold locked the watcher looks.
LOOK_AHEAD = 20

_FIELDS = Escalation.__struct_fields__
_COLUMNS = ", ".join(_FIELDS)
#: What a step is about.
_ABOUT = {ItemKind.CONVERSATION: "conversation_id", ItemKind.TICKET: "about_ticket_id"}
_ANY = "(conversation_id = ANY($1) OR about_ticket_id = ANY($2))"


async def chain(conn: Connection) -> PublishedChain | None:
    """The chain in force; None as long as nobody has published one."""
    row = await conn.fetchrow(
        "SELECT version, chain, reason, by_name, at FROM routing_escalation_chains ORDER BY version DESC LIMIT 1"
    )
    return PublishedChain(**{**row, "chain": msgspec.json.decode(row["chain"], type=Chain)}) if row else None


async def add_chain(conn: Connection, published: PublishedChain, by_id: UUID) -> bool:
    """False if there is such a version already."""
    status: str = await conn.execute(
        "INSERT INTO routing_escalation_chains (version, chain, reason, by_id, by_name, at) "
        "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
        published.version,
        msgspec.json.encode(published.chain).decode(),
        published.reason,
        by_id,
        published.by_name,
        published.at,
    )
    return status == "INSERT 0 1"


async def add(conn: Connection, escalation: Escalation) -> None:
    values: list[Any] = [getattr(escalation, field) for field in _FIELDS]
    values[_FIELDS.index("details")] = msgspec.json.encode(escalation.details).decode()
    places = ", ".join(f"${number}" for number in range(1, len(values) + 1))
    await conn.execute(f"INSERT INTO routing_escalations ({_COLUMNS}) VALUES ({places})", *values)


async def current(conn: Connection, item: Item) -> Escalation | None:
    """The step that is not closed."""
    row = await conn.fetchrow(
        f"SELECT {_COLUMNS} FROM routing_escalations WHERE {_ABOUT[item.kind]} = $1 AND closed_at IS NULL", item.id
    )
    return _escalation(row) if row else None


async def asked_by_ticket(conn: Connection, ticket_id: UUID) -> Escalation | None:
    """The open step of a conversation for which a department was asked by this ticket."""
    row = await conn.fetchrow(
        f"SELECT {_COLUMNS} FROM routing_escalations WHERE ticket_id = $1 AND closed_at IS NULL", ticket_id
    )
    return _escalation(row) if row else None


async def get(conn: Connection, escalation_id: UUID) -> Escalation | None:
    row = await conn.fetchrow(f"SELECT {_COLUMNS} FROM routing_escalations WHERE id = $1", escalation_id)
    return _escalation(row) if row else None


async def history(conn: Connection, item: Item) -> list[Escalation]:
    """The latest first."""
    rows = await conn.fetch(
        f"SELECT {_COLUMNS} FROM routing_escalations WHERE {_ABOUT[item.kind]} = $1 ORDER BY created_at DESC, id DESC",
        item.id,
    )
    return [_escalation(row) for row in rows]


async def unclosed(conn: Connection, limit: int) -> list[Escalation]:
    """Those that somebody has to confirm first, then by what is due."""
    rows = await conn.fetch(
        f"SELECT {_COLUMNS} FROM routing_escalations WHERE closed_at IS NULL "
        "ORDER BY receipted_at IS NOT NULL, level DESC, receipt_due_at LIMIT $1",
        limit,
    )
    return [_escalation(row) for row in rows]


async def receipt(conn: Connection, escalation_id: UUID, by_name: str, now: datetime) -> bool:
    """False if it was confirmed or closed before."""
    status: str = await conn.execute(
        "UPDATE routing_escalations SET receipted_at = $2, receipted_by_name = $3 "
        "WHERE id = $1 AND receipted_at IS NULL AND closed_at IS NULL",
        escalation_id,
        now,
        by_name,
    )
    return status == "UPDATE 1"


async def close(conn: Connection, item: Item, outcome: Outcome, now: datetime) -> None:
    await conn.execute(
        "UPDATE routing_escalations SET closed_at = $2, outcome = $3 "
        f"WHERE {_ABOUT[item.kind]} = $1 AND closed_at IS NULL",
        item.id,
        now,
        outcome.value,
    )


async def overdue(conn: Connection, kind: ItemKind, now: datetime, limit: int) -> list[UUID]:
    """Those of a kind whose step nobody has confirmed in time."""
    about = _ABOUT[kind]
    rows = await conn.fetch(
        f"SELECT {about} AS id FROM routing_escalations WHERE closed_at IS NULL AND receipted_at IS NULL "
        f"AND receipt_due_at <= $1 AND {about} IS NOT NULL ORDER BY receipt_due_at LIMIT $2",
        now,
        limit,
    )
    return [row["id"] for row in rows]


async def ask_again(conn: Connection, escalation_id: UUID, receipt_due_at: datetime) -> None:
    await conn.execute(
        "UPDATE routing_escalations SET receipt_due_at = $2 WHERE id = $1", escalation_id, receipt_due_at
    )


async def add_crisis(conn: Connection, conversation_id: UUID, now: datetime) -> bool:
    """False if it was one before."""
    status: str = await conn.execute(
        "INSERT INTO routing_crises (conversation_id, at) VALUES ($1, $2) ON CONFLICT DO NOTHING", conversation_id, now
    )
    return status == "INSERT 0 1"


async def join(conn: Connection, source_id: UUID, target_id: UUID, now: datetime) -> None:
    """The source's history is the target's now; what was open there ends, so that the target has one at most."""
    await close(conn, Item(ItemKind.CONVERSATION, source_id), Outcome.PASSED_ON, now)
    await conn.execute(
        "UPDATE routing_escalations SET conversation_id = $2 WHERE conversation_id = $1", source_id, target_id
    )


async def told_of(
    conn: Connection, conversation_ids: Sequence[UUID], ticket_ids: Sequence[UUID]
) -> list[dict[str, Any]]:
    """When and for what cause these went up, oldest first."""
    rows = await conn.fetch(
        f"SELECT trigger, level, created_at, closed_at, outcome FROM routing_escalations WHERE {_ANY} ORDER BY id",
        conversation_ids,
        ticket_ids,
    )
    return [dict(row) for row in rows]


async def strip(conn: Connection, conversation_ids: Sequence[UUID], ticket_ids: Sequence[UUID]) -> int:
    """Take the words away; that somebody was asked stays."""
    return count_of(
        await conn.execute(
            f"UPDATE routing_escalations SET reason = '' WHERE {_ANY} AND reason <> ''", conversation_ids, ticket_ids
        )
    )


def _escalation(row: asyncpg.Record) -> Escalation:
    outcome = row["outcome"]
    named = {"trigger": TriggerKind(row["trigger"]), "outcome": Outcome(outcome) if outcome else None}
    return Escalation(**{**row, **named, "details": msgspec.json.decode(row["details"])})
