"""Turns a draft whose day is known into the structs that the store answers."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from yingda.commerce.demo.aftersales import CLOSED, Case
from yingda.commerce.demo.catalogue import world
from yingda.commerce.demo.drafts import PAY_WITHIN_HOURS, Draft
from yingda.commerce.demo.parcels import Trip
from yingda.commerce.demo.scenarios import Fate, Progress
from yingda.commerce.schemas import (
    Invoice,
    InvoiceKind,
    InvoiceState,
    Order,
    OrderState,
    Refund,
    RefundState,
    ReturnCase,
    ReturnKind,
    ReturnLine,
    ReturnState,
    ReturnStep,
    Shipment,
    ShipmentEvent,
    ShipmentPurpose,
)
from yingda.kit.clock import SHANGHAI

SHIP_WITHIN_HOURS = 48
RETURN_WITHIN_HOURS = 7 * 24

_PAY_METHODS = ("微信支付", "支付宝", "银行卡")
_CANCEL_REASONS = ("不想要了", "拍错规格", "忘记用优惠券，重新下单", "收货地址填错", "发货太慢")
_MONEY_BACK = (ReturnKind.REFUND_ONLY, ReturnKind.RETURN_REFUND)


@dataclass(slots=True)
class Records:
    """What has been written so far."""

    orders: list[Order] = field(default_factory=list)
    shipments: list[Shipment] = field(default_factory=list)
    returns: list[ReturnCase] = field(default_factory=list)
    refunds: list[Refund] = field(default_factory=list)
    invoices: list[Invoice] = field(default_factory=list)


def write(rng: Random, records: Records, order_no: str, draft: Draft) -> None:
    """Add the draft's order and all that hangs on it."""
    method = rng.choices(_PAY_METHODS, (6, 5, 1))[0]
    records.orders.append(_order(rng, order_no, draft, method))
    records.shipments += [_shipment(order_no, draft, trip) for trip in draft.trips]
    refund = _refund(order_no, draft, method)
    if refund:
        records.refunds.append(refund)
    if draft.case:
        records.returns.append(_case(order_no, draft, draft.case, refund))
    if draft.invoice_requested is not None:
        records.invoices.append(_invoice(rng, records.orders[-1], draft, draft.invoice_requested))


def _state(draft: Draft) -> OrderState:
    match draft.scenario.progress:
        case Progress.UNPAID:
            return OrderState.UNPAID
        case Progress.LAPSED | Progress.CANCELLED:
            return OrderState.CANCELLED
        case Progress.PAID:
            return OrderState.PAID
        case Progress.PACKED:
            return OrderState.PACKED
    if draft.case:
        if draft.case.state not in CLOSED:
            return OrderState.AFTER_SALE
        all_of_it = draft.case.state is ReturnState.REFUNDED and draft.case.claimed == draft.basket.bought
        return OrderState.REFUNDED if all_of_it else OrderState.COMPLETED
    if draft.scenario.fate is Fate.REFUSED:
        return OrderState.REFUNDED
    if draft.completed is not None:
        return OrderState.COMPLETED
    return OrderState.SHIPPED if draft.delivered is None else OrderState.DELIVERED


def _order(rng: Random, order_no: str, draft: Draft, method: str) -> Order:
    state, basket, paid = _state(draft), draft.basket, draft.paid
    return Order(
        order_no=order_no,
        owner=draft.owner,
        state=state,
        lines=basket.lines,
        goods_cents=basket.goods_cents,
        discount_cents=basket.discount_cents,
        freight_cents=basket.freight_cents,
        total_cents=basket.total_cents,
        address=draft.address,
        placed_at=draft.at(draft.placed),
        as_of=draft.as_of,
        pay_before=draft.at(draft.placed + PAY_WITHIN_HOURS) if paid is None else None,
        paid_at=_at(draft, paid),
        pay_method=None if paid is None else method,
        ship_by=None if paid is None else draft.at(paid + SHIP_WITHIN_HOURS),
        shipped_at=_at(draft, draft.shipped),
        delivered_at=_at(draft, draft.delivered),
        completed_at=_at(draft, draft.completed) if state is OrderState.COMPLETED else None,
        cancelled_at=_at(draft, draft.cancelled),
        cancel_reason=_cancel_reason(rng, draft),
        returnable_until=None if draft.delivered is None else draft.at(draft.delivered + RETURN_WITHIN_HOURS),
        buyer_remark=rng.choice(world().buyer_remarks) if rng.random() < 0.12 else None,
        seller_remark=rng.choice(world().seller_remarks) if rng.random() < 0.07 else None,
    )


def _at(draft: Draft, hour: float | None) -> datetime | None:
    return None if hour is None else draft.at(hour)


def _cancel_reason(rng: Random, draft: Draft) -> str | None:
    if draft.cancelled is None:
        return None
    lapsed = draft.scenario.progress is Progress.LAPSED
    return "超时未付款，系统自动关闭" if lapsed else rng.choice(_CANCEL_REASONS)


def _shipment(order_no: str, draft: Draft, trip: Trip) -> Shipment:
    back = trip.purpose is ShipmentPurpose.RETURN
    return Shipment(
        tracking_no=trip.tracking_no,
        order_no=order_no,
        owner=draft.owner,
        carrier=trip.carrier,
        purpose=trip.purpose,
        state=trip.state,
        expected_on=draft.at(trip.promised).astimezone(SHANGHAI).date(),
        events=tuple(ShipmentEvent(draft.at(hour), state, place, text) for hour, state, place, text in trip.marks),
        as_of=draft.as_of,
        origin=draft.address.city if back else trip.marks[0].place,
        destination=None if back else draft.address.city,
    )


def _refund(order_no: str, draft: Draft, method: str) -> Refund | None:
    """Without a case all that was paid goes back; with one, what was paid for its lines."""
    if draft.refund_requested is None:
        return None
    case = draft.case
    requested = draft.at(draft.refund_requested)
    return Refund(
        refund_no=f"TK{order_no[2:]}",
        order_no=order_no,
        owner=draft.owner,
        state=RefundState.PROCESSING if draft.refund_completed is None else RefundState.SUCCEEDED,
        amount_cents=_claimed_cents(case) if case else draft.basket.total_cents,
        method=f"原路退回 · {method}",
        requested_at=requested,
        expected_by=requested + timedelta(days=3),
        as_of=draft.as_of,
        case_no=_case_no(order_no) if case else None,
        completed_at=_at(draft, draft.refund_completed),
    )


def _case_no(order_no: str) -> str:
    return f"SH{order_no[2:]}"


def _claimed_cents(case: Case) -> int:
    return sum(line.amount_cents for line in case.claimed)


def _case(order_no: str, draft: Draft, case: Case, refund: Refund | None) -> ReturnCase:
    approved = next((hour for hour, state, _ in case.steps if state is ReturnState.APPROVED), None)
    awaited = case.state is ReturnState.APPROVED and case.kind in (ReturnKind.RETURN_REFUND, ReturnKind.EXCHANGE)
    return ReturnCase(
        case_no=_case_no(order_no),
        order_no=order_no,
        owner=draft.owner,
        kind=case.kind,
        state=case.state,
        reason=case.reason,
        lines=tuple(ReturnLine(line.sku, line.title, line.variant, line.quantity) for line in case.claimed),
        refund_cents=_claimed_cents(case) if case.kind in _MONEY_BACK else 0,
        steps=tuple(ReturnStep(draft.at(hour), state, text) for hour, state, text in case.steps),
        as_of=draft.as_of,
        send_back_by=draft.at(approved + RETURN_WITHIN_HOURS) if approved is not None and awaited else None,
        return_tracking_no=case.back.tracking_no if case.back else None,
        replacement_tracking_no=case.again.tracking_no if case.again else None,
        refund_no=refund.refund_no if refund else None,
    )


def _invoice(rng: Random, order: Order, draft: Draft, requested: float) -> Invoice:
    company = rng.random() < 0.3
    number = f"DEMO{rng.randrange(10**16):016d}" if draft.invoice_issued is not None else None
    issued = InvoiceState.REVERSED if order.state is OrderState.REFUNDED else InvoiceState.ISSUED
    return Invoice(
        order_no=order.order_no,
        owner=draft.owner,
        state=issued if number else InvoiceState.REQUESTED,
        kind=InvoiceKind.COMPANY if company else InvoiceKind.PERSONAL,
        title=rng.choice(world().companies) if company else "个人",
        amount_cents=order.total_cents,
        email=f"{draft.owner.lower()}@liuli.example",
        requested_at=draft.at(requested),
        as_of=draft.as_of,
        invoice_no=number,
        tax_no=f"9133DEMO{rng.randrange(10**10):010d}" if company else None,
        issued_at=_at(draft, draft.invoice_issued),
        url=f"https://liuli.example/invoices/{number}.pdf" if number else None,
    )
