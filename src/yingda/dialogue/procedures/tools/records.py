"""Parcels, refunds, after-sale cases, invoices, coupons: what the shop has on record for an order."""

from yingda.commerce import CouponState, RefundState, ReturnState, ShipmentPurpose, ShipmentState, yuan
from yingda.conversations import Kind, order_card, trace_words
from yingda.dialogue.case import STALE
from yingda.dialogue.procedures.schemas import Value
from yingda.dialogue.procedures.state import Told
from yingda.dialogue.procedures.tools.desk import Desk, Given, tool
from yingda.dialogue.replies import Reply

_WITHDRAWABLE = frozenset({ReturnState.REQUESTED, ReturnState.APPROVED})
_SHOWN_COUPONS = 3
#: How shops say by which way money goes back.
_WAYS = {
    "原路退回": "the way you paid",
    "微信支付": "WeChat Pay",
    "支付宝": "Alipay",
    "银行卡": "bank card",
    "云闪付": "UnionPay",
}
#: A parcel that has not moved for so long may be lost.
_STUCK_HOURS = 72


@tool(
    outcomes="none",
    facts="carrier tracking_no parcel_state last_time last_event expected_day late quiet_hours "
    "stuck parcel_stale parcel_as_of",
)
async def parcel(desk: Desk, given: Given) -> Told:
    """The parcel with which the order left."""
    case, account = desk.case, desk.account
    number = str(given["order_no"])
    parcels = await account.store.shipments.of_order(account.owner, number)
    sent = next((one for one in parcels if one.purpose is ShipmentPurpose.OUTBOUND), None)
    if sent is None:
        return Told(outcome="none")
    order = await desk.order(number)
    desk.cards["order"] = Reply(Kind.ORDER_CARD, order_card(order, sent, case.locale))
    last = sent.last_event
    arrived = sent.state in (ShipmentState.DELIVERED, ShipmentState.RETURNED)
    quiet = int((case.now - last.at).total_seconds() // 3600)
    facts: dict[str, Value] = {
        "carrier": sent.carrier,
        "tracking_no": sent.tracking_no,
        "parcel_state": sent.state.value,
        "last_time": case.moment(last.at),
        "last_event": trace_words(last, case.locale),
        "expected_day": case.day(sent.expected_on),
        "late": not arrived and case.now.date() > sent.expected_on,
        "quiet_hours": quiet,
        "stuck": not arrived and (quiet >= _STUCK_HOURS or sent.state is ShipmentState.STALLED),
        "parcel_stale": case.now - sent.as_of > STALE,
        "parcel_as_of": case.moment(sent.as_of),
    }
    return Told(outcome="found", facts=facts)


@tool(outcomes="none", facts="refund_amount refund_method refund_state refund_time refund_day")
async def refund(desk: Desk, given: Given) -> Told:
    """The latest money on its way back."""
    case, account = desk.case, desk.account
    refunds = await account.store.returns.refunds(account.owner, str(given["order_no"]))
    if not refunds:
        return Told(outcome="none")
    latest = refunds[0]
    succeeded = latest.state is RefundState.SUCCEEDED and latest.completed_at
    facts: dict[str, Value] = {
        "refund_amount": yuan(latest.amount_cents),
        "refund_method": latest.method if case.locale == "zh" else _in_english(latest.method),
        "refund_state": latest.state.value,
        "refund_time": case.moment(latest.completed_at) if succeeded and latest.completed_at else "",
        "refund_day": case.day(latest.expected_by),
    }
    return Told(outcome="found", facts=facts)


def _in_english(method: str) -> str:
    for words, english in _WAYS.items():
        method = method.replace(words, english)
    return method


@tool(outcomes="none", facts="case_no case_time case_step case_state withdrawable send_back_by")
async def after_sale(desk: Desk, given: Given) -> Told:
    """The latest return, exchange or refund that was asked for."""
    case, account = desk.case, desk.account
    cases = await account.store.returns.of_order(account.owner, str(given["order_no"]))
    if not cases:
        return Told(outcome="none")
    latest = cases[0]
    facts: dict[str, Value] = {
        "case_no": latest.case_no,
        "case_time": case.moment(latest.steps[-1].at),
        "case_step": latest.steps[-1].text if case.locale == "zh" else case.say(f"case_{latest.state.value}"),
        "case_state": latest.state.value,
        "withdrawable": latest.state in _WITHDRAWABLE,
        "send_back_by": case.day(latest.send_back_by) if latest.send_back_by else "",
    }
    return Told(outcome="found", facts=facts)


@tool(outcomes="none", facts="invoice_state invoice_title invoice_amount invoice_time invoice_no")
async def invoice(desk: Desk, given: Given) -> Told:
    case, account = desk.case, desk.account
    found = await account.store.invoices.of_order(account.owner, str(given["order_no"]))
    if found is None:
        return Told(outcome="none")
    facts: dict[str, Value] = {
        "invoice_state": found.state.value,
        "invoice_title": found.title,
        "invoice_amount": yuan(found.amount_cents),
        "invoice_time": case.moment(found.issued_at or found.requested_at),
        "invoice_no": found.invoice_no or "",
    }
    return Told(outcome="found", facts=facts)


@tool(outcomes="none", facts="coupon_count coupon_lines")
async def coupons(desk: Desk, _given: Given) -> Told:
    """Coupons that can still be used, the first to expire first."""
    case, account = desk.case, desk.account
    held = await account.store.coupons.of_customer(account.owner)
    valid = sorted((one for one in held if one.state is CouponState.VALID), key=lambda one: one.valid_until)
    if not valid:
        return Told(outcome="none")
    lines = [
        case.say(
            "coupon_line",
            amount=yuan(one.amount_cents),
            least=yuan(one.least_cents),
            code=one.code,
            day=case.day(one.valid_until),
        )
        for one in valid[:_SHOWN_COUPONS]
    ]
    return Told(outcome="found", facts={"coupon_count": len(valid), "coupon_lines": "\n".join(lines)})
