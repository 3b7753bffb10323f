"""Parcels under way: what was heard of them last, and which are worth a look.

Whatever writes several locks them by their numbers in order, so that no two writers wait for each other.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

import asyncpg
import msgspec

from yingda.commerce import ShipmentPurpose, ShipmentState
from yingda.infra.database import Connection
from yingda.outreach.schemas import Journey, Model, Parcel, ShopState

_PARCEL = (
    "shop, tracking_no, owner, order_no, carrier, lane, purpose, state, place, collected_at, moved_at, promised_until, "
    "delivered_at, seen_at"
)
_COLUMNS = f"{_PARCEL}, look_at"


class Named(msgspec.Struct, frozen=True):
    """A parcel of which nothing is known but whose it is."""

    shop: str
    tracking_no: str
    owner: str


async def save(conn: Connection, parcels: Sequence[tuple[Parcel, datetime | None]]) -> None:
    """What was heard of them, and when to look again; what is known to be newer stays."""
    rows = sorted((*_row(parcel), look_at) for parcel, look_at in _latest(parcels))
    await conn.execute(
        f"INSERT INTO outreach_parcels ({_COLUMNS}) SELECT * FROM unnest($1::text[], $2::text[], $3::text[], "
        "$4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::timestamptz[], "
        "$11::timestamptz[], $12::timestamptz[], $13::timestamptz[], $14::timestamptz[], $15::timestamptz[]) "
        "ON CONFLICT (shop, tracking_no) DO UPDATE SET (owner, order_no, carrier, lane, purpose, state, place, "
        "collected_at, moved_at, promised_until, delivered_at, seen_at, look_at) = (excluded.owner, excluded.order_no, "
        "excluded.carrier, excluded.lane, excluded.purpose, excluded.state, excluded.place, excluded.collected_at, "
        "excluded.moved_at, excluded.promised_until, excluded.delivered_at, excluded.seen_at, excluded.look_at) "
        "WHERE outreach_parcels.moved_at IS NULL OR outreach_parcels.moved_at <= excluded.moved_at",
        *([row[column] for row in rows] for column in range(15)),
    )


def _latest(parcels: Sequence[tuple[Parcel, datetime | None]]) -> list[tuple[Parcel, datetime | None]]:
    return list({(parcel.shop, parcel.tracking_no): (parcel, look_at) for parcel, look_at in parcels}.values())


def _row(parcel: Parcel) -> tuple[object, ...]:
    return tuple(getattr(parcel, name) for name in _PARCEL.split(", "))


async def name(conn: Connection, shop: str, owner: str, order_no: str, tracking_no: str, now: datetime) -> None:
    """Somebody said that it moved: worth a look. Nothing is kept where nothing is watched."""
    await conn.execute(
        "INSERT INTO outreach_parcels (shop, tracking_no, owner, order_no, look_at) SELECT $1, $2, $3, $4, $5 "
        "WHERE EXISTS (SELECT FROM outreach_settings WHERE enabled) "
        "ON CONFLICT (shop, tracking_no) DO UPDATE SET look_at = excluded.look_at",
        shop,
        tracking_no,
        owner,
        order_no,
        now,
    )


async def claim_due(conn: Connection, now: datetime, lease: timedelta, limit: int) -> list[Parcel | Named]:
    """Those worth a look; nobody else gets them until the lease is over, or their next look is set."""
    rows = await conn.fetch(
        f"UPDATE outreach_parcels SET look_at = $2 WHERE (shop, tracking_no) IN (SELECT shop, tracking_no "
        f"FROM outreach_parcels WHERE look_at <= $1 ORDER BY look_at LIMIT $3 FOR UPDATE SKIP LOCKED) "
        f"RETURNING {_PARCEL}",
        now,
        now + lease,
        limit,
    )
    return [_parcel(row) if row["seen_at"] else Named(row["shop"], row["tracking_no"], row["owner"]) for row in rows]


async def set_looks(conn: Connection, looks: Sequence[tuple[str, str, datetime | None]]) -> None:
    """When to look at these again, by shop and number."""
    await conn.execute(
        "WITH wanted AS (SELECT p.shop, p.tracking_no, w.look_at FROM outreach_parcels p JOIN unnest($1::text[], "
        "$2::text[], $3::timestamptz[]) AS w(shop, tracking_no, look_at) ON p.shop = w.shop AND p.tracking_no = "
        "w.tracking_no ORDER BY p.shop, p.tracking_no FOR UPDATE OF p) UPDATE outreach_parcels p "
        "SET look_at = w.look_at FROM wanted w WHERE p.shop = w.shop AND p.tracking_no = w.tracking_no",
        [shop for shop, _, _ in looks],
        [number for _, number, _ in looks],
        [look_at for _, _, look_at in looks],
    )


async def look_soon(conn: Connection, shop: str, tracking_nos: Sequence[str], at: datetime) -> None:
    """At the latest then."""
    await conn.execute(
        "WITH wanted AS (SELECT shop, tracking_no FROM outreach_parcels WHERE shop = $1 AND tracking_no = "
        "ANY($2::text[]) ORDER BY tracking_no FOR UPDATE) UPDATE outreach_parcels p SET look_at = least(p.look_at, $3) "
        "FROM wanted w WHERE p.shop = w.shop AND p.tracking_no = w.tracking_no",
        shop,
        list(tracking_nos),
        at,
    )


async def look_at_all(conn: Connection, now: datetime, since: datetime) -> None:
    """The rules have changed: all that are under way are worth a look."""
    await conn.execute(
        "WITH wanted AS (SELECT shop, tracking_no FROM outreach_parcels WHERE delivered_at IS NULL AND moved_at >= $2 "
        "ORDER BY shop, tracking_no FOR UPDATE) UPDATE outreach_parcels p SET look_at = $1 FROM wanted w "
        "WHERE p.shop = w.shop AND p.tracking_no = w.tracking_no",
        now,
        since,
    )


async def of_numbers(conn: Connection, shop: str, tracking_nos: Sequence[str]) -> dict[str, Parcel]:
    rows = await conn.fetch(
        f"SELECT {_PARCEL} FROM outreach_parcels WHERE shop = $1 AND tracking_no = ANY($2::text[]) "
        "AND seen_at IS NOT NULL",
        shop,
        list(tracking_nos),
    )
    return {row["tracking_no"]: _parcel(row) for row in rows}


async def forget(conn: Connection, shop: str, tracking_no: str) -> None:
    await conn.execute("DELETE FROM outreach_parcels WHERE shop = $1 AND tracking_no = $2", shop, tracking_no)


async def purge(conn: Connection, before: datetime) -> None:
    """What moved last before then teaches nothing any more."""
    await conn.execute("DELETE FROM outreach_parcels WHERE moved_at < $1", before)


async def journeys(conn: Connection, shop: str, since: datetime, limit: int) -> list[Journey]:
    """The latest that were delivered, earliest first."""
    rows = await conn.fetch(
        "SELECT carrier, lane, extract(epoch FROM delivered_at - collected_at)::float / 3600 AS hours "
        "FROM (SELECT * FROM outreach_parcels WHERE shop = $1 AND delivered_at >= $2 AND delivered_at > collected_at "
        "ORDER BY delivered_at DESC LIMIT $3) AS latest ORDER BY delivered_at, tracking_no",
        shop,
        since,
        limit,
    )
    return [Journey(**row) for row in rows]


async def shops(conn: Connection) -> dict[str, ShopState]:
    rows = await conn.fetch("SELECT * FROM outreach_shops")
    return {row["shop"]: _shop(row) for row in rows}


async def keep_place(
    conn: Connection, shop: str, place: tuple[datetime, str] | None, now: datetime, *, lists: bool
) -> None:
    """The shop has answered; its parcels have been read as far as `place`."""
    await conn.execute(
        'INSERT INTO outreach_shops (shop, since, "after", lists, asked_at) VALUES ($1, $2, $3, $4, $5) '
        "ON CONFLICT (shop) DO UPDATE SET since = coalesce($2, outreach_shops.since), "
        '"after" = CASE WHEN $2::timestamptz IS NULL THEN outreach_shops."after" ELSE $3 END, lists = $4, '
        "asked_at = $5, failing_since = NULL",
        shop,
        place[0] if place else None,
        place[1] if place else "",
        lists,
        now,
    )


async def keep_failure(conn: Connection, shop: str, now: datetime) -> None:
    await conn.execute(
        "INSERT INTO outreach_shops (shop, failing_since) VALUES ($1, $2) "
        "ON CONFLICT (shop) DO UPDATE SET failing_since = coalesce(outreach_shops.failing_since, $2)",
        shop,
        now,
    )


async def keep_model(conn: Connection, shop: str, model: Model | None, journeys: int, now: datetime) -> None:
    await conn.execute(
        "INSERT INTO outreach_shops (shop, model, journeys, learned_at) VALUES ($1, $2::jsonb, $3, $4) "
        "ON CONFLICT (shop) DO UPDATE SET model = $2::jsonb, journeys = $3, learned_at = $4",
        shop,
        msgspec.json.encode(model).decode() if model else None,
        journeys,
        now,
    )


async def count_under_way(conn: Connection) -> dict[str, int]:
    rows = await conn.fetch(
        "SELECT shop, count(*) AS parcels FROM outreach_parcels WHERE delivered_at IS NULL GROUP BY 1"
    )
    return {row["shop"]: row["parcels"] for row in rows}


def _parcel(row: asyncpg.Record) -> Parcel:
    return Parcel(**{**row, "purpose": ShipmentPurpose(row["purpose"]), "state": ShipmentState(row["state"])})


def _shop(row: asyncpg.Record) -> ShopState:
    model = msgspec.json.decode(row["model"], type=Model) if row["model"] else None
    return ShopState(**{**row, "model": model})
