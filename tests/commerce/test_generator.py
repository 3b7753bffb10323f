"""The generated store, as a whole: everything is there, adds up, and happens in an order that could have been."""

import re
from collections import defaultdict
from datetime import date, datetime, timedelta
from itertools import pairwise

import msgspec
import pytest

from yingda.commerce import (
    InvoiceState,
    OrderState,
    RefundState,
    ReturnKind,
    ReturnState,
    ShipmentPurpose,
    ShipmentState,
)
from yingda.commerce.demo.generator import DemoData, generate
from yingda.commerce.demo.scenarios import SHOWCASES
from yingda.kit.clock import SHANGHAI

NOW = datetime(2026, 11, 22, 14, 30, tzinfo=SHANGHAI)
MIDNIGHT = NOW.replace(hour=0, minute=0)


@pytest.fixture(scope="module")
def data() -> DemoData:
    return generate(NOW, 7)


def test_counts(data: DemoData) -> None:
    assert len(data.shoppers) == 300
    assert len(data.orders) == 2000
    assert len({order.order_no for order in data.orders}) == 2000
    assert len({shipment.tracking_no for shipment in data.shipments}) == len(data.shipments)


def test_every_state_can_be_found(data: DemoData) -> None:
    assert {order.state for order in data.orders} == set(OrderState)
    states = {shipment.state for shipment in data.shipments}
    seen = states | {event.state for shipment in data.shipments for event in shipment.events}
    assert seen == set(ShipmentState)
    assert states >= set(ShipmentState) - {ShipmentState.RETURNING}
    assert {case.state for case in data.returns} == set(ReturnState)
    assert {case.kind for case in data.returns} == set(ReturnKind)
    assert {refund.state for refund in data.refunds} == set(RefundState)
    assert {invoice.state for invoice in data.invoices} == set(InvoiceState)
    assert {shipment.purpose for shipment in data.shipments} == set(ShipmentPurpose)


def test_amounts_add_up(data: DemoData) -> None:
    for order in data.orders:
        assert sum(line.unit_cents * line.quantity for line in order.lines) == order.goods_cents
        assert sum(line.discount_cents for line in order.lines) == order.discount_cents
        assert sum(line.amount_cents for line in order.lines) + order.freight_cents == order.total_cents
        assert order.goods_cents - order.discount_cents + order.freight_cents == order.total_cents
        assert order.total_cents > 0


def test_money_back_is_never_more_than_was_paid(data: DemoData) -> None:
    paid = {order.order_no: order.total_cents for order in data.orders if order.paid_at}
    cases = {case.case_no: case for case in data.returns}
    for refund in data.refunds:
        assert 0 < refund.amount_cents <= paid[refund.order_no]
        if refund.case_no:
            assert cases[refund.case_no].refund_cents == refund.amount_cents
            assert cases[refund.case_no].refund_no == refund.refund_no
        assert (refund.state is RefundState.SUCCEEDED) == (refund.completed_at is not None)
    for invoice in data.invoices:
        assert invoice.amount_cents == paid[invoice.order_no]


def test_time_runs_forward_and_ends_before_today(data: DemoData) -> None:
    for order in data.orders:
        moments = [order.placed_at, order.paid_at, order.shipped_at, order.delivered_at, order.completed_at]
        happened = [moment for moment in moments if moment]
        assert happened == sorted(happened)
        assert happened[-1] < MIDNIGHT
        assert order.cancelled_at is None or order.placed_at < order.cancelled_at < MIDNIGHT
    for shipment in data.shipments:
        assert all(before.at < after.at for before, after in pairwise(shipment.events))
        assert shipment.events[-1].at < MIDNIGHT
    for case in data.returns:
        assert all(before.at <= after.at for before, after in pairwise(case.steps))
        assert case.steps[-1].at < MIDNIGHT
        assert case.steps[-1].state is case.state


def test_carriers_deliver_by_day(data: DemoData) -> None:
    by_hand = {ShipmentState.OUT_FOR_DELIVERY, ShipmentState.DELIVERED, ShipmentState.COLLECTED}
    for shipment in data.shipments:
        for event in shipment.events:
            if event.state in by_hand:
                assert 7 <= event.at.astimezone(SHANGHAI).hour <= 21


def test_orders_agree_with_their_parcels(data: DemoData) -> None:
    parcels = defaultdict(list)
    for shipment in data.shipments:
        parcels[shipment.order_no].append(shipment)
    for order in data.orders:
        outbound = [one for one in parcels[order.order_no] if one.purpose is ShipmentPurpose.OUTBOUND]
        assert len(outbound) == (order.shipped_at is not None)
        if order.delivered_at:
            assert order.delivered_at in [event.at for event in outbound[0].events]
        if outbound:
            assert outbound[0].owner == order.owner
            assert outbound[0].events[0].at == order.shipped_at


def test_cases_agree_with_their_parcels(data: DemoData) -> None:
    parcels = {shipment.tracking_no: shipment for shipment in data.shipments}
    received = {order.order_no: order.delivered_at for order in data.orders}
    for case in data.returns:
        first = received[case.order_no]
        assert first is not None
        assert first < case.steps[0].at < first + timedelta(days=7)
        reached = {step.state for step in case.steps}
        assert (ReturnState.RETURNING in reached) == (case.return_tracking_no is not None)
        assert (ReturnState.RESHIPPED in reached) == (case.replacement_tracking_no is not None)
        if ReturnState.RECEIVED in reached:
            assert parcels[case.return_tracking_no or ""].state is ShipmentState.DELIVERED


@pytest.mark.parametrize(
    ("state", "hours"), [(ShipmentState.STALLED, 72), (ShipmentState.MISDELIVERED, 0), (ShipmentState.DELAYED, 0)]
)
def test_trouble_lasts(data: DemoData, state: ShipmentState, hours: int) -> None:
    troubled = [shipment for shipment in data.shipments if shipment.state is state]
    assert len(troubled) >= 10
    assert all(NOW - shipment.last_event.at >= timedelta(hours=hours) for shipment in troubled)


def test_some_parcels_are_out_for_delivery_and_do_not_move(data: DemoData) -> None:
    out = [s for s in data.shipments if s.state is ShipmentState.OUT_FOR_DELIVERY]
    stuck = [shipment for shipment in out if NOW - shipment.last_event.at > timedelta(hours=36)]
    assert len(stuck) >= 10
    assert len(out) - len(stuck) >= 20


def test_yesterday_was_a_busy_day(data: DemoData) -> None:
    yesterday = date(2026, 11, 21)
    delivered = [o for o in data.orders if o.delivered_at and o.delivered_at.astimezone(SHANGHAI).date() == yesterday]
    placed = [o for o in data.orders if o.placed_at.astimezone(SHANGHAI).date() == yesterday]
    assert len(delivered) >= 20
    assert len(placed) >= 50


def test_nobody_real_is_named_or_called(data: DemoData) -> None:
    text = msgspec.json.encode(data).decode()
    mobiles = set(re.findall(r"(?<![0-9A-Z])1[3-9]\d{9}(?!\d)", text))
    assert mobiles
    assert all(number.startswith("1990000") for number in mobiles)
    assert set(re.findall(r"@([\w.]+)", text)) == {"liuli.example"}
    assert len({shopper.phone for shopper in data.shoppers}) == 300
    assert all(shopper.demo for shopper in data.shoppers)


def test_numbers_have_their_form(data: DemoData) -> None:
    for order in data.orders:
        assert re.fullmatch(r"LM\d{12}", order.order_no)
        assert order.order_no[2:10] == f"{order.placed_at.astimezone(SHANGHAI):%Y%m%d}"
    assert all(re.fullmatch(r"(QL|YH|BL)\d{12}", shipment.tracking_no) for shipment in data.shipments)
    assert [order.order_no for order in data.orders] == sorted(order.order_no for order in data.orders)


def test_the_showcases_show_what_they_say(data: DemoData) -> None:
    orders = defaultdict(list)
    for order in data.orders:
        orders[order.owner].append(order)
    parcels = defaultdict(set)
    for shipment in data.shipments:
        parcels[shipment.owner].add(shipment.state)
    by_note = {shopper.note: shopper.user_id for shopper in data.shoppers if shopper.note}
    assert [shopper.name for shopper in data.shoppers[: len(SHOWCASES)]] == [showcase.name for showcase in SHOWCASES]
    assert ShipmentState.OUT_FOR_DELIVERY in parcels[by_note["有一个派送中停滞的包裹"]]
    assert ShipmentState.STALLED in parcels[by_note["物流超过三天没有更新"]]
    assert ShipmentState.DAMAGED in parcels[by_note["运输途中包裹破损"]]
    assert ShipmentState.MISDELIVERED in parcels[by_note["包裹显示已签收，但本人没收到"]]
    assert ShipmentState.DELAYED in parcels[by_note["高价值老客，最近一单因天气延误"]]
    assert OrderState.PAID in {order.state for order in orders[by_note["刚付款，等待发货"]]}
    assert OrderState.UNPAID in {order.state for order in orders[by_note["有一笔订单未付款"]]}
    assert not orders[by_note["新客户，还没有订单"]]
    refunding = by_note["退货已入库，退款处理中"]
    assert [r.state for r in data.refunds if r.owner == refunding] == [RefundState.PROCESSING]
    invoices = [i for i in data.invoices if i.owner == by_note["电子发票已开，可下载"]]
    assert [invoice.state for invoice in invoices] == [InvoiceState.ISSUED]


def test_the_same_day_and_seed_give_the_same_store(data: DemoData) -> None:
    later = NOW.replace(hour=23)
    assert msgspec.json.encode(generate(later, 7)) == msgspec.json.encode(data)
    assert generate(NOW, 8).orders != data.orders


def test_customers_stay_who_they_are_the_next_day(data: DemoData) -> None:
    tomorrow = generate(NOW + timedelta(days=1), 7)
    assert [s.phone for s in tomorrow.shoppers] == [s.phone for s in data.shoppers]
    assert [s.address for s in tomorrow.shoppers] == [s.address for s in data.shoppers]
    assert max(o.placed_at for o in tomorrow.orders) > MIDNIGHT


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("day", [date(2027, 1, 1), date(2028, 2, 29)])
def test_any_day_and_seed_will_do(seed: int, day: date) -> None:
    now = datetime(day.year, day.month, day.day, 0, 5, tzinfo=SHANGHAI)
    store = generate(now, seed)
    assert {order.state for order in store.orders} == set(OrderState)
    assert all(shipment.events[-1].at < now for shipment in store.shipments)
