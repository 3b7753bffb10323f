"""Days and hours as customers say them, resolved against a given moment in Shanghai (values: see `days`).

A day without its month or year is the one nearest to now: of those up to now where something past is told, and for a
weekday or a day of the month of those ahead where it is a deadline. A week begins on Monday.
"""

import re
from collections.abc import Iterator
from datetime import datetime

from yingda.kit.clock import SHANGHAI
from yingda.language.chinese_dates import chinese_dates
from yingda.language.days import Found
from yingda.language.english_dates import english_dates

_LATIN_WORD = re.compile(r"[a-z]{2}")


def find_dates(text: str, now: datetime | None) -> Iterator[Found]:
    """Dates and times in a narrowed text (see `text.narrow`), without overlaps."""
    local = now.astimezone(SHANGHAI).replace(tzinfo=None) if now else None
    english = english_dates(text, local) if _LATIN_WORD.search(text) else []
    yield from english
    for found in chinese_dates(text, local):
        if all(found.end <= other.start or other.end <= found.start for other in english):
            yield found
