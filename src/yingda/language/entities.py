"""Numbers, codes, sums, sizes and dates in a message. Rules by form and by the word before; personal data by the kit.

Finders run in order of certainty; what one has taken, the later ones leave alone.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from yingda.kit.redaction import PersonalData, find_personal_data
from yingda.language.address import find_regions
from yingda.language.dates import find_dates
from yingda.language.numerals import CHARACTERS, parse_number
from yingda.language.text import MAX_CHARACTERS, narrow
from yingda.language.types import Entity, EntityKind

_CN = f"[{CHARACTERS}]"

_ORDER = re.compile(
    r"(?<![0-9a-z])lm[ -]?[0-9]{4}[ -]?[0-9]{4}[ -]?[0-9]{4}(?![0-9])|orderid_[0-9a-z]+|\[订单x?\]"
    r"|(?:订单|单号|order)[^0-9a-z\n]{0,6}(?P<plain>(?<![0-9])[0-9]{10,20}(?![0-9]))"
)
_PARCEL_SAID = re.compile(r"(?:快递|运单|物流|包裹|tracking)[^0-9a-z\n]{0,8}(?:no\.?|number|is|#)?[^0-9a-z\n]{0,3}$")
_TRACKING = re.compile(
    r"(?<![0-9a-z])(?:sf ?[0-9]{12,15}|jd(?:[a-z]{1,2}|x[0-9])?[0-9]{11,15}|(?:yt|jt|yd|db|dpk|htky)[0-9]{12,15}"
    r"|zto?[0-9]{12,15}|sto?[0-9]{12,15}|(?P<postal>[a-z]{2}[0-9]{9}[a-z]{2})|v[a-z](?:\[数字x?\]|[0-9]{11,13}))(?![0-9a-z])"
)
_USER = re.compile(r"userid_[0-9a-z]+")
_AMOUNT = re.compile(
    rf"[¥￥] ?(?P<sign>[0-9][0-9,]*(?:\.[0-9]{{1,2}})?)(?![0-9])"
    rf"|(?<![0-9.])(?P<digits>[0-9][0-9,]*(?:\.[0-9]{{1,2}})?|{_CN}{{2,8}}|{_CN}(?=块钱|元)) ?"
    rf"(?:(?:块|元)(?P<tail>[0-9](?![0-9])|[一二三四五六七八九](?![{CHARACTERS}个件瓶盒]))(?:毛|角)?|块钱|元|块(?!钱)|rmb|yuan)"
)
_MEASURE = "个|件|瓶|盒|支|包|套|袋|箱|片|张|条|双|份|只|罐|管|台|部|本|单|组|颗|粒|样|款|pcs|bottles?|boxes"
_QUANTITY = re.compile(
    rf"(?<![0-9.第{CHARACTERS}])(?P<n>[0-9]{{1,4}}|{_CN}{{1,4}}) ?(?:{_MEASURE})(?!月|小时|星期|礼拜|装|一)"
)
_SIZE = re.compile(
    r"(?<![0-9.a-z])(?P<n>[0-9]{1,5}(?:\.[0-9]{1,2})?) ?"
    r"(?P<unit>ml|毫升|mg|kg|公斤|千克|g(?![a-z])|克|斤|l(?![a-z])|升|cm|厘米|mm|毫米|寸|码)"
)
_UNITS = {"毫升": "ml", "公斤": "kg", "千克": "kg", "克": "g", "升": "l", "厘米": "cm", "毫米": "mm"}
_SHADE = re.compile(
    r"(?:色号|#) ?(?P<after>[a-z]{0,2}[0-9]{1,3}[a-z]?)(?![0-9a-z])"
    r"|(?<![0-9a-z.])(?P<before>[a-z]{0,2}[0-9]{1,3}[a-z]?) ?(?:号色|#(?![0-9])|色号)"
)
_NUMBER = re.compile(r"(?<![0-9a-z.])[0-9]{3,20}(?![0-9a-z]|\.[0-9])|\[数字x?\]")

_PERSONAL = {
    PersonalData.PHONE: EntityKind.PHONE,
    PersonalData.EMAIL: EntityKind.EMAIL,
    PersonalData.ADDRESS: EntityKind.ADDRESS,
}


def find_entities(text: str, now: datetime | None, known: Iterable[Entity] = ()) -> tuple[Entity, ...]:
    """Entities by position, without overlaps. `known` (from the gazetteer) yields to codes and wins over the rest."""
    text = text[:MAX_CHARACTERS]
    plain = narrow(text)
    taken: list[Entity] = []
    if _ANY_SIGN.search(plain):
        for finder in (_orders, _tracking, _users):
            _take(finder(plain), text, taken)
        _take(_personal(plain), text, taken)
    for entity in known:
        _keep(entity, taken)
    _take(_shades(plain), text, taken)
    _take(_dates(plain, now), text, taken)
    _take(_regions(plain), text, taken)
    if _ANY_NUMBER.search(plain):
        for finder in (_amounts, _sizes, _quantities, _numbers):
            _take(finder(plain), text, taken)
    return tuple(sorted(taken, key=lambda entity: entity.start))


_Raw = tuple[EntityKind, int, int, str]
_ANY_SIGN = re.compile(r"[0-9@\[_]|[省市区县镇乡村路街]")
_ANY_NUMBER = re.compile(rf"[0-9\[{CHARACTERS}]")


def _take(found: Iterator[_Raw], text: str, taken: list[Entity]) -> None:
    for kind, start, end, value in found:
        _keep(Entity(kind, text[start:end], value, start, end), taken)


def _keep(entity: Entity, taken: list[Entity]) -> None:
    if all(entity.end <= other.start or other.end <= entity.start for other in taken):
        taken.append(entity)


def _code(text: str) -> str:
    return re.sub(r"[ -]", "", text).upper() if "[" not in text else text


def _orders(plain: str) -> Iterator[_Raw]:
    for match in _ORDER.finditer(plain):
        group = "plain" if match["plain"] else 0
        if group == 0 or not _PARCEL_SAID.search(plain, 0, match.start() + 2):
            yield EntityKind.ORDER_NO, *match.span(group), _code(match[group])


def _tracking(plain: str) -> Iterator[_Raw]:
    for match in _TRACKING.finditer(plain):
        if match["postal"] is None or _passes_s10(match["postal"]):
            yield EntityKind.TRACKING_NO, *match.span(), _code(match[0])
    for match in _NUMBER.finditer(plain):
        if 10 <= len(match[0]) <= 15 and _PARCEL_SAID.search(plain, 0, match.start()):
            yield EntityKind.TRACKING_NO, *match.span(), match[0]


def _passes_s10(code: str) -> bool:
    """The check digit of postal items (UPU S10): EA123456785CN."""
    digits = [int(c) for c in code[2:11]]
    check = 11 - sum(d * w for d, w in zip(digits, (8, 6, 4, 2, 3, 5, 9, 7), strict=False)) % 11
    return digits[8] == {10: 0, 11: 5}.get(check, check)


def _users(plain: str) -> Iterator[_Raw]:
    for match in _USER.finditer(plain):
        yield EntityKind.USER, *match.span(), match[0].upper()


def _personal(plain: str) -> Iterator[_Raw]:
    for span in find_personal_data(plain):
        if kind := _PERSONAL.get(span.kind):
            said = plain[span.start : span.end]
            value = re.sub(r"[^0-9]", "", said) if kind is EntityKind.PHONE else said
            yield kind, span.start, span.end, value


def _shades(plain: str) -> Iterator[_Raw]:
    """Numbers of shades: 3号色, N20#, 色号B21."""
    for match in _SHADE.finditer(plain):
        yield EntityKind.SHADE, *match.span(), (match["after"] or match["before"]).upper()


def _regions(plain: str) -> Iterator[_Raw]:
    for start, end, region in find_regions(plain):
        yield EntityKind.REGION, start, end, region


def _dates(plain: str, now: datetime | None) -> Iterator[_Raw]:
    for found in find_dates(plain, now):
        yield EntityKind.DATE, found.start, found.end, found.value


def _amounts(plain: str) -> Iterator[_Raw]:
    for match in _AMOUNT.finditer(plain):
        value = parse_number(match["sign"] or match["digits"])
        if value is not None:
            tenths = parse_number(match["tail"]) or 0 if match["tail"] else 0
            yield EntityKind.AMOUNT, *match.span(), f"{value + tenths / 10:.2f}".rstrip("0").rstrip(".")


def _sizes(plain: str) -> Iterator[_Raw]:
    for match in _SIZE.finditer(plain):
        yield EntityKind.SIZE, *match.span(), f"{float(match['n']):g}{_UNITS.get(match['unit'], match['unit'])}"


def _quantities(plain: str) -> Iterator[_Raw]:
    for match in _QUANTITY.finditer(plain):
        value = parse_number(match["n"])
        if value and match["n"] != "一":  # 一个 is mostly an article: 有一个问题
            yield EntityKind.QUANTITY, *match.span(), str(int(value))


def _numbers(plain: str) -> Iterator[_Raw]:
    for match in _NUMBER.finditer(plain):
        yield EntityKind.NUMBER, *match.span(), match[0]
