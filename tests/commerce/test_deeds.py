import asyncio
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.commerce.conftest import CODE, Shop, deed
from tests.commerce.makers import ELSEWHERE
from yingda.commerce import (
    Actor,
    AskCarrier,
    CancelOrder,
    CarrierAsk,
    Change,
    ChangeAddress,
    ChangeItem,
    ChangeRefused,
    ChangeRemark,
    Claim,
    CouponState,
    Deeds,
    DeedSettled,
    Done,
    Fault,
    GrantCoupon,
    InvoiceKind,
    Order,
    OrderChanged,
    OrderState,
    ParcelMoved,
    ProtectPrice,
    Receipt,
    RefundChanged,
    Refusal,
    Refused,
    RequestExchange,
    RequestInvoice,
    RequestRefund,
    RequestReturn,
    Reship,
    ReturnState,
    ShopDown,
    Underway,
    WithdrawCase,
    demo_policy,
)
from yingda.infra.database import Database, Tx
from yingda.kit import clock

S = OrderState
FRESH = "(body ->> 'delivered_at')::timestamptz > now() - interval '2 days'"
SINGLE = "jsonb_array_length(body -> 'lines') = 1"


def claim(order: Order) -> tuple[Claim, ...]:
    return (Claim(order.lines[0].sku),)


def returning(order: Order) -> RequestReturn:
    return RequestReturn(order_no=order.order_no, lines=claim(order), fault=Fault.DEFECTIVE, evidence=("photo",))


def refunding(order: Order) -> RequestRefund:
    return RequestRefund(order_no=order.order_no, lines=claim(order), fault=Fault.DEFECTIVE, evidence=("photo",))


async def undo(shop: Shop, order: Order, done: Done, key: str = "undo") -> Any:
    return await shop.deeds.undo(CODE, order.owner, done.deed_id, verified=True, key=key, reason="客户改主意")


async def test_an_unpaid_order_is_cancelled_and_brought_back(shop: Shop) -> None:
    order = await shop.order(S.UNPAID)
    done = await shop.done(order, CancelOrder(order_no=order.order_no))
    assert (await shop.store.orders.get(order.owner, order.order_no)).state is S.CANCELLED
    assert done.zh == f"订单 {order.order_no} 已取消。"
    assert done.undo_until is not None
    undone = await undo(shop, order, done)
    assert isinstance(undone, Done)
    assert (await shop.store.orders.get(order.owner, order.order_no)).state is S.UNPAID
    assert await undo(shop, order, done) == undone
    assert (await undo(shop, order, done, "other")).refusal is Refusal.NOT_UNDOABLE
    assert [type(event) for event in shop.heard] == [OrderChanged, DeedSettled] * 2


async def test_a_paid_order_is_cancelled_for_good_and_its_money_goes_back(shop: Shop) -> None:
    order = await shop.order(S.PAID)
    done = await shop.done(order, CancelOrder(order_no=order.order_no))
    (refund,) = await shop.store.returns.refunds(order.owner, order.order_no)
    assert refund.amount_cents == order.total_cents == done.receipt.amount_cents
    assert refund.refund_no == done.receipt.reference
    assert done.undo_until is None
    assert (await undo(shop, order, done)).refusal is Refusal.NOT_UNDOABLE
    assert [event.refund_no for event in shop.heard if isinstance(event, RefundChanged)] == [refund.refund_no]


async def test_address_and_remark_change_and_change_back(shop: Shop) -> None:
    order = await shop.order(S.PAID, "body ->> 'buyer_remark' IS NOT NULL")
    done = await shop.done(order, ChangeAddress(order_no=order.order_no, address=ELSEWHERE), "a")
    await shop.done(order, ChangeRemark(order_no=order.order_no, text="放门口"), "b")
    changed = await shop.store.orders.get(order.owner, order.order_no)
    assert (changed.address, changed.buyer_remark) == (ELSEWHERE, "放门口")
    assert isinstance(await undo(shop, order, done), Done)
    assert (await shop.store.orders.get(order.owner, order.order_no)).address == order.address


async def test_another_variant_moves_the_stock(shop: Shop) -> None:
    for order in await shop.orders(S.PAID, 60):
        product = await shop.store.products.get(order.lines[0].product_id)
        price = order.lines[0].unit_cents
        others = [v for v in product.variants if v.price_cents == price and v.sku != order.lines[0].sku and v.stock > 5]
        if others:
            break
    sku, wanted = order.lines[0].sku, others[0].sku
    before = await shop.store.stock.of([sku, wanted])
    done = await shop.done(order, ChangeItem(order_no=order.order_no, sku=sku, wanted_sku=wanted))
    after = await shop.store.stock.of([sku, wanted])
    moved = {number: after[number].quantity - before[number].quantity for number in after}
    assert moved == {sku: order.lines[0].quantity, wanted: -order.lines[0].quantity}
    assert (await shop.store.orders.get(order.owner, order.order_no)).lines[0].sku == wanted
    assert isinstance(await undo(shop, order, done), Done)
    assert await shop.db.pool.fetchval("SELECT count(*) FROM deeds WHERE undone_by IS NOT NULL") == 1


async def test_a_return_is_opened_and_withdrawn(shop: Shop) -> None:
    order = await shop.order(S.DELIVERED, FRESH)
    done = await shop.done(order, returning(order))
    (case,) = await shop.store.returns.of_order(order.owner, order.order_no)
    assert (case.case_no, case.state) == (done.receipt.reference, ReturnState.APPROVED)
    assert (await shop.store.orders.get(order.owner, order.order_no)).state is S.AFTER_SALE
    await shop.done(order, WithdrawCase(order_no=order.order_no, case_no=case.case_no), "w")
    assert (await shop.store.orders.get(order.owner, order.order_no)).state is S.DELIVERED
    second = await shop.done(order, returning(order), "again")
    assert second.receipt.reference == f"{case.case_no}-2"


async def test_a_refund_is_paid_once_and_never_more_than_was_paid(shop: Shop) -> None:
    order = await shop.order(S.DELIVERED, FRESH)
    done = await shop.done(order, refunding(order))
    assert done.receipt.amount_cents == order.lines[0].amount_cents // order.lines[0].quantity
    again = await shop.perform(order, refunding(order), "again")
    assert isinstance(again, Refused)
    assert again.refusal is Refusal.UNDER_WAY
    too_much = ProtectPrice(order_no=order.order_no, sku="x", amount_cents=order.total_cents)
    with pytest.raises(ChangeRefused):
        await shop.store.returns.protect_price(order.owner, too_much, "direct")


async def test_exchange_reship_invoice_coupon_and_carrier(shop: Shop) -> None:
    first, second, third = await shop.orders(S.DELIVERED, 3, FRESH)
    exchange = RequestExchange(order_no=first.order_no, lines=claim(first), fault=Fault.DEFECTIVE, evidence=("photo",))
    assert (await shop.done(first, exchange)).receipt.amount_cents == 0
    again = Reship(order_no=second.order_no, lines=claim(second), fault=Fault.MISSING, evidence=("photo",))
    await shop.done(second, again, "reship")
    *_, parcel = await shop.store.shipments.of_order(second.owner, second.order_no)
    assert [event.tracking_no for event in shop.heard if isinstance(event, ParcelMoved)] == [parcel.tracking_no]
    invoice = RequestInvoice(order_no=third.order_no, kind=InvoiceKind.PERSONAL, title="个人", email="c@liuli.example")
    await shop.done(third, invoice, "invoice")
    assert (await shop.store.invoices.of_order(third.owner, third.order_no)) is not None
    coupon = await shop.done(third, GrantCoupon(order_no=third.order_no, amount_cents=1000), "coupon")
    assert isinstance(await undo(shop, third, coupon), Done)
    assert [one.state for one in await shop.store.coupons.of_customer(third.owner)] == [CouponState.REVOKED]
    (sent, *_) = await shop.store.shipments.of_order(third.owner, third.order_no)
    urge = AskCarrier(order_no=third.order_no, tracking_no=sent.tracking_no, ask=CarrierAsk.TRACE)
    assert (await shop.done(third, urge, "urge")).receipt.reference
    account = await shop.store.accounts.get(third.owner)
    assert account is not None
    assert account.owner == third.owner


async def test_a_fallen_price_is_made_good(shop: Shop) -> None:
    order = await shop.order(S.PAID)
    line = order.lines[0]
    await shop.db.pool.execute(
        "UPDATE demo_products SET body = jsonb_set(body, '{variants}', "
        "(SELECT jsonb_agg(v || '{\"price_cents\": 100}') "
        "FROM jsonb_array_elements(body -> 'variants') v)) WHERE product_id = $1",
        line.product_id,
    )
    done = await shop.done(order, ProtectPrice(order_no=order.order_no, sku=line.sku))
    (refund,) = await shop.store.returns.refunds(order.owner, order.order_no)
    assert refund.amount_cents == done.receipt.amount_cents == line.amount_cents - 100 * line.quantity


async def test_the_guard_knows_whose_an_order_is(shop: Shop) -> None:
    mine, theirs = await shop.orders(S.PAID, 2)
    change = CancelOrder(order_no=theirs.order_no)
    refusals = [
        await shop.perform(mine, change),
        await shop.perform(theirs, change, "k2", verified=False),
        await shop.perform(theirs, change, "k3", shop="elsewhere"),
    ]
    assert [one.refusal for one in refusals if isinstance(one, Refused)] == [
        Refusal.NOT_THEIRS,
        Refusal.NOT_VERIFIED,
        Refusal.NOT_OFFERED,
    ]
    assert (await shop.store.orders.get(theirs.owner, theirs.order_no)).state is S.PAID
    done = await shop.done(theirs, change, "k4")
    assert (await undo(shop, mine, done)).refusal is Refusal.NOT_THEIRS


async def test_a_person_decides_what_the_assistant_may_not(shop: Shop) -> None:
    order = await shop.order(S.PACKED)
    change = CancelOrder(order_no=order.order_no)
    refused = await shop.perform(order, change)
    assert isinstance(refused, Refused)
    assert (refused.refusal, refused.person) == (Refusal.STATE_NEEDS_PERSON, True)
    assert await shop.perform(order, change) == refused
    await shop.done(order, change, "person", actor=Actor("staff", uuid4()))
    settled = [event.deed for event in shop.heard if isinstance(event, DeedSettled)]
    assert [(one.state, one.actor.kind) for one in settled] == [("refused", "assistant"), ("done", "staff")]


async def test_a_key_stands_for_one_deed(shop: Shop) -> None:
    order = await shop.order(S.UNPAID)
    done = await shop.done(order, CancelOrder(order_no=order.order_no))
    assert await shop.done(order, CancelOrder(order_no=order.order_no)) == done
    other = await shop.perform(order, ChangeRemark(order_no=order.order_no, text="放门口"))
    assert isinstance(other, Refused)
    assert other.refusal is Refusal.KEY_REUSED


async def test_two_at_once_get_one_refund(shop: Shop) -> None:
    order = await shop.order(S.PAID)
    change = CancelOrder(order_no=order.order_no)
    await asyncio.gather(*(shop.perform(order, change, f"k{number % 4}") for number in range(12)))
    assert len(await shop.store.returns.refunds(order.owner, order.order_no)) == 1
    assert await shop.db.pool.fetchval("SELECT count(*) FROM deeds WHERE state = 'done'") == 1


class Died(BaseException):
    """The process is gone: nothing of ours runs any more."""


class Fragile:
    """A door of the shop at which things go wrong, as planned."""

    def __init__(self, door: Any, plan: list[str], asked: str) -> None:
        self._door, self._plan, self._asked = door, plan, asked

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._door, name)
        if name != self._asked:
            return method

        async def ask(*arguments: Any) -> Receipt:
            planned = self._plan.pop(0) if self._plan else "well"
            if planned == "dies before":
                raise Died
            if planned == "down":
                raise ShopDown
            receipt: Receipt = await method(*arguments)
            if planned == "dies after":
                raise Died
            if planned == "answer lost":
                raise ShopDown
            return receipt

        return ask


def fragile(shop: Shop, plan: list[str], door: str = "returns", asked: str = "request") -> Deeds:
    store = replace(shop.store, **{door: Fragile(getattr(shop.store, door), plan, asked)})
    return Deeds(shop.db, {CODE: store}, {CODE: demo_policy()})


async def dies_settling(shop: Shop, order: Order, key: str, *, committed: bool) -> None:
    """Its process ends in the last transaction, just before or just after the commit."""
    db = Database(shop.db.url, shop.db.pool, type(shop.db.bus)())

    async def die(tx: Tx, _event: DeedSettled) -> None:
        if not committed:
            raise Died

        def end() -> None:
            raise Died

        tx.after_commit(end)

    db.bus.subscribe(DeedSettled, die)
    deeds = Deeds(db, {CODE: shop.store}, {CODE: demo_policy()})
    with pytest.raises(Died):
        await deeds.perform(deed(order.owner, refunding(order), key))


async def dies_at(shop: Shop, order: Order, step: str) -> None:
    if step in ("settling", "after settling"):
        await dies_settling(shop, order, "k", committed=step == "after settling")
        return
    door, asked, plan = ("orders", "get", "dies before") if step == "reading" else ("returns", "request", step)
    deeds = fragile(shop, [plan], door, asked)
    with pytest.raises(Died):
        await deeds.perform(deed(order.owner, refunding(order)))


@pytest.mark.parametrize("first", ["recovery", "customer"])
@pytest.mark.parametrize("step", ["reading", "dies before", "dies after", "settling", "after settling"])
async def test_a_refund_survives_death_between_any_two_steps(shop: Shop, step: str, first: str) -> None:
    order = await shop.order(S.DELIVERED, FRESH)
    await dies_at(shop, order, step)
    begun = await shop.db.pool.fetchval("SELECT count(*) FROM deeds")
    assert begun == (step != "reading")
    if first == "customer":
        outcome = await shop.perform(order, refunding(order))
        assert isinstance(outcome, Underway if step in ("dies before", "dies after", "settling") else Done)
    with clock.frozen(clock.now() + timedelta(minutes=2)):
        await shop.deeds.recover()
        await shop.deeds.recover()
    refunds = await shop.store.returns.refunds(order.owner, order.order_no)
    assert len(refunds) == (begun or first == "customer")  # never forgotten once it was begun
    done = await shop.done(order, refunding(order))
    assert len(await shop.store.returns.refunds(order.owner, order.order_no)) == 1  # never twice
    (case,) = await shop.store.returns.of_order(order.owner, order.order_no)
    assert done.receipt.reference == case.case_no
    assert len([event for event in shop.heard if isinstance(event, DeedSettled)]) == (step != "after settling")


async def test_what_nobody_can_find_out_is_given_to_a_person(shop: Shop) -> None:
    order = await shop.order(S.DELIVERED, FRESH)
    deeds = fragile(shop, ["down"] * 40)
    assert isinstance(await deeds.perform(deed(order.owner, refunding(order))), Underway)
    moment = clock.now()
    for hour in range(1, 33):
        with clock.frozen(moment + timedelta(hours=2 * hour)):
            await deeds.recover()
    (settled,) = [event for event in shop.heard if isinstance(event, DeedSettled)]
    assert (settled.deed.state, settled.late) == ("unclear", True)
    assert isinstance(await shop.perform(order, refunding(order)), Underway)


async def test_a_shop_that_is_down_decides_nothing(shop: Shop) -> None:
    order = await shop.order(S.PAID)
    deeds = fragile(shop, ["down"], "orders", "get")
    refused = await deeds.perform(deed(order.owner, CancelOrder(order_no=order.order_no)))
    assert isinstance(refused, Refused)
    assert refused.refusal is Refusal.SHOP_DOWN
    assert await shop.db.pool.fetchval("SELECT count(*) FROM deeds") == 0
    with clock.frozen(clock.now() - timedelta(minutes=2)):
        stale = await shop.store.orders.get(order.owner, order.order_no)
    orders = Fragile(shop.store.orders, [], "")
    orders.get = _answers(stale)  # type: ignore[attr-defined]
    old = Deeds(shop.db, {CODE: replace(shop.store, orders=orders)}, {CODE: demo_policy()})
    assert await old.perform(deed(order.owner, CancelOrder(order_no=order.order_no))) == refused
    assert isinstance(await shop.done(order, CancelOrder(order_no=order.order_no)), Done)


def _answers(value: Any) -> Any:
    async def answer(*_arguments: Any) -> Any:
        return value

    return answer


FATES = st.sampled_from(["well", "dies before", "dies after", "down", "answer lost"])
STEPS = st.lists(st.tuples(st.integers(0, 2), FATES), min_size=1, max_size=6)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
async def test_whatever_goes_wrong_one_key_is_one_deed(shop: Shop, steps: list[tuple[int, str]]) -> None:
    """Coupons under three keys, asked for in any order, any of them cut short: each is granted once at most."""
    prefix = str(uuid4())
    orders = (await shop.orders(S.COMPLETED, 3, FRESH.replace("2 days", "90 days")))[:3]
    await shop.db.pool.execute("DELETE FROM deeds")
    await shop.db.pool.execute("DELETE FROM demo_coupons")
    changes: list[Change] = [GrantCoupon(order_no=one.order_no, amount_cents=500) for one in orders]
    for number, fate in steps:
        deeds = fragile(shop, [fate], "coupons", "grant")
        try:
            await deeds.perform(deed(orders[number].owner, changes[number], f"{prefix}{number}"))
        except Died:
            continue
    with clock.frozen(clock.now() + timedelta(hours=2)):
        await shop.deeds.recover()
    asked = {number for number, _ in steps}
    for number, order in enumerate(orders):
        assert len(await shop.store.coupons.of_customer(order.owner)) == (number in asked)
        assert (await shop.db.pool.fetchval("SELECT state FROM deeds WHERE owner = $1", order.owner)) == (
            "done" if number in asked else None
        )
