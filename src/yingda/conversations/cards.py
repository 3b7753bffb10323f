"""How an order looks in a thread."""

from yingda.commerce import Order, OrderState, Shipment, ShipmentEvent, ShipmentState, yuan
from yingda.conversations.content import OrderCard, OrderItem, OrderLogistics
from yingda.kit.errors import Locale
from yingda.language import language_of

_ORDER_STATES: dict[OrderState, dict[Locale, str]] = {
    OrderState.UNPAID: {"zh": "待付款", "en": "Not paid"},
    OrderState.PAID: {"zh": "待发货", "en": "Being prepared"},
    OrderState.PACKED: {"zh": "已打包", "en": "Packed"},
    OrderState.SHIPPED: {"zh": "已发货", "en": "On its way"},
    OrderState.DELIVERED: {"zh": "已签收", "en": "Delivered"},
    OrderState.COMPLETED: {"zh": "已完成", "en": "Completed"},
    OrderState.AFTER_SALE: {"zh": "售后中", "en": "In after-sale"},
    OrderState.REFUNDED: {"zh": "已退款", "en": "Refunded"},
    OrderState.CANCELLED: {"zh": "已取消", "en": "Cancelled"},
}
_SHIPMENT_STATES: dict[ShipmentState, dict[Locale, str]] = {
    ShipmentState.CREATED: {"zh": "待揽收", "en": "Waiting for pick-up"},
    ShipmentState.COLLECTED: {"zh": "已揽收", "en": "Picked up"},
    ShipmentState.IN_TRANSIT: {"zh": "运输中", "en": "In transit"},
    ShipmentState.OUT_FOR_DELIVERY: {"zh": "派送中", "en": "Out for delivery"},
    ShipmentState.DELIVERED: {"zh": "已签收", "en": "Delivered"},
    ShipmentState.STALLED: {"zh": "物流停滞", "en": "Not moving"},
    ShipmentState.DELAYED: {"zh": "运输延误", "en": "Delayed"},
    ShipmentState.DAMAGED: {"zh": "包裹异常", "en": "Damaged"},
    ShipmentState.MISDELIVERED: {"zh": "签收异常", "en": "Delivery in doubt"},
    ShipmentState.RETURNING: {"zh": "退回中", "en": "On its way back"},
    ShipmentState.RETURNED: {"zh": "已退回", "en": "Returned"},
}


def trace_words(event: ShipmentEvent, locale: Locale) -> str:
    """A line of the carrier's trace. Carriers write Chinese: in English it is told where the parcel stands by it."""
    if locale == "zh" or language_of(event.text) != "zh":
        return event.text
    state = _SHIPMENT_STATES[event.state][locale]
    return f"{state}, {event.place}" if event.place else state


def order_card(order: Order, shipment: Shipment | None, locale: Locale = "zh") -> OrderCard:
    """The order without anything personal: no receiver, no address."""
    logistics = shipment and OrderLogistics(
        carrier=shipment.carrier,
        tracking_no=shipment.tracking_no,
        status=_SHIPMENT_STATES[shipment.state][locale],
        latest=trace_words(shipment.last_event, locale),
    )
    return OrderCard(
        order_no=order.order_no,
        status=_ORDER_STATES[order.state][locale],
        amount=yuan(order.total_cents),
        items=[OrderItem(title=f"{line.title} {line.variant}".strip(), quantity=line.quantity) for line in order.lines],
        placed_at=order.placed_at,
        logistics=logistics or None,
    )
