"""English addresses taken apart: Room 501, 88 Nanjing West Road, Jing'an District, Shanghai 200040."""

import re
from typing import NamedTuple

from yingda.kit.english_addresses import POSTCODE, STREET, UNIT

_STREET = re.compile(STREET, re.IGNORECASE)
_UNIT = re.compile(rf"(?:{UNIT})", re.IGNORECASE)
_CODE = re.compile(rf"(?:^| ){POSTCODE}$", re.IGNORECASE)
_DISTRICT = re.compile(r".+ (?:district|county|borough)", re.IGNORECASE)
_STATE = re.compile(r"[A-Z]{2,3}|.+ province", re.IGNORECASE)
_WITH_STATE = re.compile(r"(.+) ([A-Z]{2,3})")
_COUNTRY = re.compile(
    r"p\.?r\.?c\.?|china|u\.?k\.?|united kingdom|england|scotland|wales|ireland|u\.?s\.?a?\.?|united states"
    r"(?: of america)?|australia|new zealand|canada|singapore",
    re.IGNORECASE,
)


class EnglishAddress(NamedTuple):
    province: str = ""
    city: str = ""
    district: str = ""
    street: str = ""
    detail: str = ""


def split_english(text: str) -> EnglishAddress:
    """Rooms, the code of the post and whatever is not recognised are its detail, in the order in which they stand."""
    street = _STREET.search(text)
    if street is None:
        return EnglishAddress(detail=text)
    detail = _segments(text[: street.start()])
    places: dict[str, str] = {}
    for segment in _segments(text[street.end() :]):
        code = _CODE.search(segment)
        place, state = _apart(segment[: code.start()] if code else segment)
        if kind := _kind_of(place, places):
            places |= {kind: place, "province": state} if state else {kind: place}
        else:
            detail.append(place)
        if code:
            detail.append(code[0].strip())
    return EnglishAddress(street=street[0].rstrip("."), detail=", ".join(filter(None, detail)), **places)


def _segments(text: str) -> list[str]:
    return [segment.strip(" .") for segment in re.split(r"[,\n]", text) if segment.strip(" .")]


def _apart(place: str) -> tuple[str, str]:
    """Melbourne VIC is a city and its state."""
    named = _WITH_STATE.fullmatch(place)
    return (named[1], named[2]) if named else (place, "")


def _kind_of(place: str, known: dict[str, str]) -> str | None:
    """The city is the first place that is no district, the state what follows it."""
    if not place or _UNIT.fullmatch(place) or _COUNTRY.fullmatch(place):
        return None
    if _DISTRICT.fullmatch(place) and "district" not in known:
        return "district"
    if "city" not in known:
        return "city"
    return "province" if _STATE.fullmatch(place) and "province" not in known else None
