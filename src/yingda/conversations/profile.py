"""What staff see beside a thread: its files, and who the customer is."""

from typing import TypeAlias
from uuid import UUID

import msgspec
from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from litestar.status_codes import HTTP_307_TEMPORARY_REDIRECT

from yingda.commerce import Order, Store
from yingda.conversations import service
from yingda.conversations.access import visibility_of
from yingda.conversations.attachments import AttachmentNotFound, file_link
from yingda.conversations.cards import order_card
from yingda.conversations.repository import uploads
from yingda.conversations.schemas import OrderCard
from yingda.customers import CustomerCard, card, external_id_of
from yingda.identity import Caller, Permission
from yingda.infra.given import Db, GivenFiles

Stores: TypeAlias = NamedDependency[dict[str, Store]]

RECENT_ORDERS = 10


class Profile(msgspec.Struct, frozen=True):
    """Who writes, with personal data masked. `orders`: null for readers who may not see orders."""

    customer: CustomerCard
    orders: list[OrderCard] | None


@get("/api/v1/conversations/{conversation_id:uuid}/profile", tags=["conversations"], summary="Who the customer is")
async def profile(db: Db, principal: Caller, stores: Stores, conversation_id: FromPath[UUID]) -> Profile:
    """Orders only of customers for whom the shop has vouched, latest first."""
    principal.require(Permission.CUSTOMERS_READ)
    async with db.reading() as conn:
        head = await service.get_visible(conn, conversation_id, visibility_of(principal))
        customer = await card(conn, head.customer_id)
        owner = await external_id_of(conn, head.customer_id, f"shop:{head.shop}")
    if not principal.may(Permission.ORDERS_READ):
        return Profile(customer, None)
    store = stores.get(head.shop)
    return Profile(customer, await _orders(store, owner) if store and owner else [])


async def _orders(store: Store, owner: str) -> list[OrderCard]:
    return [await _card(store, owner, order) for order in await store.orders.recent(owner, RECENT_ORDERS)]


async def _card(store: Store, owner: str, order: Order) -> OrderCard:
    parcels = await store.shipments.of_order(owner, order.order_no)
    return order_card(order, parcels[0] if parcels else None)


@get(
    "/api/v1/conversations/{conversation_id:uuid}/files/{file_id:uuid}",
    status_code=HTTP_307_TEMPORARY_REDIRECT,
    tags=["conversations"],
    summary="A file of the thread",
)
async def thread_file(
    db: Db, principal: Caller, files: GivenFiles, conversation_id: FromPath[UUID], file_id: FromPath[UUID]
) -> Redirect:
    """Leads to a link that expires, for those who may see the conversation."""
    async with db.reading() as conn:
        await service.get_visible(conn, conversation_id, visibility_of(principal))
        if not await uploads.is_attached(conn, conversation_id, file_id):
            raise AttachmentNotFound
    return Redirect(file_link(files, file_id), status_code=HTTP_307_TEMPORARY_REDIRECT)
