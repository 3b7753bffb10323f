"""HTTP for kinds of tickets and the departments' meetings."""

from datetime import date
from uuid import UUID

from litestar import Controller, get, post, put
from litestar.params import FromPath, FromQuery, JSONBody
from litestar.status_codes import HTTP_200_OK, HTTP_201_CREATED

from yingda.identity import Caller, Permission
from yingda.infra.given import Db
from yingda.kit.pagination import Page, decode_cursor, encode_cursor
from yingda.tickets import kindbook, meetings, news
from yingda.tickets.kinds import DeclineKinds, KindChange, KindNews, NewKind, TicketKind
from yingda.tickets.meetings import NewMeeting
from yingda.tickets.pages import Agenda, Meeting
from yingda.tickets.repository import kinds
from yingda.tickets.repository import meetings as kept
from yingda.tickets.requests import Cursor, Limit
from yingda.tickets.schemas import MeetingHead


class KindController(Controller):
    path = "/api/v1/ticket-kinds"
    tags = ("tickets",)

    @get("/", summary="All kinds, those in use first")
    async def list_(self, db: Db, principal: Caller) -> list[TicketKind]:
        principal.require(Permission.TICKETS_READ)
        async with db.reading() as conn:
            return await kinds.all_kinds(conn)

    @post("/", status_code=HTTP_201_CREATED, summary="Make a kind")
    async def create(self, db: Db, principal: Caller, data: JSONBody[NewKind]) -> TicketKind:
        principal.require(Permission.TICKETS_MANAGE)
        async with db.transaction() as tx:
            return await kindbook.create(tx, data, principal)

    @get("/news", summary="What this release brings that the kinds have not")
    async def news(self, db: Db, principal: Caller) -> list[KindNews]:
        principal.require(Permission.TICKETS_MANAGE)
        async with db.reading() as conn:
            return await news.news(conn)

    @post("/news/decline", status_code=HTTP_200_OK, summary="Remember that kinds of this release are not wanted")
    async def decline_news(self, db: Db, principal: Caller, data: JSONBody[DeclineKinds]) -> list[KindNews]:
        principal.require(Permission.TICKETS_MANAGE)
        async with db.transaction() as tx:
            return await news.refuse(tx, principal, data)

    @put("/{kind_id:uuid}", summary="Change or archive a kind")
    async def change(
        self, db: Db, principal: Caller, kind_id: FromPath[UUID], data: JSONBody[KindChange]
    ) -> TicketKind:
        principal.require(Permission.TICKETS_MANAGE)
        async with db.transaction() as tx:
            return await kindbook.change(tx, kind_id, data, principal)


class MeetingController(Controller):
    path = "/api/v1/ticket-meetings"
    tags = ("tickets",)

    @get("/agenda", summary="What the departments have to talk about")
    async def agenda(self, db: Db, principal: Caller, department_id: FromQuery[UUID | None] = None) -> Agenda:
        async with db.reading() as conn:
            return await meetings.agenda(conn, principal, department_id)

    @get("/", summary="Minutes, latest first")
    async def list_(self, db: Db, principal: Caller, cursor: Cursor = None, limit: Limit = 50) -> Page[MeetingHead]:
        principal.require(Permission.TICKETS_READ)
        before = decode_cursor(cursor, tuple[date, UUID]) if cursor else None
        async with db.reading() as conn:
            found = await kept.latest(conn, before, limit + 1)
        more = len(found) > limit
        return Page(found[:limit], encode_cursor((found[limit - 1].held_on, found[limit - 1].id)) if more else None)

    @get("/{meeting_id:uuid}", summary="The minutes of one meeting")
    async def get_one(self, db: Db, principal: Caller, meeting_id: FromPath[UUID]) -> Meeting:
        async with db.reading() as conn:
            return await meetings.minutes(conn, principal, meeting_id)

    @post("/", status_code=HTTP_201_CREATED, summary="Write the minutes: decisions become comments")
    async def write(self, db: Db, principal: Caller, data: JSONBody[NewMeeting]) -> Meeting:
        principal.require(Permission.TICKETS_EDIT)
        async with db.transaction() as tx:
            return await meetings.write_minutes(tx, principal, data)
