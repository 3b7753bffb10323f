"""The demo shop with its guard, on a database of its own."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from yingda.commerce import (
    Change,
    Deed,
    Deeds,
    DeedSettled,
    Done,
    Order,
    OrderChanged,
    OrderState,
    Outcome,
    ParcelMoved,
    RefundChanged,
    Store,
    demo_policy,
    demo_store,
)
from yingda.infra.database import Database, Tx
from yingda.infra.events import Event

CODE = "liuli"


@dataclass
class Shop:
    """What a test needs of it; `heard` is what was published."""

    db: Database
    store: Store
    deeds: Deeds
    heard: list[Event] = field(default_factory=list)

    async def orders(self, state: OrderState, count: int = 1, where: str = "TRUE") -> list[Order]:
        """Orders of different customers that stand there, without a case or a refund, and clear of all limits."""
        rows = await self.db.pool.fetch(
            "SELECT DISTINCT ON (owner) owner, order_no FROM demo_orders o WHERE body ->> 'state' = $1 "
            "AND (body ->> 'total_cents')::int < 30000 AND NOT EXISTS (SELECT FROM demo_returns WHERE order_no = "
            f"o.order_no) AND NOT EXISTS (SELECT FROM demo_refunds WHERE order_no = o.order_no) AND {where} "
            "ORDER BY owner, placed_at DESC LIMIT $2",
            state,
            count,
        )
        return [await self.store.orders.get(row["owner"], row["order_no"]) for row in rows]

    async def order(self, state: OrderState, where: str = "TRUE") -> Order:
        return (await self.orders(state, 1, where))[0]

    async def perform(self, order: Order, change: Change, key: str = "k", **more: Any) -> Outcome:
        return await self.deeds.perform(deed(order.owner, change, key, **more))

    async def done(self, order: Order, change: Change, key: str = "k", **more: Any) -> Done:
        outcome = await self.perform(order, change, key, **more)
        assert isinstance(outcome, Done), outcome
        return outcome


def deed(owner: str, change: Change, key: str = "k", **more: Any) -> Deed:
    return Deed(
        **{"shop": CODE, "owner": owner, "verified": True, "change": change, "key": key, "reason": "测试"} | more
    )


@pytest.fixture
async def shop(demo_url: str) -> AsyncIterator[Shop]:
    db = await Database.connect(demo_url, pool=12)
    store = demo_store(db)
    made = Shop(db, store, Deeds(db, {CODE: store}, {CODE: demo_policy()}))

    async def hear(_tx: Tx, event: Event) -> None:
        made.heard.append(event)

    for kind in (OrderChanged, ParcelMoved, RefundChanged, DeedSettled):
        db.bus.subscribe(kind, hear)
    yield made
    await db.close()
