"""HTTP for presence and the supervisor's board."""

from uuid import UUID

import msgspec
from litestar import Controller, get, post, put
from litestar.status_codes import HTTP_200_OK

from yingda.conversations import Author, AuthorKind, Conversation, assign, get_visible, visibility_of
from yingda.conversations import get as get_conversation
from yingda.identity import Permission, Principal, find_colleague
from yingda.infra.database import Database
from yingda.routing import service
from yingda.routing.schemas import Board, Presence, SetPresence


class Assign(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Null puts the conversation back into the queue."""

    staff_id: UUID | None


class RoutingController(Controller):
    path = "/api/v1/routing"
    tags = ("routing",)

    @get("/presence", summary="Own presence, capacity and load")
    async def presence(self, db: Database, principal: Principal) -> Presence:
        async with db.reading() as conn:
            return await service.presence_of(conn, principal.staff_id)

    @put("/presence", summary="Say whether one is there, and for how many conversations")
    async def set_presence(
        self, db: Database, principal: Principal, dispatcher: service.Dispatcher, data: SetPresence
    ) -> Presence:
        principal.require(Permission.CONVERSATIONS_REPLY)
        async with db.transaction() as tx:
            tx.after_commit(dispatcher.kick)
            return await service.set_presence(tx, principal, data)

    @get("/board", summary="Who waits, who is there")
    async def board(self, db: Database, principal: Principal) -> Board:
        principal.require(Permission.WORKFORCE_READ)
        async with db.reading() as conn:
            return await service.board(conn)

    @post("/conversations/{conversation_id:uuid}/assign", status_code=HTTP_200_OK, summary="Give to a colleague")
    async def assign(self, db: Database, principal: Principal, conversation_id: UUID, data: Assign) -> Conversation:
        principal.require(Permission.CONVERSATIONS_ASSIGN)
        async with db.transaction() as tx:
            await get_visible(tx.conn, conversation_id, visibility_of(principal))
            colleague = await find_colleague(tx.conn, data.staff_id) if data.staff_id else None
            author = Author(AuthorKind.STAFF, colleague.id, colleague.display_name) if colleague else None
            await assign(tx, conversation_id, author)
            return await get_conversation(tx.conn, conversation_id)


routers = [RoutingController]
