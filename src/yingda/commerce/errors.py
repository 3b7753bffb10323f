"""What a store does not have, or does not have for you."""

from yingda.commerce.refusals import WORDS, Refusal
from yingda.kit.errors import Conflict, Locale, NotFound, Unavailable


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


class ShopDown(Unavailable):
    """The shop's system does not answer, or not in time. Whether a change was made is not known then."""

    code = "shop_down"
    zh = "店铺系统暂时没有响应，请稍后再试。"
    en = "The shop's system is not answering right now. Please try again shortly."


class ChangeRefused(Conflict):
    """The shop, or the guard in front of it, does not make the change: nothing has been done."""

    code = "change_refused"

    def __init__(self, refusal: Refusal) -> None:
        self.refusal = refusal
        super().__init__()

    def detail(self, locale: Locale) -> str:
        words = WORDS[self.refusal]
        return words.zh if locale == "zh" else words.en
