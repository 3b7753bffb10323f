"""Fills the demo store and tells the shop page whom to be."""

import asyncio
from datetime import datetime

import msgspec

from yingda.commerce.demo import repository
from yingda.commerce.demo.generator import generate
from yingda.infra.database import Tx
from yingda.kit.clock import SHANGHAI

SHOP_CODE = "liuli"
SHOP_NAME = "琉璃美妆"
DEFAULT_SEED = 20_261_122


class ShowcaseCustomer(msgspec.Struct, frozen=True):
    """A fictional customer whom a visitor of the demo may be; `note` says what there is to ask about."""

    user_id: str
    name: str
    level: str
    city: str
    note: str


async def seed_demo(tx: Tx, now: datetime, seed: int = DEFAULT_SEED) -> bool:
    """Make the store hold what `seed` gives for the day of `now`; False: it did already.

    On a new day everything is replaced, customers stay who they are and get fresh orders.
    """
    day = now.astimezone(SHANGHAI).date()
    await repository.lock(tx.conn)
    if await repository.is_loaded(tx.conn, seed, day):
        return False
    data = await asyncio.to_thread(generate, now, seed)
    await repository.replace_all(tx.conn, data, seed, day)
    return True


async def showcase_customers(tx: Tx) -> list[ShowcaseCustomer]:
    """Whom the shop page offers, by user id."""
    return [
        ShowcaseCustomer(who.user_id, who.name, who.level, who.address.city, who.note or "")
        for who in await repository.showcases(tx.conn)
    ]
