"""What pages show of what a release brings."""

from datetime import datetime

import msgspec


class Declined(msgspec.Struct, frozen=True, kw_only=True):
    """Who did not want a part that a release brought, and why."""

    why: str
    author_name: str
    at: datetime


class WhyNow(msgspec.Struct, frozen=True):
    """Why a part came, or was last changed, in both languages: told to who has none of it, or an earlier one."""

    zh: str
    en: str
