"""Decisions about names, passwords, sessions and guesses. No clock, no database."""

import ipaddress
import re
import unicodedata
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import msgspec

from yingda.identity.errors import LoginRefused, MorePowerful, PasswordRefused
from yingda.identity.permissions import Permission

#: A session ends when nobody used it for so long …
SESSION_IDLE: Final = timedelta(hours=4)
#: … and in any case after one working day.
SESSION_LIFETIME: Final = timedelta(hours=16)
#: How exact "last seen" is: one write a minute at most.
SESSION_TOUCH: Final = timedelta(minutes=1)
LINK_LIFETIME: Final = timedelta(hours=24)
PASSWORD_MINIMUM: Final = 10

_LOGIN = re.compile(r"[\w.@+-]{3,100}")
#: Long enough to pass the length rule, and still the first that anybody tries.
_COMMON: Final = frozenset(
    {
        "password", "passw0rd", "p@ssw0rd", "p@ssword", "qwerty", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1q2w3e4r5t",
        "1qaz2wsx3edc", "letmein", "welcome", "iloveyou", "admin", "administrator", "changeme", "default", "woaini",
        "woaini1314", "5201314", "woaini520", "mima", "kefu", "yingda", "应答", "密码", "我爱你", "客服",
    }
)  # fmt: skip
_SEQUENCES: Final = ("01234567890123456789", "98765432109876543210", "abcdefghijklmnopqrstuvwxyz")


def normalise_login(text: str) -> str:
    """The one spelling under which a login name is kept and looked up; raises `LoginRefused`."""
    login = unicodedata.normalize("NFKC", text).strip().lower()
    if not _LOGIN.fullmatch(login):
        raise LoginRefused
    return login


def check_password(password: str, login: str) -> None:
    """Raise `PasswordRefused` for what is guessed first: short, common, one pattern, or the login name."""
    plain = unicodedata.normalize("NFKC", password).lower()
    name = login.partition("@")[0] or login
    core = plain.strip("0123456789!@#$%^&*._- ")
    if (
        len(password) < PASSWORD_MINIMUM
        or len(set(plain)) < 4
        or plain in _COMMON
        or core in _COMMON
        or any(plain in sequence for sequence in _SEQUENCES)
        or name in plain
    ):
        raise PasswordRefused(minimum=PASSWORD_MINIMUM)


class Patience(msgspec.Struct, frozen=True):
    """So many failures cost nothing; each further one doubles the wait, up to `longest`."""

    free: int
    longest: timedelta


#: A stranger can make the owner of an account wait five minutes at most, and only on a device that has never
#: signed in to it: known devices are counted apart.
ACCOUNT_PATIENCE: Final = Patience(free=5, longest=timedelta(minutes=5))
#: An office shares one address, so it gets more.
ADDRESS_PATIENCE: Final = Patience(free=20, longest=timedelta(minutes=15))
#: Failures are forgotten after so long without another.
FAILURES_FORGOTTEN: Final = timedelta(hours=1)


class Attempts(msgspec.Struct, frozen=True):
    """What is remembered of the attempts in one bucket."""

    failures: int
    blocked_until: datetime
    updated_at: datetime


def count_attempt(before: Attempts, patience: Patience, now: datetime) -> Attempts:
    """The bucket after an attempt at `now` that is taken for a failure until it has succeeded."""
    failures = 1 if now - before.updated_at > FAILURES_FORGOTTEN else before.failures + 1
    over = failures - patience.free
    wait = min(timedelta(seconds=2 ** min(over, 30)), patience.longest) if over >= 0 else timedelta()
    return Attempts(failures, now + wait, now)


def network_of(address: str) -> str:
    """What counts as one address: an IPv6 customer owns a whole /64."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)


def known(codes: Iterable[str]) -> frozenset[Permission]:
    """Those of `codes` that this version knows: a role may name permissions of a newer or older one."""
    given = frozenset(codes)
    return frozenset(permission for permission in Permission if permission in given)


class Reach(msgspec.Struct, frozen=True):
    """What somebody holds everywhere, and what in certain departments and teams only."""

    everywhere: AbstractSet[Permission]
    limited: Mapping[Permission, AbstractSet[UUID]]

    def cut_to(self, permissions: AbstractSet[Permission]) -> "Reach":
        limited = {permission: places for permission, places in self.limited.items() if permission in permissions}
        return Reach(self.everywhere & permissions, limited)


def refuse_further_reach(own: Reach, theirs: Reach) -> None:
    """Raise `MorePowerful` if `theirs`, whose account is taken in hand, goes beyond `own` in any place."""
    refuse_more_than_own(own.everywhere, theirs.everywhere)
    for permission, places in theirs.limited.items():
        if permission not in own.everywhere and not places <= own.limited.get(permission, frozenset()):
            raise MorePowerful


def refuse_more_than_own(own: AbstractSet[Permission], touched: AbstractSet[Permission]) -> None:
    """Raise `MorePowerful` if `touched`, what is handed out or taken over, goes beyond one's own permissions."""
    if not touched <= own:
        raise MorePowerful
