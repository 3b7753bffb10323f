"""How an order looks in a thread."""

from yingda.commerce import Order, OrderState, Shipment, ShipmentState, yuan
from yingda.conversations.schemas import OrderCard, OrderItem, OrderLogistics

ORDER_STATES = {
    OrderState.UNPAID: "待付款",
    OrderState.PAID: "待发货",
    OrderState.PACKED: "已打包",
    OrderState.SHIPPED: "已发货",
    OrderState.DELIVERED: "已签收",
    OrderState.COMPLETED: "已完成",
    OrderState.AFTER_SALE: "售后中",
    OrderState.REFUNDED: "已退款",
    OrderState.CANCELLED: "已取消",
}
SHIPMENT_STATES = {
    ShipmentState.CREATED: "待揽收",
    ShipmentState.COLLECTED: "已揽收",
    ShipmentState.IN_TRANSIT: "运输中",
    ShipmentState.OUT_FOR_DELIVERY: "派送中",
    ShipmentState.DELIVERED: "已签收",
    ShipmentState.STALLED: "物流停滞",
    ShipmentState.DELAYED: "运输延误",
    ShipmentState.DAMAGED: "包裹异常",
    ShipmentState.MISDELIVERED: "签收异常",
    ShipmentState.RETURNING: "退回中",
    ShipmentState.RETURNED: "已退回",
}


def order_card(order: Order, shipment: Shipment | None) -> OrderCard:
    """The order without anything personal: no receiver, no address."""
    logistics = shipment and OrderLogistics(
        carrier=shipment.carrier,
        tracking_no=shipment.tracking_no,
        status=SHIPMENT_STATES[shipment.state],
        latest=shipment.last_event.text,
    )
    return OrderCard(
        order_no=order.order_no,
        status=ORDER_STATES[order.state],
        amount=yuan(order.total_cents),
        items=[OrderItem(title=f"{line.title} {line.variant}".strip(), quantity=line.quantity) for line in order.lines],
        placed_at=order.placed_at,
        logistics=logistics or None,
    )
