"""Working time: periods, holidays, make-up days, days of one's own, clocks that jump."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yingda.kit import china
from yingda.kit.calendar import (
    ALWAYS,
    Calendar,
    DayException,
    DayKind,
    NeverOpen,
    Period,
    add_working,
    day_of,
    is_open,
    is_sound,
    next_opening,
    working_between,
)

DAY = (Period(9 * 60, 12 * 60), Period(13 * 60, 18 * 60))
OFFICE = Calendar(
    weekly=(DAY,) * 5 + ((),) * 2,
    public_holidays=True,
    exceptions=(
        DayException(date(2026, 11, 11), (Period(0, 1440),), "双十一"),
        DayException(date(2026, 11, 13), (), "团建"),
    ),
)


def at(text: str, zone: str = "Asia/Shanghai") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-11-25T09:00", 1, "2026-11-25T10:00"),
        ("2026-11-25T11:30", 1, "2026-11-25T13:30"),  # over lunch
        ("2026-11-25T20:00", 1, "2026-11-26T10:00"),  # after work
        ("2026-11-25T17:00", 8, "2026-11-26T17:00"),
        ("2026-11-27T17:00", 2, "2026-11-30T10:00"),  # over a weekend
        ("2026-11-27T17:00", 1, "2026-11-27T18:00"),  # until the last minute, not the next morning's first
        ("2026-09-30T17:00", 2, "2026-10-08T10:00"),  # over the National Day, weekend within it included
        ("2026-10-09T17:00", 2, "2026-10-10T10:00"),  # that Saturday is worked to make up for it
        ("2026-02-13T17:00", 9, "2026-02-14T18:00"),  # so is this one, before the Spring Festival
        ("2026-11-10T17:00", 2, "2026-11-11T01:00"),  # a day of one's own is open all night
        ("2026-11-12T17:00", 2, "2026-11-16T10:00"),  # another is free
        ("2026-11-25T12:30", 0, "2026-11-25T12:30"),
    ],
)
def test_adding_working_time(start: str, hours: int, end: str) -> None:
    assert add_working(OFFICE, at(start), timedelta(hours=hours)) == at(end)
    assert working_between(OFFICE, at(start), at(end)) == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("day", "kind", "name", "worked"),
    [
        (date(2026, 10, 1), DayKind.HOLIDAY, "国庆节", False),
        (date(2026, 2, 16), DayKind.HOLIDAY, "春节", False),
        (date(2026, 9, 20), DayKind.MAKEUP, "国庆节", True),
        (date(2026, 11, 11), DayKind.EXCEPTION, "双十一", True),
        (date(2026, 11, 13), DayKind.EXCEPTION, "团建", False),
        (date(2026, 11, 25), DayKind.ORDINARY, "", True),
        (date(2026, 11, 28), DayKind.ORDINARY, "", False),
    ],
)
def test_what_a_day_is(day: date, kind: DayKind, name: str, worked: bool) -> None:
    found = day_of(OFFICE, day)
    assert (found.kind, found.name, bool(found.periods)) == (kind, name, worked)


def test_the_holidays_of_this_year_are_known_and_an_unknown_year_has_none() -> None:
    assert china.known_through() >= 2026
    assert day_of(OFFICE, date(china.known_through() + 1, 10, 1)).kind is DayKind.ORDINARY


def test_opening() -> None:
    assert is_open(OFFICE, at("2026-11-25T09:00"))
    assert not is_open(OFFICE, at("2026-11-25T12:00"))
    assert next_opening(OFFICE, at("2026-11-27T18:00")) == at("2026-11-30T09:00")
    with pytest.raises(NeverOpen):
        next_opening(Calendar(weekly=((),) * 7), at("2026-11-25T09:00"))


@pytest.mark.parametrize(
    ("weekly", "exceptions", "zone"),
    [
        (((),) * 7, (), "Asia/Shanghai"),
        ((DAY,) * 6, (), "Asia/Shanghai"),
        (((Period(60, 60),),) * 7, (), "Asia/Shanghai"),
        (((Period(600, 700), Period(650, 800)),) * 7, (), "Asia/Shanghai"),
        ((DAY,) * 7, (DayException(date(2026, 1, 1)),) * 2, "Asia/Shanghai"),
        ((DAY,) * 7, (), "Asia/Nowhere"),
    ],
)
def test_calendars_that_are_refused(
    weekly: tuple[tuple[Period, ...], ...], exceptions: tuple[DayException, ...], zone: str
) -> None:
    assert is_sound(OFFICE)
    assert not is_sound(Calendar(weekly=weekly, exceptions=exceptions, time_zone=zone))


def test_a_day_on_which_the_clock_jumps_is_as_long_as_it_is() -> None:
    berlin = Calendar(time_zone="Europe/Berlin")
    start, end = at("2026-03-29T00:00", "Europe/Berlin"), at("2026-03-30T00:00", "Europe/Berlin")
    assert working_between(berlin, start, end) == timedelta(hours=23)
    night = Calendar(time_zone="Europe/Berlin", weekly=((Period(60, 150), Period(180, 300)),) * 7)
    assert working_between(night, start, end) == timedelta(hours=3)  # 1:00 to 2:00, 3:00 to 5:00


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    def periods() -> tuple[Period, ...]:
        edges = sorted(draw(st.sets(st.integers(0, 96), max_size=6)))
        return tuple(Period(a * 15, b * 15) for a, b in zip(edges[::2], edges[1::2], strict=False))

    zone = draw(st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"]))
    exceptions = draw(st.sets(st.dates(date(2026, 3, 1), date(2026, 4, 30)), max_size=3))
    weekly = (DAY, *(periods() for _ in range(6)))
    own = tuple(DayException(day, periods()) for day in exceptions)
    return Calendar(time_zone=zone, weekly=weekly, public_holidays=draw(st.booleans()), exceptions=own)


MOMENTS = st.integers(0, 275 * 86_400).map(
    lambda seconds: datetime(2026, 3, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)
DURATIONS = st.integers(1, 60 * 60 * 60).map(lambda seconds: timedelta(seconds=seconds))


@given(calendars(), MOMENTS, DURATIONS, DURATIONS)
def test_adding_and_measuring_are_each_others_inverse(
    calendar: Calendar, start: datetime, one: timedelta, other: timedelta
) -> None:
    end = add_working(calendar, start, one)
    assert end > start
    assert working_between(calendar, start, end) == one
    later = add_working(calendar, end, other)
    assert later == add_working(calendar, start, one + other)
    assert working_between(calendar, end, start) == timedelta(0)


@given(calendars(), MOMENTS, DURATIONS)
def test_the_next_opening_is_open_and_nothing_is_worked_before_it(
    calendar: Calendar, moment: datetime, later: timedelta
) -> None:
    opens = next_opening(calendar, moment)
    assert is_open(calendar, opens)
    assert working_between(calendar, moment, opens) == timedelta(0)
    assert working_between(calendar, moment, moment + later) <= later
    assert working_between(ALWAYS, moment, moment + later) == later
    assert next_opening(calendar, moment) <= next_opening(calendar, moment + later)
