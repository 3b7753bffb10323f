"""HTTP for presence and the supervisor's board."""

from typing import TypeAlias
from uuid import UUID

from litestar import Controller, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.status_codes import HTTP_200_OK, HTTP_204_NO_CONTENT

from yingda.conversations import Conversation
from yingda.conversations import get as get_conversation
from yingda.identity import Caller, Permission
from yingda.infra.given import Db
from yingda.routing.dispatch import abilities, service
from yingda.routing.dispatch.board import board_for
from yingda.routing.dispatch.customer_endpoints import QueueController
from yingda.routing.dispatch.dispatcher import Dispatcher
from yingda.routing.dispatch.schemas import (
    AbleMember,
    Board,
    DispatchRules,
    Presence,
    SetPresence,
    Skill,
    SkillDraft,
    SkillTable,
    StaffAbilities,
    Transfer,
)
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


class SkillsController(Controller):
    """For whoever manages routing."""

    path = "/api/v1/routing"
    tags = ("routing",)

    @get("/skills", summary="Skills, and who can do what how well")
    async def table(self, db: Db, principal: Caller) -> SkillTable:
        principal.require(Permission.ROUTING_MANAGE)
        async with db.reading() as conn:
            return await abilities.table_of(conn)

    @put("/skills/{code:str}", summary="Add a skill, or change what it is called")
    async def put_skill(self, db: Db, principal: Caller, code: FromPath[str], data: JSONBody[SkillDraft]) -> Skill:
        principal.require(Permission.ROUTING_MANAGE)
        async with db.transaction() as tx:
            return await abilities.put_skill(tx, principal, code, data)

    @delete("/skills/{code:str}", status_code=HTTP_204_NO_CONTENT, summary="Nobody needs this skill any more")
    async def delete_skill(self, db: Db, principal: Caller, code: FromPath[str]) -> None:
        principal.require(Permission.ROUTING_MANAGE)
        async with db.transaction() as tx:
            await abilities.delete_skill(tx, principal, code)

    @put("/staff/{staff_id:uuid}/abilities", summary="What somebody can do, and how many of which channel at a time")
    async def set_abilities(
        self,
        db: Db,
        principal: Caller,
        dispatcher: GivenDispatcher,
        staff_id: FromPath[UUID],
        data: JSONBody[StaffAbilities],
    ) -> AbleMember:
        principal.require(Permission.ROUTING_MANAGE)
        async with db.transaction() as tx:
            tx.after_commit(dispatcher.kick)
            member = await abilities.member_of(tx.conn, staff_id)
            return await abilities.set_abilities(tx, principal, member, data)

    @get("/rules", summary="DispatchLimits of dispatch, and which team helps which")
    async def rules(self, db: Db, principal: Caller) -> DispatchRules:
        principal.require(Permission.ROUTING_MANAGE)
        async with db.reading() as conn:
            return await abilities.rules_of(conn)

    @put("/rules", summary="Set the limits of dispatch, and which team helps which")
    async def set_rules(
        self, db: Db, principal: Caller, dispatcher: GivenDispatcher, data: JSONBody[DispatchRules]
    ) -> DispatchRules:
        principal.require(Permission.ROUTING_MANAGE)
        async with db.transaction() as tx:
            tx.after_commit(dispatcher.kick)
            return await abilities.set_rules(tx, principal, data)


routers = [RoutingController, SkillsController, QueueController]
