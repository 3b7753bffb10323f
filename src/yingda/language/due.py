"""When something is to happen that was said as "明天12点前", "24小时内", "within 3 working days".

Where only a day is said, its end is meant as people at work mean it: six in the evening, Shanghai time.
"""

import re
from datetime import date, datetime, time, timedelta

from yingda.kit.clock import SHANGHAI
from yingda.language.dates import find_dates
from yingda.language.numerals import CHARACTERS, parse_number

WORKDAY_ENDS = time(18)
_DAY_ENDS = time(23, 59)
_HALF_A_DAY = timedelta(hours=12)
_SATURDAY = 5

_N = rf"(?:[0-9]{{1,3}}|[{CHARACTERS}]{{1,3}}|半)"
_UNITS = (
    r"工作日|(?:working|business)\s+days?|小时|钟头|hours?|hrs?|h(?![a-z])|分钟|minutes?|mins?|自然日|天|日|days?"
    r"|周|星期|礼拜|weeks?"
)
_SOON = r"(?:预计|大概|大约|最晚|最迟|最快|约|within|about|in)\s*"
_DURATION = re.compile(
    rf"(?P<soon>{_SOON})?(?<![第0-9])(?:{_N}\s*[-~到至]\s*)?(?P<count>{_N})\s*个?\s*(?P<unit>{_UNITS})"
    r"(?P<tail>\s*(?:之?内|以内|左右|之?后)|(?=(?:原路)?(?:退回?|到账|送达)))?"
)
_ON_CONDITION = re.compile(
    r"(?:收到|审核|完成|签收|到货|到仓|入库|通过|拦截|取消|发货|寄回|退回|检测|确认)[^0-9,;]{0,8}后"
    r"|\b(?:once|after|as soon as|when)\b"
)


def due_of(plain: str, said_at: datetime) -> datetime | None:
    """The moment by which a narrowed text (see `text.narrow`) says that something will have happened.

    None where it names none, where it depends on something else ("收到后3天内"), or where the moment is past.
    """
    if _ON_CONDITION.search(plain):
        return None
    moments = [moment for found in find_dates(plain, said_at) if (moment := _end_of(found.value, said_at))]
    try:
        moments += [
            _after(match, said_at) for match in _DURATION.finditer(plain) if match["soon"] or match["tail"] is not None
        ]
    except (OverflowError, ValueError):
        return None
    return max((moment for moment in moments if moment > said_at), default=None)


def _end_of(value: str, said_at: datetime) -> datetime | None:
    """The end of a date as `dates` writes it; a bare hour that is past is the same hour in the afternoon."""
    last = value.rpartition("/")[2]
    if not last:
        return None
    if "T" not in last:
        return _close_of(date.fromisoformat(last), said_at)
    moment = datetime.fromisoformat(last).replace(tzinfo=SHANGHAI)
    if moment <= said_at < moment + _HALF_A_DAY and moment.hour < 12:
        return moment + _HALF_A_DAY
    return moment


def _after(match: re.Match[str], said_at: datetime) -> datetime:
    count, unit = _count(match["count"]), match["unit"]
    if unit.startswith(("小时", "钟头", "h")):
        return said_at + timedelta(hours=count)
    if unit.startswith(("分钟", "m")):
        return said_at + timedelta(minutes=count)
    today = said_at.astimezone(SHANGHAI).date()
    if unit.startswith(("工作日", "working", "business")):
        return _close_of(_working_days_after(today, int(count)), said_at)
    days = count * (7 if unit.startswith(("周", "星期", "礼拜", "week")) else 1)
    return said_at + _HALF_A_DAY if days < 1 else _close_of(today + timedelta(days=days), said_at)


def _count(numeral: str) -> float:
    """两三 means up to three."""
    if numeral == "半":
        return 0.5
    if len(numeral) > 1 and not numeral.isascii() and "十" not in numeral:
        numeral = numeral[-1]
    return parse_number(numeral) or 0


def _working_days_after(day: date, count: int) -> date:
    while count > 0:
        day += timedelta(days=1)
        count -= day.weekday() < _SATURDAY
    return day


def _close_of(day: date, said_at: datetime) -> datetime:
    """The end of work that day; of a day whose work is over already, its last minute."""
    close = datetime.combine(day, WORKDAY_ENDS, SHANGHAI)
    return close if close > said_at else datetime.combine(day, _DAY_ENDS, SHANGHAI)
