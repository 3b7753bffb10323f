"""Days and hours in English: next Friday at 3pm, 20 November, two weeks ago, between 2 and 4 pm tomorrow."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

from yingda.language import days
from yingda.language.days import Days, Found
from yingda.language.english_forms import AND_DAY, COUNTS, DEADLINES, HINT, MONTHS, RELATIVE, SHIFTS, TO_DAY, WHEN
from yingda.language.festivals import festival

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_IS_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_HALF_A_DAY = timedelta(hours=12)
_SHOPS_OPEN = 7


def english_dates(text: str, now: datetime | None) -> list[Found]:
    """Dates and times in a narrowed text; `now` on the clock of Shanghai."""
    if not HINT.search(text):
        return []
    found: list[Found] = []
    for match in WHEN.finditer(text):
        if match["xh24"] is None or match["xfrom24"]:
            _add(Found(*match.span(), _value(match, now) if now else ""), text, found)
    return found


def _add(one: Found, text: str, found: list[Found]) -> None:
    """5pm on Friday is one moment, as Friday at 5pm is; Dec 1 to Dec 5 is one stretch."""
    last = found[-1] if found else None
    if last and AND_DAY.fullmatch(text, last.start, one.start) and _IS_DAY.fullmatch(one.value):
        found[-1] = Found(last.start, one.end, days.moved(last.value, date.fromisoformat(one.value)))
    elif last and TO_DAY.fullmatch(text, last.end, one.start) and _are_days(last.value, one.value):
        found[-1] = Found(last.start, one.end, f"{last.value}/{one.value}")
    else:
        found.append(one)


def _are_days(first: str, last: str) -> bool:
    return bool(_IS_DAY.fullmatch(first) and _IS_DAY.fullmatch(last)) and first < last


def _value(match: re.Match[str], now: datetime) -> str:
    try:
        if match["unit"] in {"hour", "hr", "minute", "min"} or match["agounit"] in {"hour", "hr", "minute", "min"}:
            return _from_now(match, now)
        found = next((find(match, now.date()) for group, find in _RESOLVERS.items() if match[group]), now.date())
        return _on(found if isinstance(found, tuple) else (found, found), match)
    except (ValueError, OverflowError):
        return ""


def _on(found: Days, match: re.Match[str]) -> str:
    if found[0] != found[1]:
        return days.written(found)
    part = match["thispart"] or match["only"] or match["xnoon"] or _said_in_day(match["relative"])
    if hours := _hours(match, "x" if match["bare"] else "", found[0], part):
        return "/".join(map(days.written_moment, hours))
    return days.written_part(found[0], part) if part else str(found[0])


def _hours(match: re.Match[str], prefix: str, day: date, part: str | None) -> list[datetime]:
    """The hour that is said, or the two between which it is to be."""
    if hour := match[f"{prefix}hour"]:
        return _by_halves(match, prefix, _at(day, int(hour) % 12, match[f"{prefix}minute"], match[f"{prefix}half"]))
    if hour := match[f"{prefix}h24"]:
        return _by_24(match, prefix, _at(day, int(hour), match[f"{prefix}m24"], part))
    if hour := match[f"{prefix}oclock"] or match["round"]:
        said = [match["roundfrom"], hour] if match["roundfrom"] else [hour]
        return [_in_the_day(day, int(one), match[f"{prefix}inpart"] or part) for one in said]
    return []


def _in_the_day(day: date, hour: int, part: str | None) -> datetime:
    """Tomorrow at 3 is no hour of the night."""
    return _at(day, hour, None, part or ("afternoon" if hour < _SHOPS_OPEN else None))


def _by_halves(match: re.Match[str], prefix: str, end: datetime) -> list[datetime]:
    """2-4pm begins in the half of the day in which it ends, 11-1pm in the one before."""
    if not (hour := match[f"{prefix}from"]):
        return [end]
    half = match[f"{prefix}fromhalf"]
    start = _at(end.date(), int(hour) % 12, match[f"{prefix}frommin"], half or match[f"{prefix}half"])
    if start < end:
        return [start, end]
    return [start, end + timedelta(days=1)] if half else [start - _HALF_A_DAY, end]


def _by_24(match: re.Match[str], prefix: str, end: datetime) -> list[datetime]:
    if not (hour := match[f"{prefix}from24"]):
        return [end]
    start = _at(end.date(), int(hour), match[f"{prefix}frommin24"], None)
    return [start, end if start < end else end + timedelta(days=1)]


def _at(day: date, hour: int, minute: str | None, part: str | None) -> datetime:
    """`part`: of the day, or the `p` of 5 pm."""
    return days.moment_of(day, hour, int(minute or 0), "afternoon" if part == "p" else part)


def _said_in_day(word: str | None) -> str | None:
    return "night" if word in {"tonight", "last night"} else None


def _count(said: str) -> int:
    return COUNTS.get(said) or int(said)


def _from_now(match: re.Match[str], now: datetime) -> str:
    """Two hours ago and in two hours are moments, within two hours is a stretch."""
    count, unit = _count(match["ago"] or match["count"]), match["agounit"] or match["unit"]
    length = timedelta(hours=count) if unit in {"hour", "hr"} else timedelta(minutes=count)
    moment = days.written_moment(now - length if match["way"] == "ago" else now + length)
    return f"{days.written_moment(now)}/{moment}" if match["within"] == "within" else moment


def _counted(today: date, count: int, unit: str) -> date:
    if unit in {"month", "year"}:
        return days.months_later(today, count * (12 if unit == "year" else 1))
    return today + timedelta(days=count * (7 if unit == "week" else 1))


def _is_deadline(match: re.Match[str]) -> bool:
    """Whether it is said by when: then the day is yet to come."""
    return match.string.endswith(DEADLINES, 0, match.start())


def _weekday(match: re.Match[str], today: date) -> date:
    day = _WEEKDAYS.index(match["weekday"][:3])
    if match["week"]:
        return days.weekday_of(SHIFTS[match["week"]], day, today)
    return days.weekday_near(day, today, _is_deadline(match))


def _soon(match: re.Match[str], today: date) -> date | Days:
    day = _counted(today, _count(match["count"]), match["unit"])
    return (today, day) if match["within"] == "within" else day


def _ago(match: re.Match[str], today: date) -> date:
    return _counted(today, _count(match["ago"]) * (-1 if match["way"] == "ago" else 1), match["agounit"])


def _in_month(month: str, day: str, year: str | None, today: date) -> date:
    number = _number_of(month)
    return date(int(year), number, int(day)) if year else days.month_day(number, int(day), today)


def _number_of(month: str) -> int:
    return MONTHS.index(month[:3]) + 1


def _month(match: re.Match[str], today: date) -> Days:
    number = _number_of(match["monthonly"])
    return days.month_of(int(match["year3"] or days.nearest_month(number, today)), number)


def _stretch(which: str, unit: str, today: date) -> Days:
    shift = SHIFTS[which]
    if unit == "month":
        return days.month_of(*days.shift_month(today, shift))
    if unit == "year":
        return days.year_of(today.year + shift)
    return days.week_of(shift, today, weekend=unit == "weekend")


def _edge(match: re.Match[str], today: date) -> date:
    first, last = _stretch(match["edgeof"], match["edgeunit"], today)
    if match["edge"] == "middle":
        return first + (last - first) // 2
    return last if match["edge"] == "end" else first


_RESOLVERS: dict[str, Callable[[re.Match[str], date], date | Days]] = {
    "relative": lambda match, today: today + timedelta(days=RELATIVE[match["relative"]]),
    "weekday": _weekday,
    "month": lambda match, today: _in_month(match["month"], match["day"], match["year"], today),
    "month2": lambda match, today: _in_month(match["month2"], match["day2"], match["year2"], today),
    "monthonly": _month,
    "ofmonth": lambda match, today: days.day_of_month(int(match["ofmonth"]), today, _is_deadline(match)),
    "edge": _edge,
    "span": lambda match, today: _stretch(match["span"], match["spanunit"], today),
    "weekend": lambda _, today: days.week_of(0, today, weekend=True),
    "ago": _ago,
    "within": _soon,
    "festival": lambda match, today: festival(match["festival"], today),
}
