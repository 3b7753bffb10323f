from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tests.commerce.makers import (
    ELSEWHERE,
    HOME,
    NOW,
    ago,
    case,
    facts,
    order,
    parcel,
    past,
    product,
    refund,
)
from yingda.commerce import (
    AskCarrier,
    CancelOrder,
    CarrierAsk,
    Change,
    ChangeAddress,
    ChangeItem,
    ChangeRemark,
    Claim,
    Coupon,
    CouponState,
    Fault,
    GrantCoupon,
    Invoice,
    InvoiceKind,
    InvoiceState,
    OrderState,
    PolicyUnreadable,
    ProtectPrice,
    Receipt,
    Refusal,
    ReinstateOrder,
    RequestExchange,
    RequestInvoice,
    RequestRefund,
    RequestReturn,
    Reship,
    ReturnState,
    RevokeCoupon,
    ShipmentState,
    WithdrawCase,
    demo_policy,
    read_policy,
)
from yingda.commerce.changes import kind_of
from yingda.commerce.deeds.rules import Allowed, decide, inverse
from yingda.commerce.deeds.schemas import Before, DeedState, Facts
from yingda.commerce.refusals import PERSON, WORDS

S, R = OrderState, Refusal
POLICY = demo_policy()
CANCEL, ADDRESS = CancelOrder(order_no="LL1"), ChangeAddress(order_no="LL1", address=ELSEWHERE)
ITEM = ChangeItem(order_no="LL1", sku="P1101-01", wanted_sku="P1101-02")
SAME_PRICE = product(("P1101-01", 8900), ("P1101-02", 8900))
INVOICE = RequestInvoice(order_no="LL1", kind=InvoiceKind.PERSONAL, title="个人", email="a@liuli.example")
ISSUED = Invoice("LL1", "C1", InvoiceState.ISSUED, InvoiceKind.PERSONAL, "个人", 1, "a@b.c", NOW, NOW)
PRICE = ProtectPrice(order_no="LL1", sku="P1101-01")
URGE = AskCarrier(order_no="LL1", tracking_no="QH1", ask=CarrierAsk.URGE)
GRANT = GrantCoupon(order_no="LL1", amount_cents=1000)
COUPON = Coupon("K1", "C1", CouponState.VALID, 1000, NOW, NOW)
REVOKE = RevokeCoupon(order_no="LL1", code="K1")
WITHDRAW = WithdrawCase(order_no="LL1", case_no="SH1")
WASH, SPONGE, GIFT = (Claim("P1101-01"),), (Claim("P2601-01"),), (Claim("P1301-G"),)
PHOTO = ("f1",)


def back(fault: Fault = Fault.CHANGED_MIND, lines: Any = WASH, **more: Any) -> RequestReturn:
    return RequestReturn(order_no="LL1", lines=lines, fault=fault, **more)


def money(fault: Fault = Fault.DEFECTIVE, lines: Any = WASH, **more: Any) -> RequestRefund:
    return RequestRefund(order_no="LL1", lines=lines, fault=fault, evidence=PHOTO, **more)


def again(fault: Fault = Fault.MISSING, lines: Any = WASH) -> Reship:
    return Reship(order_no="LL1", lines=lines, fault=fault, evidence=PHOTO)


def exchange(wanted: str | None = None, fault: Fault = Fault.WRONG_VARIANT) -> RequestExchange:
    return RequestExchange(order_no="LL1", lines=WASH, fault=fault, wanted_sku=wanted, evidence=PHOTO)


def received(**more: Any) -> Facts:
    return facts(S.DELIVERED, **more)


DEAR = replace(order(S.PAID), total_cents=250_000)
CANCELLED_UNPAID = replace(order(S.CANCELLED), pay_before=NOW + timedelta(hours=1))
THRICE = [past("request_return", 100, days=days) for days in (10, 20, 30)]

CASES: dict[str, tuple[Change, Facts, int | Refusal]] = {
    "cancel unpaid": (CANCEL, facts(S.UNPAID), 0),
    "cancel paid": (CANCEL, facts(S.PAID), 19700),
    "cancel packed": (CANCEL, facts(S.PACKED), R.STATE_NEEDS_PERSON),
    "cancel shipped": (CANCEL, facts(S.SHIPPED), R.TOO_LATE),
    "cancel completed": (CANCEL, facts(S.COMPLETED), R.TOO_LATE),
    "cancel refunded": (CANCEL, facts(S.REFUNDED), R.WRONG_STATE),
    "cancel twice": (CANCEL, facts(S.CANCELLED), R.ALREADY_DONE),
    "cancel a dear one": (CANCEL, facts(order=DEAR), R.OVER_LIMIT),
    "cancel again and again": (CANCEL, facts(past=[past("cancel_order")] * 5), R.REPEATED),
    "cancel, others long ago": (CANCEL, facts(past=[past("cancel_order", days=40)] * 5), 19700),
    "cancel while something goes on": (
        CANCEL,
        facts(past=[past("change_address", order_no="LL1", state=DeedState.BEGUN)]),
        R.UNDER_WAY,
    ),
    "cancel while the carrier is asked": (
        CANCEL,
        facts(past=[past("ask_carrier", order_no="LL1", state=DeedState.BEGUN)]),
        19700,
    ),
    "reinstate in time": (ReinstateOrder(order_no="LL1"), facts(order=CANCELLED_UNPAID), 0),
    "reinstate too late": (
        ReinstateOrder(order_no="LL1"),
        facts(order=replace(CANCELLED_UNPAID, pay_before=ago(hours=1))),
        R.TOO_LATE,
    ),
    "reinstate a paid one": (ReinstateOrder(order_no="LL1"), facts(S.PAID), R.WRONG_STATE),
    "address unpaid": (ADDRESS, facts(S.UNPAID), 0),
    "address packed": (ADDRESS, facts(S.PACKED), R.STATE_NEEDS_PERSON),
    "address shipped": (ADDRESS, facts(S.SHIPPED), R.TOO_LATE),
    "address cancelled": (ADDRESS, facts(S.CANCELLED), R.WRONG_STATE),
    "the same address": (ChangeAddress(order_no="LL1", address=HOME), facts(), R.ALREADY_DONE),
    "item": (ITEM, facts(product=SAME_PRICE), 0),
    "item packed": (ITEM, facts(S.PACKED, product=SAME_PRICE), R.WRONG_STATE),
    "item of another price": (
        ITEM,
        facts(product=product(("P1101-01", 8900), ("P1101-02", 9900))),
        R.PRICE_DIFFERS,
    ),
    "item sold out": (ITEM, facts(product=SAME_PRICE, stock=1), R.OUT_OF_STOCK),
    "item of another product": (ITEM, facts(product=product(("P1101-01", 8900))), R.NOT_IN_ORDER),
    "remark": (ChangeRemark(order_no="LL1", text="放门口"), facts(), 0),
    "remark shipped": (ChangeRemark(order_no="LL1", text="放门口"), facts(S.SHIPPED), R.TOO_LATE),
    "return": (back(), received(), 8900),
    "return both": (back(lines=(Claim("P1101-01", 2),)), received(), 17800),
    "return three of two": (back(lines=(Claim("P1101-01", 2), Claim("P1101-01", 1))), received(), R.NOT_IN_ORDER),
    "return what was not bought": (back(lines=(Claim("P9"),)), received(), R.NOT_IN_ORDER),
    "return a gift": (back(lines=GIFT), received(), R.NOT_IN_ORDER),
    "return a sponge": (back(lines=SPONGE), received(), R.NOT_RETURNABLE),
    "return a broken sponge": (back(Fault.DEFECTIVE, SPONGE, evidence=PHOTO), received(), 1900),
    "return before it came": (back(), facts(S.SHIPPED), R.WRONG_STATE),
    "return after a week": (
        back(),
        received(order=order(S.COMPLETED, delivered_at=ago(days=7, minutes=1))),
        R.TOO_LATE,
    ),
    "return on the last day": (back(), received(order=order(S.COMPLETED, delivered_at=ago(days=7))), 8900),
    "return defective after a week": (
        back(Fault.DEFECTIVE, evidence=PHOTO),
        received(order=order(S.COMPLETED, delivered_at=ago(days=14))),
        8900,
    ),
    "return without a photograph": (back(Fault.DEFECTIVE), received(), R.EVIDENCE_NEEDED),
    "return while a case is open": (back(), received(cases=[case(ReturnState.APPROVED)]), R.UNDER_WAY),
    "return after a rejected case": (back(), received(cases=[case(ReturnState.REJECTED)]), 8900),
    "return what was refunded": (back(), received(refunds=[refund(15000)]), R.OVER_PAID),
    "return by one who is flagged": (back(), received(flagged=True), R.RISK),
    "return for the fourth time": (back(), received(past=THRICE), R.REPEATED),
    "return, others undone or old": (back(), received(past=[past("request_return", days=91)] * 5), 8900),
    "return over the day's limit": (back(), received(past=[past("reship", 55_000, days=0.5)]), R.OVER_LIMIT),
    "refund": (money(), received(), 8900),
    "refund a part": (money(amount_cents=3000), received(), 3000),
    "refund more than was paid for it": (money(amount_cents=9000), received(), R.OVER_PAID),
    "refund for changed mind": (money(Fault.CHANGED_MIND), received(), R.NOT_RETURNABLE),
    "refund a parcel on time": (money(Fault.NOT_RECEIVED), facts(S.SHIPPED, shipments=[parcel()]), R.NOT_LATE),
    "refund a stalled parcel": (
        money(Fault.NOT_RECEIVED),
        facts(S.SHIPPED, shipments=[parcel(ShipmentState.STALLED)]),
        8900,
    ),
    "refund a late parcel": (
        money(Fault.LATE),
        facts(S.SHIPPED, shipments=[parcel(expected_on=date(2026, 11, 20))]),
        8900,
    ),
    "refund a delivered parcel": (
        money(Fault.NOT_RECEIVED),
        received(shipments=[parcel(ShipmentState.DELIVERED)]),
        R.RISK,
    ),
    "refund without a parcel": (money(Fault.LATE), facts(S.PAID), R.WRONG_STATE),
    "exchange for the same": (exchange(), received(), 0),
    "exchange for another": (exchange("P1101-02"), received(product=SAME_PRICE), 0),
    "exchange for a dearer one": (
        exchange("P1101-02"),
        received(product=product(("P1101-02", 9900))),
        R.PRICE_DIFFERS,
    ),
    "exchange for another product": (exchange("P1301-01"), received(product=SAME_PRICE), R.NOT_IN_ORDER),
    "exchange sold out": (exchange(), received(stock=0), R.OUT_OF_STOCK),
    "reship": (again(), received(), 8900),
    "reship a gift": (again(Fault.GIFT_MISSING, GIFT), received(), 0),
    "reship too much": (again(lines=(Claim("P1101-01", 2),)), received(past=[past("reship", 30_000)]), R.OVER_LIMIT),
    "reship sold out": (again(), received(stock=0), R.OUT_OF_STOCK),
    "withdraw": (WITHDRAW, facts(S.AFTER_SALE, cases=[case(ReturnState.APPROVED)]), 0),
    "withdraw twice": (WITHDRAW, facts(S.DELIVERED, cases=[case(ReturnState.WITHDRAWN)]), R.ALREADY_DONE),
    "withdraw when it is on its way": (WITHDRAW, facts(S.AFTER_SALE, cases=[case(ReturnState.RETURNING)]), R.TOO_LATE),
    "withdraw another's": (WITHDRAW, facts(S.AFTER_SALE), R.NOT_THEIRS),
    "invoice": (INVOICE, facts(S.COMPLETED), 0),
    "invoice twice": (INVOICE, facts(S.COMPLETED, invoice=ISSUED), R.ALREADY_DONE),
    "invoice unpaid": (INVOICE, facts(S.UNPAID), R.WRONG_STATE),
    "invoice of last year": (INVOICE, facts(order=order(S.COMPLETED, placed_at=ago(days=366))), R.TOO_LATE),
    "invoice of a company without number": (
        replace(INVOICE, kind=InvoiceKind.COMPANY),
        facts(S.COMPLETED),
        R.TAX_NUMBER_NEEDED,
    ),
    "coupon": (GRANT, facts(S.DELIVERED), 1000),
    "coupon too large": (replace(GRANT, amount_cents=2001), facts(), R.OVER_LIMIT),
    "coupon for the same order": (GRANT, facts(past=[past("grant_coupon", order_no="LL1", days=60)]), R.ALREADY_DONE),
    "second coupon in a month": (GRANT, facts(past=[past("grant_coupon")]), R.REPEATED),
    "revoke": (REVOKE, facts(coupons=[COUPON]), 0),
    "revoke a used one": (REVOKE, facts(coupons=[replace(COUPON, state=CouponState.USED)]), R.TOO_LATE),
    "revoke twice": (REVOKE, facts(coupons=[replace(COUPON, state=CouponState.REVOKED)]), R.ALREADY_DONE),
    "revoke another's": (REVOKE, facts(), R.NOT_THEIRS),
    "price fell": (PRICE, facts(product=product(("P1101-01", 7900))), 2000),
    "price rose": (PRICE, facts(product=product(("P1101-01", 9900))), R.NO_DIFFERENCE),
    "price fell after a week": (
        PRICE,
        facts(order=order(paid_at=ago(days=8)), product=product(("P1101-01", 7900))),
        R.TOO_LATE,
    ),
    "price fell, unpaid": (PRICE, facts(S.UNPAID, product=product(("P1101-01", 7900))), R.WRONG_STATE),
    "price fell, refunded already": (
        PRICE,
        facts(
            product=product(("P1101-01", 7900)),
            past=[past("protect_price", order_no="LL1", target="P1101-01")],
        ),
        R.ALREADY_DONE,
    ),
    "urge": (URGE, facts(S.SHIPPED, shipments=[parcel()]), 0),
    "urge another's": (URGE, facts(S.SHIPPED), R.NOT_THEIRS),
    "urge again": (
        URGE,
        facts(S.SHIPPED, shipments=[parcel()], past=[past("ask_carrier", order_no="LL1", target="QH1", days=0.4)]),
        R.TOO_SOON,
    ),
    "urge again next day": (
        URGE,
        facts(S.SHIPPED, shipments=[parcel()], past=[past("ask_carrier", order_no="LL1", target="QH1", days=0.6)]),
        0,
    ),
}


@pytest.mark.parametrize(("change", "known", "expected"), CASES.values(), ids=CASES.keys())
def test_the_policy_decides(change: Change, known: Facts, expected: int | Refusal) -> None:
    decision = decide(POLICY, change, known, NOW, by_person=False)
    assert (decision.amount_cents if isinstance(decision, Allowed) else decision) == expected


SOFT = {name: case for name, case in CASES.items() if case[2] in PERSON}
HARD = {name: case for name, case in CASES.items() if isinstance(case[2], Refusal) and case[2] not in PERSON}


@pytest.mark.parametrize(("change", "known", "_refusal"), SOFT.values(), ids=SOFT.keys())
def test_a_person_may_go_beyond_limits(change: Change, known: Facts, _refusal: Refusal) -> None:
    assert isinstance(decide(POLICY, change, known, NOW, by_person=True), Allowed)


@pytest.mark.parametrize(("change", "known", "refusal"), HARD.values(), ids=HARD.keys())
def test_nobody_may_do_what_cannot_be(change: Change, known: Facts, refusal: Refusal) -> None:
    assert decide(POLICY, change, known, NOW, by_person=True) == refusal


def _reasons() -> Iterator[Refusal]:
    yield from (expected for _, _, expected in CASES.values() if isinstance(expected, Refusal))


def test_every_refusal_of_the_rules_has_a_case_and_words() -> None:
    elsewhere = {R.NOT_VERIFIED, R.KEY_REUSED, R.NOT_UNDOABLE, R.SHOP_DOWN, R.NOT_OFFERED}
    assert set(_reasons()) == set(Refusal) - elsewhere
    assert set(WORDS) == set(Refusal)


UNPAID = Before(S.UNPAID, HOME, "轻拿轻放")
INVERSES: dict[str, tuple[Change, Before, Change | None]] = {
    "unpaid order": (CANCEL, UNPAID, ReinstateOrder(order_no="LL1")),
    "paid order": (CANCEL, Before(S.PAID, HOME), None),
    "address": (ADDRESS, UNPAID, ChangeAddress(order_no="LL1", address=HOME)),
    "item": (ITEM, UNPAID, ChangeItem(order_no="LL1", sku="P1101-02", wanted_sku="P1101-01")),
    "remark": (ChangeRemark(order_no="LL1", text="新"), UNPAID, ChangeRemark(order_no="LL1", text="轻拿轻放")),
    "first remark": (ChangeRemark(order_no="LL1", text="新"), Before(S.PAID, HOME), None),
    "return": (back(), UNPAID, WITHDRAW),
    "refund": (money(), UNPAID, None),
    "carrier": (URGE, UNPAID, None),
}


@pytest.mark.parametrize(("change", "before", "expected"), INVERSES.values(), ids=INVERSES.keys())
def test_what_undoes_a_change(change: Change, before: Before, expected: Change | None) -> None:
    assert inverse(change, before, Receipt("LL1", "SH1")) == expected


def test_policies_name_changes_and_periods_that_exist() -> None:
    kinds = {kind_of(change) for change, _, _ in CASES.values()}
    assert set(POLICY.undo_minutes) <= kinds
    assert set(Fault) == set(POLICY.faults)
    assert {kind for rule in POLICY.faults.values() for kind in rule.changes} <= kinds


def test_a_policy_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "policies.toml"
    path.write_text("price_day = 7\n")
    with pytest.raises(PolicyUnreadable, match=r"policies\.toml"):
        read_policy(path)
