"""China's public holidays and the days that are worked to make up for them, as the State Council has announced them.

They are announced late in the year before; until the library that holds them is updated (`known_through`) a year has
none, and days of the organisation's own have to be entered instead.
"""

from datetime import date
from typing import Final

from chinese_calendar import Holiday
from chinese_calendar.constants import holidays, workdays

_NAMES: Final = {holiday.value: holiday.chinese for holiday in Holiday}


def known_through() -> int:
    """The last year whose holidays have been announced."""
    return int(max(holidays).year)


def holiday(day: date) -> str | None:
    """The name of the holiday to which this day belongs, weekends within it included."""
    return _NAMES[holidays[day]] if day in holidays else None


def makeup_for(day: date) -> str | None:
    """The name of the holiday that this day of a weekend is worked for."""
    return _NAMES[workdays[day]] if day in workdays else None
