"""Days and hours as customers say them, resolved against a given moment in Shanghai.

A value is ISO 8601: a day ("2026-11-20"), a moment ("2026-11-20T15:00") or a stretch ("2026-11-16/2026-11-22",
"2026-11-23T12:00/2026-11-23T18:00"). A day without its month or year is the one nearest to now.
"""

import calendar
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from yingda.language.numerals import CHARACTERS, parse_number

_SHANGHAI = ZoneInfo("Asia/Shanghai")
_N = rf"(?:[0-9]{{1,4}}|[{CHARACTERS}]{{1,4}})"

_RELATIVE = {
    "大前天": -3, "前天": -2, "前日": -2, "昨天": -1, "昨日": -1, "昨儿": -1, "昨晚": -1, "今天": 0, "今日": 0,
    "今儿": 0, "今晚": 0, "今早": 0, "当天": 0, "明天": 1, "明日": 1, "明儿": 1, "明早": 1, "明晚": 1, "后天": 2,
    "后日": 2, "大后天": 3, "the day before yesterday": -2, "yesterday": -1, "today": 0, "tonight": 0,
    "the day after tomorrow": 2, "tomorrow": 1,
}  # fmt: skip
_WEEK_OF = {"上上": -2, "上": -1, "这": 0, "本": 0, "": 0, "下": 1, "下下": 2, "last ": -1, "this ": 0, "next ": 1}
_WEEKDAYS = {c: i for i, c in enumerate("一二三四五六")} | {"日": 6, "天": 6} | {str(i): i - 1 for i in range(1, 8)}
_ENGLISH_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_HOURS = {
    "凌晨": (0, 6), "早上": (6, 12), "早晨": (6, 12), "清晨": (6, 12), "上午": (6, 12), "早": (6, 12), "中午": (11, 13),
    "下午": (12, 18), "傍晚": (17, 19), "晚上": (18, 24), "夜里": (18, 24), "半夜": (0, 6), "晚": (18, 24),
}  # fmt: skip
_PART = "|".join(sorted(_HOURS, key=len, reverse=True))

_DAY = "|".join(
    (
        rf"(?P<relative>{'|'.join(sorted(_RELATIVE, key=len, reverse=True))})",
        r"(?P<full>(?:19|20)[0-9]{2}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}[日号]?)",
        rf"(?P<month>{_N})月(?:份)?(?P<day>{_N})[号日]",
        r"(?<![0-9/.-])(?P<m2>1[0-2]|0?[1-9])/(?P<d2>3[01]|[12][0-9]|0?[1-9])(?![0-9/])",
        rf"(?P<monthday>(?<![0-9{CHARACTERS}第])(?:3[01]|[12]?[0-9]|[{CHARACTERS}]{{1,3}}))号(?!线|楼|店|色|链)",
        rf"(?P<ago>{_N})(?P<unit>天|周|个星期|个礼拜|个月)(?:之|以)?(?P<way>前|后)",
        r"(?P<week>上上|下下|上|下|这|本|)个?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天1-7])(?![0-9年个次])",
        rf"(?P<eweek>last |this |next |)(?P<eday>{'|'.join(_ENGLISH_DAYS)})",
        r"(?P<span>上上|下下|上|下|这|本)个?(?P<spanunit>周末|周|星期|礼拜|月)|(?P<weekend>周末)",
        r"(?P<monthend>月底|月末|月初)",
    )
)
_CLOCK = (
    rf"(?P<part>{_PART})?(?:(?P<hour>[0-9]{{1,2}}|[{CHARACTERS}]{{1,3}})(?:点钟?|时(?!候|间))"
    rf"(?P<minute>半|一刻|三刻|(?:[0-5]?[0-9]|[{CHARACTERS}]{{1,3}})分?)?|(?P<h2>[01]?[0-9]|2[0-4]):(?P<min2>[0-5][0-9]))"
)
_WHEN = re.compile(rf"(?:{_DAY})(?:的)?\s*(?:{_CLOCK}|(?P<only>{_PART}))?|{_CLOCK.replace('?P<', '?P<x')}")


class Found(NamedTuple):
    start: int
    end: int
    value: str  # empty when it cannot be resolved


def find_dates(text: str, now: datetime | None) -> Iterator[Found]:
    """Dates and times in a narrowed text (see `text.narrow`)."""
    if not _HINT.search(text):
        return
    today = now.astimezone(_SHANGHAI).date() if now else None
    for match in _WHEN.finditer(text):
        if _is_real(match):
            yield Found(*match.span(), _value(match, today) if today else "")


_HINT = re.compile(r"[天日号周月点时:/儿晚早午底末初]|星期|礼拜|day|tomorrow|tonight|20[0-9]{2}")
_A_BIT = re.compile(r"[一二两两几]点(?!半|钟|[0-9])")


def _is_real(match: re.Match[str]) -> bool:
    """Keeps out 快一点, 有两点, and hours that no clock shows."""
    if match["xpart"] is None and match["xhour"] and not match["xhour"].isascii():
        return match["xminute"] is not None and _A_BIT.match(match[0]) is None
    hour = match["hour"] or match["xhour"]
    return hour is None or (parse_number(hour) or 0) <= 24


def _value(match: re.Match[str], today: date) -> str:
    try:
        days = _days(match, today)
    except (ValueError, OverflowError):
        return ""
    prefix = "" if _has_day(match) else "x"
    part = match[f"{prefix}part"] or (_said_in_day(match["relative"]) if not prefix else None)
    hour = match[f"{prefix}hour"] or match[f"{prefix}h2"]
    if days[0] != days[1]:
        return f"{days[0]}/{days[1]}"
    if hour:
        return _moment(days[0], hour, match[f"{prefix}minute"] or match[f"{prefix}min2"], part)
    stretch = (None if prefix else match["only"]) or part
    if stretch:
        first, last = _HOURS[stretch]
        ends = f"{days[0]}T{last:02}:00" if last < 24 else f"{days[0] + timedelta(1)}T00:00"
        return f"{days[0]}T{first:02}:00/{ends}"
    return days[0].isoformat()


def _has_day(match: re.Match[str]) -> bool:
    return match["xhour"] is None and match["xh2"] is None


def _said_in_day(word: str | None) -> str | None:
    """今晚 and 明早 carry their part of the day in themselves."""
    if word == "tonight":
        return "晚"
    return word[-1] if word and word[-1] in "晚早" else None


def _moment(day: date, hour: str, minute: str | None, part: str | None) -> str:
    h = int(parse_number(hour) or 0)
    m = {"半": 30, "一刻": 15, "三刻": 45}.get(minute or "", int(parse_number((minute or "0").rstrip("分")) or 0))
    if (part in {"下午", "傍晚", "晚上", "晚", "夜里"} and h < 12) or (part == "中午" and h < 3):
        h += 12
    if h >= 24:
        day, h = day + timedelta(1), h - 24
    return f"{day}T{h:02}:{min(m, 59):02}"


def _days(match: re.Match[str], today: date) -> tuple[date, date]:
    """First and last day meant."""
    for group, resolve in _RESOLVERS.items():
        if match[group] is not None:
            found = resolve(match, today)
            return found if isinstance(found, tuple) else (found, found)
    return today, today


def _nearest(candidates: Iterator[date], today: date) -> date:
    return min(candidates, key=lambda day: abs((day - today).days))


def _full(match: re.Match[str], _: date) -> date:
    year, month, day = (int(part) for part in re.findall(r"[0-9]+", match["full"]))
    return date(year, month, day)


def _month_day(month: str, day: str, today: date) -> date:
    m, d = int(parse_number(month) or 0), int(parse_number(day) or 0)
    return _nearest(
        (date(today.year + shift, m, d) for shift in (-1, 0, 1) if _exists(today.year + shift, m, d)), today
    )


def _day_of_month(match: re.Match[str], today: date) -> date:
    day = int(parse_number(match["monthday"]) or 0)
    months = (_shift_month(today, shift) for shift in (-1, 0, 1))
    return _nearest((date(y, m, day) for y, m in months if _exists(y, m, day)), today)


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def _shift_month(today: date, shift: int) -> tuple[int, int]:
    index = today.year * 12 + today.month - 1 + shift
    return index // 12, index % 12 + 1


def _ago(match: re.Match[str], today: date) -> date:
    count = int(parse_number(match["ago"]) or 0) * (-1 if match["way"] == "前" else 1)
    if match["unit"] == "个月":
        year, month = _shift_month(today, count)
        return date(year, month, min(today.day, calendar.monthrange(year, month)[1]))
    return today + timedelta(days=count * (1 if match["unit"] == "天" else 7))


def _weekday(week: str, weekday: int, today: date) -> date:
    return today - timedelta(days=today.weekday()) + timedelta(days=7 * _WEEK_OF[week] + weekday)


def _span(match: re.Match[str], today: date) -> tuple[date, date]:
    shift = _WEEK_OF[match["span"]]
    if match["spanunit"] == "月":
        year, month = _shift_month(today, shift)
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    monday = today + timedelta(days=7 * shift - today.weekday())
    return monday + timedelta(days=5 if match["spanunit"] == "周末" else 0), monday + timedelta(days=6)


def _weekend(_: re.Match[str], today: date) -> tuple[date, date]:
    monday = today - timedelta(days=today.weekday())
    return monday + timedelta(days=5), monday + timedelta(days=6)


def _month_end(match: re.Match[str], today: date) -> date:
    return today.replace(day=1 if match["monthend"] == "月初" else calendar.monthrange(today.year, today.month)[1])


_RESOLVERS: dict[str, Callable[[re.Match[str], date], date | tuple[date, date]]] = {
    "relative": lambda match, today: today + timedelta(days=_RELATIVE[match["relative"]]),
    "full": _full,
    "month": lambda match, today: _month_day(match["month"], match["day"], today),
    "m2": lambda match, today: _month_day(match["m2"], match["d2"], today),
    "monthday": _day_of_month,
    "ago": _ago,
    "weekday": lambda match, today: _weekday(match["week"], _WEEKDAYS[match["weekday"]], today),
    "eday": lambda match, today: _weekday(match["eweek"], _ENGLISH_DAYS.index(match["eday"]), today),
    "span": _span,
    "weekend": _weekend,
    "monthend": _month_end,
}
