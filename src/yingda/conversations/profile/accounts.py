"""The customer's account in the shop of a conversation."""

from typing import TypeAlias

import msgspec
from litestar.di import NamedDependency

from yingda.commerce import OrderNotFound, Store
from yingda.conversations.schemas import Conversation
from yingda.customers import external_id_of
from yingda.infra.database import Connection

Stores: TypeAlias = NamedDependency[dict[str, Store]]


class Account(msgspec.Struct, frozen=True):
    """Where to ask, and by which of the store's own customer ids."""

    store: Store
    owner: str


async def find_account(conn: Connection, stores: dict[str, Store], head: Conversation) -> Account | None:
    """None for a visitor for whom the shop has not vouched: what is unproven opens no order."""
    owner = await external_id_of(conn, head.customer_id, f"shop:{head.shop}")
    store = stores.get(head.shop)
    return Account(store, owner) if store and owner else None


async def get_account(conn: Connection, stores: dict[str, Store], head: Conversation) -> Account:
    """Raises `OrderNotFound`: who has no account has no order."""
    account = await find_account(conn, stores, head)
    if account is None:
        raise OrderNotFound
    return account
