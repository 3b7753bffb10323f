"""Addresses as English writes them, in any case: Flat 3, 12 Baker Street, London NW1 6XE.

A house's number before the name of a street makes one; what may belong to it before and behind is taken along: rooms,
buildings, places and the code of the post. Words of ordinary speech stop it. Every repetition is bounded.
"""

import re
from collections.abc import Iterator

_STREETS = "street|road|avenue|boulevard|lane|highway|parkway|st|rd|ave|blvd|hwy|lu|dadao"
#: Words of every day as well: an address only with a code of the post behind it, a room beside it, or, but for the last
#: three, written as a name where somebody says where.
_NAMED_STREETS = (
    "way|place|drive|court|close|square|terrace|crescent|gardens|row|alley|mews|walk|grove|quay|dr|ln|ct|pl"
)
_COMMON_STREETS = f"{_NAMED_STREETS}|garden|hill|park"
_SPEECH = (
    "i|me|you|we|us|he|she|it|they|my|your|our|his|her|their|this|that|these|those|the|an?|of|in|on|at|by|for|from|with"
    "|to|and|or|but|is|are|was|were|be|been|have|has|had|can|could|will|would|do|does|did|not|please|pls|thanks?|thx|when"
    "|what|where|which|who|how|why|if|so|as|than|then|there|just|only|also|about|after|before|until|all|any|some|more"
    "|most|best|other|orders?|items?|products?|bottles?|box|boxes|pieces?|pcs|packs?|sets?|sizes?|days?|weeks?|months?"
    "|years?|hours?|minutes?|mins?|ml|kg|oz|times|stars?|ship|send|deliver|leave|call|ring|change|update|use|got|get|go"
    "|went|parcel|package|door|refund|return|tomorrow|today|asap|instead|now|phone|tel|email|name|hi|hello|ok|down|up"
    "|percent|pct|degrees?|grams?|mg|x|spf"
)
_WORD = rf"(?!(?:{_SPEECH})\b)[a-z][a-z'’.-]{{0,19}}"
_NAME = rf"(?:{_WORD}|[0-9]{{1,3}}(?:st|nd|rd|th))"
_NUMBER = r"(?:no\.? ?)?[0-9]{1,5}[a-z]?(?:[-/][0-9]{1,5}[a-z]?)?"
UNIT = (
    r"(?:flat|apartment|apt|unit|suite|ste|room|rm|floor|building|bldg|block|tower|house)\.? ?(?:no\.? ?|#)?"
    r"(?:[0-9]{1,4}[a-z]?|[a-z])\b|#[0-9]{1,4}[a-z]?\b|[0-9]{1,3}(?:st|nd|rd|th) floor\b|[0-9]{1,2}/f\b"
)
POSTCODE = (
    r"(?:[a-z]{1,2}[0-9][a-z0-9]? ?[0-9][a-z]{2}|[a-z][0-9][a-z] ?[0-9][a-z][0-9]|[0-9]{4,6}(?:-[0-9]{4})?)(?![0-9a-z])"
)
_CAPITAL = r"(?-i:(?=[A-Z]))"
_THE = r"(?-i:The|THE) "
_NUMBERED = rf"{_NUMBER},? (?:{_THE}(?:{_NAME} ){{0,3}}|(?:{_NAME} ){{1,4}})"
_SIDE = r"\.?(?: (?:north|south|east|west|[ns][ew])\b)?"
STREET = rf"{_NUMBERED}(?:{_STREETS}|{_COMMON_STREETS})\b{_SIDE}"
_BEFORE_CODE = rf"(?:[,\n ]{{1,2}}{_WORD}){{0,6}}[,\n ]{{1,2}}{POSTCODE}"
#: Of four digits it may be a year or a price, unless a place stands before it.
_SURE_CODE = rf"(?! [0-9]{{4}}(?![0-9]))(?={_BEFORE_CODE})"
_END = rf"(?=$|[,.;!?\n]| {POSTCODE}| ?[^\x00-\x7f])"
_SEGMENT = rf"[,\n] ?(?:{UNIT}|{_WORD}(?: {_WORD}){{0,2}}{_END})"
_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
_CITY = rf",?(?: {_CAPITAL}(?!{_DAY}){_WORD}){{1,3}}(?:{_END}|(?= (?:{_SPEECH}|{_DAY})\b))"
_TAIL = rf"(?:(?:,? ?(?:{UNIT})){{1,3}})?(?:{_BEFORE_CODE}|(?:{_CITY})?(?:{_SEGMENT}){{0,5}}(?: {POSTCODE})?)"
#: Where somebody says where: a line's beginning, or what leads to a place. Elsewhere 2 Milky Way are sweets.
_WHERE = r"(?:(?<![^\n])|(?<=\bat |\bto |\bis )|(?<=address )|(?<=[:到在址是为成「“(])|(?<=[:到在址是为成] ))"
_NAMED = (
    rf"{_WHERE}{_NUMBER},? (?:{_THE}(?:{_CAPITAL}{_NAME} ){{0,3}}|(?:{_CAPITAL}{_NAME} ){{1,4}})"
    rf"{_CAPITAL}(?:{_NAMED_STREETS})\b(?={_SIDE}(?:{_END}|(?= (?:{_SPEECH})\b)))"
)
_ADDRESS = re.compile(
    rf"(?<![a-z0-9.#$£€/-])(?:(?P<units>(?:(?:{UNIT})[, ] ?){{1,3}})?"
    rf"(?:{_NUMBERED}(?:(?:{_STREETS})\b|(?:{_COMMON_STREETS})\b(?(units)|(?={_SURE_CODE}|,? {UNIT}))){_SIDE}"
    rf"|{_NAMED}{_SIDE}"
    rf"|p\.? ?o\.? ?box [0-9]{{1,6}}\b)|(?:{UNIT}), ?(?:{UNIT})){_TAIL}",
    re.IGNORECASE,
)
#: Numbers of orders, which are long, and of goods: no house has them.
_LABELLED = re.compile(
    r"(?:\b(?:order|invoice|tracking|parcel|item|ref|reference|sku|batch)|单号|订单|运单|编号|货号)"
    r"(?: (?:no|number|id|code)\b)?(?: is\b)?[ .:#]{0,3}[0-9]{4,}(?![0-9])"
    r"|\b(?:spf|shade|size)[ :#]{0,2}[0-9]{1,3}(?![0-9])",
    re.IGNORECASE,
)
_HINT = re.compile(rf"\b(?:{_STREETS}|{_COMMON_STREETS})\b|\bbox [0-9]|(?:{UNIT}), ?(?:{UNIT})", re.IGNORECASE)


def find_english_addresses(text: str) -> Iterator[tuple[int, int]]:
    """Where they stand."""
    if _HINT.search(text):
        for match in _ADDRESS.finditer(_LABELLED.sub(lambda number: "_" * len(number[0]), text)):
            yield match.start(), match.start() + len(match[0].rstrip(" .,"))
