"""When a parcel is worth a word, when a customer may be told, whether it was right: tables of cases."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from yingda.commerce import Shipment, ShipmentEvent, ShipmentPurpose, ShipmentState
from yingda.kit.clock import SHANGHAI
from yingda.kit.ids import new_id
from yingda.outreach import rules
from yingda.outreach.schemas import (
    Contact,
    Held,
    OutreachSettings,
    Parcel,
    ParcelFinding,
    Trouble,
    TroubleSetting,
    Truth,
)

S = ShipmentState
NOW = datetime(2026, 11, 25, 4, tzinfo=UTC)
ON = OutreachSettings(enabled=True)


def shipment(
    *trace: tuple[float, ShipmentState],
    expected: date = date(2026, 12, 31),
    purpose: ShipmentPurpose = ShipmentPurpose.OUTBOUND,
) -> Shipment:
    """Of a trace by hours ago."""
    return Shipment(
        tracking_no="SX1",
        order_no="LM1",
        owner="C1",
        carrier="顺行",
        purpose=purpose,
        state=trace[-1][1],
        expected_on=expected,
        events=tuple(ShipmentEvent(NOW - timedelta(hours=hours), state, "杭州", "") for hours, state in trace),
        as_of=NOW,
    )


def parcel(*trace: tuple[float, ShipmentState], **more: Any) -> Parcel:
    return rules.parcel_of("liuli", shipment(*trace, **more))


def speaks(one: Parcel, settings: OutreachSettings = ON, known: Trouble | None = None) -> Trouble | None:
    return rules.verdict(rules.moments(one, settings, None), one, NOW, known)


@pytest.mark.parametrize(
    ("hours", "state", "rule"),
    [
        (1, S.IN_TRANSIT, None),
        (47, S.IN_TRANSIT, None),
        (48, S.IN_TRANSIT, Trouble.NO_SCAN),
        (49, S.CREATED, Trouble.NO_SCAN),
        (1, S.STALLED, Trouble.NO_SCAN),
        (1, S.DELAYED, Trouble.LATE),
        (50, S.DELAYED, Trouble.NO_SCAN),
        (23, S.OUT_FOR_DELIVERY, None),
        (24, S.OUT_FOR_DELIVERY, Trouble.STUCK),
        (0, S.DAMAGED, Trouble.DAMAGED),
        (0, S.RETURNING, Trouble.RETURNING),
        (5, S.RETURNED, Trouble.RETURNING),
        (500, S.DELIVERED, None),
        (24 * 16, S.IN_TRANSIT, None),
        (24 * 16, S.DAMAGED, None),
    ],
)
def test_which_rule_speaks(hours: float, state: ShipmentState, rule: Trouble | None) -> None:
    assert speaks(parcel((hours, state))) is rule


def test_a_parcel_past_its_day_is_late_and_a_delivered_one_never() -> None:
    yesterday = NOW.astimezone(SHANGHAI).date() - timedelta(days=1)
    assert speaks(parcel((3, S.IN_TRANSIT), expected=yesterday)) is Trouble.LATE
    assert speaks(parcel((3, S.IN_TRANSIT), expected=yesterday + timedelta(days=1))) is None
    assert speaks(parcel((9, S.DELIVERED), (3, S.MISDELIVERED), expected=yesterday)) is None


@pytest.mark.parametrize(
    ("known", "said"), [(None, Trouble.STUCK), (Trouble.LATE, Trouble.STUCK), (Trouble.DAMAGED, None)]
)
def test_only_what_is_graver_than_what_is_known_is_said(known: Trouble | None, said: Trouble | None) -> None:
    assert speaks(parcel((30, S.OUT_FOR_DELIVERY)), known=known) is said


def test_a_rule_that_is_off_says_nothing_and_what_comes_back_is_not_on_its_way_back() -> None:
    off = replace(ON, stuck=TroubleSetting(on=False))
    assert speaks(parcel((50, S.OUT_FOR_DELIVERY)), off) is Trouble.NO_SCAN
    assert speaks(parcel((0, S.RETURNING), purpose=ShipmentPurpose.RETURN)) is None


@pytest.mark.parametrize(
    ("hours", "state", "known", "listed", "in_hours"),
    [
        (1, S.IN_TRANSIT, None, True, 47),
        (1, S.OUT_FOR_DELIVERY, None, True, 23),
        (30, S.OUT_FOR_DELIVERY, Trouble.STUCK, True, None),
        (30, S.OUT_FOR_DELIVERY, Trouble.STUCK, False, 6),
        (1, S.IN_TRANSIT, None, False, 6),
        (1, S.DELIVERED, None, False, None),
    ],
)
def test_when_a_parcel_is_looked_at_again(
    hours: float, state: ShipmentState, known: Trouble | None, listed: bool, in_hours: float | None
) -> None:
    one = parcel((hours, state))
    expected = None if in_hours is None else NOW + timedelta(hours=in_hours)
    assert rules.look_at(rules.moments(one, ON, None), one, NOW, known, listed=listed) == expected


@pytest.mark.parametrize(
    ("clock", "frm", "until", "ends"),
    [
        ("21:59", "22:00", "08:00", None),
        ("22:00", "22:00", "08:00", "26 08:00"),
        ("07:59", "22:00", "08:00", "25 08:00"),
        ("08:00", "22:00", "08:00", None),
        ("13:00", "12:00", "14:00", "25 14:00"),
        ("15:00", "12:00", "14:00", None),
        ("03:00", "09:00", "09:00", None),
    ],
)
def test_quiet_hours(clock: str, frm: str, until: str, ends: str | None) -> None:
    moment = datetime.fromisoformat(f"2026-11-25T{clock}:00").replace(tzinfo=SHANGHAI)
    settings = replace(ON, quiet_from=frm, quiet_until=until)
    found = rules.quiet_until(settings, SHANGHAI, moment)
    assert (f"{found:%d %H:%M}" if found else None) == ends


def test_quiet_hours_are_the_customers() -> None:
    assert rules.quiet_until(ON, SHANGHAI, NOW) is None
    assert rules.quiet_until(ON, ZoneInfo("America/New_York"), NOW) is not None


def test_one_a_day_and_no_is_no() -> None:
    told = Contact(None, NOW - timedelta(hours=3))
    held = rules.may_tell(ON, told, None, SHANGHAI, NOW)
    assert held == rules.Hold(Held.ONE_A_DAY, datetime(2026, 11, 26, 8, tzinfo=SHANGHAI))
    assert rules.may_tell(ON, Contact(None, NOW - timedelta(hours=24)), None, SHANGHAI, NOW) is None
    no = rules.may_tell(ON, Contact(NOW, None), None, SHANGHAI, NOW)
    assert no == rules.Hold(Held.OPTED_OUT, None)


def finding(rule: Trouble, basis: float, told: float | None, one: Parcel) -> ParcelFinding:
    moment = NOW - timedelta(hours=basis)
    return ParcelFinding(
        id=new_id(),
        shop="liuli",
        owner="C1",
        order_no="LM1",
        tracking_no="SX1",
        rule=rule,
        purpose=ShipmentPurpose.OUTBOUND,
        basis_at=moment,
        evidence=rules.evidence_of(one, rule, None, moment),
        found_at=moment,
        told_at=None if told is None else NOW - timedelta(hours=told),
    )


OFD, DAY = S.OUT_FOR_DELIVERY, date(2026, 11, 24)


@pytest.mark.parametrize(
    ("rule", "basis", "told", "trace", "truth"),
    [
        (Trouble.STUCK, 40, 10, [(40, OFD)], None),
        (Trouble.STUCK, 40, 10, [(40, OFD), (2, S.DELIVERED)], Truth.RIGHT),
        (Trouble.STUCK, 40, 10, [(40, OFD), (12, S.DELIVERED)], Truth.WRONG),
        (Trouble.NO_SCAN, 60, None, [(60, S.IN_TRANSIT), (2, OFD)], None),
        (Trouble.LATE, 60, 30, [(60, S.IN_TRANSIT), (1, S.DELIVERED)], Truth.RIGHT),
        (Trouble.LATE, 60, 30, [(60, S.IN_TRANSIT), (20, S.DELIVERED)], Truth.WRONG),
        (Trouble.LATE, 60, 30, [(60, S.IN_TRANSIT), (20, OFD)], None),
        (Trouble.LATE, 60, 1, [(60, S.IN_TRANSIT)], Truth.RIGHT),
        (Trouble.RETURNING, 20, 10, [(20, S.RETURNING), (1, S.RETURNED)], Truth.RIGHT),
        (Trouble.RETURNING, 20, 10, [(20, S.RETURNING), (1, S.DELIVERED)], Truth.WRONG),
        (Trouble.DAMAGED, 20, 10, [(20, S.DAMAGED), (1, S.IN_TRANSIT)], Truth.RIGHT),
        (Trouble.DAMAGED, 20, 10, [(20, S.IN_TRANSIT), (1, OFD)], Truth.WRONG),
    ],
)
def test_what_was_told_is_held_against_the_later_trace(
    rule: Trouble, basis: float, told: float | None, trace: list[tuple[float, ShipmentState]], truth: Truth | None
) -> None:
    now_known = shipment(*trace, expected=DAY)
    one = finding(rule, basis, told, rules.parcel_of("liuli", now_known))
    assert rules.truth_of(one, now_known) is truth


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("不要再提醒", False),
        ("以后不要再给我发物流提醒了", False),
        ("别提醒我了，谢谢", False),
        ("麻烦关闭物流提醒", False),
        ("不想收到这些通知", False),
        ("退订", False),
        ("TD", False),
        ("Stop reminders", False),
        ("please stop sending me notifications", False),
        ("恢复提醒", True),
        ("帮我重新开启物流提醒吧", True),
        ("不要发货了", None),
        ("不要发错了", None),
        ("取消订单", None),
        ("别忘了提醒我", None),
        ("不要了，退款", None),
        ("没有收到提醒", None),
        ("怎么关闭提醒和修改地址呢", None),
        ("不用了", None),
        ("stop", None),
    ],
)
def test_what_is_a_wish(text: str, wish: bool | None) -> None:
    assert rules.wish_of(text) is wish
