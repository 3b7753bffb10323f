"""Orders, and what hangs on them, for tables of cases."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from msgspec.structs import replace

from yingda.commerce import (
    Address,
    Order,
    OrderLine,
    OrderState,
    Product,
    Refund,
    RefundState,
    ReturnCase,
    ReturnKind,
    ReturnState,
    ReturnStep,
    Shipment,
    ShipmentEvent,
    ShipmentPurpose,
    ShipmentState,
    StockLevel,
    Variant,
)
from yingda.commerce.deeds.schemas import DeedState, Facts, Past
from yingda.kit.ids import new_id

NOW = datetime(2026, 11, 25, 4, tzinfo=UTC)
HOME = Address("林小满", "19900000001", "浙江省", "杭州市", "余杭区", "春晓路 1 号")
ELSEWHERE = replace(HOME, street="文华街 2 号")
LINE = OrderLine("P1101-01", "P1101", "洁面乳", "120g", 2, 8900, 0, 17800)
SPONGE = OrderLine("P2601-01", "P2601", "粉扑", "一片", 1, 1900, 0, 1900)
GIFT = OrderLine("P1301-G", "P1301", "小样", "15g", 1, 0, 0, 0, gift=True)


def ago(**units: float) -> datetime:
    return NOW - timedelta(**units)


def order(state: OrderState = OrderState.PAID, **changed: Any) -> Order:
    """One of 197 yuan: two washes, a sponge, a gift; by its state it has got so far and no further."""
    reached = list(OrderState).index(state)
    delivered = ago(days=2) if state in _RECEIVED else None
    plain = Order(
        order_no="LL1",
        owner="C1",
        state=state,
        lines=(LINE, SPONGE, GIFT),
        goods_cents=19700,
        discount_cents=0,
        freight_cents=0,
        total_cents=19700,
        address=HOME,
        placed_at=ago(days=5),
        as_of=NOW,
        pay_before=NOW + timedelta(hours=3) if state is OrderState.UNPAID else None,
        paid_at=ago(days=5) if reached and state is not OrderState.CANCELLED else None,
        delivered_at=delivered,
    )
    return replace(plain, **changed)


_RECEIVED = (OrderState.DELIVERED, OrderState.COMPLETED, OrderState.AFTER_SALE)


def parcel(state: ShipmentState = ShipmentState.IN_TRANSIT, expected_on: date = date(2026, 11, 26)) -> Shipment:
    event = ShipmentEvent(ago(days=1), state, "杭州", "快件到达")
    return Shipment("QH1", "LL1", "C1", "青禾", ShipmentPurpose.OUTBOUND, state, expected_on, (event,), NOW)


def case(state: ReturnState) -> ReturnCase:
    step = ReturnStep(ago(days=1), state, "…")
    return ReturnCase("SH1", "LL1", "C1", ReturnKind.RETURN_REFUND, state, "…", (), 100, (step,), NOW)


def refund(cents: int) -> Refund:
    return Refund("TK1", "LL1", "C1", RefundState.SUCCEEDED, cents, "原路", ago(days=1), NOW, NOW)


def product(*prices: tuple[str, int]) -> Product:
    variants = tuple(Variant(sku, sku, cents, 10) for sku, cents in prices)
    return Product("P1101", "洁面", "洁面乳", "", variants, (), (), (), "", "#fff", NOW)


def past(kind: str, cents: int = 0, *, days: float = 1, order_no: str = "LL0", **more: Any) -> Past:
    return Past(new_id(), kind, order_no, cents, ago(days=days), more.pop("state", DeedState.DONE), **more)


def facts(state: OrderState = OrderState.PAID, *, stock: int = 10, **more: Any) -> Facts:
    skus = ("P1101-01", "P1101-02", "P2601-01")
    levels = {sku: StockLevel(sku, stock, NOW) for sku in skus}
    return Facts(order=more.pop("order", None) or order(state), stock=levels, **more)
