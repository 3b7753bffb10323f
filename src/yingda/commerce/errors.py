"""What a store does not have, or does not have for you."""

from yingda.kit.errors import Conflict, NotFound


class OrderNotFound(NotFound):
    code = "order_not_found"
    zh = "没有查到这个订单，请核对订单号。"
    en = "There is no such order. Please check the order number."


class OrderClosed(Conflict):
    code = "order_closed"
    zh = "订单已完结，不能再添加备注。"
    en = "The order is closed: remarks can no longer be added."


class ShipmentNotFound(NotFound):
    code = "shipment_not_found"
    zh = "没有查到这个快递单号，请核对后再试。"
    en = "There is no such parcel. Please check the tracking number."


class ReturnNotFound(NotFound):
    code = "return_not_found"
    zh = "没有查到这个售后单，请核对售后单号。"
    en = "There is no such after-sale case. Please check its number."


class ProductNotFound(NotFound):
    code = "product_not_found"
    zh = "没有找到这件商品，可能已经下架。"
    en = "There is no such product; it may have been taken off the shelf."
