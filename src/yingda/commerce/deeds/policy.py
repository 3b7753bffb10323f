"""What a shop allows: data of the shop, read once. Amounts are whole yuan in the file and cents here."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import msgspec

from yingda.commerce.changes import Fault
from yingda.commerce.schemas import OrderState

Yuan = Annotated[int, msgspec.Meta(ge=0)]
Days = Annotated[int, msgspec.Meta(ge=0)]
Times = Annotated[int, msgspec.Meta(ge=0)]


class PolicyUnreadable(Exception):
    """The file cannot be read; the text names the file and the place in it."""


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Base of the parts of a policy: a misspelt word is an error, not a rule that silently does not hold."""


class States(_Part, frozen=True):
    """In which states it is done at once, and in which a person decides."""

    states: frozenset[OrderState]
    person_states: frozenset[OrderState] = frozenset()


class Cancelling(States, frozen=True, kw_only=True):
    """Of more than `limit_yuan`, or more than `times` in `within_days`: a person decides."""

    limit_yuan: Yuan
    times: Times
    within_days: Days


class Payer(StrEnum):
    """Who pays for the way back."""

    CUSTOMER = "customer"
    SHOP = "shop"


class FaultRule(_Part, frozen=True):
    """`days` after the delivery (0: it may not have been delivered at all). `changes`: what may be asked for then."""

    days: Days
    pays: Payer
    changes: frozenset[str]
    evidence: bool = False


class Money(_Part, frozen=True):
    """Up to `limit_yuan` for one deed without a person, `daily_yuan` for one customer and day."""

    limit_yuan: Yuan
    daily_yuan: Yuan
    times: Times
    within_days: Days


class CouponRule(_Part, frozen=True):
    limit_yuan: Yuan
    times: Times
    within_days: Days


class Carrier(_Part, frozen=True):
    """The same parcel is asked about again after `again_hours` at the earliest."""

    again_hours: Annotated[int, msgspec.Meta(ge=0)]


class InvoiceRule(_Part, frozen=True):
    states: frozenset[OrderState]
    days: Days


class Told(_Part, frozen=True):
    """What the shop says of itself in articles; the guard does not ask it. Empty: nobody says it."""

    hours: str = ""
    phone: str = ""
    free_shipping_over: Yuan | None = None
    refund_days: Days | None = None
    ship_within_hours: Times | None = None


class Policy(_Part, frozen=True):
    """All that the guard asks. `undo_minutes`: by kind of change; what is missing cannot be undone."""

    cancel: Cancelling
    address: States
    item: States
    remark: States
    faults: dict[Fault, FaultRule]
    never_returned: frozenset[str]
    money: Money
    reship: Money
    coupon: CouponRule
    price_days: Days
    carrier: Carrier
    invoice: InvoiceRule
    undo_minutes: dict[str, int]
    #: Facts that are older do not decide a change: the shop counts as down.
    fresh_seconds: int = 60
    told: Told = Told()


def read_policy(path: Path) -> Policy:
    """Raises `PolicyUnreadable`."""
    try:
        return msgspec.toml.decode(path.read_bytes(), type=Policy)
    except (OSError, msgspec.DecodeError, ValueError) as error:
        raise PolicyUnreadable(f"{path}: {error}") from None
