"""HTTP for what hangs on a ticket: comments, files, links, watchers, history."""

from uuid import UUID

from litestar import Controller, Request, delete, get, post, put
from litestar.datastructures import State
from litestar.params import FromPath, JSONBody
from litestar.response import Redirect
from litestar.status_codes import HTTP_201_CREATED, HTTP_307_TEMPORARY_REDIRECT

from yingda.conversations import AttachmentNotFound, Uploaded, file_link, upload, uploaded
from yingda.conversations import get_visible as get_conversation
from yingda.conversations import visibility_of as conversations_of
from yingda.identity import Caller, Permission
from yingda.infra.given import Db, GivenFiles
from yingda.infra.uploads import UploadOperation, uploaded_part
from yingda.kit.pagination import Page, decode_cursor, encode_cursor
from yingda.tickets import linking, service, views
from yingda.tickets.access import get_changeable, get_visible, visibility_of
from yingda.tickets.comments import NewComment
from yingda.tickets.comments import add as add_comment
from yingda.tickets.linking import NewLink
from yingda.tickets.pages import RelatedTicket, TicketView
from yingda.tickets.repository import comments, tickets
from yingda.tickets.requests import CommentBody, Cursor, Limit, WatchersBody
from yingda.tickets.schemas import TicketComment, TicketHistoryEntry


class TicketThreadController(Controller):
    path = "/api/v1/tickets/{ticket_id:uuid}"
    tags = ("tickets",)

    @get("/comments", summary="What was written, oldest first")
    async def comments(
        self, db: Db, principal: Caller, ticket_id: FromPath[UUID], cursor: Cursor = None, limit: Limit = 100
    ) -> Page[TicketComment]:
        after = decode_cursor(cursor, UUID) if cursor else None
        async with db.reading() as conn:
            await get_visible(conn, ticket_id, await visibility_of(conn, principal))
            found = await comments.of_ticket(conn, ticket_id, after, limit + 1)
        shown = [views.comment_for(comment, principal) for comment in found[:limit]]
        return Page(shown, encode_cursor(shown[-1].id) if len(found) > limit else None)

    @post("/comments", status_code=HTTP_201_CREATED, summary="Write a comment, or tell the customer")
    async def write(
        self, db: Db, principal: Caller, ticket_id: FromPath[UUID], data: JSONBody[CommentBody]
    ) -> TicketComment:
        """Whoever may see the ticket may comment on it."""
        principal.require(Permission.TICKETS_EDIT)
        new = NewComment(
            text=data.text,
            public=data.public,
            mentions=data.mentions,
            file_ids=data.file_ids,
            idempotency_key=f"{ticket_id}:{principal.staff_id}:{data.client_id}" if data.client_id else None,
        )
        async with db.transaction() as tx:
            visibility = await visibility_of(tx.conn, principal)
            ticket = await get_visible(tx.conn, ticket_id, visibility, lock=True)
            return views.comment_for(await add_comment(tx, ticket, principal, new), principal)

    @get("/history", summary="Who changed what and why, latest first")
    async def history(
        self, db: Db, principal: Caller, ticket_id: FromPath[UUID], cursor: Cursor = None, limit: Limit = 50
    ) -> Page[TicketHistoryEntry]:
        before = decode_cursor(cursor, UUID) if cursor else None
        async with db.reading() as conn:
            await get_visible(conn, ticket_id, await visibility_of(conn, principal))
            found = await tickets.changes_of(conn, ticket_id, before, limit + 1)
        return Page(found[:limit], encode_cursor(found[limit - 1].id) if len(found) > limit else None)

    @post("/links", status_code=HTTP_201_CREATED, summary="Link to a conversation, an order or another ticket")
    async def link(self, db: Db, principal: Caller, ticket_id: FromPath[UUID], data: JSONBody[NewLink]) -> TicketView:
        linking.check_fit(data)
        async with db.transaction() as tx:
            ticket = await get_changeable(tx.conn, ticket_id, principal)
            head = None
            if data.conversation_id:
                head = await get_conversation(tx.conn, data.conversation_id, conversations_of(principal))
            if data.ticket_id:
                await get_visible(tx.conn, data.ticket_id, await visibility_of(tx.conn, principal))
            await linking.add(tx, ticket, data, head, principal)
            return await views.view_of(tx.conn, await service.get_ticket(tx.conn, ticket_id), principal)

    @delete("/links/{link_id:uuid}", status_code=200, summary="Take a link off")
    async def unlink(self, db: Db, principal: Caller, ticket_id: FromPath[UUID], link_id: FromPath[UUID]) -> TicketView:
        async with db.transaction() as tx:
            ticket = await get_changeable(tx.conn, ticket_id, principal)
            await linking.remove(tx, ticket, link_id, principal)
            return await views.view_of(tx.conn, ticket, principal)

    @put("/watch", summary="Watch the ticket")
    async def watch(self, db: Db, principal: Caller, ticket_id: FromPath[UUID]) -> TicketView:
        async with db.transaction() as tx:
            visibility = await visibility_of(tx.conn, principal)
            ticket = await get_visible(tx.conn, ticket_id, visibility, lock=True)
            watchers = [*ticket.watcher_ids, principal.staff_id]
            return await views.view_of(tx.conn, await service.watch(tx, ticket, principal, watchers), principal)

    @delete("/watch", status_code=204, summary="Watch it no more")
    async def unwatch(self, db: Db, principal: Caller, ticket_id: FromPath[UUID]) -> None:
        async with db.transaction() as tx:
            visibility = await visibility_of(tx.conn, principal)
            ticket = await get_visible(tx.conn, ticket_id, visibility, lock=True)
            watchers = [one for one in ticket.watcher_ids if one != principal.staff_id]
            await service.watch(tx, ticket, principal, watchers)

    @put("/watchers", summary="Say who watches the ticket")
    async def watchers(
        self, db: Db, principal: Caller, ticket_id: FromPath[UUID], data: JSONBody[WatchersBody]
    ) -> TicketView:
        async with db.transaction() as tx:
            ticket = await get_changeable(tx.conn, ticket_id, principal)
            return await views.view_of(tx.conn, await service.watch(tx, ticket, principal, data.staff_ids), principal)

    @get("/files/{file_id:uuid}", status_code=HTTP_307_TEMPORARY_REDIRECT, summary="A file of a comment")
    async def file(
        self, db: Db, principal: Caller, files: GivenFiles, ticket_id: FromPath[UUID], file_id: FromPath[UUID]
    ) -> Redirect:
        """Leads to a link that expires, for those who may see the ticket."""
        async with db.reading() as conn:
            await get_visible(conn, ticket_id, await visibility_of(conn, principal))
            if not await comments.has_file(conn, ticket_id, file_id):
                raise AttachmentNotFound
        return Redirect(file_link(files, file_id), status_code=HTTP_307_TEMPORARY_REDIRECT)


@get(
    "/api/v1/conversations/{conversation_id:uuid}/tickets",
    tags=["tickets"],
    summary="Tickets about a conversation or of its customer, latest first",
)
async def tickets_of_conversation(db: Db, principal: Caller, conversation_id: FromPath[UUID]) -> list[RelatedTicket]:
    """How far each is, for whoever may see the conversation, also where the ticket is another department's affair."""
    principal.require(Permission.TICKETS_READ)
    async with db.reading() as conn:
        head = await get_conversation(conn, conversation_id, conversations_of(principal))
        return await views.of_customer(conn, head, principal)


@post(
    "/api/v1/tickets/{ticket_id:uuid}/uploads",
    operation_class=UploadOperation,
    status_code=HTTP_201_CREATED,
    tags=["tickets"],
    summary="Upload a file to attach to a comment",
)
async def upload_for_comment(
    request: Request[object, object, State],
    db: Db,
    principal: Caller,
    files: GivenFiles,
    ticket_id: FromPath[UUID],
) -> Uploaded:
    """One multipart part named `file`. Nothing of it is read for those who may not comment."""
    principal.require(Permission.TICKETS_EDIT)
    async with db.reading() as conn:
        await get_visible(conn, ticket_id, await visibility_of(conn, principal))
    return uploaded(files, await upload(db, files, *await uploaded_part(request), principal.staff_id))
