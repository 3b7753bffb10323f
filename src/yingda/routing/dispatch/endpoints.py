"""HTTP for presence and the supervisor's board."""

from typing import TypeAlias
from uuid import UUID

from litestar import Controller, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.status_codes import HTTP_200_OK

from yingda.conversations import Conversation
from yingda.conversations import get as get_conversation
from yingda.identity import Caller, Permission
from yingda.infra.given import Db
from yingda.routing.dispatch import service
from yingda.routing.dispatch.board import board_for
from yingda.routing.dispatch.dispatcher import Dispatcher
from yingda.routing.dispatch.schemas import Board, Presence, SetPresence, Transfer
from yingda.routing.dispatch.transfer import pass_on

GivenDispatcher: TypeAlias = NamedDependency[Dispatcher]


class RoutingController(Controller):
    path = "/api/v1/routing"
    tags = ("routing",)

    @get("/presence", summary="Own presence, capacity and load")
    async def presence(self, db: Db, principal: Caller) -> Presence:
        async with db.reading() as conn:
            return await service.presence_of(conn, principal.staff_id)

    @put("/presence", summary="Say whether one is there, and for how many conversations")
    async def set_presence(
        self, db: Db, principal: Caller, dispatcher: GivenDispatcher, data: JSONBody[SetPresence]
    ) -> Presence:
        principal.require(Permission.CONVERSATIONS_REPLY)
        async with db.transaction() as tx:
            tx.after_commit(dispatcher.kick)
            return await service.set_presence(tx, principal, data)

    @get("/board", summary="Who waits, who is there")
    async def board(self, db: Db, principal: Caller) -> Board:
        async with db.reading() as conn:
            return await board_for(conn, principal)

    @post("/conversations/{conversation_id:uuid}/assign", status_code=HTTP_200_OK, summary="Pass on")
    async def assign(
        self, db: Db, principal: Caller, conversation_id: FromPath[UUID], data: JSONBody[Transfer]
    ) -> Conversation:
        """To a colleague, a team, a department, or back into the queue."""
        async with db.transaction() as tx:
            await pass_on(tx, principal, conversation_id, data)
            return await get_conversation(tx.conn, conversation_id)


routers = [RoutingController]
