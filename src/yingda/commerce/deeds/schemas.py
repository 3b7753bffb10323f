"""What is asked of the guard, and what it answers."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated, Any, Literal, TypeAlias
from uuid import UUID

import msgspec

from yingda.commerce.changes import Change
from yingda.commerce.refusals import Refusal
from yingda.commerce.schemas import (
    Address,
    Coupon,
    Invoice,
    Order,
    OrderState,
    Product,
    Receipt,
    Refund,
    ReturnCase,
    Shipment,
    StockLevel,
)

Key = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class Actor(msgspec.Struct, frozen=True):
    """On whose hand the deed is: the assistant's, or that of a member of staff (who has an id and may decide more)."""

    kind: Literal["assistant", "staff"] = "assistant"
    id: UUID | None = None


ASSISTANT = Actor()


class Deed(msgspec.Struct, frozen=True, kw_only=True):
    """One change for one customer of one shop.

    `verified`: the channel has vouched that it is `owner`. `key`: the same again is the same deed. `reason`: why, for
    the record, in words without personal data. `approved_by`: the member of staff who has decided what a person must.
    """

    shop: str
    owner: str
    verified: bool
    change: Change
    key: Key
    reason: str
    actor: Actor = ASSISTANT
    approved_by: UUID | None = None
    conversation_id: UUID | None = None
    undoes: UUID | None = None

    @property
    def by_person(self) -> bool:
        """Whether somebody decided who may go beyond the limits."""
        return self.approved_by is not None or self.actor.kind == "staff"


class DeedState(StrEnum):
    """`begun`: the shop may or may not have done it. `unclear`: nobody could find out, a person has to look."""

    BEGUN = "begun"
    DONE = "done"
    REFUSED = "refused"
    UNCLEAR = "unclear"


class Before(msgspec.Struct, frozen=True):
    """What a change replaced, as far as it takes to put it back. Holds personal data."""

    state: OrderState
    address: Address
    remark: str | None = None


class DeedRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A deed as kept: the audit of it. Without what the change says, which may be personal."""

    id: UUID
    shop: str
    owner: str
    kind: str
    order_no: str
    state: DeedState
    amount_cents: int
    reference: str | None
    refusal: Refusal | None
    reason: str
    actor: Actor
    approved_by: UUID | None
    conversation_id: UUID | None
    undoes: UUID | None
    undone_by: UUID | None
    begun_at: datetime
    settled_at: datetime | None


class LastDeed(msgspec.Struct, frozen=True):
    """`undo_until`: none where it is for good."""

    record: DeedRecord
    undo_until: datetime | None


class DeedSeen(msgspec.Struct, frozen=True):
    """A deed with what it says, for a shop whose customers are invented."""

    record: DeedRecord
    change: dict[str, Any]


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A deed with all that carrying it out, or undoing it, takes."""

    record: DeedRecord
    fingerprint: str
    key: str
    change: Change
    before: Before | None
    receipt: Receipt | None
    tries: int


class Done(msgspec.Struct, frozen=True, kw_only=True, tag="done"):
    """It is done. `undo_until`: none where it is for good."""

    deed_id: UUID
    kind: str
    receipt: Receipt
    zh: str
    en: str
    undo_until: datetime | None = None


class Refused(msgspec.Struct, frozen=True, kw_only=True, tag="refused"):
    """Nothing was done. `person`: somebody of the staff may do or decide it."""

    refusal: Refusal
    zh: str
    en: str
    person: bool
    deed_id: UUID | None = None


class Underway(msgspec.Struct, frozen=True, kw_only=True, tag="underway"):
    """The shop was asked and has not answered: it is asked again until it says what became of it (`DeedSettled`)."""

    deed_id: UUID
    kind: str
    zh: str
    en: str


Outcome: TypeAlias = Done | Refused | Underway


class Past(msgspec.Struct, frozen=True):
    """An earlier deed of the customer that was done or is under way; what was undone is not among them."""

    id: UUID
    kind: str
    order_no: str
    amount_cents: int
    at: datetime
    state: DeedState
    target: str | None = None

    def within(self, now: datetime, days: int) -> bool:
        return now - self.at <= timedelta(days=days)


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """All that a decision rests on. What the kind of change does not need is empty."""

    order: Order
    shipments: Sequence[Shipment] = ()
    cases: Sequence[ReturnCase] = ()
    refunds: Sequence[Refund] = ()
    invoice: Invoice | None = None
    product: Product | None = None
    coupons: Sequence[Coupon] = ()
    stock: dict[str, StockLevel] = {}
    flagged: bool = False
    past: Sequence[Past] = ()
