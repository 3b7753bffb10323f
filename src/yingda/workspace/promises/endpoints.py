"""HTTP for promises."""

from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Controller, get, post
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from litestar.status_codes import HTTP_200_OK, HTTP_201_CREATED

from yingda.conversations import ConversationNotFound, get_changeable, visibility_of
from yingda.identity import Caller, Permission
from yingda.infra.given import Db
from yingda.workspace.promises import service
from yingda.workspace.promises.rules import PromiseNotFound
from yingda.workspace.promises.schemas import (
    ClosePromise,
    NewPromise,
    Promise,
    PromiseItem,
    PromiseList,
    PromiseState,
    Wanted,
)


class PromiseController(Controller):
    path = "/api/v1/promises"
    tags = ("promises",)

    @get("/", summary="Promises to a customer, in a conversation, or one's own; the next due first")
    async def list_(
        self,
        db: Db,
        principal: Caller,
        customer_id: FromQuery[UUID | None] = None,
        conversation_id: FromQuery[UUID | None] = None,
        mine: FromQuery[bool] = False,
        in_state: Annotated[PromiseState | None, QueryParameter(name="state")] = None,
    ) -> PromiseList:
        wanted = Wanted(
            conversation_id=conversation_id,
            customer_id=customer_id,
            owner_id=principal.staff_id if mine else None,
            state=in_state,
        )
        async with db.reading() as conn:
            found = await service.listed(conn, wanted, visibility_of(principal))
        return PromiseList([_item(promise) for promise in found])

    @post("/{promise_id:uuid}/close", status_code=HTTP_200_OK, summary="Say what became of a promise")
    async def close(
        self, db: Db, principal: Caller, promise_id: FromPath[UUID], data: JSONBody[ClosePromise]
    ) -> PromiseItem:
        """For those who may answer in its conversation; where one may not look there is no promise."""
        principal.require(Permission.CONVERSATIONS_REPLY)
        async with db.transaction() as tx:
            promise = await service.get(tx.conn, promise_id)
            try:
                await get_changeable(tx.conn, promise.conversation_id, principal)
            except ConversationNotFound:
                raise PromiseNotFound from None
            return _item(await service.close(tx, promise_id, data.state, principal.staff_id))


@post(
    "/api/v1/conversations/{conversation_id:uuid}/promises",
    status_code=HTTP_201_CREATED,
    tags=["promises"],
    summary="Promise something to the customer",
)
async def make(db: Db, principal: Caller, conversation_id: FromPath[UUID], data: JSONBody[NewPromise]) -> PromiseItem:
    async with db.transaction() as tx:
        head = await get_changeable(tx.conn, conversation_id, principal)
        return _item(await service.make(tx, head, principal, data))


def _item(promise: Promise) -> PromiseItem:
    return msgspec.convert(promise, PromiseItem, from_attributes=True)


routers = [PromiseController, make]
