"""The forms in which English says a day or an hour, and what its words for days and numbers are worth."""

import re

from yingda.language.festivals import ENGLISH

_WEEKDAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_WEEKDAY = r"(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)\b"
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?"
)
RELATIVE = {
    "the day before yesterday": -2, "day before yesterday": -2, "yesterday": -1, "today": 0, "tonight": 0,
    "last night": -1, "tomorrow": 1, "the day after tomorrow": 2, "day after tomorrow": 2,
}  # fmt: skip
SHIFTS = {"last": -1, "this": 0, "the": 0, "next": 1}
NUMERALS = {
    word: i for i, word in enumerate(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), 1)
}
COUNTS = NUMERALS | {"a": 1, "an": 1, "a couple of": 2}
COUNT = rf"[0-9]{{1,3}}|{'|'.join(sorted(COUNTS, key=len, reverse=True))}"
_UNIT = r"(minute|min|hour|hr|day|week|month|year)s?\b"
_ORDINAL = r"(?:st|nd|rd|th)"
_PARTS = r"morning|afternoon|evening|night"

_EDGE_OF = r"(?P<edgeof>last|this|the|next) (?P<edgeunit>week|month|year)"
_BEFORE_DAY = "|".join(f"(?<={word} )" for word in ("on", "by", "before", "after", "until", "since"))
#: "item 2 may be missing" names no day.
_NO_VERB = r"(?:(?<!may)|(?(nth)(?! (?:be|have|not)\b)|(?=,? 20[0-9]{2}|\W*$|[,.!?;])))"
#: A weekday cut short is one before an hour, and where nothing follows that it could belong to: sun cream.
_SHORT = (
    rf"{_WEEKDAY}(?=,? (?:(?:at|by|before|after|around|between|from|in the) )?"
    rf"(?:[0-9]{{1,2}}(?::[0-9]{{2}}| ?[ap]\.?m\b| ?- ?[0-9]| to [0-9])|(?:{_PARTS}|noon)\b))"
    rf"|(?:{_BEFORE_DAY}|(?<=this )|(?<=next )|(?<=last )){_WEEKDAY}(?=$|[,.!?;]| (?:or|and|at|please|if|thanks)\b)"
)
DEADLINES = ("by ", "before ")
_DAY = "|".join(
    (
        rf"(?P<relative>{'|'.join(sorted(RELATIVE, key=len, reverse=True))})\b",
        rf"(?:(?P<week>last|this|next) )?(?P<weekday>(?:{_WEEKDAYS})\b|{_SHORT})",
        rf"this (?P<thispart>{_PARTS})\b",
        rf"(?P<month>{_MONTH})\.? (?P<day>[0-9]{{1,2}}){_ORDINAL}?\b(?:,? (?P<year>20[0-9]{{2}}))?",
        (
            rf"(?P<day2>[0-9]{{1,2}})(?P<nth>{_ORDINAL})?(?: of)? (?P<month2>{_MONTH})\b{_NO_VERB}"
            r"(?:,? (?P<year2>20[0-9]{2}))?"
        ),
        rf"(?<=in )(?P<monthonly>{_MONTH})\b(?: (?P<year3>20[0-9]{{2}}))?",
        rf"(?:{_BEFORE_DAY})the (?P<ofmonth>[0-9]{{1,2}}){_ORDINAL}\b",
        rf"(?:the )?(?P<edge>end|beginning|start|middle) of {_EDGE_OF}\b",
        r"(?P<span>last|this|next) (?P<spanunit>weekend|week|month|year)\b|the (?P<weekend>weekend)\b",
        rf"(?P<ago>{COUNT}) {_UNIT.replace('(', '(?P<agounit>', 1)} (?P<way>ago|later|from now)\b",
        rf"(?P<within>in|within) (?P<count>{COUNT}) {_UNIT.replace('(', '(?P<unit>', 1)}(?!['’])",
        rf"(?P<festival>{ENGLISH})\b",
    )
)
_HOUR, _HOUR_24, _MINUTE = "(?:1[0-2]|0?[1-9])", "(?:[01]?[0-9]|2[0-3])", "[0-5][0-9]"
_TO = r"(?: ?[-~] ?| (?:to|till|until|and) )"
_CLOCK = (
    rf"(?:(?P<from>{_HOUR})(?::(?P<frommin>{_MINUTE}))?(?: ?(?P<fromhalf>[ap])\.?m\b\.?)?{_TO})?"
    rf"(?P<hour>{_HOUR})(?::(?P<minute>{_MINUTE}))? ?(?P<half>[ap])\.?m\b\.?"
    rf"|(?:(?P<from24>{_HOUR_24}):(?P<frommin24>{_MINUTE}){_TO})?(?P<h24>{_HOUR_24}):(?P<m24>{_MINUTE})"
    rf"|(?P<oclock>{_HOUR})(?: ?o['’]clock)?(?: in the (?P<inpart>{_PARTS})\b|(?<=clock))"
)
_ROUND = (
    rf"(?:(?:at|by|before|after|around)|(?:between|from) (?P<roundfrom>{_HOUR}) (?:and|to)) (?P<round>{_HOUR})"
    r"(?=$|[,.!?;]| (?:or|and|please|if|thanks|to)\b)"
)
_AT = r",? (?:(?:at|by|before|after|around|between|from|in the) )?"
WHEN = re.compile(
    rf"(?<![a-z0-9])(?:(?:{_DAY})(?:{_AT}(?P<only>{_PARTS}|noon)\b)?(?:{_AT}(?:{_CLOCK})|,? {_ROUND})?"
    rf"|(?P<bare>{_CLOCK.replace('?P<', '?P<x')}|(?P<xnoon>noon)(?= (?:on|today|tomorrow)\b)))",
    re.ASCII,
)
AND_DAY = re.compile(rf"(?:{_CLOCK.replace('?P<', '?P<z')}|noon),? (?:on )?", re.ASCII)
TO_DAY = re.compile(r" (?:to|until|till|through) | ?[-~] ?")
HINT = re.compile(
    r"day|tomorrow|night|week|month|year|ago\b|min|hour|morning|afternoon|evening|[0-9] ?[ap]\.?m\b|the [0-9]|christmas"
    rf"|festival|double 11|o['’]clock|[0-9] to [0-9]|\b(?:{_MONTH})\b|\b{_WEEKDAY}",
    re.ASCII,
)
