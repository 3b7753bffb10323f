"""The customer panel: what it is told. States are codes, money is cents: the console has the words."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

import msgspec

from yingda.commerce import (
    InvoiceKind,
    InvoiceState,
    OrderState,
    RefundState,
    ReturnKind,
    ReturnState,
    ShipmentPurpose,
    ShipmentState,
)
from yingda.customers import CustomerCard, PersonalField, Purchases
from yingda.privacy import Reason


class ParcelLine(msgspec.Struct, frozen=True):
    """Where the parcel is, in one line; `latest` are the carrier's words."""

    carrier: str
    tracking_no: str
    state: ShipmentState
    latest: str
    at: datetime


class LineView(msgspec.Struct, frozen=True):
    title: str
    variant: str
    quantity: int
    unit_cents: int
    amount_cents: int
    gift: bool


class OrderView(msgspec.Struct, frozen=True, kw_only=True):
    """An order in the list."""

    order_no: str
    state: OrderState
    placed_at: datetime
    total_cents: int
    lines: list[LineView]
    parcel: ParcelLine | None


class Profile(msgspec.Struct, frozen=True):
    """Who writes, with personal data masked. `orders` and `purchases`: null for readers who may not see orders."""

    customer: CustomerCard
    purchases: Purchases | None
    orders: list[OrderView] | None


class Receiver(msgspec.Struct, frozen=True):
    """To whom the parcel goes, masked."""

    name: str
    phone: str
    address: str


class TraceEvent(msgspec.Struct, frozen=True):
    at: datetime
    state: ShipmentState
    text: str


class Parcel(msgspec.Struct, frozen=True, kw_only=True):
    """A parcel with its trace, latest first."""

    tracking_no: str
    carrier: str
    purpose: ShipmentPurpose
    state: ShipmentState
    expected_on: date
    trace: list[TraceEvent]


class CaseView(msgspec.Struct, frozen=True, kw_only=True):
    """A return, exchange or refund case; `latest` says in words what happened last."""

    case_no: str
    kind: ReturnKind
    state: ReturnState
    reason: str
    refund_cents: int
    latest: str
    at: datetime
    send_back_by: datetime | None


class RefundView(msgspec.Struct, frozen=True, kw_only=True):
    refund_no: str
    state: RefundState
    amount_cents: int
    method: str
    expected_by: datetime
    completed_at: datetime | None


class InvoiceView(msgspec.Struct, frozen=True, kw_only=True):
    """`title` and `email` are masked where they are a person's."""

    state: InvoiceState
    kind: InvoiceKind
    title: str
    amount_cents: int
    email: str
    invoice_no: str | None


class OrderDetail(msgspec.Struct, frozen=True, kw_only=True):
    """An order with all that hangs on it. `takes_remarks`: whether the store still accepts them."""

    order: OrderView
    goods_cents: int
    discount_cents: int
    freight_cents: int
    pay_method: str | None
    paid_at: datetime | None
    shipped_at: datetime | None
    delivered_at: datetime | None
    returnable_until: datetime | None
    cancel_reason: str | None
    receiver: Receiver
    buyer_remark: str | None
    seller_remark: str | None
    takes_remarks: bool
    parcels: list[Parcel]
    cases: list[CaseView]
    refunds: list[RefundView]
    invoice: InvoiceView | None
    as_of: datetime


class Mood(msgspec.Struct, frozen=True):
    """How the customer sounded in one message. `sentiment` from -1 to 1."""

    seq: int
    at: datetime
    emotion: str
    sentiment: float


class ReceiverField(StrEnum):
    """What of an order's receiver is masked until somebody has a reason to see it."""

    NAME = "name"
    PHONE = "phone"
    ADDRESS = "address"


class RevealCustomer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The one field to be shown, and why."""

    field: PersonalField
    reason: Reason


class RevealReceiver(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The one field to be shown, and why."""

    field: ReceiverField
    reason: Reason


class Revealed(msgspec.Struct, frozen=True):
    value: str


class Remark(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line for whoever handles the order. The same `key` again adds nothing."""

    text: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    key: UUID


class NoteBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=1000)]
