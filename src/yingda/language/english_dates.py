"""Days and hours in English: next Friday at 3pm, 20 November, two weeks ago, by the end of the month."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

from yingda.language import days
from yingda.language.days import Days, Found
from yingda.language.festivals import ENGLISH, festival

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?"
)
_RELATIVE = {
    "the day before yesterday": -2, "day before yesterday": -2, "yesterday": -1, "today": 0, "tonight": 0,
    "last night": -1, "tomorrow": 1, "the day after tomorrow": 2, "day after tomorrow": 2,
}  # fmt: skip
_SHIFTS = {"last": -1, "this": 0, "the": 0, "next": 1}
_COUNTS = {
    word: i
    for i, word in enumerate(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), 1)
}
_COUNTS |= {"a": 1, "an": 1, "a couple of": 2}
_COUNT = rf"[0-9]{{1,3}}|{'|'.join(sorted(_COUNTS, key=len, reverse=True))}"
_UNIT = r"(minute|min|hour|hr|day|week|month|year)s?\b"
_ORDINAL = r"(?:st|nd|rd|th)"
_PARTS = r"morning|afternoon|evening|night"

_EDGE_OF = r"(?P<edgeof>last|this|the|next) (?P<edgeunit>week|month|year)"
_BEFORE_DAY = "|".join(f"(?<={word} )" for word in ("on", "by", "before", "after", "until", "since"))
#: "item 2 may be missing" names no day.
_NO_VERB = r"(?:(?<!may)|(?(nth)(?! (?:be|have|not)\b)|(?=,? 20[0-9]{2}|\W*$|[,.!?;])))"
_DEADLINES = ("by ", "before ")
_DAY = "|".join(
    (
        rf"(?P<relative>{'|'.join(sorted(_RELATIVE, key=len, reverse=True))})\b",
        rf"(?:(?P<week>last|this|next) )?(?P<weekday>{'|'.join(_WEEKDAYS)})\b",
        rf"this (?P<thispart>{_PARTS})\b",
        rf"(?P<month>{_MONTH})\.? (?P<day>[0-9]{{1,2}}){_ORDINAL}?\b(?:,? (?P<year>20[0-9]{{2}}))?",
        (
            rf"(?P<day2>[0-9]{{1,2}})(?P<nth>{_ORDINAL})?(?: of)? (?P<month2>{_MONTH})\b{_NO_VERB}"
            r"(?:,? (?P<year2>20[0-9]{2}))?"
        ),
        rf"(?<=in )(?P<monthonly>{_MONTH})\b(?: (?P<year3>20[0-9]{{2}}))?",
        rf"(?:{_BEFORE_DAY})the (?P<ofmonth>[0-9]{{1,2}}){_ORDINAL}\b",
        rf"(?:the )?(?P<edge>end|beginning|start|middle) of {_EDGE_OF}\b",
        r"(?P<span>last|this|next) (?P<spanunit>weekend|week|month|year)\b|the (?P<weekend>weekend)\b",
        rf"(?P<ago>{_COUNT}) {_UNIT.replace('(', '(?P<agounit>', 1)} (?P<way>ago|later|from now)\b",
        rf"(?P<within>in|within) (?P<count>{_COUNT}) {_UNIT.replace('(', '(?P<unit>', 1)}(?!['’])",
        rf"(?P<festival>{ENGLISH})\b",
    )
)
_CLOCK = (
    r"(?P<hour>1[0-2]|0?[1-9])(?::(?P<minute>[0-5][0-9]))? ?(?P<half>[ap])\.?m\b\.?"
    r"|(?P<h24>[01]?[0-9]|2[0-3]):(?P<m24>[0-5][0-9])"
)
_AT = r",? (?:(?:at|by|before|after|around|in the) )?"
_WHEN = re.compile(
    rf"(?<![a-z0-9])(?:(?:{_DAY})(?:{_AT}(?:{_CLOCK}|(?P<only>{_PARTS}|noon)\b))?"
    rf"|(?P<bare>{_CLOCK.replace('?P<', '?P<x')}))"
)
_AND_DAY = re.compile(rf"(?:{_CLOCK.replace('?P<', '?P<z')}),? (?:on )?")
_IS_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DAY_LENGTH = len("2026-11-20")
_HINT = re.compile(
    r"day|tonight|night|week|month|year|ago\b|min|hour|morning|afternoon|evening|[0-9] ?[ap]\.?m\b|the [0-9]|christmas"
    rf"|festival|double 11|\b(?:{_MONTH})\b"
)


def english_dates(text: str, now: datetime | None) -> list[Found]:
    """Dates and times in a narrowed text; `now` on the clock of Shanghai."""
    if not _HINT.search(text):
        return []
    found: list[Found] = []
    for match in _WHEN.finditer(text):
        if match["xh24"] is None:
            _add(Found(*match.span(), _value(match, now) if now else ""), text, found)
    return found


def _add(one: Found, text: str, found: list[Found]) -> None:
    """5pm on Friday is one moment, as Friday at 5pm is."""
    last = found[-1] if found else None
    if last and _AND_DAY.fullmatch(text, last.start, one.start) and _IS_DAY.fullmatch(one.value):
        found[-1] = Found(last.start, one.end, one.value + last.value[_DAY_LENGTH:])
    else:
        found.append(one)


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
    prefix = "x" if match["bare"] else ""
    part = match["thispart"] or match["only"] or _said_in_day(match["relative"])
    if hour := match[f"{prefix}hour"]:
        noon = "afternoon" if match[f"{prefix}half"] == "p" else None
        return _moment(found[0], int(hour) % 12, match[f"{prefix}minute"], noon)
    if match["h24"]:
        return _moment(found[0], int(match["h24"]), match["m24"], part)
    return days.written_part(found[0], part) if part else str(found[0])


def _said_in_day(word: str | None) -> str | None:
    return "night" if word in {"tonight", "last night"} else None


def _moment(day: date, hour: int, minute: str | None, part: str | None) -> str:
    return days.written_moment(days.moment_of(day, hour, int(minute or 0), part))


def _count(said: str) -> int:
    return _COUNTS.get(said) or int(said)


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
    return match.string.endswith(_DEADLINES, 0, match.start())


def _weekday(match: re.Match[str], today: date) -> date:
    day = _WEEKDAYS.index(match["weekday"])
    if match["week"]:
        return days.weekday_of(_SHIFTS[match["week"]], day, today)
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
    return _MONTHS.index(month[:3]) + 1


def _month(match: re.Match[str], today: date) -> Days:
    number = _number_of(match["monthonly"])
    return days.month_of(int(match["year3"] or days.nearest_month(number, today)), number)


def _stretch(which: str, unit: str, today: date) -> Days:
    shift = _SHIFTS[which]
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
    "relative": lambda match, today: today + timedelta(days=_RELATIVE[match["relative"]]),
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
