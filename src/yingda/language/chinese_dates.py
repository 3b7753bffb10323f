"""Days and hours in Chinese, and in figures: 下周三下午三点前, 月底, 11.11活动, 三天内, 15:30."""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from yingda.language import days
from yingda.language.date_forms import (
    A_BIT,
    BARE_DAY,
    DEADLINE,
    HINT,
    PAST,
    RELATIVE,
    SHIFTS,
    TO,
    WEEKDAYS,
    WHEN,
    YEARS,
)
from yingda.language.days import Days, Found
from yingda.language.festivals import festival
from yingda.language.numerals import parse_number, parse_range


def chinese_dates(text: str, now: datetime | None) -> list[Found]:
    """Dates and times in a narrowed text; `now` on the clock of Shanghai."""
    found: list[Found] = []
    if not HINT.search(text):
        return found
    position = 0
    while match := WHEN.search(text, position):
        position = match.end()
        if _is_real(match):
            found.append(_with_end(text, match, now))
            position = found[-1].end
    return found


def _is_real(match: re.Match[str]) -> bool:
    """Keeps out 快一点, 有两点, and hours that no clock shows."""
    if match["xpart"] is None and match["xhour"] and not match["xhour"].isascii():
        return match["xfrom"] is not None or A_BIT.match(match.string, match.start()) is None
    hour = match["hour"] or match["xhour"]
    return hour is None or (parse_number(hour) or 0) <= 24


def _with_end(text: str, match: re.Match[str], now: datetime | None) -> Found:
    """A date, and its end where one follows: 25号到28号, 下午两点到五点."""
    to = TO.match(text, match.end())
    last = to and (WHEN.match(text, to.end()) or BARE_DAY.match(text, to.end()))
    side = -1 if PAST.match(text, (last or match).end()) else 0
    value = _value(match, now, side) if now else ""
    if not last or (last.re is WHEN and not _is_real(last)) or "/" in value:
        return Found(*match.span(), value)
    return Found(match.start(), last.end(), _joined(value, match, last, now) if now else "")


def _joined(first: str, match: re.Match[str], last: re.Match[str], now: datetime) -> str:
    """A stretch: its end is the first such day or hour from its start on, or its start the last before a fixed end."""
    if not first:
        return ""
    end = _end(last, datetime.fromisoformat(first), now).rpartition("/")[2]
    if end and not _in_order(first, end) and _recurs(match, _RECURRING):
        first = _value(match, datetime.fromisoformat(end), side=-1)
    return f"{first}/{end}" if end and _in_order(first, end) else end


def _in_order(first: str, end: str) -> bool:
    return bool(first) and first[: len(end)] <= end


def _end(last: re.Match[str], start: datetime, now: datetime) -> str:
    if last.re is BARE_DAY:
        end = _days_or_none(lambda: days.day_of_month(int(parse_number(last["bare"]) or 0), start.date(), side=1))
        return str(end[0]) if end else ""
    if not _has_day(last):
        return _clock_after(start, last)
    return _value(last, start, side=1) if _recurs(last, _FROM_START) else _value(last, now)


def _recurs(match: re.Match[str], groups: Iterable[str]) -> bool:
    return any(match[group] for group in groups) and not match["week"]


def _clock_after(start: datetime, last: re.Match[str]) -> str:
    hour, minute = last["xhour"] or last["xh2"], last["xminute"] or last["xmin2"]
    try:
        return days.written_moment(
            days.moment_after(start, int(parse_number(hour) or 0), _minutes(minute), last["xpart"])
        )
    except (ValueError, OverflowError):
        return ""


def _days_or_none(resolve: Callable[[], date | Days]) -> Days | None:
    try:
        found = resolve()
    except (ValueError, OverflowError):
        return None
    return found if isinstance(found, tuple) else (found, found)


def _value(match: re.Match[str], now: datetime, side: int = 0) -> str:
    """What is meant; of days that come again the nearest, or that on one `side` of now (see `days.nearest`)."""
    try:
        if (unit := match["unit"]) and (unit[-2:] in {"小时", "钟头", "分钟"} or match["way"] == "内"):
            return _from_now(match, now)
        found = _days_or_none(lambda: _days(match, now.date(), side))
        return _on(found, match) if found else ""
    except (ValueError, OverflowError):
        return ""


def _on(found: Days, match: re.Match[str]) -> str:
    """The days that are meant, with the hour or the part of the day."""
    prefix = "" if _has_day(match) else "x"
    part = match[f"{prefix}part"] or _said_in_day(match["relative"])
    hour = match[f"{prefix}hour"] or match[f"{prefix}h2"]
    if found[0] != found[1]:
        return days.written(found)
    if hour:
        minutes, start = _minutes(match[f"{prefix}minute"] or match[f"{prefix}min2"]), match[f"{prefix}from"]
        moment = days.moment_of(found[0], int(parse_number(start or hour) or 0), 0 if start else minutes, part)
        end = days.moment_after(moment, int(parse_number(hour) or 0), minutes, None) if start else None
        return days.written_moment(moment) + (f"/{days.written_moment(end)}" if end else "")
    stretch = (None if prefix else match["only"]) or part
    return days.written_part(found[0], stretch) if stretch else str(found[0])


def _has_day(match: re.Match[str]) -> bool:
    return match["xhour"] is None and match["xh2"] is None


def _said_in_day(word: str | None) -> str | None:
    """今晚 and 明早 carry their part of the day in themselves."""
    return word[-1] if word and word[-1] in "晚早" else None


def _minutes(said: str | None) -> int:
    return {"半": 30, "一刻": 15, "三刻": 45}.get(said or "", int(parse_number((said or "0").rstrip("分")) or 0))


def _from_now(match: re.Match[str], now: datetime) -> str:
    """三天内 is a stretch of days, 24小时内 one of hours, 两小时前 a moment."""
    most = 0.5 if match["ago"] == "半" else (parse_range(match["ago"]) or (0, 0))[1]
    unit = match["unit"].removeprefix("个")
    if unit in {"小时", "钟头", "分钟"}:
        length = timedelta(minutes=most) if unit == "分钟" else timedelta(hours=most)
        then = now - length if match["way"] == "前" else now + length
        moment = days.written_moment(then)
        return f"{days.written_moment(now)}/{moment}" if match["way"] == "内" else moment
    return days.written((now.date(), _counted(now.date(), most, unit)))


def _days(match: re.Match[str], today: date, side: int) -> date | Days:
    """The day or days meant."""
    for group, resolve in _RECURRING.items():
        if match[group] is not None:
            return resolve(match, today, side)
    return next((resolve(match, today) for group, resolve in _RESOLVERS.items() if match[group] is not None), today)


def _counted(today: date, count: float, unit: str) -> date:
    """So many days, weeks, months or years from today; half a month is fifteen days."""
    if unit in {"月", "年"}:
        months = count * (12 if unit == "年" else 1)
        return today + timedelta(days=15 if count > 0 else -15) if months % 1 else days.months_later(today, int(months))
    return today + timedelta(days=int(count * (1 if unit == "天" else 7)))


def _ago(match: re.Match[str], today: date) -> date:
    count = _least(match["ago"])
    return _counted(today, -count if match["way"] == "前" else count, match["unit"].removeprefix("个"))


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
    return today.year + YEARS[said] if said in YEARS else int(said[:4])


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
    "years": lambda match, today: days.year_of(today.year + YEARS[match["years"]]),
    "ofmonth": _of_month,
    "ago": _ago,
    "over": lambda match, today: _counted(today, _least(match["over"]), match["overunit"].removeprefix("个")),
    "span": _span,
    "weekend": lambda _, today: days.week_of(0, today, weekend=True),
    "monthend": lambda match, today: days.month_of(today.year, today.month, match["monthend"][-1])[0],
}

#: Days that come again each year, month or week.
_RECURRING: dict[str, Callable[[re.Match[str], date, int], date | Days]] = {
    "month": _month,
    "m2": lambda match, today, side: days.month_day(int(match["m2"]), int(match["d2"]), today, side),
    "m3": lambda match, today, side: days.month_day(int(match["m3"]), int(match["d3"]), today, side),
    "monthday": _day_of_month,
    "weekday": _weekday,
}
_FROM_START = (*_RECURRING, "monthend", "yearend", "festival")  # as the end of a stretch they are sought from its start
