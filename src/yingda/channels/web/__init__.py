"""Web chat: the widget's and apps' way in."""

from yingda.channels.web.audience import CustomerAudience
from yingda.channels.web.endpoints import Counter, WebLimits, provide_visitor, routers, upload_routers
from yingda.channels.web.repository import WebInbox, add_inbox, find_inbox
from yingda.channels.web.service import ShopNotFound, shop_of
from yingda.channels.web.tokens import identity_signature

__all__ = [
    "Counter",
    "CustomerAudience",
    "ShopNotFound",
    "WebInbox",
    "WebLimits",
    "add_inbox",
    "find_inbox",
    "identity_signature",
    "provide_visitor",
    "routers",
    "shop_of",
    "upload_routers",
]
