"""HTTP for service levels: limits, calendars, and the deadlines of a conversation."""

from datetime import date
from typing import Annotated
from uuid import UUID

from litestar import Controller, delete, get, post, put
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.status_codes import HTTP_200_OK

from yingda.conversations import Conversation, get_visible, visibility_of
from yingda.identity import Caller, Permission
from yingda.infra.given import Db
from yingda.routing.levels import policies, service
from yingda.routing.levels.schemas import (
    CalendarBody,
    Calendars,
    Deadlines,
    LevelChange,
    Month,
    NamedCalendar,
    Policy,
    PolicyChange,
)


class LevelController(Controller):
    path = "/api/v1/service-levels"
    tags = ("service levels",)

    @get("/limits", summary="What each level promises, for conversations and tickets")
    async def limits(self, db: Db, principal: Caller) -> list[Policy]:
        async with db.reading() as conn:
            return await policies.policies(conn, principal)

    @put("/limits/{subject:str}", summary="Promise something else")
    async def change_limits(
        self, db: Db, principal: Caller, subject: FromPath[str], data: JSONBody[PolicyChange]
    ) -> Policy:
        """Clocks that run keep their limits until their level changes."""
        async with db.transaction() as tx:
            return await policies.change_policy(tx, principal, subject, data)

    @delete("/limits/{subject:str}", summary="Let a kind of tickets follow the limits of all tickets")
    async def drop_limits(self, db: Db, principal: Caller, subject: FromPath[str]) -> None:
        async with db.transaction() as tx:
            await policies.drop_policy(tx, principal, subject)

    @get("/calendars", summary="When teams work")
    async def calendars(self, db: Db, principal: Caller) -> Calendars:
        async with db.reading() as conn:
            return await policies.calendars(conn, principal)

    @post("/calendars", summary="A new calendar")
    async def create_calendar(self, db: Db, principal: Caller, data: JSONBody[CalendarBody]) -> NamedCalendar:
        async with db.transaction() as tx:
            return await policies.create_calendar(tx, principal, data)

    @put("/calendars/{calendar_id:uuid}", summary="Change a calendar")
    async def change_calendar(
        self, db: Db, principal: Caller, calendar_id: FromPath[UUID], data: JSONBody[CalendarBody]
    ) -> NamedCalendar:
        async with db.transaction() as tx:
            return await policies.change_calendar(tx, principal, calendar_id, data)

    @delete("/calendars/{calendar_id:uuid}", summary="Delete a calendar")
    async def drop_calendar(self, db: Db, principal: Caller, calendar_id: FromPath[UUID]) -> None:
        async with db.transaction() as tx:
            await policies.drop_calendar(tx, principal, calendar_id)

    @post("/calendars/month", status_code=HTTP_200_OK, sync_to_thread=False, summary="What a calendar makes of a month")
    def month(
        self,
        principal: Caller,
        year: Annotated[int, QueryParameter(ge=2004, le=2100)],
        month: Annotated[int, QueryParameter(ge=1, le=12)],
        data: JSONBody[CalendarBody],
    ) -> Month:
        """Of a calendar as it is in the body, saved or not."""
        principal.require(Permission.ROUTING_MANAGE)
        return policies.month(data, date(year, month, 1))


class DeadlineController(Controller):
    path = "/api/v1/conversations"
    tags = ("service levels",)

    @get("/{conversation_id:uuid}/deadlines", summary="Clocks of a conversation, and what became of earlier ones")
    async def deadlines(self, db: Db, principal: Caller, conversation_id: FromPath[UUID]) -> Deadlines:
        async with db.reading() as conn:
            head = await get_visible(conn, conversation_id, visibility_of(principal))
            return await service.deadlines_of_conversation(conn, head)

    @put("/{conversation_id:uuid}/level", summary="Raise or lower the level")
    async def change_level(
        self, db: Db, principal: Caller, conversation_id: FromPath[UUID], data: JSONBody[LevelChange]
    ) -> Conversation:
        async with db.transaction() as tx:
            return await policies.change_level(tx, principal, conversation_id, data)


routers = [LevelController, DeadlineController]
