"""How long something takes or has lasted: 三天, 48小时, 一个多月, for two weeks. What is 三天后 is a date.

A value is ISO 8601: "P3D", "PT48H", a range "P3D/P5D"; of 一个多月 the least. Half a month is fifteen days.
"""

import re
from collections.abc import Iterator

from yingda.language.codes import Raw
from yingda.language.english_forms import COUNTS, NUMERALS
from yingda.language.numerals import CHARACTERS, parse_range
from yingda.language.types import EntityKind

_UNITS = {
    "年": "Y", "月": "M", "周": "W", "星期": "W", "礼拜": "W", "天": "D", "小时": "TH", "钟头": "TH", "分钟": "TM",
    "year": "Y", "month": "M", "week": "W", "day": "D", "hour": "TH", "hr": "TH", "minute": "TM", "min": "TM",
}  # fmt: skip
#: What a unit has of the next smaller, for its half.
_SMALLER = {"Y": ("M", 12), "M": ("D", 30), "W": ("D", 7), "D": ("TH", 24), "TH": ("TM", 60), "TM": ("TS", 60)}
_HINT = re.compile(r"[天周年月]|星期|礼拜|小时|钟头|分钟|day|week|month|year|hour|hr|min")

_N = rf"(?:[0-9]{{1,3}}|[{CHARACTERS}]{{1,4}})"
_UNIT = rf"年|(?<![0-9{CHARACTERS}])月|周|星期|礼拜|天|小时|钟头|分钟"
#: How often, or how much of it, in that time (一天三次), how old somebody is, and what only sounds like a length.
_NO_LENGTH = (
    r"(?![大岁龄装]|的?(?:宝宝|婴儿|孩子|小孩)|[0-9一二两三四五六几]{1,2}[次遍回片粒颗瓶]|(?<=一[天周月年])[^,.!?]{0,3}[次遍回]"
    r"|(?<=周)[年末边围一二三四五六日]|(?<=年)(?:[0-9级款代底初末]|四季)|(?<=[12][0-9]年)(?![了多内来])|(?<=天)(?:天|两头|比|到晚)"
    r"|(?<=时)(?:客服|在线|营业|服务|热线))"
)
_CHINESE = re.compile(
    rf"(?<![第每这那哪某有前孕0-9./几半{CHARACTERS}-])(?!半天)(?:(?P<least>{_N})(?:个?(?:{_UNIT}))?[-~到至])?(?P<count>{_N}|半)"
    rf"[多来几]?(?:个(?P<and>半)?多?)?(?P<unit>{_UNIT})(?P<half>半)?多?{_NO_LENGTH}"
)
_NUMERAL = rf"[0-9]{{1,3}}|a couple of|{'|'.join(word for word in NUMERALS if word != 'one')}"
#: A week is a length behind these, and no measure of how often: twice a week.
_LONG = "|".join(
    f"(?<={word} )"
    for word in ("for", "after", "takes", "took", "take", "over", "about", "nearly", "almost", "than", "been", "only")
)
_ENGLISH = re.compile(
    rf"(?<![a-z0-9.$/:-])(?:(?P<least>{_NUMERAL})(?: ?[-~] ?| (?:to|or) ))?"
    rf"(?:(?P<count>{_NUMERAL})|(?:{_LONG})(?P<one>an?|one)|(?P<part>half an?))"
    r"[ -](?P<unit>minute|min|hour|hr|day|week|month|year)s?\b(?P<half> and a half\b)?(?![ -]old\b)",
    re.ASCII,
)


def durations(plain: str) -> Iterator[Raw]:
    """Lengths of time in a narrowed text."""
    if not _HINT.search(plain):
        return
    for match in _CHINESE.finditer(plain):
        half = match["and"] or match["half"] or match["count"] == "半"
        yield EntityKind.DURATION, *match.span(), _written(match, 0.5 if half else 0)
    for match in _ENGLISH.finditer(plain):
        yield EntityKind.DURATION, *match.span(), _written(match, 0.5 if match["part"] or match["half"] else 0)


def _written(match: re.Match[str], more: float) -> str:
    said = match["count"] or ("0" if "part" in match.re.groupindex and match["part"] else "1")
    least, most = _range(said)
    ends = (_range(match["least"])[0] if match["least"] else least, most)
    first, last = (_length(count + more, _UNITS[match["unit"]]) for count in ends)
    return first if first == last else f"{first}/{last}"


def _range(numeral: str) -> tuple[float, float]:
    """半 alone is what is added to nothing."""
    count = COUNTS.get(numeral)
    return (count, count) if count else parse_range(numeral) or (0, 0)


def _length(count: float, unit: str) -> str:
    if count % 1:
        unit, times = _SMALLER[unit]
        count *= times
    return f"P{unit[:-1]}{count:.0f}{unit[-1]}"
