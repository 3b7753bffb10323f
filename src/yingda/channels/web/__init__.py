"""Web chat: the widget's and apps' way in."""

from yingda.channels.web.audience import CustomerAudience, customer_topic, frame
from yingda.channels.web.endpoints import ANYBODY, VISITOR, Counter, WebLimits, provide_visitor, routers, upload_routers
from yingda.channels.web.repository import WebInbox
from yingda.channels.web.shops import ShopNotFound, ShopTaken, add_shop, new_inbox, shop_of
from yingda.channels.web.tokens import Visitor, identity_signature

__all__ = [
    "ANYBODY",
    "VISITOR",
    "Counter",
    "CustomerAudience",
    "ShopNotFound",
    "ShopTaken",
    "Visitor",
    "WebInbox",
    "WebLimits",
    "add_shop",
    "customer_topic",
    "frame",
    "identity_signature",
    "new_inbox",
    "provide_visitor",
    "routers",
    "shop_of",
    "upload_routers",
]
