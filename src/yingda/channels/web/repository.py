"""All SQL of the web channel."""

import msgspec

from yingda.infra.database import Connection


class WebInbox(msgspec.Struct, frozen=True):
    shop: str
    name: str
    greeting_zh: str
    greeting_en: str
    color: str
    identity_secret: str
    demo: bool


class ShopName(msgspec.Struct, frozen=True):
    shop: str
    name: str


async def find_inbox(conn: Connection, shop: str) -> WebInbox | None:
    row = await conn.fetchrow(
        "SELECT shop, name, greeting_zh, greeting_en, color, identity_secret, demo FROM web_inboxes WHERE shop = $1",
        shop,
    )
    return WebInbox(**dict(row)) if row else None


async def list_shops(conn: Connection) -> list[ShopName]:
    """By name."""
    return [ShopName(**row) for row in await conn.fetch("SELECT shop, name FROM web_inboxes ORDER BY name, shop")]


async def add_inbox(conn: Connection, inbox: WebInbox) -> bool:
    """Store `inbox`; False if the shop has one."""
    status = await conn.execute(
        "INSERT INTO web_inboxes (shop, name, greeting_zh, greeting_en, color, identity_secret, demo) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (shop) DO NOTHING",
        *msgspec.structs.astuple(inbox),
    )
    return bool(status == "INSERT 0 1")
