"""What of an order is shown, and how: pure."""

from collections.abc import Sequence

from yingda.commerce import (
    Address,
    Invoice,
    InvoiceKind,
    Order,
    OrderLine,
    OrderState,
    Refund,
    ReturnCase,
    Shipment,
    takes_remarks,
)
from yingda.conversations.profile.schemas import (
    CaseView,
    InvoiceView,
    LineView,
    OrderDetail,
    OrderView,
    Parcel,
    ParcelLine,
    Receiver,
    ReceiverField,
    RefundView,
    TraceEvent,
)
from yingda.customers import Purchases
from yingda.kit.redaction import mask_address, mask_email, mask_name, mask_phone, redact

#: Orders that came to nothing.
_NOT_BOUGHT = frozenset({OrderState.UNPAID, OrderState.CANCELLED, OrderState.REFUNDED})
#: What invoices call a buyer who gives no name.
_NAMELESS = "个人"


def purchases_of(orders: Sequence[Order]) -> Purchases:
    """What was bought and kept."""
    bought = [order for order in orders if order.state not in _NOT_BOUGHT]
    return Purchases(
        orders=len(bought),
        total_cents=sum(order.total_cents for order in bought),
        last_order_at=max((order.placed_at for order in bought), default=None),
    )


def order_view(order: Order, parcels: Sequence[Shipment]) -> OrderView:
    return OrderView(
        order_no=order.order_no,
        state=order.state,
        placed_at=order.placed_at,
        total_cents=order.total_cents,
        lines=[_line(line) for line in order.lines],
        parcel=_parcel_line(parcels[0]) if parcels else None,
    )


def order_detail(
    order: Order,
    parcels: Sequence[Shipment],
    cases: Sequence[ReturnCase],
    refunds: Sequence[Refund],
    invoice: Invoice | None,
) -> OrderDetail:
    return OrderDetail(
        order=order_view(order, parcels),
        goods_cents=order.goods_cents,
        discount_cents=order.discount_cents,
        freight_cents=order.freight_cents,
        pay_method=order.pay_method,
        paid_at=order.paid_at,
        shipped_at=order.shipped_at,
        delivered_at=order.delivered_at,
        returnable_until=order.returnable_until,
        cancel_reason=order.cancel_reason,
        receiver=_masked(order.address),
        buyer_remark=order.buyer_remark and redact(order.buyer_remark),
        seller_remark=order.seller_remark and redact(order.seller_remark),
        takes_remarks=takes_remarks(order.state),
        parcels=[_parcel(parcel) for parcel in parcels],
        cases=[_case(case) for case in cases],
        refunds=[_refund(refund) for refund in refunds],
        invoice=_invoice(invoice) if invoice else None,
        as_of=order.as_of,
    )


def receiver_value(address: Address, field: ReceiverField) -> str:
    """One field in clear."""
    values = {
        ReceiverField.NAME: address.name,
        ReceiverField.PHONE: address.phone,
        ReceiverField.ADDRESS: address.line(),
    }
    return values[field]


def _masked(address: Address) -> Receiver:
    return Receiver(mask_name(address.name), mask_phone(address.phone), mask_address(address.line()))


def _line(line: OrderLine) -> LineView:
    return LineView(line.title, line.variant, line.quantity, line.unit_cents, line.amount_cents, line.gift)


def _parcel_line(parcel: Shipment) -> ParcelLine:
    last = parcel.last_event
    return ParcelLine(parcel.carrier, parcel.tracking_no, parcel.state, last.text, last.at)


def _parcel(parcel: Shipment) -> Parcel:
    return Parcel(
        tracking_no=parcel.tracking_no,
        carrier=parcel.carrier,
        purpose=parcel.purpose,
        state=parcel.state,
        expected_on=parcel.expected_on,
        trace=[TraceEvent(event.at, event.state, event.text) for event in reversed(parcel.events)],
    )


def _case(case: ReturnCase) -> CaseView:
    return CaseView(
        case_no=case.case_no,
        kind=case.kind,
        state=case.state,
        reason=case.reason,
        refund_cents=case.refund_cents,
        latest=case.steps[-1].text,
        at=case.steps[-1].at,
        send_back_by=case.send_back_by,
    )


def _refund(refund: Refund) -> RefundView:
    return RefundView(
        refund_no=refund.refund_no,
        state=refund.state,
        amount_cents=refund.amount_cents,
        method=refund.method,
        expected_by=refund.expected_by,
        completed_at=refund.completed_at,
    )


def _invoice(invoice: Invoice) -> InvoiceView:
    personal = invoice.kind is InvoiceKind.PERSONAL and invoice.title != _NAMELESS
    return InvoiceView(
        state=invoice.state,
        kind=invoice.kind,
        title=mask_name(invoice.title) if personal else invoice.title,
        amount_cents=invoice.amount_cents,
        email=mask_email(invoice.email),
        invoice_no=invoice.invoice_no,
    )
