"""The demo: seeds the invented shop 琉璃美妆 and serves what its page shows. Only on when `demo` is set."""

import contextlib
from pathlib import Path
from typing import Annotated, TypeAlias

import msgspec
from litestar import get
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from yingda.channels.web import ShopTaken, WebInbox, add_shop, identity_signature, new_inbox, shop_of
from yingda.commerce import SHOP_CODE, Store, seed_demo, showcase_customers, yuan
from yingda.conversations import seed_demo_labels
from yingda.customers import SignedIdentity, identify, resolve_visitor
from yingda.identity import DemoAccount, seed_demo_staff
from yingda.infra.database import Database
from yingda.infra.events import EventBus
from yingda.infra.given import Db
from yingda.infra.settings import Settings
from yingda.kit.clock import now
from yingda.knowledge import put_in
from yingda.knowledge import seed_demo as seed_articles
from yingda.outreach import seed_demo as seed_outreach
from yingda.routing import seed_demo_skills
from yingda.tickets import ensure_kinds
from yingda.workspace import seed_demo as seed_workspace

#: How to sign in as the demo's staff, in its data folder.
ACCOUNTS = "demo-accounts.json"

#: All visitors of a demo come from one machine, and so do replays of old chats.
_ROOM = {"address_messages_per_minute": 60_000, "sessions_per_address_per_minute": 6_000}

GivenStores: TypeAlias = NamedDependency[dict[str, Store]]


class ShownProduct(msgspec.Struct, frozen=True):
    product_id: str
    title: str
    subtitle: str
    price: str
    category: str
    color: str
    image_url: str | None = None


class ShownProducts(msgspec.Struct, frozen=True):
    products: list[ShownProduct]


class ShownCustomer(msgspec.Struct, frozen=True):
    user_id: str
    name: str
    signature: str
    note: str


class ShownCustomers(msgspec.Struct, frozen=True):
    customers: list[ShownCustomer]


@get("/api/v1/demo/products", tags=["demo"], summary="Products on the demo page")
async def products(stores: GivenStores, limit: Annotated[int, QueryParameter(ge=1, le=100)] = 24) -> ShownProducts:
    shelf = await stores[SHOP_CODE].products.browse(limit=limit)
    return ShownProducts(
        [ShownProduct(p.product_id, p.title, p.subtitle, yuan(p.price_cents), p.category, p.color) for p in shelf]
    )


@get("/api/v1/demo/customers", tags=["demo"], summary="Invented customers whom a visitor may be")
async def customers(db: Db) -> ShownCustomers:
    async with db.transaction() as tx:
        inbox = await shop_of(tx.conn, SHOP_CODE)
        people = await showcase_customers(tx)
    secret = inbox.identity_secret
    return ShownCustomers(
        [ShownCustomer(who.user_id, who.name, identity_signature(secret, who.user_id), who.note) for who in people]
    )


routers = [products, customers]


def limits(settings: Settings) -> dict[str, str]:
    """What the demo's processes need in their environment: room for one address, unless somebody has decided on it."""
    return {
        f"YINGDA_{name.upper()}": str(room) for name, room in _ROOM.items() if name not in settings.model_fields_set
    }


async def seed(url: str, settings: Settings) -> list[DemoAccount]:
    """Make the demo's shop, customers, orders and staff, as far as they are missing; how to sign in as the staff."""
    kept = settings.data_dir / ACCOUNTS
    db = await Database.connect(url, bus=EventBus(), pool=2)
    try:
        async with db.transaction() as tx:
            with contextlib.suppress(ShopTaken):
                await add_shop(tx, _inbox())
            await seed_demo(tx, now())
            await put_in(tx)
            await seed_articles(tx)
            await seed_demo_labels(tx)
            accounts = await seed_demo_staff(tx, _read_accounts(kept))
            await ensure_kinds(tx)
            await seed_demo_skills(tx)
            await seed_workspace(tx)
    finally:
        await db.close()
    _write_accounts(kept, accounts)
    return accounts


async def watch_parcels(url: str) -> None:
    """Proactive service is on, and has whom to tell: the customers whom a visitor may be have been here before."""
    db = await Database.connect(url, bus=EventBus(), pool=2)
    try:
        async with db.transaction() as tx:
            await seed_outreach(tx)
            for who in await showcase_customers(tx):
                visitor = await resolve_visitor(tx, "web", f"demo-{who.user_id}")
                evidence = {"by": "demo"}
                known = SignedIdentity(f"shop:{SHOP_CODE}", who.user_id, evidence, display_name=who.name, demo=True)
                await identify(tx, visitor.id, known)
    finally:
        await db.close()


def _inbox() -> WebInbox:
    return new_inbox(
        SHOP_CODE,
        "琉璃美妆",
        "您好，欢迎来到琉璃美妆！订单、物流、退款、发票都可以直接问我。",
        "Welcome to Liuli Beauty! Ask me about orders, deliveries, refunds or invoices.",
        "#b0476b",
        demo=True,
    )


def _read_accounts(path: Path) -> list[DemoAccount]:
    return msgspec.json.decode(path.read_bytes(), type=list[DemoAccount]) if path.exists() else []


def _write_accounts(path: Path, accounts: list[DemoAccount]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_bytes(msgspec.json.encode(accounts))
