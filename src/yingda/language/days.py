"""Arithmetic of days: the nearest of several, weeks that begin on Monday, months, and how all of it is written.

A value is ISO 8601: a day ("2026-11-20"), a moment ("2026-11-20T15:00") or a stretch ("2026-11-16/2026-11-22",
"2026-11-23T12:00/2026-11-23T18:00").
"""

import calendar
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

Days = tuple[date, date]  # first and last

#: Hours from and until which a part of the day is meant.
PARTS = {
    "凌晨": (0, 6), "早上": (6, 12), "早晨": (6, 12), "清晨": (6, 12), "上午": (6, 12), "早": (6, 12), "中午": (11, 13),
    "下午": (12, 18), "傍晚": (17, 19), "晚上": (18, 24), "夜里": (18, 24), "半夜": (0, 6), "晚": (18, 24),
    "morning": (6, 12), "noon": (11, 13), "afternoon": (12, 18), "evening": (18, 24), "night": (18, 24),
}  # fmt: skip
_AFTER_NOON = frozenset({"下午", "傍晚", "晚上", "晚", "夜里", "afternoon", "evening", "night"})
_AT_NIGHT = frozenset({"晚上", "晚", "夜里", "半夜", "凌晨", "night"})
_PAST_MIDNIGHT = frozenset({"晚上", "晚", "夜里", "night"})
_SMALL_HOURS = range(1, 5)


class Found(NamedTuple):
    """Where a date stands in a text; `value` is empty when it cannot be resolved."""

    start: int
    end: int
    value: str


def exists(year: int, month: int, day: int) -> bool:
    return 1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def nearest(candidates: Iterable[date], today: date, side: int = 0) -> date:
    """The candidate that is nearest to today; with a `side` of -1 of those up to today, with 1 of those from today."""
    return min(candidates, key=lambda day: ((day - today).days * side < 0, abs((day - today).days)))


def month_day(month: int, day: int, today: date, side: int = 0) -> date:
    """Of the years around today the one in which this day is nearest."""
    years = (today.year - 1, today.year, today.year + 1)
    return nearest([date(year, month, day) for year in years if exists(year, month, day)], today, side)


def day_of_month(day: int, today: date, side: int = 0) -> date:
    months = (shift_month(today, shift) for shift in (-2, -1, 0, 1, 2))
    return nearest([date(year, month, day) for year, month in months if exists(year, month, day)], today, side)


def shift_month(today: date, shift: int) -> tuple[int, int]:
    index = today.year * 12 + today.month - 1 + shift
    return index // 12, index % 12 + 1


def months_later(today: date, count: int) -> date:
    """The same day of another month, or its last."""
    year, month = shift_month(today, count)
    return date(year, month, min(today.day, calendar.monthrange(year, month)[1]))


def month_of(year: int, month: int, third: str = "") -> Days:
    """A month, or the `third` of it that is named: its first or last day, or the ten days in between."""
    first, last = date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    tenth, twentieth = first.replace(day=10), first.replace(day=20)
    thirds = {"初": (first, first), "底": (last, last), "末": (last, last), "上旬": (first, tenth),
              "中旬": (tenth + timedelta(1), twentieth), "下旬": (twentieth + timedelta(1), last)}  # fmt: skip
    return thirds.get(third, (first, last))


def nearest_month(month: int, today: date) -> int:
    """The year in which a month without one lies: of three the nearest."""
    return nearest([date(today.year + shift, month, 15) for shift in (-1, 0, 1)], today).year


def weekday_of(shift: int, weekday: int, today: date) -> date:
    """A day of this week or of one before or after; Monday is 0."""
    return today + timedelta(days=7 * shift + weekday - today.weekday())


def weekday_near(weekday: int, today: date, side: int = 0) -> date:
    """A day of this week; with a `side` the last up to today, or the first from today."""
    return nearest([weekday_of(shift, weekday, today) for shift in (0, side)], today, side)


def week_of(shift: int, today: date, *, weekend: bool = False) -> Days:
    return weekday_of(shift, 5 if weekend else 0, today), weekday_of(shift, 6, today)


def year_of(year: int) -> Days:
    return date(year, 1, 1), date(year, 12, 31)


def moment_of(day: date, hour: int, minute: int, part: str | None) -> datetime:
    """A moment by the clock in a part of the day: 下午 3 is 15:00, 今晚 12 the midnight after, 今晚 1 an hour later."""
    if part in _AT_NIGHT and hour in {0, 12}:
        hour = 0 if part in {"凌晨", "半夜"} else 24
    elif part in _PAST_MIDNIGHT and hour in _SMALL_HOURS:
        hour += 24
    elif (part in _AFTER_NOON and hour < 12) or (part in {"中午", "noon"} and hour < 3):
        hour += 12
    return datetime.combine(day, time()) + timedelta(hours=hour, minutes=min(minute, 59))


def moment_after(start: datetime, hour: int, minute: int, part: str | None) -> datetime:
    """The first such moment after `start`; without a part of the day by the face of the clock: 5 after 14 is 17:00."""
    moment = moment_of(start.date(), hour, minute, part)
    step = timedelta(hours=12 if part is None and 0 < hour <= 12 else 24)
    while moment <= start:
        moment += step
    return moment


def moved(moments: str, day: date) -> str:
    """The same hours, as they are written, of another day."""
    said = [datetime.fromisoformat(moment) for moment in moments.split("/")]
    return "/".join(written_moment(moment + (day - said[0].date())) for moment in said)


def written(days: Days) -> str:
    return str(days[0]) if days[0] == days[1] else f"{days[0]}/{days[1]}"


def written_moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M}" if moment.year > 999 else ""


def written_part(day: date, part: str) -> str:
    """The hours of a part of a day."""
    first, last = PARTS[part]
    ends = f"{day}T{last:02}:00" if last < 24 else f"{day + timedelta(1)}T00:00"
    return f"{day}T{first:02}:00/{ends}"
