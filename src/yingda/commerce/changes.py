"""What can be asked of a shop. A change says what; whose and why is in the `Deed` around it."""

from enum import StrEnum
from typing import Annotated, TypeAlias, get_args

import msgspec

from yingda.commerce.schemas import Address, InvoiceKind

Number = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
Cents = Annotated[int, msgspec.Meta(gt=0, le=100_000_000)]
Quantity = Annotated[int, msgspec.Meta(ge=1, le=999)]
Words = Annotated[str, msgspec.Meta(min_length=1, max_length=500)]


class Fault(StrEnum):
    """Why something goes back or is sent again. The shop's policy says for each how long, and who pays the freight."""

    CHANGED_MIND = "changed_mind"
    WRONG_VARIANT = "wrong_variant"
    DEFECTIVE = "defective"
    DAMAGED = "damaged"
    MISSING = "missing"
    WRONG_ITEM = "wrong_item"
    REACTION = "reaction"
    NOT_AUTHENTIC = "not_authentic"
    NOT_RECEIVED = "not_received"
    LATE = "late"
    GIFT_MISSING = "gift_missing"


class CarrierAsk(StrEnum):
    """`urge`: hurry; `trace`: find out where it is."""

    URGE = "urge"
    TRACE = "trace"


class Claim(msgspec.Struct, frozen=True):
    """So many of one line of an order."""

    sku: Number
    quantity: Quantity = 1


class _Change(msgspec.Struct, frozen=True, kw_only=True, tag_field="type"):
    """Base of all; every change concerns an order."""

    order_no: Number


class CancelOrder(_Change, frozen=True, tag="cancel_order"):
    """What was paid goes back the way it came."""


class ReinstateOrder(_Change, frozen=True, tag="reinstate_order"):
    """Take back the cancellation of an order that had not been paid."""


class ChangeAddress(_Change, frozen=True, tag="change_address"):
    """To whom and where, before it has left."""

    address: Address


class ChangeItem(_Change, frozen=True, tag="change_item"):
    """Another shade or size of the same product, at the same price."""

    sku: Number
    wanted_sku: Number


class ChangeRemark(_Change, frozen=True, tag="change_remark"):
    """What the buyer asks of the packers."""

    text: Words


class _Case(_Change, frozen=True):
    lines: Annotated[tuple[Claim, ...], msgspec.Meta(min_length=1, max_length=100)]
    fault: Fault
    evidence: Annotated[tuple[Number, ...], msgspec.Meta(max_length=20)] = ()
    """Ids of the photographs that the customer sent."""


class RequestReturn(_Case, frozen=True, tag="request_return"):
    """Goods back, then money back."""


class RequestExchange(_Case, frozen=True, tag="request_exchange"):
    """Goods back, then the same or `wanted_sku` sent."""

    wanted_sku: Number | None = None


class RequestRefund(_Case, frozen=True, tag="request_refund"):
    """Money back while the goods stay. `amount_cents`: a part of what was paid for them; none: all of it."""

    amount_cents: Cents | None = None


class Reship(_Case, frozen=True, tag="reship"):
    """Send again what was missing, broken or lost, a gift for instance; nothing goes back."""


class WithdrawCase(_Change, frozen=True, tag="withdraw_case"):
    """Take back a return, an exchange or a refund that was asked for."""

    case_no: Number


class RequestInvoice(_Change, frozen=True, tag="request_invoice"):
    """A company's has a tax number."""

    kind: InvoiceKind
    title: Words
    email: Annotated[str, msgspec.Meta(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$", max_length=200)]
    tax_no: Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Z]{15,20}$")] | None = None


class GrantCoupon(_Change, frozen=True, tag="grant_coupon"):
    """A coupon as an apology; `order_no` says for which order."""

    amount_cents: Cents


class RevokeCoupon(_Change, frozen=True, tag="revoke_coupon"):
    """Take back a coupon that nobody has used."""

    code: Number


class ProtectPrice(_Change, frozen=True, tag="protect_price"):
    """Refund the difference, for all pieces of a line, between what was paid and what it costs now.

    `amount_cents` is that difference; whoever asks need not know it.
    """

    sku: Number
    amount_cents: Cents | None = None


class AskCarrier(_Change, frozen=True, tag="ask_carrier"):
    """About a parcel that is late, stuck or lost."""

    tracking_no: Number
    ask: CarrierAsk


Change: TypeAlias = (
    CancelOrder
    | ReinstateOrder
    | ChangeAddress
    | ChangeItem
    | ChangeRemark
    | RequestReturn
    | RequestExchange
    | RequestRefund
    | Reship
    | WithdrawCase
    | RequestInvoice
    | GrantCoupon
    | RevokeCoupon
    | ProtectPrice
    | AskCarrier
)
CaseChange: TypeAlias = RequestReturn | RequestExchange | RequestRefund | Reship


def kind_of(change: Change) -> str:
    """The change's stable name, as in JSON, in policies and in records."""
    return kind_of_type(type(change))


def kind_of_type(change: type[Change]) -> str:
    return str(change.__struct_config__.tag)


def change_fields(kind: str) -> dict[str, bool] | None:
    """What a change of this name says, and whether it has to; None: there is no such change."""
    found = next((change for change in get_args(Change) if kind_of_type(change) == kind), None)
    return {field.name: field.required for field in msgspec.structs.fields(found)} if found else None
