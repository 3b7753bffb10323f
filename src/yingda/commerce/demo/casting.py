"""Fresh customers of the demo store, each in a situation that somebody wants to play: made as all others are made."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from random import Random

import asyncpg
import msgspec

from yingda.commerce.demo import repository
from yingda.commerce.demo.basket import Basket, fill
from yingda.commerce.demo.catalogue import world
from yingda.commerce.demo.drafts import Draft
from yingda.commerce.demo.generator import SKIN_TYPES, DemoData, Shopper, drafted, level_for, numbered, some_address
from yingda.commerce.demo.parcels import Dispatch
from yingda.commerce.demo.records import Records, write
from yingda.commerce.demo.situations import Wanted, known_conditions, read_conditions, unknown_conditions
from yingda.commerce.schemas import Coupon, Invoice, Order, Refund, ReturnCase, Shipment
from yingda.infra.database import Connection, Tx
from yingda.kit.clock import SHANGHAI
from yingda.kit.errors import Conflict, Invalid
from yingda.kit.ids import new_id

_TRIES = 20
_BASKETS = 5000


class ConditionUnknown(Invalid):
    code = "condition_unknown"
    zh = "不认识的条件，或与前面的条件冲突：{unknown}。可用的条件：{known}。"
    en = "Unknown, or against an earlier condition: {unknown}. Known are: {known}."


class ConditionsImpossible(Invalid):
    code = "conditions_impossible"
    zh = "没有商品组合能同时满足这些条件。"
    en = "No basket meets all of these conditions."


class NobodyCast(Conflict):
    code = "nobody_cast"
    zh = "订单号已用完，请换一个种子再试。"
    en = "The order numbers are used up. Try another seed."


class CustomerRecords(msgspec.Struct, frozen=True, kw_only=True):
    """All that the demo store holds of one customer, latest first."""

    orders: list[Order]
    shipments: list[Shipment]
    returns: list[ReturnCase]
    refunds: list[Refund]
    invoices: list[Invoice]
    coupons: list[Coupon]


async def cast_customer(tx: Tx, conditions: Sequence[str], seed: str, now: datetime) -> Shopper:
    """A new customer who meets the conditions; the same seed gives the same orders on the same day.

    Raises `ConditionUnknown`.
    """
    if unknown := unknown_conditions(conditions):
        raise ConditionUnknown(unknown=", ".join(unknown), known=", ".join(known_conditions()))
    wanted = read_conditions(conditions)
    for attempt in range(_TRIES):
        data = cast(now, f"{seed}/{attempt}", f"D{new_id().hex[-12:].upper()}", wanted)
        try:
            async with tx.conn.transaction():
                await repository.add_all(tx.conn, data)
        except asyncpg.UniqueViolationError:  # a number that somebody has: as in real shops, take another
            continue
        return data.shoppers[0]
    raise NobodyCast


def cast(now: datetime, seed: str, user_id: str, wanted: Wanted) -> DemoData:
    """One customer with the wanted orders, placed one after the other."""
    midnight = now.astimezone(SHANGHAI).replace(hour=0, minute=0, second=0, microsecond=0)
    rng = Random(f"cast/{seed}/{midnight.date()}")
    shopper = _shopper(rng, user_id, midnight)
    dispatch, drafts = Dispatch(rng, world()), list[Draft]()
    for scenario in wanted.orders:
        draft = drafted(rng, dispatch, shopper, scenario, midnight, _filled(wanted))
        while drafts and draft.at(draft.placed) > drafts[-1].at(drafts[-1].placed) - timedelta(hours=1):
            draft.midnight -= timedelta(days=1)
        drafts.append(draft)
    records = Records()
    for order_no, draft in numbered(rng, drafts):
        write(rng, records, order_no, draft)
    kept = sum(order.total_cents for order in records.orders if order.delivered_at)
    return DemoData(
        shoppers=[msgspec.structs.replace(shopper, level=level_for(kept))],
        products=[],
        orders=records.orders,
        shipments=records.shipments,
        returns=records.returns,
        refunds=records.refunds,
        invoices=records.invoices,
    )


async def customer_records(conn: Connection, owner: str) -> CustomerRecords:
    """Nothing of anybody else's."""
    return CustomerRecords(
        orders=await repository.recent_orders(conn, owner, _TRIES),
        shipments=await repository.shipments_of(conn, owner),
        returns=await repository.returns_of(conn, owner),
        refunds=await repository.refunds_of(conn, owner),
        invoices=await repository.invoices_of(conn, owner),
        coupons=await repository.coupons(conn, owner),
    )


def _shopper(rng: Random, user_id: str, midnight: datetime) -> Shopper:
    name, phone = rng.choice(world().surnames) + rng.choice(world().given_names), f"1990001{rng.randrange(10_000):04d}"
    return Shopper(
        user_id=user_id,
        name=name,
        phone=phone,
        email=f"{user_id.lower()}@liuli.example",
        level=level_for(0),
        skin_type=rng.choice(SKIN_TYPES),
        address=some_address(rng, name, phone),
        registered_at=midnight - timedelta(hours=rng.uniform(5400, 33000)),
    )


def _filled(wanted: Wanted) -> Callable[[Random, bool], Basket]:
    """Fills baskets until one is as wanted."""

    def basket_of(rng: Random, remote: bool) -> Basket:
        for _ in range(_BASKETS):
            basket = fill(rng, remote)
            if all(fits(basket) for fits in wanted.baskets):
                return _dearer(basket, wanted.cents_more)
        raise ConditionsImpossible

    return basket_of


def _dearer(basket: Basket, cents: int) -> Basket:
    """So much more was paid for the first line, for all its pieces."""
    line = basket.lines[0]
    unit = line.unit_cents + cents // line.quantity
    paid = msgspec.structs.replace(line, unit_cents=unit, amount_cents=unit * line.quantity - line.discount_cents)
    more = paid.amount_cents - line.amount_cents
    return msgspec.structs.replace(basket, lines=(paid, *basket.lines[1:]), goods_cents=basket.goods_cents + more)
