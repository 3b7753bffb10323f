"""Addresses taken apart, and regions that are merely mentioned.

The official table of provinces, cities and districts (`data/language/regions.tsv`) tells a city from a village of the
same ending, and fills in what people leave out: who writes 余杭区 lives in 杭州市, 浙江省.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import msgspec

from yingda.kit.paths import data_dir
from yingda.language.english_address import split_english
from yingda.language.lexicon import Lexicon
from yingda.language.text import half_width

_NO = "(?:[A-Za-z]?[0-9]{1,4}(?:-[0-9]{1,3})?[A-Za-z]?|[A-Za-z]|[一二三四五六七八九十]{1,3})"
_BUILDING = re.compile(
    rf"{_NO}(?:号楼|[栋幢座])|\b(?:building|bldg|block|tower)\.? ?(?:no\.? ?|#)?[0-9]{{0,4}}[a-z]?\b", re.IGNORECASE
)
_ROOM = re.compile(
    r"(?:[0-9一二三四五六七八九十]{1,2}单元|[0-9一二三四五六七八九十]{1,3}[楼层])?(?<![0-9])[A-Za-z]?[0-9]{3,4}(?:室|房|户|号房)?$"
    r"|[0-9]{1,2}单元$|(?<![0-9])(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})[楼层]$"
)
_ENGLISH_ROOM = re.compile(
    r"\b(?:flat|apartment|apt|unit|suite|ste|room|rm)\.? ?(?:no\.? ?|#)?[0-9]{0,4}[a-z]?\b", re.IGNORECASE
)


_HAN = re.compile("[一-龥]")
_LATIN = re.compile("[A-Za-z]{2}")


class Address(msgspec.Struct, frozen=True):
    """`street`: street office, town or township; without one the road. What is not said and not certain is empty."""

    province: str = ""
    city: str = ""
    district: str = ""
    street: str = ""
    detail: str = ""

    @property
    def region(self) -> str:
        """Province, city and district with slashes, as far as they are known."""
        return "/".join(dict.fromkeys(filter(None, (self.province, self.city, self.district))))

    @property
    def building(self) -> str:
        """The house within its grounds: 3幢, B座, 12号楼."""
        return found[0] if (found := _BUILDING.search(self.detail)) else ""

    @property
    def room(self) -> str:
        """The door, with its stairs or floor where they are said: 2单元501室, 1203."""
        form = _ENGLISH_ROOM if _is_english(self.street + self.detail) else _ROOM
        return found[0] if (found := form.search(self.detail)) else ""


class _Place(NamedTuple):
    province: str
    city: str = ""
    district: str = ""


_Names = dict[str, list[_Place]]
_SUFFIX = re.compile(r"(?:壮族|回族|维吾尔)?自治区$|特别行政区$|(?:省|市|地区|盟)$|(?<=^..)[一-龥]*自治州$")
_WORDS_TOO = frozenset(
    ("白银", "日照", "安康", "百色", "大同", "保定", "东方", "平凉", "长治", "固原", "吉安",
     "万宁", "和田", "开封", "通化", "海西", "海东", "海北")
)  # fmt: skip
_GOES_ON = frozenset("省市区县旗镇乡")  # after a short name: 朝阳区 is not 朝阳市
_NOT_A_REGION = re.compile(
    r"[一二三四五六七八九东南西北中]?(?:路|街|大道|时间|大学|银行|菜|烤鸭|话费|石|花|门(?!市|店|口))"
)
_AREA = re.compile(r"[一-龥]{1,6}?(?:(?<![小社园])区|县|旗)")
_TOWN = re.compile(r"[一-龥]{1,8}?(?:街道(?!办)|镇|乡|苏木)")
_ROAD = re.compile(r"[一-龥A-Za-z0-9]{1,12}?(?:路|大道|大街|街|巷|胡同|弄)(?:[东南西北中]段)?")


def split_address(text: str) -> Address:
    """Take an address apart. Whatever is not recognised stays in `detail`, so that nothing is lost."""
    if _is_english(text):
        return Address(*split_english(half_width(text).strip(" .,")))
    rest = re.sub(r"[\s,]+", "", half_width(text).removeprefix("中国"))
    known, rest = _regions(rest)
    district = known.district
    if not district and known.city and (area := _AREA.match(rest)) and not _TOWN.match(rest, 0, area.end()):
        district, rest = area[0], rest[area.end() :]
    street = _TOWN.match(rest) or _ROAD.match(rest)
    end = street.end() if street else 0
    return Address(known.province, known.city, district, rest[:end], rest[end:])


def _is_english(text: str) -> bool:
    return _HAN.search(text) is None and _LATIN.search(text) is not None


def find_regions(plain: str) -> Iterator[tuple[int, int, str]]:
    """Where a narrowed text names provinces, cities or districts, and which: 杭州余杭区 is one region."""
    start = end = -1
    for begin, stop, _ in _lexicon().find(plain):
        if begin == end:
            end = stop
            continue
        yield from _region(plain, start, end)
        start, end = begin, stop
    yield from _region(plain, start, end)


def _region(plain: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """The region in a stretch of names; more than one where they are not within each other (香港澳门)."""
    while 0 <= start < end and not _NOT_A_REGION.match(plain, end):
        place, rest = _regions(plain[start:end])
        stop = end - len(rest)
        if stop == start or not (region := Address(*place).region):
            return
        yield start, stop, region
        start = stop


def _regions(text: str) -> tuple[_Place, str]:
    """The regions at the beginning of a text, each within the one before, and what follows."""
    place = _Place("")
    for level, names in enumerate(_tables()):
        name = next((text[:size] for size in range(min(len(text), 12), 1, -1) if _is_name(text, size, names)), None)
        fitting = [one for one in names[name] if _within(one, place)] if name else []
        if name and fitting:
            text = text[len(name) :]
            place = _certain(fitting, place, level)
    return place, text


def _is_name(text: str, size: int, names: _Names) -> bool:
    whole = text[size - 1] in _GOES_ON or text[size : size + 1] not in _GOES_ON
    return whole and text[:size] in names


def _within(one: _Place, place: _Place) -> bool:
    return all(not known or known == own for known, own in zip(place, one, strict=True))


def _certain(fitting: list[_Place], place: _Place, level: int) -> _Place:
    """What all candidates share: 朝阳区 alone is in 北京市 or in 长春市, so only the district is certain."""
    if len(fitting) == 1:
        return fitting[0]
    return place._replace(**{_Place._fields[level]: fitting[0][level]})


@cache
def _tables() -> tuple[_Names, _Names, _Names]:
    """Provinces, cities, districts by every name they go by."""
    provinces: _Names = defaultdict(list)
    cities: _Names = defaultdict(list)
    districts: _Names = defaultdict(list)
    lines = (data_dir() / "language" / "regions.tsv").read_text(encoding="utf-8").splitlines()
    for province, city, below in (line.split("\t") for line in lines if line[0] != "#"):
        for name in {province, _short(province)}:
            if province != city and not provinces[name]:
                provinces[name].append(_Place(province))
        for name in {city, _short(city)}:
            cities[name].append(_Place(province, city))
        for district in filter(None, below.split("|")):
            districts[district].append(_Place(province, city, district))
    return dict(provinces), dict(cities), dict(districts)


def _short(name: str) -> str:
    short = _SUFFIX.sub("", name)
    return short if len(short) > 1 else name


@cache
def _lexicon() -> Lexicon[None]:
    return Lexicon((name, None) for names in _tables() for name in names if name not in _WORDS_TOO)
