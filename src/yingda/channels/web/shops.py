"""Shops whose pages carry the widget: made here, found here."""

import re
import secrets

from yingda.channels.web import repository
from yingda.channels.web.repository import WebInbox
from yingda.infra.database import Connection, Tx
from yingda.kit.errors import Conflict, Invalid, NotFound

_CODE = re.compile(r"[a-z0-9][a-z0-9-]{1,39}")
_COLOR = re.compile(r"#[0-9a-f]{6}")


class ShopNotFound(NotFound):
    code = "shop_not_found"
    zh = "没有这个店铺。"
    en = "There is no such shop."


class ShopTaken(Conflict):
    code = "shop_taken"
    zh = "店铺代码“{shop}”已被使用。"
    en = "There is a shop with the code {shop} already."


class ShopRefused(Invalid):
    code = "shop_refused"


def new_inbox(shop: str, name: str, greeting_zh: str, greeting_en: str, color: str, *, demo: bool = False) -> WebInbox:
    """A shop's inbox with a fresh identity secret. Raises `ShopRefused`."""
    if not _CODE.fullmatch(shop):
        raise ShopRefused(reason="a code has 2 to 40 characters of a-z, 0-9 and -")
    if not _COLOR.fullmatch(color.lower()):
        raise ShopRefused(reason="a colour is written #rrggbb")
    return WebInbox(shop, name, greeting_zh, greeting_en, color.lower(), secrets.token_urlsafe(32), demo)


async def add_shop(tx: Tx, inbox: WebInbox) -> None:
    """Raises `ShopTaken`."""
    if not await repository.add_inbox(tx.conn, inbox):
        raise ShopTaken(shop=inbox.shop)


async def shop_of(conn: Connection, shop: str) -> WebInbox:
    """The shop's inbox. Raises `ShopNotFound`."""
    inbox = await repository.find_inbox(conn, shop)
    if inbox is None:
        raise ShopNotFound
    return inbox
