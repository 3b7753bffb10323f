"""Which days Chinese words mean: 下周三, 月底, 双十一, 三天后."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from yingda.language import days
from yingda.language.date_forms import DEADLINE, RELATIVE, SHIFTS, WEEKDAYS, YEARS
from yingda.language.days import Days
from yingda.language.festivals import festival
from yingda.language.numerals import parse_number, parse_range


def days_of(match: re.Match[str], today: date, side: int) -> date | Days:
    """The day or days meant."""
    for group, resolve in RECURRING.items():
        if match[group] is not None:
            return resolve(match, today, side)
    return next((resolve(match, today) for group, resolve in _RESOLVERS.items() if match[group] is not None), today)


def counted(today: date, count: float, unit: str) -> date:
    """So many days, weeks, months or years from today; half a month is fifteen days."""
    if unit in {"月", "年"}:
        months = count * (12 if unit == "年" else 1)
        return today + timedelta(days=15 if count > 0 else -15) if months % 1 else days.months_later(today, int(months))
    return today + timedelta(days=int(count * (1 if unit == "天" else 7)))


def _ago(match: re.Match[str], today: date) -> date:
    count = _least(match["ago"])
    return counted(today, -count if match["way"] == "前" else count, match["unit"].removeprefix("个"))


def _least(numeral: str) -> float:
    return 0.5 if numeral == "半" else (parse_range(numeral) or (0, 0))[0]


def _day_of_month(match: re.Match[str], today: date, side: int) -> date | Days:
    first, last = match["dayfrom"], int(parse_number(match["monthday"]) or 0)
    day = days.day_of_month(int(first or last), today, side or _is_deadline(match))
    return (day, days.day_of_month(last, day, side=1)) if first else day


def _weekday(match: re.Match[str], today: date, side: int) -> date:
    day = WEEKDAYS[match["weekday"]]
    if match["week"]:
        return days.weekday_of(SHIFTS[match["week"]], day, today)
    return days.weekday_near(day, today, side or _is_deadline(match))


def _is_deadline(match: re.Match[str]) -> bool:
    """Whether it is said by when: then the day is yet to come."""
    return DEADLINE.match(match.string, match.end()) is not None


def _full(match: re.Match[str], _: date) -> date:
    year, month, day = (int(part) for part in re.findall(r"[0-9]+", match["full"]))
    return date(year, month, day)


def _year_month(match: re.Match[str], _: date) -> Days:
    year, month = (int(part) for part in re.findall(r"[0-9]+", match["yearmonth"]))
    return days.month_of(year, month)


def _said_year(match: re.Match[str], today: date) -> int | None:
    said = match["year"]
    if said is None:
        return None
    return _year(said, today)


def _year(said: str, today: date) -> int:
    """去年, 2024年, and 24年 of this century."""
    return today.year + YEARS[said] if said in YEARS else 2000 + int(said.rstrip("年")) % 100


def _month(match: re.Match[str], today: date, side: int) -> date | Days:
    month, year = int(parse_number(match["month"]) or 0), _said_year(match, today)
    if match["day"] is None:
        return days.month_of(year or days.nearest_month(month, today), month, match["third"] or "")
    first, last = match["monthfrom"], int(parse_number(match["day"]) or 0)
    start = int(first or last)
    day = date(year, month, start) if year else days.month_day(month, start, today, side)
    return (day, days.day_of_month(last, day, side=1)) if first else day


def _year_end(match: re.Match[str], today: date) -> date:
    year = _said_year(match, today) or today.year
    return date(year, 1, 1) if match["yearend"].endswith("初") else date(year, 12, 31)


def _of_month(match: re.Match[str], today: date) -> date | Days:
    year, month = days.shift_month(today, SHIFTS[match["ofmonth"]])
    if match["ofday"]:
        return date(year, month, int(parse_number(match["ofday"]) or 0))
    return days.month_of(year, month, match["ofthird"])


def _span(match: re.Match[str], today: date) -> Days:
    shift = SHIFTS[match["span"]]
    if match["spanunit"] == "月":
        return days.month_of(*days.shift_month(today, shift))
    return days.week_of(shift, today, weekend=match["spanunit"] == "周末")


_RESOLVERS: dict[str, Callable[[re.Match[str], date], date | Days]] = {
    "relative": lambda match, today: today + timedelta(days=RELATIVE[match["relative"]]),
    "full": _full,
    "yearmonth": _year_month,
    "festival": lambda match, today: festival(match["festival"], today, _said_year(match, today)),
    "yearend": _year_end,
    "years": lambda match, today: days.year_of(_year(match["years"], today)),
    "ofmonth": _of_month,
    "ago": _ago,
    "over": lambda match, today: counted(today, _least(match["over"]), match["overunit"].removeprefix("个")),
    "span": _span,
    "weekend": lambda _, today: days.week_of(0, today, weekend=True),
    "monthend": lambda match, today: days.month_of(today.year, today.month, match["monthend"][-1])[0],
}

#: Days that come again each year, month or week.
RECURRING: Final[dict[str, Callable[[re.Match[str], date, int], date | Days]]] = {
    "month": _month,
    "m2": lambda match, today, side: days.month_day(int(match["m2"]), int(match["d2"]), today, side),
    "m3": lambda match, today, side: days.month_day(int(match["m3"]), int(match["d3"]), today, side),
    "monthday": _day_of_month,
    "weekday": _weekday,
}
FROM_START = (*RECURRING, "monthend", "yearend", "festival")  # as the end of a stretch they are sought from its start
