"""What is known about a conversation when a text is written into it: the values of the variables."""

from collections.abc import Mapping
from uuid import UUID

import msgspec

from yingda.commerce import Order, OrderNotFound, Store
from yingda.conversations import Conversation, get_changeable, order_card
from yingda.customers import display_names, external_id_of
from yingda.identity import Permission, Principal
from yingda.infra.database import Connection
from yingda.kit.clock import now
from yingda.kit.errors import Locale
from yingda.workspace.replies.rules import Variable, addressed, of_moment

#: Where a hand-over says which order it is about.
_ORDER_SLOT = "order_no"


class Subject(msgspec.Struct, frozen=True):
    """A conversation that somebody writes in.

    `customer`: the masked name; to see all of it takes a reason, which a text cannot give. `owner`: the customer's id
    in the shop, if their orders may be told.
    """

    head: Conversation
    agent: str
    customer: str | None
    owner: str | None


async def subject_of(conn: Connection, principal: Principal, conversation_id: UUID) -> Subject:
    """Raises as `get_changeable`: what is filled in is about to be sent."""
    head = await get_changeable(conn, conversation_id, principal)
    names = await display_names(conn, [head.customer_id])
    may_tell = principal.may(Permission.ORDERS_READ)
    owner = await external_id_of(conn, head.customer_id, f"shop:{head.shop}") if may_tell else None
    return Subject(head, principal.display_name, names.get(head.customer_id), owner)


async def values_of(
    subject: Subject, stores: Mapping[str, Store], wanted: set[Variable], locale: Locale
) -> dict[Variable, str]:
    """Values of the variables that are wanted, as far as they are known. Asks the shop only if one of them is its own.

    Hold no connection meanwhile: a shop may be slow.
    """
    store = stores.get(subject.head.shop)
    values = {Variable.AGENT_NAME: subject.agent, **of_moment(now(), locale)}
    if subject.customer and (address := addressed(subject.customer, locale)):
        values[Variable.CUSTOMER_NAME] = address
    if store:
        values[Variable.SHOP_NAME] = store.name
    asks_shop = any(variable.startswith(("order.", "logistics.")) for variable in wanted)
    if store and subject.owner and asks_shop and (order := await _order(store, subject.owner, subject.head)):
        values |= await _of_order(store, subject.owner, order, locale)
    return values


async def _order(store: Store, owner: str, head: Conversation) -> Order | None:
    """The order that the conversation was handed over with, else the latest."""
    told = head.handoff.slots.get(_ORDER_SLOT) if head.handoff else None
    if told:
        try:
            return await store.orders.get(owner, told)
        except OrderNotFound:
            pass  # the customer mistyped it
    return next(iter(await store.orders.recent(owner, 1)), None)


async def _of_order(store: Store, owner: str, order: Order, locale: Locale) -> dict[Variable, str]:
    parcels = await store.shipments.of_order(owner, order.order_no)
    card = order_card(order, parcels[0] if parcels else None, locale)
    values = {
        Variable.ORDER_NO: card.order_no,
        Variable.ORDER_STATUS: card.status,
        Variable.ORDER_AMOUNT: card.amount,
        Variable.ORDER_ITEMS: ("、" if locale == "zh" else ", ").join(item.title for item in card.items),
    }
    if card.logistics:
        values |= {
            Variable.LOGISTICS_CARRIER: card.logistics.carrier,
            Variable.LOGISTICS_NO: card.logistics.tracking_no,
            Variable.LOGISTICS_STATUS: card.logistics.status,
            Variable.LOGISTICS_LINE: card.logistics.latest or "",
        }
    return values
