"""Days and hours in Chinese, and in figures: 下周三下午三点前, 月底, 11.11活动, 三天内, 15:30."""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from yingda.language import days
from yingda.language.chinese_days import FROM_START, RECURRING, counted, days_of
from yingda.language.date_forms import A_BIT, BARE_DAY, HINT, PAST, SINCE, TO, WHEN
from yingda.language.days import Days, Found
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
    """Keeps out 快一点, 有两点, 签收三天后, and hours that no clock shows."""
    if match["way"] == "后" and SINCE.search(match.string, max(0, match.start() - 8), match.start()):
        return False
    if match["xpart"] is None and match["xhour"] and not match["xhour"].isascii():
        return match["xfrom"] is not None or A_BIT.match(match.string, match.start()) is None
    hour = match["hour"] or match["xhour"]
    return hour is None or (parse_range(hour) or (0, 0))[1] <= 24


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
    if end and not _in_order(first, end) and _recurs(match, RECURRING):
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
    return _value(last, start, side=1) if _recurs(last, FROM_START) else _value(last, now)


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
        found = _days_or_none(lambda: days_of(match, now.date(), side))
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
        minutes = _minutes(match[f"{prefix}minute"] or match[f"{prefix}min2"])
        return "/".join(map(days.written_moment, _hours(found[0], hour, match[f"{prefix}from"], minutes, part)))
    stretch = (None if prefix else match["only"]) or part
    return days.written_part(found[0], stretch) if stretch else str(found[0])


def _hours(day: date, hour: str, start: str | None, minutes: int, part: str | None) -> list[datetime]:
    """九点 is an hour, 九到十点 and 两三点 are the time between two."""
    least, most = parse_range(hour) or (0, 0)
    if start is None and least == most:
        return [days.moment_of(day, int(most), minutes, part)]
    begin = days.moment_of(day, int((parse_number(start) or 0) if start else least), 0, part)
    return [begin, days.moment_after(begin, int(most), minutes, None)]


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
    return days.written((now.date(), counted(now.date(), most, unit)))
