"""Whether a change may be made: ownership apart, which is a question of finding it. Pure: facts and time are given."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any, Final

import msgspec

from yingda.commerce.changes import (
    AskCarrier,
    CancelOrder,
    CaseChange,
    Change,
    ChangeAddress,
    ChangeItem,
    ChangeRemark,
    Fault,
    GrantCoupon,
    ProtectPrice,
    ReinstateOrder,
    RequestExchange,
    RequestInvoice,
    RequestRefund,
    RequestReturn,
    Reship,
    RevokeCoupon,
    WithdrawCase,
    kind_of,
)
from yingda.commerce.deeds.policy import FaultRule, Money, Policy, States
from yingda.commerce.deeds.schemas import Before, Facts, Past
from yingda.commerce.refusals import PERSON, Refusal
from yingda.commerce.schemas import (
    CouponState,
    InvoiceKind,
    OrderLine,
    OrderState,
    Receipt,
    ReturnState,
    ShipmentPurpose,
    ShipmentState,
)

_ENDED: Final = frozenset({ReturnState.REFUNDED, ReturnState.COMPLETED, ReturnState.REJECTED, ReturnState.WITHDRAWN})
_LOST: Final = frozenset(
    {ShipmentState.STALLED, ShipmentState.DELAYED, ShipmentState.DAMAGED, ShipmentState.MISDELIVERED}
)
#: So long after the promised day a parcel counts as late.
_LATE = timedelta(days=2)
#: Deeds that give money or goods away; they count together against the customer's limits.
_GIVING: Final = frozenset({"request_return", "request_refund", "protect_price", "reship"})
_DAY = 1
#: Deeds that do not touch the order itself: several may be under way at a time.
_LIGHT: Final = frozenset({"ask_carrier", "request_invoice", "grant_coupon"})

Objections = Iterator[Refusal]


class Allowed(msgspec.Struct, frozen=True):
    """The amount is what the shop gives by it; 0 where no money is in it."""

    amount_cents: int


def decide(policy: Policy, change: Change, facts: Facts, now: datetime, *, by_person: bool) -> Allowed | Refusal:
    """The first objection that stands, else what is allowed. A person may overrule those of `PERSON`."""
    for objection in _objections(policy, change, facts, now):
        if not (by_person and objection in PERSON):
            return objection
    return Allowed(amount_of(change, facts))


def filled(change: Change, amount_cents: int) -> Change:
    """The change with the amount that was decided, where it carries one."""
    if isinstance(change, RequestRefund | ProtectPrice):
        return msgspec.structs.replace(change, amount_cents=amount_cents)
    return change


def target_of(change: Change) -> str | None:
    """Which part of the order it concerns, where the order alone does not say."""
    found: Any = getattr(change, "sku", None) or getattr(change, "tracking_no", None)
    return found if isinstance(found, str) else None


def inverse(change: Change, before: Before, receipt: Receipt) -> Change | None:
    """What puts things back as they were; None where nothing does."""
    order_no, reference = change.order_no, receipt.reference
    match change:
        case CancelOrder() if before.state is OrderState.UNPAID:
            return ReinstateOrder(order_no=order_no)
        case ChangeAddress():
            return ChangeAddress(order_no=order_no, address=before.address)
        case ChangeItem():
            return ChangeItem(order_no=order_no, sku=change.wanted_sku, wanted_sku=change.sku)
        case ChangeRemark() if before.remark:
            return ChangeRemark(order_no=order_no, text=before.remark)
        case RequestReturn() | RequestExchange() if reference:
            return WithdrawCase(order_no=order_no, case_no=reference)
        case GrantCoupon() if reference:
            return RevokeCoupon(order_no=order_no, code=reference)
    return None


def undo_until(policy: Policy, change: Change, before: Before, receipt: Receipt, at: datetime) -> datetime | None:
    """Until when a deed done `at` can be undone."""
    minutes = policy.undo_minutes.get(kind_of(change), 0)
    return at + timedelta(minutes=minutes) if minutes and inverse(change, before, receipt) else None


def amount_of(change: Change, facts: Facts) -> int:
    """Cents that the shop gives away or back by it."""
    match change:
        case CancelOrder():
            return 0 if facts.order.state is OrderState.UNPAID else facts.order.total_cents
        case RequestRefund():
            return change.amount_cents or _claimed_cents(change, facts)
        case RequestReturn() | Reship():
            return _claimed_cents(change, facts)
        case ProtectPrice():
            return _difference(change, facts)
        case GrantCoupon():
            return change.amount_cents
    return 0


def _objections(policy: Policy, change: Change, facts: Facts, now: datetime) -> Objections:
    kind = kind_of(change)
    same_order = [one for one in facts.past if one.order_no == facts.order.order_no and one.kind not in _LIGHT]
    if kind not in _LIGHT and any(one.state == "begun" for one in same_order):
        yield Refusal.UNDER_WAY
    yield from _BY_KIND[type(change)](policy, change, facts, now)


def _in_states(states: States, state: OrderState) -> Objections:
    if state in states.person_states:
        yield Refusal.STATE_NEEDS_PERSON
    elif state not in states.states:
        yield Refusal.ALREADY_DONE if state is OrderState.CANCELLED else Refusal.WRONG_STATE


def _before_shipping(states: States, state: OrderState) -> Objections:
    gone = (OrderState.SHIPPED, OrderState.DELIVERED, OrderState.COMPLETED, OrderState.AFTER_SALE)
    if state in gone and state not in states.states | states.person_states:
        yield Refusal.TOO_LATE
    elif state is OrderState.CANCELLED:
        yield Refusal.WRONG_STATE
    else:
        yield from _in_states(states, state)


def _cancel(policy: Policy, change: CancelOrder, facts: Facts, now: datetime) -> Objections:
    if facts.order.state is OrderState.CANCELLED:
        yield Refusal.ALREADY_DONE
    yield from _before_shipping(policy.cancel, facts.order.state)
    if amount_of(change, facts) > policy.cancel.limit_yuan * 100:
        yield Refusal.OVER_LIMIT
    earlier = [one for one in facts.past if one.kind == "cancel_order" and one.within(now, policy.cancel.within_days)]
    if len(earlier) >= policy.cancel.times:
        yield Refusal.REPEATED


def _reinstate(_policy: Policy, _change: ReinstateOrder, facts: Facts, now: datetime) -> Objections:
    order = facts.order
    if order.state is not OrderState.CANCELLED or order.paid_at is not None:
        yield Refusal.WRONG_STATE
    if order.pay_before is None or order.pay_before <= now:
        yield Refusal.TOO_LATE


def _address(policy: Policy, change: ChangeAddress, facts: Facts, _now: datetime) -> Objections:
    yield from _before_shipping(policy.address, facts.order.state)
    if change.address == facts.order.address:
        yield Refusal.ALREADY_DONE


def _item(policy: Policy, change: ChangeItem, facts: Facts, _now: datetime) -> Objections:
    yield from _before_shipping(policy.item, facts.order.state)
    line = _line(facts, change.sku)
    if line is None or line.gift:
        yield Refusal.NOT_IN_ORDER
        return
    variant = (
        next((one for one in facts.product.variants if one.sku == change.wanted_sku), None) if facts.product else None
    )
    if variant is None:
        yield Refusal.NOT_IN_ORDER
        return
    if variant.price_cents != line.unit_cents:
        yield Refusal.PRICE_DIFFERS
    if _stock(facts, change.wanted_sku) < line.quantity:
        yield Refusal.OUT_OF_STOCK


def _remark(policy: Policy, change: ChangeRemark, facts: Facts, _now: datetime) -> Objections:
    yield from _before_shipping(policy.remark, facts.order.state)
    if change.text == facts.order.buyer_remark:
        yield Refusal.ALREADY_DONE


def _case(policy: Policy, change: CaseChange, facts: Facts, now: datetime) -> Objections:
    rule = policy.faults.get(change.fault)
    if rule is None or kind_of(change) not in rule.changes:
        yield Refusal.NOT_RETURNABLE
        return
    yield from _claims(policy, change, facts)
    yield from _in_time(rule, change.fault, facts, now)
    if any(case.state not in _ENDED for case in facts.cases):
        yield Refusal.UNDER_WAY
    if rule.evidence and not change.evidence:
        yield Refusal.EVIDENCE_NEEDED
    if isinstance(change, RequestExchange):
        yield from _exchangeable(change, facts)
        return
    limits = policy.reship if isinstance(change, Reship) else policy.money
    yield from _money(limits, change, facts, now)


def _claims(policy: Policy, change: CaseChange, facts: Facts) -> Objections:
    """What is claimed is a part of the order, is money's worth where money is asked, and may go back."""
    asked: dict[str, int] = {}
    for claim in change.lines:
        asked[claim.sku] = asked.get(claim.sku, 0) + claim.quantity
    for sku, quantity in asked.items():
        line = _line(facts, sku)
        if line is None or quantity > line.quantity or (line.gift and not isinstance(change, Reship)):
            yield Refusal.NOT_IN_ORDER
        elif change.fault is Fault.CHANGED_MIND and line.product_id in policy.never_returned:
            yield Refusal.NOT_RETURNABLE
        if isinstance(change, Reship) and line and not line.gift and _stock(facts, sku) < quantity:
            yield Refusal.OUT_OF_STOCK


def _in_time(rule: FaultRule, fault: Fault, facts: Facts, now: datetime) -> Objections:
    order = facts.order
    if fault in (Fault.NOT_RECEIVED, Fault.LATE):
        yield from _missing_parcel(facts, now)
    elif order.delivered_at is None or order.state in (OrderState.REFUNDED, OrderState.CANCELLED):
        yield Refusal.WRONG_STATE
    elif now > order.delivered_at + timedelta(days=rule.days):
        yield Refusal.TOO_LATE


def _missing_parcel(facts: Facts, now: datetime) -> Objections:
    """A parcel that the carrier has not brought may be given up; one that it says it has is for a person to judge."""
    sent = next((one for one in facts.shipments if one.purpose is ShipmentPurpose.OUTBOUND), None)
    if sent is None:
        yield Refusal.WRONG_STATE
    elif sent.state is ShipmentState.DELIVERED:
        yield Refusal.RISK
    elif sent.state not in _LOST and now.date() <= sent.expected_on + _LATE:
        yield Refusal.NOT_LATE


def _exchangeable(change: RequestExchange, facts: Facts) -> Objections:
    wanted = (
        next((one for one in facts.product.variants if one.sku == change.wanted_sku), None) if facts.product else None
    )
    for claim in change.lines:
        line = _line(facts, claim.sku)
        if change.wanted_sku and line:
            if wanted is None or facts.product is None or facts.product.product_id != line.product_id:
                yield Refusal.NOT_IN_ORDER
            elif wanted.price_cents != line.unit_cents:
                yield Refusal.PRICE_DIFFERS
    asked = sum(claim.quantity for claim in change.lines)
    needed = {change.wanted_sku: asked} if change.wanted_sku else {one.sku: one.quantity for one in change.lines}
    if any(_stock(facts, sku) < quantity for sku, quantity in needed.items()):
        yield Refusal.OUT_OF_STOCK


def _money(limits: Money, change: Change, facts: Facts, now: datetime) -> Objections:
    amount = amount_of(change, facts)
    given = [one for one in facts.past if one.kind in _GIVING]
    back = sum(refund.amount_cents for refund in facts.refunds)
    if not isinstance(change, Reship) and amount > facts.order.total_cents - back:
        yield Refusal.OVER_PAID
    if isinstance(change, RequestRefund) and amount > _claimed_cents(change, facts):
        yield Refusal.OVER_PAID
    if facts.flagged:
        yield Refusal.RISK
    if amount > limits.limit_yuan * 100 or amount + _cents(given, now, _DAY) > limits.daily_yuan * 100:
        yield Refusal.OVER_LIMIT
    if sum(one.within(now, limits.within_days) for one in given) >= limits.times:
        yield Refusal.REPEATED


def _cents(past: list[Past], now: datetime, days: int) -> int:
    return sum(one.amount_cents for one in past if one.within(now, days))


def _withdraw(_policy: Policy, change: WithdrawCase, facts: Facts, _now: datetime) -> Objections:
    case = next((one for one in facts.cases if one.case_no == change.case_no), None)
    if case is None:
        yield Refusal.NOT_THEIRS
    elif case.state is ReturnState.WITHDRAWN:
        yield Refusal.ALREADY_DONE
    elif case.state not in (ReturnState.REQUESTED, ReturnState.APPROVED):
        yield Refusal.TOO_LATE


def _invoice(policy: Policy, change: RequestInvoice, facts: Facts, now: datetime) -> Objections:
    if facts.invoice is not None:
        yield Refusal.ALREADY_DONE
    if facts.order.state not in policy.invoice.states:
        yield Refusal.WRONG_STATE
    if now > facts.order.placed_at + timedelta(days=policy.invoice.days):
        yield Refusal.TOO_LATE
    if change.kind is InvoiceKind.COMPANY and not change.tax_no:
        yield Refusal.TAX_NUMBER_NEEDED


def _coupon(policy: Policy, change: GrantCoupon, facts: Facts, now: datetime) -> Objections:
    rule = policy.coupon
    granted = [one for one in facts.past if one.kind == "grant_coupon"]
    if any(one.order_no == facts.order.order_no for one in granted):
        yield Refusal.ALREADY_DONE
    if change.amount_cents > rule.limit_yuan * 100:
        yield Refusal.OVER_LIMIT
    if sum(one.within(now, rule.within_days) for one in granted) >= rule.times:
        yield Refusal.REPEATED


def _revoke(_policy: Policy, change: RevokeCoupon, facts: Facts, _now: datetime) -> Objections:
    coupon = next((one for one in facts.coupons if one.code == change.code), None)
    if coupon is None:
        yield Refusal.NOT_THEIRS
    elif coupon.state is CouponState.REVOKED:
        yield Refusal.ALREADY_DONE
    elif coupon.state is not CouponState.VALID:
        yield Refusal.TOO_LATE


def _price(policy: Policy, change: ProtectPrice, facts: Facts, now: datetime) -> Objections:
    if facts.order.paid_at is None or facts.order.state in (OrderState.CANCELLED, OrderState.REFUNDED):
        yield Refusal.WRONG_STATE
        return
    if now > facts.order.paid_at + timedelta(days=policy.price_days):
        yield Refusal.TOO_LATE
    line = _line(facts, change.sku)
    if line is None or line.gift:
        yield Refusal.NOT_IN_ORDER
    if any(one.kind == "protect_price" and one.target == change.sku for one in _of_order(facts)):
        yield Refusal.ALREADY_DONE
    if _difference(change, facts) <= 0 or (change.amount_cents or 0) > _difference(change, facts):
        yield Refusal.NO_DIFFERENCE
    yield from _money(policy.money, change, facts, now)


def _carrier(policy: Policy, change: AskCarrier, facts: Facts, now: datetime) -> Objections:
    parcel = next((one for one in facts.shipments if one.tracking_no == change.tracking_no), None)
    if parcel is None:
        yield Refusal.NOT_THEIRS
    elif parcel.state is ShipmentState.RETURNED:
        yield Refusal.ALREADY_DONE
    pause = timedelta(hours=policy.carrier.again_hours)
    asked = [one for one in _of_order(facts) if one.kind == "ask_carrier" and one.target == change.tracking_no]
    if any(now - one.at < pause for one in asked):
        yield Refusal.TOO_SOON


def _of_order(facts: Facts) -> list[Past]:
    return [one for one in facts.past if one.order_no == facts.order.order_no]


def _line(facts: Facts, sku: str) -> OrderLine | None:
    return next((line for line in facts.order.lines if line.sku == sku), None)


def _stock(facts: Facts, sku: str) -> int:
    return facts.stock[sku].quantity if sku in facts.stock else 0


def _claimed_cents(change: CaseChange, facts: Facts) -> int:
    """What was paid for what is claimed; to the customer's disadvantage by less than a cent a piece."""
    lines = ((_line(facts, claim.sku), claim.quantity) for claim in change.lines)
    return sum(line.amount_cents * quantity // line.quantity for line, quantity in lines if line)


def _difference(change: ProtectPrice, facts: Facts) -> int:
    line = _line(facts, change.sku)
    variants = facts.product.variants if facts.product else ()
    price = next((one.price_cents for one in variants if one.sku == change.sku), None)
    return line.amount_cents - price * line.quantity if line and price is not None else 0


_BY_KIND: Final[dict[type[Any], Callable[[Policy, Any, Facts, datetime], Objections]]] = {
    CancelOrder: _cancel,
    ReinstateOrder: _reinstate,
    ChangeAddress: _address,
    ChangeItem: _item,
    ChangeRemark: _remark,
    RequestReturn: _case,
    RequestExchange: _case,
    RequestRefund: _case,
    Reship: _case,
    WithdrawCase: _withdraw,
    RequestInvoice: _invoice,
    GrantCoupon: _coupon,
    RevokeCoupon: _revoke,
    ProtectPrice: _price,
    AskCarrier: _carrier,
}
