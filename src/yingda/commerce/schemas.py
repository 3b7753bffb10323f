"""What a store answers. Money is integer cents (分); every answer says how old it is, because real stores go stale."""

from datetime import date, datetime
from enum import StrEnum

import msgspec


class OrderState(StrEnum):
    """Where an order stands, as the customer would say it."""

    UNPAID = "unpaid"
    PAID = "paid"
    PACKED = "packed"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    COMPLETED = "completed"
    AFTER_SALE = "after_sale"
    REFUNDED = "refunded"
    CANCELLED = "cancelled"


class ShipmentState(StrEnum):
    """Where a parcel stands. What the carrier marks as exceptional has states of its own."""

    CREATED = "created"
    COLLECTED = "collected"
    IN_TRANSIT = "in_transit"
    OUT_FOR_DELIVERY = "out_for_delivery"
    DELIVERED = "delivered"
    STALLED = "stalled"
    DELAYED = "delayed"
    DAMAGED = "damaged"
    MISDELIVERED = "misdelivered"
    RETURNING = "returning"
    RETURNED = "returned"


class ShipmentPurpose(StrEnum):
    """Why a parcel travels: an order has one outbound parcel, and others after a return or an exchange."""

    OUTBOUND = "outbound"
    RETURN = "return"
    REPLACEMENT = "replacement"


class ReturnKind(StrEnum):
    """What the customer asked for."""

    REFUND_ONLY = "refund_only"
    RETURN_REFUND = "return_refund"
    EXCHANGE = "exchange"
    REISSUE = "reissue"


class ReturnState(StrEnum):
    """Stages of an after-sale case; which of them a case passes depends on its kind."""

    REQUESTED = "requested"
    APPROVED = "approved"
    RETURNING = "returning"
    RECEIVED = "received"
    REFUNDING = "refunding"
    REFUNDED = "refunded"
    RESHIPPED = "reshipped"
    COMPLETED = "completed"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class RefundState(StrEnum):
    """Where the money is."""

    PROCESSING = "processing"
    SUCCEEDED = "succeeded"


class InvoiceState(StrEnum):
    """`reversed` is a red-letter invoice (红冲): the sale it stood for was refunded."""

    REQUESTED = "requested"
    ISSUED = "issued"
    REVERSED = "reversed"


class InvoiceKind(StrEnum):
    """To whom it is made out."""

    PERSONAL = "personal"
    COMPANY = "company"


class Address(msgspec.Struct, frozen=True):
    """A receiver. Personal data: mask it before it is shown."""

    name: str
    phone: str
    province: str
    city: str
    district: str
    street: str

    def line(self) -> str:
        """The address as written on a parcel; a municipality is not named twice."""
        city = "" if self.city == self.province else self.city
        return f"{self.province}{city}{self.district}{self.street}"


class Variant(msgspec.Struct, frozen=True):
    """A size or a shade on sale."""

    sku: str
    name: str
    price_cents: int
    stock: int
    color: str | None = None


class Product(msgspec.Struct, frozen=True):
    """`color` is a hint for drawing a product that has no photograph."""

    product_id: str
    category: str
    title: str
    subtitle: str
    variants: tuple[Variant, ...]
    functions: tuple[str, ...]
    skin_types: tuple[str, ...]
    ingredients: tuple[str, ...]
    usage: str
    color: str
    as_of: datetime
    aliases: tuple[str, ...] = ()
    bundle: tuple[str, ...] = ()
    material: str | None = None
    filing_no: str | None = None
    shelf_months: int | None = None
    opened_months: int | None = None

    @property
    def price_cents(self) -> int:
        """The price that a list shows: of the first variant."""
        return self.variants[0].price_cents


class OrderLine(msgspec.Struct, frozen=True):
    """`amount_cents` is what was really paid for the line: its share of the discount is taken off."""

    sku: str
    product_id: str
    title: str
    variant: str
    quantity: int
    unit_cents: int
    discount_cents: int
    amount_cents: int
    gift: bool = False


class Order(msgspec.Struct, frozen=True):
    """`total_cents` = lines + freight. `owner` is the store's own customer id."""

    order_no: str
    owner: str
    state: OrderState
    lines: tuple[OrderLine, ...]
    goods_cents: int
    discount_cents: int
    freight_cents: int
    total_cents: int
    address: Address
    placed_at: datetime
    as_of: datetime
    pay_before: datetime | None = None
    paid_at: datetime | None = None
    pay_method: str | None = None
    ship_by: datetime | None = None
    shipped_at: datetime | None = None
    delivered_at: datetime | None = None
    completed_at: datetime | None = None
    cancelled_at: datetime | None = None
    cancel_reason: str | None = None
    returnable_until: datetime | None = None
    buyer_remark: str | None = None
    seller_remark: str | None = None


class ShipmentEvent(msgspec.Struct, frozen=True):
    """One line of the carrier's trace."""

    at: datetime
    state: ShipmentState
    place: str
    text: str


class Shipment(msgspec.Struct, frozen=True):
    """Events in order of time, never empty. `expected_on` is the day promised when it left.

    `origin` and `destination` are cities, where the shop says which: how long parcels take depends on them.
    """

    tracking_no: str
    order_no: str
    owner: str
    carrier: str
    purpose: ShipmentPurpose
    state: ShipmentState
    expected_on: date
    events: tuple[ShipmentEvent, ...]
    as_of: datetime
    origin: str | None = None
    destination: str | None = None

    @property
    def last_event(self) -> ShipmentEvent:
        """What the carrier said last."""
        return self.events[-1]


class Refund(msgspec.Struct, frozen=True):
    """Money on its way back; `case_no` is empty when an order was cancelled before it left."""

    refund_no: str
    order_no: str
    owner: str
    state: RefundState
    amount_cents: int
    method: str
    requested_at: datetime
    expected_by: datetime
    as_of: datetime
    case_no: str | None = None
    completed_at: datetime | None = None


class ReturnStep(msgspec.Struct, frozen=True):
    """One thing that happened to a case, in words for the customer."""

    at: datetime
    state: ReturnState
    text: str


class ReturnLine(msgspec.Struct, frozen=True):
    """What is returned, exchanged or sent again."""

    sku: str
    title: str
    variant: str
    quantity: int


class ReturnCase(msgspec.Struct, frozen=True):
    """An after-sale case with its progress; steps in order of time, never empty."""

    case_no: str
    order_no: str
    owner: str
    kind: ReturnKind
    state: ReturnState
    reason: str
    lines: tuple[ReturnLine, ...]
    refund_cents: int
    steps: tuple[ReturnStep, ...]
    as_of: datetime
    send_back_by: datetime | None = None
    return_tracking_no: str | None = None
    replacement_tracking_no: str | None = None
    refund_no: str | None = None


class Invoice(msgspec.Struct, frozen=True):
    """An electronic invoice; it has a number and a link once issued."""

    order_no: str
    owner: str
    state: InvoiceState
    kind: InvoiceKind
    title: str
    amount_cents: int
    email: str
    requested_at: datetime
    as_of: datetime
    invoice_no: str | None = None
    tax_no: str | None = None
    issued_at: datetime | None = None
    url: str | None = None


class CouponState(StrEnum):
    """A revoked coupon was taken back by the shop."""

    VALID = "valid"
    USED = "used"
    EXPIRED = "expired"
    REVOKED = "revoked"


class Coupon(msgspec.Struct, frozen=True):
    """`least_cents`: goods for so much have to be bought with it."""

    code: str
    owner: str
    state: CouponState
    amount_cents: int
    valid_until: datetime
    as_of: datetime
    least_cents: int = 0
    order_no: str | None = None


class ShopCustomer(msgspec.Struct, frozen=True):
    """What the shop's CRM knows of a customer, as far as service needs it. `flagged`: the shop warns of misuse."""

    owner: str
    name: str
    level: str
    as_of: datetime
    flagged: bool = False


class StockLevel(msgspec.Struct, frozen=True):
    """How many the shop can still send."""

    sku: str
    quantity: int
    as_of: datetime


class Receipt(msgspec.Struct, frozen=True):
    """What a shop says it did: the number of the case, refund, coupon, invoice or carrier ticket that came of it."""

    order_no: str
    reference: str | None = None
    amount_cents: int = 0
