"""Numbers that name something: orders, parcels, telephones, users. By their form and by the word before."""

import re
from collections.abc import Iterator

from yingda.kit.redaction import PersonalData, Span
from yingda.language.numerals import parse_number
from yingda.language.types import EntityKind

Raw = tuple[EntityKind, int, int, str]

_SAID = r"[^0-9a-z\n]{0,6}(?:(?:number|num|no|id|is|was|its)\b[^0-9a-z\n]{0,3}){0,3}"
_LONG = r"(?<![0-9])(?:[0-9]{10,20}|[0-9]{3,4}(?:[ -][0-9]{3,8}){2,5})(?![0-9])"
_ORDER = re.compile(
    r"(?<![0-9a-z])lm[ -]?[0-9]{4}[ -]?[0-9]{4}[ -]?[0-9]{4}(?![0-9])|orderid_[0-9a-z]+|\[订单x?\]"
    rf"|(?:订单|单号|order){_SAID}(?P<plain>{_LONG})"
)
_CARRIER = "顺丰|圆通|中通|申通|韵达|极兔|德邦|邮政|百世|天天快递|菜鸟|丰网|京东物流|京东快递"
_PARCEL_SAID = re.compile(
    rf"(?:(?<!什么)(?<!啥)(?<!哪个)(?<!哪家)快递|运单|物流|包裹|{_CARRIER}|tracking|parcel|\b(?:ems|zto|sto|yto|dhl|ups|fedex|usps))"
    r"[^0-9a-z\n什啥哪]{0,8}(?:(?:no|number|code|id|is|#)[^0-9a-z\n]{0,3}){0,3}$"
)
_DIGITS = r"[ :-]?[0-9](?:[ -]?[0-9]){11,14}"
_TRACKING = re.compile(
    rf"(?<![0-9a-z])(?:(?:sf|yto?|jt|yd|db|dpk|htky|zto?|sto?){_DIGITS}|jd(?:[a-z]{{1,2}}|x[0-9])?[0-9]{{11,15}}"
    r"|(?P<postal>[a-z]{2} ?[0-9]{9} ?[a-z]{2})|1z[0-9a-z]{16}|v[a-z](?:\[数字x?\]|[0-9]{11,13}))(?![0-9a-z])"
)
_BARE_TRACKING = re.compile(r"(?<![0-9a-z.])[0-9]{10,15}(?![0-9a-z]|\.[0-9])")
_SPOKEN = frozenset("零〇一二三四五六七八九幺")
_USER = re.compile(r"userid_[0-9a-z]+")

_PERSONAL = {
    PersonalData.PHONE: EntityKind.PHONE,
    PersonalData.EMAIL: EntityKind.EMAIL,
    PersonalData.ADDRESS: EntityKind.ADDRESS,
}


def _code(text: str) -> str:
    return re.sub(r"[ :-]", "", text).upper() if "[" not in text else text


def orders(plain: str) -> Iterator[Raw]:
    for match in _ORDER.finditer(plain):
        group = "plain" if match["plain"] else 0
        if group == 0 or not _PARCEL_SAID.search(plain, 0, match.start("plain")):
            yield EntityKind.ORDER_NO, *match.span(group), _code(match[group])


def parcels(plain: str) -> Iterator[Raw]:
    for match in _TRACKING.finditer(plain):
        if match["postal"] is None or _passes_s10(_code(match["postal"])):
            yield EntityKind.TRACKING_NO, *match.span(), _code(match[0])
    for match in _BARE_TRACKING.finditer(plain):
        if _PARCEL_SAID.search(plain, 0, match.start()):
            yield EntityKind.TRACKING_NO, *match.span(), match[0]


def _passes_s10(code: str) -> bool:
    """The check digit of postal items (UPU S10): EA123456785CN."""
    digits = [int(c) for c in code[2:11]]
    check = 11 - sum(d * w for d, w in zip(digits, (8, 6, 4, 2, 3, 5, 9, 7), strict=False)) % 11
    return digits[8] == {10: 0, 11: 5}.get(check, check)


def users(plain: str) -> Iterator[Raw]:
    for match in _USER.finditer(plain):
        yield EntityKind.USER, *match.span(), match[0].upper()


def personal(spans: list[Span], plain: str) -> Iterator[Raw]:
    """What of a person's data is an entity; see `secrets` for the rest."""
    for span in spans:
        if kind := _PERSONAL.get(span.kind):
            said = plain[span.start : span.end]
            yield kind, span.start, span.end, _phone(said) if kind is EntityKind.PHONE else said


def secrets(spans: list[Span]) -> list[tuple[int, int]]:
    """Where the number of an identity card stands, which is nobody's order and no number to fill in."""
    return [(span.start, span.end) for span in spans if span.kind is PersonalData.ID_CARD]


def _phone(said: str) -> str:
    """Digits only, a mobile number without the 86 of China; 一三八… and 幺 are digits too."""
    number = "".join(c if c.isascii() else f"{parse_number(c):.0f}" for c in said if _is_digit(c))
    return re.sub(r"^(?:00)?86(?=1[3-9][0-9]{9}$)", "", number)


def _is_digit(character: str) -> bool:
    return character.isdigit() if character.isascii() else character in _SPOKEN
