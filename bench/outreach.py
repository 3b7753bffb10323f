"""The watcher of parcels with many under way: a sweep in which nothing is due, and one in which many stand still."""

from datetime import timedelta
from time import perf_counter
from typing import Any

from msgspec.structs import replace

from bench.figures import Figure
from bench.system import database
from yingda.commerce import (
    Receipt,
    Shipment,
    ShipmentEvent,
    ShipmentPurpose,
    ShipmentState,
    ShopDown,
    Store,
    demo_store,
)
from yingda.infra.database import Database
from yingda.infra.events import EventBus
from yingda.kit.clock import now
from yingda.outreach import Watcher, seed_demo

UNDER_WAY = 100_000
#: How many of them stand still when that is measured.
STILL = 500

_PARCELS = """
INSERT INTO outreach_parcels (shop, tracking_no, owner, order_no, carrier, lane, state, place, collected_at, moved_at,
                              promised_until, seen_at, look_at)
SELECT 'bench', 'B' || n, 'C' || n, 'L' || n, '顺行速运', '杭州→上海', 'in_transit', '杭州', now() - interval '1 day',
       now() - interval '3 hours', now() + interval '9 days', now(),
       now() + interval '1 hour' + random() * interval '2 days'
FROM generate_series(1, $1) n
"""
_STAND_STILL = """
UPDATE outreach_parcels SET look_at = now() - interval '1 second', state = 'out_for_delivery',
    moved_at = now() - interval '40 hours'
WHERE tracking_no IN (SELECT 'B' || n FROM generate_series($1::int, $2::int) n)
"""


class _Parcels:
    """A shop whose parcels all stand where the table says, and of which nothing is new."""

    async def moved(self, *_: Any, **__: Any) -> list[Shipment] | None:
        return []

    async def of_order(self, *_: Any, **__: Any) -> list[Shipment]:
        return []

    async def of_orders(self, *_: Any, **__: Any) -> dict[str, list[Shipment]]:
        return {}

    async def ask_carrier(self, *_: Any, **__: Any) -> Receipt:
        raise ShopDown

    async def get(self, owner: str, tracking_no: str) -> Shipment:
        event = ShipmentEvent(now() - timedelta(hours=40), ShipmentState.OUT_FOR_DELIVERY, "上海", "")
        return Shipment(
            tracking_no=tracking_no,
            order_no=f"L{tracking_no[1:]}",
            owner=owner,
            carrier="顺行速运",
            purpose=ShipmentPurpose.OUTBOUND,
            state=event.state,
            expected_on=(now() + timedelta(days=9)).date(),
            events=(event,),
            as_of=now(),
        )


async def measure(*, quick: bool) -> list[Figure]:
    parcels, still, rounds = (5_000, 50, 2) if quick else (UNDER_WAY, STILL, 5)
    async with database() as (_, url, _accounts):
        db = await Database.connect(url, bus=EventBus(), pool=4)
        watcher = Watcher(db, {"bench": _store(db)})
        await _fill(db, parcels)
        await watcher.sweep()  # the first one teaches the model
        idle = [await _sweep(watcher) for _ in range(rounds * 4)]
        busy = [await _with_still(db, watcher, turn * still, still) for turn in range(rounds)]
        await db.close()
    return [
        Figure(f"a sweep over {parcels} parcels under way, none of them due", "ms", idle, 50),
        Figure(f"a parcel that stands still, of {still} in one sweep: asked about, found, ticket", "ms", busy, 25),
    ]


def _store(db: Database) -> Store:
    return replace(demo_store(db), code="bench", demo=False, shipments=_Parcels())


async def _fill(db: Database, parcels: int) -> None:
    async with db.transaction() as tx:
        await seed_demo(tx)
    async with db.reading() as conn:
        await conn.execute(_PARCELS, parcels, timeout=300)
        await conn.execute("UPDATE outreach_settings SET settings = settings || '{\"no_scan_hours\": 48}'::jsonb")
        await conn.execute("INSERT INTO outreach_shops (shop, lists, learned_at) VALUES ('bench', true, now())")
        await conn.execute("VACUUM ANALYZE outreach_parcels", timeout=300)


async def _sweep(watcher: Watcher) -> float:
    started = perf_counter()
    await watcher.sweep()
    return (perf_counter() - started) * 1000


async def _with_still(db: Database, watcher: Watcher, first: int, still: int) -> float:
    async with db.reading() as conn:
        await conn.execute(_STAND_STILL, first + 1, first + still)
    return await _sweep(watcher) / still
