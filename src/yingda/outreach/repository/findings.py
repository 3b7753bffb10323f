"""What was found, what was told of it, and who does not want to be told."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from yingda.commerce import ShipmentPurpose
from yingda.infra.database import Connection, count_of
from yingda.infra.where import Where
from yingda.outreach.schemas import (
    Contact,
    Held,
    HeldCount,
    ParcelEvidence,
    ParcelFinding,
    ToldAccuracy,
    Trouble,
    TroubleOutcome,
    Truth,
)

_FINDING = (
    "id, shop, owner, order_no, tracking_no, rule, purpose, basis_at, evidence, found_at, held, held_until, told_at, "
    "told_text, conversation_id, noted_at, ticket_id, ticket_no, followed_at, follow_ups, moved_at, closing_at, "
    "closing_text, closed_at, outcome, truth"
)


async def add(conn: Connection, finding: ParcelFinding) -> bool:
    """False: this was found before, or something else is open about the parcel."""
    status = await conn.execute(
        "INSERT INTO outreach_findings (id, shop, owner, order_no, tracking_no, rule, purpose, basis_at, evidence, "
        "found_at, act_at, ticket_id, ticket_no) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb, $10, $10, $11, $12) ON CONFLICT DO NOTHING",
        finding.id,
        finding.shop,
        finding.owner,
        finding.order_no,
        finding.tracking_no,
        finding.rule.value,
        finding.purpose.value,
        finding.basis_at,
        msgspec.json.encode(finding.evidence).decode(),
        finding.found_at,
        finding.ticket_id,
        finding.ticket_no,
    )
    return bool(status == "INSERT 0 1")


async def unsettled(conn: Connection, shop: str, tracking_nos: Sequence[str]) -> dict[str, list[ParcelFinding]]:
    """Of these parcels: what is open, and what was told and not yet borne out, locked; by number."""
    rows = await conn.fetch(
        f"SELECT {_FINDING} FROM outreach_findings WHERE shop = $1 AND tracking_no = ANY($2::text[]) "
        "AND (closed_at IS NULL OR (told_at IS NOT NULL AND truth IS NULL)) ORDER BY id FOR UPDATE",
        shop,
        list(tracking_nos),
    )
    found: dict[str, list[ParcelFinding]] = {}
    for row in rows:
        found.setdefault(row["tracking_no"], []).append(_finding(row))
    return found


async def open_rules(conn: Connection, shop: str, tracking_nos: Sequence[str]) -> dict[str, Trouble]:
    """What is known to be wrong with these parcels."""
    rows = await conn.fetch(
        "SELECT tracking_no, rule FROM outreach_findings WHERE shop = $1 AND tracking_no = ANY($2::text[]) "
        "AND closed_at IS NULL",
        shop,
        list(tracking_nos),
    )
    return {row["tracking_no"]: Trouble(row["rule"]) for row in rows}


async def set_truth(conn: Connection, finding_id: UUID, truth: Truth) -> None:
    await conn.execute("UPDATE outreach_findings SET truth = $2 WHERE id = $1", finding_id, truth.value)


async def moves_on(conn: Connection, finding_id: UUID, moved_at: datetime, now: datetime) -> None:
    await conn.execute(
        "UPDATE outreach_findings SET moved_at = coalesce(moved_at, $2), act_at = $3 WHERE id = $1",
        finding_id,
        moved_at,
        now,
    )


async def close(conn: Connection, finding_id: UUID, outcome: TroubleOutcome, now: datetime) -> None:
    await conn.execute(
        "UPDATE outreach_findings SET closed_at = $2, outcome = $3, act_at = NULL, held_until = NULL WHERE id = $1",
        finding_id,
        now,
        outcome.value,
    )


async def claim_due(conn: Connection, now: datetime, lease: timedelta, limit: int) -> list[tuple[str, str]]:
    """Customers, as shop and id there, about whose parcels there is something to do; nobody else gets them then."""
    rows = await conn.fetch(
        "WITH due AS (SELECT id FROM outreach_findings WHERE act_at <= $1 ORDER BY act_at LIMIT $3 "
        "FOR UPDATE SKIP LOCKED), claimed AS (UPDATE outreach_findings f SET act_at = $2 FROM due WHERE f.id = due.id "
        "RETURNING shop, owner) SELECT DISTINCT shop, owner FROM claimed ORDER BY 1, 2",
        now,
        now + lease,
        limit,
    )
    return [(row["shop"], row["owner"]) for row in rows]


async def open_of(conn: Connection, shop: str, owner: str) -> list[ParcelFinding]:
    """All that is open about a customer's parcels, locked."""
    rows = await conn.fetch(
        f"SELECT {_FINDING} FROM outreach_findings WHERE shop = $1 AND owner = $2 AND closed_at IS NULL "
        "ORDER BY id FOR UPDATE",
        shop,
        owner,
    )
    return [_finding(row) for row in rows]


async def set_ticket(conn: Connection, finding_id: UUID, ticket_id: UUID, number: str) -> None:
    await conn.execute(
        "UPDATE outreach_findings SET ticket_id = $2, ticket_no = $3 WHERE id = $1", finding_id, ticket_id, number
    )


async def told(conn: Connection, finding_id: UUID, conversation_id: UUID, text: str, now: datetime) -> None:
    await conn.execute(
        "UPDATE outreach_findings SET told_at = $4, told_text = $3, conversation_id = $2, held = NULL, "
        "held_until = NULL WHERE id = $1",
        finding_id,
        conversation_id,
        text,
        now,
    )


async def told_news(conn: Connection, finding_id: UUID, conversation_id: UUID, text: str, now: datetime) -> None:
    await conn.execute(
        "UPDATE outreach_findings SET closing_at = $4, closing_text = $3, conversation_id = $2, held = NULL, "
        "held_until = NULL WHERE id = $1",
        finding_id,
        conversation_id,
        text,
        now,
    )


async def noted(conn: Connection, finding_id: UUID, conversation_id: UUID, now: datetime) -> None:
    """Whoever serves the customer was told."""
    await conn.execute(
        "UPDATE outreach_findings SET noted_at = coalesce(noted_at, $3), conversation_id = $2, held = 'person', "
        "held_until = NULL WHERE id = $1",
        finding_id,
        conversation_id,
        now,
    )


async def hold(conn: Connection, finding_ids: Sequence[UUID], why: Held, until: datetime | None) -> None:
    await conn.execute(
        "UPDATE outreach_findings SET held = $2, held_until = $3 WHERE id = ANY($1::uuid[])",
        list(finding_ids),
        why.value,
        until,
    )


async def followed(conn: Connection, finding_id: UUID, now: datetime) -> None:
    await conn.execute(
        "UPDATE outreach_findings SET followed_at = $2, follow_ups = follow_ups + 1 WHERE id = $1", finding_id, now
    )


async def set_act(conn: Connection, finding_id: UUID, act_at: datetime | None) -> None:
    await conn.execute("UPDATE outreach_findings SET act_at = $2 WHERE id = $1", finding_id, act_at)


async def release(conn: Connection, shop: str, owner: str, now: datetime) -> list[str]:
    """The customer wants to be told again: of these parcels, by number."""
    rows = await conn.fetch(
        "UPDATE outreach_findings SET act_at = $3, held = NULL WHERE shop = $1 AND owner = $2 AND closed_at IS NULL "
        "AND held = 'opted_out' RETURNING tracking_no",
        shop,
        owner,
        now,
    )
    return [row["tracking_no"] for row in rows]


async def lock_contact(conn: Connection, shop: str, owner: str) -> Contact:
    row = await conn.fetchrow(
        "INSERT INTO outreach_contacts (shop, owner) VALUES ($1, $2) "
        "ON CONFLICT (shop, owner) DO UPDATE SET owner = excluded.owner RETURNING opted_out_at, told_at",
        shop,
        owner,
    )
    return Contact(**row) if row else Contact(None, None)


async def contact(conn: Connection, shop: str, owner: str) -> Contact:
    row = await conn.fetchrow(
        "SELECT opted_out_at, told_at FROM outreach_contacts WHERE shop = $1 AND owner = $2", shop, owner
    )
    return Contact(**row) if row else Contact(None, None)


async def set_wanted(conn: Connection, shop: str, owner: str, opted_out_at: datetime | None) -> None:
    await conn.execute(
        "INSERT INTO outreach_contacts (shop, owner, opted_out_at) VALUES ($1, $2, $3) "
        "ON CONFLICT (shop, owner) DO UPDATE SET opted_out_at = excluded.opted_out_at",
        shop,
        owner,
        opted_out_at,
    )


async def contacted(conn: Connection, shop: str, owner: str, now: datetime) -> None:
    await conn.execute("UPDATE outreach_contacts SET told_at = $3 WHERE shop = $1 AND owner = $2", shop, owner, now)


async def join(conn: Connection, source_id: UUID, target_id: UUID) -> None:
    """What was told in one conversation was told in the other."""
    await conn.execute(
        "UPDATE outreach_findings SET conversation_id = $2 WHERE conversation_id = $1", source_id, target_id
    )


async def listed(
    conn: Connection,
    *,
    rule: Trouble | None,
    is_open: bool | None,
    told: bool | None,
    number: str | None,
    before: tuple[datetime, UUID] | None,
    limit: int,
) -> list[ParcelFinding]:
    """The latest first."""
    where = Where()
    if rule:
        where.add("rule = {}", rule.value)
    if is_open is not None:
        where.add("(closed_at IS NULL) = {}", is_open)
    if told is not None:
        where.add("(told_at IS NOT NULL) = {}", told)
    if number:
        where.add("{} IN (order_no, tracking_no)", number.strip().upper())
    if before:
        where.add("(found_at, id) < ({}, {})", *before)
    rows = await conn.fetch(
        f"SELECT {_FINDING} FROM outreach_findings WHERE {where} ORDER BY found_at DESC, id DESC LIMIT {int(limit)}",
        *where.arguments,
    )
    return [_finding(row) for row in rows]


async def accuracy(conn: Connection, since: datetime) -> list[ToldAccuracy]:
    rows = await conn.fetch(
        "SELECT rule, count(*) AS found, count(told_at) AS told, count(*) FILTER (WHERE truth = 'right') AS right, "
        "count(*) FILTER (WHERE truth = 'wrong') AS wrong FROM outreach_findings WHERE found_at >= $1 GROUP BY rule",
        since,
    )
    by_rule = {row["rule"]: row for row in rows}
    return [ToldAccuracy(**{**by_rule[rule.value], "rule": rule}) for rule in Trouble if rule.value in by_rule]


async def waiting(conn: Connection) -> list[HeldCount]:
    rows = await conn.fetch(
        "SELECT held, count(*) AS count FROM outreach_findings WHERE closed_at IS NULL AND held IS NOT NULL "
        "GROUP BY held ORDER BY count DESC, held"
    )
    return [HeldCount(Held(row["held"]), row["count"]) for row in rows]


async def count_open(conn: Connection) -> int:
    return int(await conn.fetchval("SELECT count(*) FROM outreach_findings WHERE closed_at IS NULL"))


async def count_opted_out(conn: Connection) -> int:
    return int(await conn.fetchval("SELECT count(*) FROM outreach_contacts WHERE opted_out_at IS NOT NULL"))


async def purge(conn: Connection, before: datetime) -> None:
    await conn.execute("DELETE FROM outreach_findings WHERE closed_at < $1", before)


def _finding(row: asyncpg.Record) -> ParcelFinding:
    return ParcelFinding(
        **{
            **row,
            "rule": Trouble(row["rule"]),
            "purpose": ShipmentPurpose(row["purpose"]),
            "evidence": msgspec.json.decode(row["evidence"], type=ParcelEvidence),
            "held": Held(row["held"]) if row["held"] else None,
            "outcome": TroubleOutcome(row["outcome"]) if row["outcome"] else None,
            "truth": Truth(row["truth"]) if row["truth"] else None,
        }
    )


async def told_of(conn: Connection, shops: Sequence[str], owners: Sequence[str]) -> list[dict[str, Any]]:
    """What was found and told about the parcels of these accounts (shop by shop), oldest first."""
    rows = await conn.fetch(
        "SELECT f.order_no, f.tracking_no, f.rule, f.found_at, f.told_at, f.told_text, f.closing_at, f.closing_text, "
        "f.outcome FROM outreach_findings f JOIN unnest($1::text[], $2::text[]) AS a(shop, owner) USING (shop, owner) "
        "ORDER BY f.found_at, f.id",
        shops,
        owners,
    )
    return [dict(row) for row in rows]


async def forget(conn: Connection, shops: Sequence[str], owners: Sequence[str]) -> int:
    """All about the parcels of these accounts, and that they wanted no reminders; how many rows that were."""
    gone = 0
    for table in ("outreach_findings", "outreach_parcels", "outreach_contacts"):
        gone += count_of(
            await conn.execute(
                f"DELETE FROM {table} t USING unnest($1::text[], $2::text[]) AS a(shop, owner) "
                "WHERE t.shop = a.shop AND t.owner = a.owner",
                shops,
                owners,
            )
        )
    return gone
