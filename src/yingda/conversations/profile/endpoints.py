"""HTTP for the panel beside a thread: who the customer is, and how they feel."""

from uuid import UUID

import msgspec
from litestar import get
from litestar.params import FromPath

from yingda.conversations.profile.access import visible_conversation
from yingda.conversations.profile.accounts import Account, Stores, find_account
from yingda.conversations.profile.rules import order_view, purchases_of
from yingda.conversations.profile.schemas import Mood, OrderView, Profile
from yingda.conversations.repository import contacts
from yingda.customers import CustomerCard, Purchases, card, keep_segment, segment_of, without_health
from yingda.identity import Caller, Permission
from yingda.infra.database import Database
from yingda.infra.given import Db
from yingda.kit.clock import now

#: From so many orders it is told what a customer is worth; so many are listed.
KNOWN_ORDERS = 50
LISTED_ORDERS = 10
MOST_MOODS = 200


@get("/api/v1/conversations/{conversation_id:uuid}/profile", tags=["customers"], summary="Who the customer is")
async def profile(db: Db, principal: Caller, stores: Stores, conversation_id: FromPath[UUID]) -> Profile:
    """Orders only of customers for whom the shop has vouched, latest first."""
    async with db.reading() as conn:
        head = await visible_conversation(conn, principal, conversation_id)
        customer = await card(conn, head.customer_id)
        if not principal.may(Permission.CUSTOMERS_EDIT):
            customer = without_health(customer)
        account = await find_account(conn, stores, head)
    if not principal.may(Permission.ORDERS_READ):
        return Profile(customer, None, None)
    if account is None:
        return Profile(customer, Purchases(0, 0, None), [])
    purchases, orders = await _bought(account)
    return Profile(await _valued(db, customer, purchases), purchases, orders)


async def _bought(account: Account) -> tuple[Purchases, list[OrderView]]:
    orders = await account.store.orders.recent(account.owner, KNOWN_ORDERS)
    listed = orders[:LISTED_ORDERS]
    parcels = await account.store.shipments.of_orders(account.owner, [order.order_no for order in listed])
    return purchases_of(orders), [order_view(order, parcels.get(order.order_no, [])) for order in listed]


async def _valued(db: Database, customer: CustomerCard, purchases: Purchases) -> CustomerCard:
    """With the segment as of now; remembered where it has changed, since lists cannot ask the shop."""
    segment = segment_of(purchases, now())
    if segment is customer.segment:
        return customer
    async with db.transaction() as tx:
        await keep_segment(tx, customer.id, segment)
    return msgspec.structs.replace(customer, segment=segment)


@get("/api/v1/conversations/{conversation_id:uuid}/mood", tags=["customers"], summary="How the customer sounded")
async def mood(db: Db, principal: Caller, conversation_id: FromPath[UUID]) -> list[Mood]:
    """One entry for each message that was understood, the latest ones, ascending."""
    async with db.reading() as conn:
        await visible_conversation(conn, principal, conversation_id)
        return [Mood(*one) for one in await contacts.moods(conn, conversation_id, MOST_MOODS)]
