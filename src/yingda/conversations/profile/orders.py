"""HTTP for the orders of a conversation's customer: look up, remark, show the receiver."""

from typing import Annotated
from uuid import UUID

from litestar import Controller, get, post
from litestar.params import FromPath, JSONBody, PathParameter
from litestar.status_codes import HTTP_200_OK

from yingda.conversations.profile.access import (
    GivenReveals,
    RevealRefused,
    may_reveal,
    visible_conversation,
)
from yingda.conversations.profile.accounts import Account, Stores, get_account
from yingda.conversations.profile.rules import order_detail, receiver_value
from yingda.conversations.profile.schemas import OrderDetail, Remark, Revealed, RevealReceiver
from yingda.identity import Caller, Permission
from yingda.infra.given import Db
from yingda.kit.redaction import redact
from yingda.privacy import AuditObject, audit, reason_text

OrderNo = Annotated[str, PathParameter(max_length=64)]


class OrderController(Controller):
    path = "/api/v1/conversations/{conversation_id:uuid}/orders/{order_no:str}"
    tags = ("customers",)

    @get("/", summary="One order with all that hangs on it")
    async def look_up(
        self, db: Db, principal: Caller, stores: Stores, conversation_id: FromPath[UUID], order_no: OrderNo
    ) -> OrderDetail:
        principal.require(Permission.ORDERS_READ)
        async with db.reading() as conn:
            head = await visible_conversation(conn, principal, conversation_id)
            account = await get_account(conn, stores, head)
        return await _detail(account, order_no)

    @post("/remarks", status_code=HTTP_200_OK, summary="Add a remark for whoever handles the order")
    async def remark(
        self,
        db: Db,
        principal: Caller,
        stores: Stores,
        conversation_id: FromPath[UUID],
        order_no: OrderNo,
        data: JSONBody[Remark],
    ) -> OrderDetail:
        """Into the audit trail before the shop is asked: rather a try on record than a change that is not."""
        principal.require(Permission.ORDERS_CHANGE)
        async with db.reading() as conn:
            head = await visible_conversation(conn, principal, conversation_id)
            account = await get_account(conn, stores, head)
        order = await account.store.orders.get(account.owner, order_no)
        text = f"{principal.display_name}：{data.text.strip()}"
        change = {"remark": redact(text), "key": str(data.key)}
        async with db.transaction() as tx:
            await audit(tx, principal, "order.remark", AuditObject("order", order.order_no), after=change)
        await account.store.orders.remark(account.owner, order.order_no, text, f"{principal.staff_id}:{data.key}")
        return await _detail(account, order.order_no)

    @post("/reveal", status_code=HTTP_200_OK, summary="Show one field of the receiver")
    async def reveal(
        self,
        db: Db,
        principal: Caller,
        stores: Stores,
        reveals: GivenReveals,
        conversation_id: FromPath[UUID],
        order_no: OrderNo,
        data: JSONBody[RevealReceiver],
    ) -> Revealed:
        principal.require(Permission.ORDERS_READ)
        async with db.reading() as conn:
            head = await visible_conversation(conn, principal, conversation_id)
            if not may_reveal(principal, head):
                raise RevealRefused
            account = await get_account(conn, stores, head)
        reveals.take(principal.staff_id)
        why = reason_text(data.reason)
        order = await account.store.orders.get(account.owner, order_no)
        shown = {"field": data.field.value, "customer_id": str(head.customer_id)}
        async with db.transaction() as tx:
            await audit(tx, principal, "order.reveal", AuditObject("order", order.order_no), reason=why, after=shown)
        return Revealed(receiver_value(order.address, data.field))


async def _detail(account: Account, order_no: str) -> OrderDetail:
    store, owner = account.store, account.owner
    order = await store.orders.get(owner, order_no)
    return order_detail(
        order,
        await store.shipments.of_order(owner, order.order_no),
        await store.returns.of_order(owner, order.order_no),
        await store.returns.refunds(owner, order.order_no),
        await store.invoices.of_order(owner, order.order_no),
    )
