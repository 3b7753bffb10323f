"""Days that shoppers call by name: 双十一, 618, 国庆, 春节, Black Friday."""

import calendar
from collections.abc import Callable
from datetime import date, timedelta

from yingda.language.days import nearest

_FIXED = {
    "元旦": (1, 1), "new year's day": (1, 1), "情人节": (2, 14), "valentine's day": (2, 14), "女神节": (3, 8),
    "妇女节": (3, 8), "三八节": (3, 8), "劳动节": (5, 1), "五一": (5, 1), "520": (5, 20),
    "儿童节": (6, 1), "六一": (6, 1), "618": (6, 18), "六一八": (6, 18), "教师节": (9, 10), "国庆": (10, 1),
    "双十一": (11, 11), "双11": (11, 11), "double 11": (11, 11), "singles' day": (11, 11), "双十二": (12, 12),
    "双12": (12, 12), "平安夜": (12, 24), "圣诞": (12, 25), "christmas": (12, 25),
}  # fmt: skip

#: By the Chinese calendar, as month and day from 2024 on.
_LUNAR = {
    "春节": "2-10 1-29 2-17 2-6 1-26 2-13 2-3 1-23 2-11 1-31 2-19 2-8",
    "端午": "6-10 5-31 6-19 6-9 5-28 6-16 6-5 6-24 6-12 6-1 6-20 6-10",
    "七夕": "8-10 8-29 8-19 8-8 8-26 8-16 8-5 8-24 8-12 8-1 8-20 8-10",
    "中秋": "9-17 10-6 9-25 9-15 10-3 9-22 9-12 10-1 9-19 9-8 9-27 9-16",
}
_LUNAR_SINCE = 2024
_ALSO = {
    "过年": "春节", "大年初一": "春节", "chinese new year": "春节", "spring festival": "春节", "黑五": "black friday",
    "mid-autumn festival": "中秋",
}  # fmt: skip

#: The so-and-manieth weekday of a month: month, which, weekday, days after it.
_WEEKDAYS = {"母亲节": (5, 2, 6, 0), "父亲节": (6, 3, 6, 0), "感恩节": (11, 4, 3, 0), "black friday": (11, 4, 3, 1)}

_NAMES = sorted({*_FIXED, *_LUNAR, *_ALSO, *_WEEKDAYS}, key=len, reverse=True)
CHINESE = "|".join(name for name in _NAMES if not name[0].isascii())
ENGLISH = "|".join(name for name in _NAMES if name[0].isascii() and name[0].isalpha())


def festival(name: str, today: date, year: int | None = None) -> date:
    """The day of this name in a year, or the nearest. Raises `ValueError` for years beyond the table."""
    name = _ALSO.get(name, name)
    days = [day for one in (year and [year]) or _around(today) if (day := _in_year(name, one))]
    return nearest(days, today)


def _around(today: date) -> list[int]:
    return [today.year - 1, today.year, today.year + 1]


def _in_year(name: str, year: int) -> date | None:
    return next((day for find in _FINDERS if (day := find(name, year))), None)


def _fixed(name: str, year: int) -> date | None:
    return date(year, *_FIXED[name]) if name in _FIXED else None


def _lunar(name: str, year: int) -> date | None:
    days = _LUNAR.get(name, "").split()
    if not 0 <= year - _LUNAR_SINCE < len(days):
        return None
    month, _, day = days[year - _LUNAR_SINCE].partition("-")
    return date(year, int(month), int(day))


def _by_weekday(name: str, year: int) -> date | None:
    if name not in _WEEKDAYS:
        return None
    month, which, weekday, after = _WEEKDAYS[name]
    first = calendar.weekday(year, month, 1)
    return date(year, month, 1 + (weekday - first) % 7 + 7 * (which - 1)) + timedelta(days=after)


_FINDERS: tuple[Callable[[str, int], date | None], ...] = (_fixed, _lunar, _by_weekday)
