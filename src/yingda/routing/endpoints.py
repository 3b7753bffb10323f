"""HTTP for presence and the supervisor's board."""

from typing import TypeAlias
from uuid import UUID

import msgspec
from litestar import Controller, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.status_codes import HTTP_200_OK

from yingda.conversations import Author, AuthorKind, Conversation, assign, get_changeable
from yingda.conversations import get as get_conversation
from yingda.identity import Caller, Permission, find_colleague
from yingda.infra.given import Db
from yingda.kit.errors import Forbidden
from yingda.routing import service
from yingda.routing.board import board_for
from yingda.routing.schemas import Board, Presence, SetPresence

GivenDispatcher: TypeAlias = NamedDependency[service.Dispatcher]


class Assign(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Null puts the conversation back into the queue."""

    staff_id: UUID | None


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

    @post("/conversations/{conversation_id:uuid}/assign", status_code=HTTP_200_OK, summary="Give to a colleague")
    async def assign(
        self, db: Db, principal: Caller, conversation_id: FromPath[UUID], data: JSONBody[Assign]
    ) -> Conversation:
        """Who has it in hand may pass it on; the rest takes the permission to assign."""
        assigns = principal.may(Permission.CONVERSATIONS_ASSIGN)
        permission = Permission.CONVERSATIONS_ASSIGN if assigns else Permission.CONVERSATIONS_REPLY
        async with db.transaction() as tx:
            head = await get_changeable(tx.conn, conversation_id, principal, permission)
            if not assigns and head.assignee_id != principal.staff_id:
                raise Forbidden
            colleague = await find_colleague(tx.conn, data.staff_id) if data.staff_id else None
            author = Author(AuthorKind.STAFF, colleague.id, colleague.display_name) if colleague else None
            await assign(tx, conversation_id, author, by=principal.staff_id)
            return await get_conversation(tx.conn, conversation_id)


routers = [RoutingController]
