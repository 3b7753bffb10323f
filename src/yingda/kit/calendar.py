"""When work is done: several periods a day, holidays, days of one's own; and working time between two moments.

Times of day are minutes since midnight on the clock of the calendar's time zone. Where that clock jumps, a period is as
long as the time that really passes. Moments are aware; answers are in UTC.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, Final
from zoneinfo import ZoneInfo, available_timezones

import msgspec

from yingda.kit import china

MINUTES_OF_DAY: Final = 24 * 60
#: In one day, and in one calendar.
MOST_PERIODS: Final = 8
MOST_EXCEPTIONS: Final = 400
#: A calendar that does not open within so many days counts as one that never does.
_HORIZON_DAYS: Final = 800

Minute = Annotated[int, msgspec.Meta(ge=0, le=MINUTES_OF_DAY)]


class NeverOpen(ValueError):
    """No working time is to be had from this calendar."""


class Period(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """From one minute of a day until just before another; 1440 is midnight at its end."""

    opens: Minute
    closes: Minute


class DayException(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A day that is unlike others of its kind; without periods it is free."""

    date: date
    periods: tuple[Period, ...] = msgspec.field(default_factory=lambda: ())
    name: Annotated[str, msgspec.Meta(max_length=60)] = ""


class DayKind(StrEnum):
    ORDINARY = "ordinary"
    HOLIDAY = "holiday"
    MAKEUP = "makeup"
    """A day of a weekend that is worked for a holiday."""
    EXCEPTION = "exception"


class Day(msgspec.Struct, frozen=True):
    """What a date is, and when it is worked. `name`: of the holiday or the exception."""

    date: date
    kind: DayKind
    periods: tuple[Period, ...]
    name: str = ""


ALL_DAY: Final = (Period(0, MINUTES_OF_DAY),)


class Calendar(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, cache_hash=True):
    """`weekly`: seven days from Monday on. Make-up days are worked like the first day of the week that is worked.

    `public_holidays`: those of China are free, and their make-up days worked. Exceptions go before all else.
    """

    time_zone: str = "Asia/Shanghai"
    weekly: tuple[tuple[Period, ...], ...] = msgspec.field(default_factory=lambda: (ALL_DAY,) * 7)
    public_holidays: bool = False
    exceptions: tuple[DayException, ...] = msgspec.field(default_factory=lambda: ())


#: Around the clock.
ALWAYS: Final = Calendar()


def is_sound(calendar: Calendar) -> bool:
    """Whether its periods are in order, no more than anybody needs, and it opens every week in a known time zone."""
    days = [*calendar.weekly, *(one.periods for one in calendar.exceptions)]
    dates = [one.date for one in calendar.exceptions]
    return (
        len(calendar.weekly) == 7
        and any(calendar.weekly)
        and len(set(dates)) == len(dates)
        and len(dates) <= MOST_EXCEPTIONS
        and all(map(_in_order, days))
        and calendar.time_zone in available_timezones()
    )


def _in_order(periods: tuple[Period, ...]) -> bool:
    edges = [minute for period in periods for minute in (period.opens, period.closes)]
    return (
        len(periods) <= MOST_PERIODS
        and edges == sorted(edges)
        and all(period.opens < period.closes for period in periods)
    )


def day_of(calendar: Calendar, date: date) -> Day:
    """What the calendar says of one date."""
    for exception in calendar.exceptions:
        if exception.date == date:
            return Day(date, DayKind.EXCEPTION, exception.periods, exception.name)
    if calendar.public_holidays:
        if name := china.holiday(date):
            return Day(date, DayKind.HOLIDAY, (), name)
        if name := china.makeup_for(date):
            return Day(date, DayKind.MAKEUP, next(filter(None, calendar.weekly), ()), name)
    return Day(date, DayKind.ORDINARY, calendar.weekly[date.weekday()])


def is_open(calendar: Calendar, at: datetime) -> bool:
    """Whether this moment is working time."""
    return next_opening(calendar, at) == at


def next_opening(calendar: Calendar, at: datetime) -> datetime:
    """This moment, if it is working time, else the next that is. Raises `NeverOpen`."""
    start, _ = next(_stretches(calendar, at))
    return start


def add_working(calendar: Calendar, start: datetime, duration: timedelta) -> datetime:
    """The first moment at which so much working time has passed since `start`. Raises `NeverOpen`."""
    if duration <= timedelta(0):
        return start.astimezone(UTC)
    left = duration
    for opens, closes in _stretches(calendar, start):
        if left <= closes - opens:
            return opens + left
        left -= closes - opens
    raise NeverOpen


def working_between(calendar: Calendar, start: datetime, end: datetime) -> timedelta:
    """How much working time lies between two moments; none where the second is not the later one."""
    total = timedelta(0)
    if start >= end:
        return total
    for opens, closes in _stretches(calendar, start, end):
        if opens >= end:
            break
        total += min(closes, end) - opens
    return total


def _stretches(calendar: Calendar, at: datetime, end: datetime | None = None) -> Iterator[tuple[datetime, datetime]]:
    """Working time from `at` on, in order and without overlaps; as far as `end`, else until the horizon."""
    zone = ZoneInfo(calendar.time_zone)
    date = at.astimezone(zone).date() - timedelta(days=1)
    reached, idle = at.astimezone(UTC), 0
    while end or idle < _HORIZON_DAYS:
        idle += 1
        for opens, closes in _day(calendar, date):
            begin = max(opens, reached)
            if begin < closes:
                yield begin, closes
                reached, idle = closes, 0
        date += timedelta(days=1)
        if end and datetime.combine(date, time(), zone).astimezone(UTC) >= end:
            return
    raise NeverOpen


@lru_cache(maxsize=4096)
def _day(calendar: Calendar, date: date) -> tuple[tuple[datetime, datetime], ...]:
    """The working time of a date as moments."""
    zone = ZoneInfo(calendar.time_zone)
    midnight = datetime.combine(date, time())

    def moment(minute: int) -> datetime:
        return (midnight + timedelta(minutes=minute)).replace(tzinfo=zone).astimezone(UTC)

    return tuple((moment(period.opens), moment(period.closes)) for period in day_of(calendar, date).periods)
