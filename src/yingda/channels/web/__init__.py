"""Web chat: the widget's and apps' way in."""

from yingda.channels.web.audience import CustomerAudience
from yingda.channels.web.endpoints import Counter, WebLimits, provide_visitor, routers, upload_routers
from yingda.channels.web.repository import WebInbox
from yingda.channels.web.shops import ShopNotFound, ShopTaken, add_shop, new_inbox, shop_of
from yingda.channels.web.tokens import identity_signature

__all__ = [
    "Counter",
    "CustomerAudience",
    "ShopNotFound",
    "ShopTaken",
    "WebInbox",
    "WebLimits",
    "add_shop",
    "identity_signature",
    "new_inbox",
    "provide_visitor",
    "routers",
    "shop_of",
    "upload_routers",
]
