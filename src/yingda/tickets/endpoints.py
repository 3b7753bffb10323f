"""HTTP for tickets: lists, the board, one ticket. What hangs on one is in `threads`, kinds and meetings in `office`."""

from typing import Annotated, TypeAlias
from uuid import UUID

from litestar import Controller, get, patch, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from litestar.response import Stream
from litestar.status_codes import HTTP_200_OK, HTTP_201_CREATED
from msgspec import UNSET

from yingda.conversations import get_visible as get_conversation
from yingda.conversations import visibility_of as conversations_of
from yingda.identity import Caller, Permission, Principal
from yingda.infra import sheets
from yingda.infra.database import Connection
from yingda.infra.given import Db
from yingda.kit.clock import now
from yingda.kit.errors import Locale
from yingda.kit.pagination import Page, decode_cursor, encode_cursor
from yingda.tickets import bulk, export, rules, service, views
from yingda.tickets.access import get_changeable, get_visible, serves_customers, visibility_of
from yingda.tickets.bulk import Bulk, BulkResult
from yingda.tickets.errors import TextMasked
from yingda.tickets.history import author_of
from yingda.tickets.linking import merge
from yingda.tickets.opening import open_ticket
from yingda.tickets.pages import TicketBoard, TicketCounts, TicketFilter, TicketView
from yingda.tickets.repository import lists
from yingda.tickets.requests import (
    Cursor,
    Limit,
    MergeBody,
    NewTicketBody,
    TicketChangeBody,
    provide_filter,
)
from yingda.tickets.schemas import NewTicket, Ticket, TicketCard, TicketEdit

Wanted: TypeAlias = NamedDependency[TicketFilter]


#: What is filtered in the same way.
FILTERED = {"wanted": Provide(provide_filter, sync_to_thread=False)}


class TicketController(Controller):
    path = "/api/v1/tickets"
    tags = ("tickets",)

    @post("/", status_code=HTTP_201_CREATED, summary="Open a ticket")
    async def create(self, db: Db, principal: Caller, data: JSONBody[NewTicketBody]) -> TicketView:
        principal.require(Permission.TICKETS_EDIT)
        async with db.transaction() as tx:
            await _check_sources(tx.conn, principal, data)
            ticket = await open_ticket(tx, _new(data, principal), principal)
            return await views.view_of(tx.conn, ticket, principal)

    @get("/", dependencies=FILTERED, summary="List tickets")
    async def list_(
        self, db: Db, principal: Caller, wanted: Wanted, cursor: Cursor = None, limit: Limit = 50
    ) -> Page[TicketCard]:
        after = decode_cursor(cursor, tuple[str, UUID]) if cursor else None
        async with db.reading() as conn:
            visibility = await visibility_of(conn, principal)
            rows = await lists.list_visible(conn, wanted, visibility, now(), after, limit + 1)
            cards = await views.cards_of(conn, [ticket for ticket, _ in rows[:limit]], principal)
        more = len(rows) > limit
        return Page(cards, encode_cursor((rows[limit - 1][1], rows[limit - 1][0].id)) if more else None)

    @get("/board", dependencies=FILTERED, summary="A column for each category, or for each state of one kind")
    async def board(
        self, db: Db, principal: Caller, wanted: Wanted, limit: Annotated[int, QueryParameter(ge=1, le=100)] = 20
    ) -> TicketBoard:
        """`limit` cards of each column, most urgent first; more of a column `GET /tickets?category=…&sort=level`."""
        async with db.reading() as conn:
            return await views.board_of(conn, principal, wanted, limit)

    @get("/export/csv", dependencies=FILTERED, summary="A filtered list as CSV", media_type=sheets.CSV)
    async def export_csv(self, db: Db, principal: Caller, wanted: Wanted, locale: FromQuery[Locale] = "zh") -> Stream:
        await export.permit(db, principal, "csv")
        content = sheets.as_csv(export.rows(db, principal, wanted, locale))
        return Stream(content, media_type=sheets.CSV, headers=sheets.saved_as("tickets.csv"))

    @get("/export/xlsx", dependencies=FILTERED, summary="A filtered list for Excel", media_type=sheets.XLSX)
    async def export_xlsx(self, db: Db, principal: Caller, wanted: Wanted, locale: FromQuery[Locale] = "zh") -> Stream:
        await export.permit(db, principal, "xlsx")
        content = sheets.as_xlsx(export.rows(db, principal, wanted, locale), "工单")
        return Stream(content, media_type=sheets.XLSX, headers=sheets.saved_as("tickets.xlsx"))

    @get("/counts", summary="How many unfinished tickets each list holds")
    async def counts(self, db: Db, principal: Caller) -> TicketCounts:
        async with db.reading() as conn:
            return await lists.counts(conn, await visibility_of(conn, principal), now())

    @post("/bulk", status_code=HTTP_200_OK, summary="One change for many tickets, and what became of each")
    async def bulk(self, db: Db, principal: Caller, data: JSONBody[Bulk]) -> list[BulkResult]:
        principal.require(Permission.TICKETS_EDIT)
        return await bulk.run(db, principal, data)

    @get("/{ticket_id:uuid}", summary="One ticket with all that hangs on it")
    async def get_one(self, db: Db, principal: Caller, ticket_id: FromPath[UUID]) -> TicketView:
        async with db.reading() as conn:
            ticket = await get_visible(conn, ticket_id, await visibility_of(conn, principal))
            return await views.view_of(conn, ticket, principal)

    @patch("/{ticket_id:uuid}", summary="Change a ticket")
    async def change(
        self, db: Db, principal: Caller, ticket_id: FromPath[UUID], data: JSONBody[TicketChangeBody]
    ) -> TicketView:
        async with db.transaction() as tx:
            ticket = await get_changeable(tx.conn, ticket_id, principal)
            service.check_version(ticket, data.version)
            _check_masked(ticket, data, principal)
            if isinstance(data.parent_id, UUID):
                await get_visible(tx.conn, data.parent_id, await visibility_of(tx.conn, principal))
            edit = TicketEdit(**{name: getattr(data, name) for name in TicketEdit.__struct_fields__})
            after = await service.change(tx, ticket, edit, principal, data.reason)
            return await views.view_of(tx.conn, after, principal)

    @post("/{ticket_id:uuid}/merge", status_code=HTTP_200_OK, summary="Let it go on as a part of another")
    async def merge(
        self, db: Db, principal: Caller, ticket_id: FromPath[UUID], data: JSONBody[MergeBody]
    ) -> TicketView:
        """Answers the ticket that goes on."""
        async with db.transaction() as tx:
            both = {one: await get_changeable(tx.conn, one, principal) for one in sorted({ticket_id, data.into_id})}
            kept = await merge(tx, both[ticket_id], both[data.into_id], principal, data.reason)
            return await views.view_of(tx.conn, kept, principal)


async def _check_sources(conn: Connection, principal: Principal, data: NewTicketBody) -> None:
    """What the ticket is made from has to be theirs to see."""
    if data.conversation_id:
        await get_conversation(conn, data.conversation_id, conversations_of(principal))
    if data.parent_id:
        await get_visible(conn, data.parent_id, await visibility_of(conn, principal))


def _new(data: NewTicketBody, principal: Principal) -> NewTicket:
    return NewTicket(
        kind=data.kind,
        title=data.title,
        author=author_of(principal),
        source="staff",
        description=data.description,
        level=data.level,
        department_id=data.department_id,
        owner_id=data.owner_id,
        conversation_id=data.conversation_id,
        seq=data.seq,
        order=data.order,
        parent_id=data.parent_id,
        fields=data.fields,
        label_ids=data.label_ids,
        template=data.template,
        idempotency_key=f"staff:{principal.staff_id}:{data.client_id}" if data.client_id else None,
        announce=data.announce,
    )


def _check_masked(ticket: Ticket, edit: TicketEdit, principal: Principal) -> None:
    """Raises `TextMasked` where what they were shown would replace what they were not."""
    if serves_customers(principal):
        return
    shown = rules.masked(ticket)
    for name in ("title", "description", "checklist"):
        if getattr(edit, name) is not UNSET and getattr(shown, name) != getattr(ticket, name):
            raise TextMasked
    if edit.fields is not UNSET and any(shown.fields.get(code) != ticket.fields.get(code) for code in edit.fields):
        raise TextMasked
