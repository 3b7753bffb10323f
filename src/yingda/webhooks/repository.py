"""All SQL of the webhooks that go out."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from yingda.infra.database import Connection, count_of
from yingda.webhooks.schemas import Attempt, Delivery, DeliveryState, EventType, Target, Webhook, WriteWebhook

_DELIVERY = (
    "id, webhook_id, event_type, body, redelivery_of, state, attempts, status, problem, took_ms, created_at, "
    "tried_at, next_at"
)
_TELLS_OF = (
    "EXISTS (SELECT FROM jsonb_to_record(d.body::jsonb -> 'data') "
    "AS t(customer_id text, conversation_id text, shop text, owner text) "
    "WHERE customer_id = ANY($1) OR conversation_id = ANY($2) "
    "OR (shop, owner) IN (SELECT * FROM unnest($3::text[], $4::text[])))"
)
_WEBHOOKS = """
    SELECT w.id, w.name, w.url, w.event_types, w.enabled, right(w.secret, 4) AS secret_hint, w.created_at,
        CASE WHEN w.previous_until > $1 THEN w.previous_until END AS previous_until,
        coalesce(d.delivered, 0) AS delivered, coalesce(d.failed, 0) AS failed
    FROM webhooks w LEFT JOIN (
        SELECT webhook_id, count(*) FILTER (WHERE state = 'delivered') AS delivered,
            count(*) FILTER (WHERE state = 'failed') AS failed
        FROM webhook_deliveries WHERE created_at > $1::timestamptz - interval '24 hours' GROUP BY webhook_id
    ) d ON d.webhook_id = w.id
"""


async def webhooks(conn: Connection, now: datetime) -> list[Webhook]:
    return [_webhook(row) for row in await conn.fetch(f"{_WEBHOOKS} ORDER BY w.name, w.id", now)]


async def webhook(conn: Connection, webhook_id: UUID, now: datetime) -> Webhook | None:
    row = await conn.fetchrow(f"{_WEBHOOKS} WHERE w.id = $2", now, webhook_id)
    return _webhook(row) if row else None


async def wanted(conn: Connection) -> frozenset[str]:
    """All types to which somebody has subscribed."""
    sql = "SELECT DISTINCT jsonb_array_elements_text(event_types) FROM webhooks WHERE enabled"
    return frozenset(row[0] for row in await conn.fetch(sql))


async def add(conn: Connection, webhook_id: UUID, data: WriteWebhook, secret: str, by: UUID, now: datetime) -> None:
    await conn.execute(
        "INSERT INTO webhooks (id, name, url, event_types, enabled, secret, created_by, created_at) "
        "VALUES ($1, $2, $3, $4::jsonb, $5, $6, $7, $8)",
        webhook_id,
        data.name,
        data.url,
        _types(data),
        data.enabled,
        secret,
        by,
        now,
    )


async def change(conn: Connection, webhook_id: UUID, data: WriteWebhook) -> bool:
    status = await conn.execute(
        "UPDATE webhooks SET name = $2, url = $3, event_types = $4::jsonb, enabled = $5 WHERE id = $1",
        webhook_id,
        data.name,
        data.url,
        _types(data),
        data.enabled,
    )
    return bool(status == "UPDATE 1")


async def remove(conn: Connection, webhook_id: UUID) -> bool:
    return bool(await conn.execute("DELETE FROM webhooks WHERE id = $1", webhook_id) == "DELETE 1")


async def rotate(conn: Connection, webhook_id: UUID, secret: str, until: datetime) -> bool:
    status = await conn.execute(
        "UPDATE webhooks SET previous_secret = secret, previous_until = $3, secret = $2 WHERE id = $1",
        webhook_id,
        secret,
        until,
    )
    return bool(status == "UPDATE 1")


async def subscribers(conn: Connection, event_type: EventType) -> list[UUID]:
    sql = "SELECT id FROM webhooks WHERE enabled AND event_types @> to_jsonb($1::text) ORDER BY id"
    return [row["id"] for row in await conn.fetch(sql, event_type)]


async def add_delivery(
    conn: Connection,
    delivery_id: UUID,
    webhook_id: UUID,
    event_type: EventType,
    body: str,
    now: datetime,
    redelivery_of: UUID | None = None,
) -> Delivery | None:
    """None: it was written before."""
    row = await conn.fetchrow(
        "INSERT INTO webhook_deliveries (id, webhook_id, event_type, body, created_at, redelivery_of, next_at) "
        f"VALUES ($1, $2, $3, $4, $5, $6, $5) ON CONFLICT (id) DO NOTHING RETURNING {_DELIVERY}",
        delivery_id,
        webhook_id,
        event_type,
        body,
        now,
        redelivery_of,
    )
    return _delivery(row) if row else None


async def delivery(conn: Connection, delivery_id: UUID) -> Delivery | None:
    row = await conn.fetchrow(f"SELECT {_DELIVERY} FROM webhook_deliveries WHERE id = $1", delivery_id)
    return _delivery(row) if row else None


async def deliveries(
    conn: Connection,
    webhook_id: UUID,
    state: DeliveryState | None,
    before: tuple[datetime, UUID] | None,
    limit: int,
) -> list[Delivery]:
    """Latest first."""
    at, last = before or (None, None)
    rows = await conn.fetch(
        f"SELECT {_DELIVERY} FROM webhook_deliveries WHERE webhook_id = $1 AND ($2::text IS NULL OR state = $2) "
        "AND ($3::timestamptz IS NULL OR (created_at, id) < ($3, $4::uuid)) ORDER BY created_at DESC, id DESC LIMIT $5",
        webhook_id,
        state,
        at,
        last,
        limit,
    )
    return [_delivery(row) for row in rows]


async def target(conn: Connection, delivery_id: UUID, now: datetime) -> Target | None:
    """None: there is nothing to deliver (any more)."""
    columns = ", ".join(f"d.{name.strip()}" for name in _DELIVERY.split(","))
    row = await conn.fetchrow(
        f"SELECT {columns}, w.url, w.enabled, w.secret, "
        "CASE WHEN w.previous_until > $2 THEN w.previous_secret END AS previous_secret "
        "FROM webhook_deliveries d JOIN webhooks w ON w.id = d.webhook_id WHERE d.id = $1 AND d.state = 'pending'",
        delivery_id,
        now,
    )
    if row is None:
        return None
    secrets = tuple(one for one in (row["secret"], row["previous_secret"]) if one)
    return Target(delivery=_delivery(row), url=row["url"], secrets=secrets, enabled=row["enabled"])


async def note(
    conn: Connection, delivery_id: UUID, state: DeliveryState, attempt: Attempt, now: datetime, next_at: datetime | None
) -> None:
    await conn.execute(
        "UPDATE webhook_deliveries SET state = $2, attempts = attempts + 1, status = $3, problem = $4, took_ms = $5, "
        "tried_at = $6, next_at = $7 WHERE id = $1 AND state = 'pending'",
        delivery_id,
        state,
        attempt.status,
        attempt.problem,
        attempt.took_ms,
        now,
        next_at,
    )


async def told_of(
    conn: Connection,
    customer_ids: Sequence[UUID],
    conversation_ids: Sequence[UUID],
    shops: Sequence[str],
    owners: Sequence[str],
) -> list[dict[str, Any]]:
    """What was said of these customers, their conversations and accounts (shop by shop), oldest first."""
    rows = await conn.fetch(
        "SELECT event_type, state, body, created_at FROM webhook_deliveries d "
        f"WHERE redelivery_of IS NULL AND {_TELLS_OF} ORDER BY created_at, id",
        *_named(customer_ids, conversation_ids, shops, owners),
    )
    return [dict(row, body=msgspec.json.decode(row["body"])) for row in rows]


async def forget(
    conn: Connection,
    customer_ids: Sequence[UUID],
    conversation_ids: Sequence[UUID],
    shops: Sequence[str],
    owners: Sequence[str],
) -> int:
    """The same, taken out of the log; what was not delivered is not."""
    return count_of(
        await conn.execute(
            f"DELETE FROM webhook_deliveries d WHERE {_TELLS_OF}",
            *_named(customer_ids, conversation_ids, shops, owners),
        )
    )


def _named(
    customer_ids: Sequence[UUID], conversation_ids: Sequence[UUID], shops: Sequence[str], owners: Sequence[str]
) -> tuple[list[str], list[str], Sequence[str], Sequence[str]]:
    """Ids as bodies have them."""
    return [str(one) for one in customer_ids], [str(one) for one in conversation_ids], shops, owners


async def purge(conn: Connection, now: datetime, keep: timedelta) -> None:
    await conn.execute("DELETE FROM webhook_deliveries WHERE created_at < $1", now - keep)


def _types(data: WriteWebhook) -> str:
    return msgspec.json.encode(sorted(set(data.event_types))).decode()


def _webhook(row: asyncpg.Record) -> Webhook:
    return msgspec.convert({**row, "event_types": msgspec.json.decode(row["event_types"])}, Webhook)


def _delivery(row: asyncpg.Record) -> Delivery:
    return msgspec.convert({name: row[name] for name in Delivery.__struct_fields__}, Delivery)
