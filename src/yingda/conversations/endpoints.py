"""HTTP for staff: the inbox and the thread.

What moves a conversation on is in `work`, what sorts it in `marking`, what changes messages in `rewriting`, the live
view in `socket`.
"""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from litestar import Controller, get, post
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from litestar.status_codes import HTTP_201_CREATED, HTTP_204_NO_CONTENT

from yingda.conversations import profile, rules, service
from yingda.conversations.access import author_of, get_changeable, mentionable, mentioned, visibility_of
from yingda.conversations.attachments import attachment_content, open_file, thread_file
from yingda.conversations.content import Mention, TextContent
from yingda.conversations.items import ConversationItem, Hit, hits_of, items_of
from yingda.conversations.lists import Filter, Sort, View
from yingda.conversations.marking import LabelController, MarkingController
from yingda.conversations.repository import lists, messages
from yingda.conversations.rewriting import RewritingController
from yingda.conversations.schemas import Message, Participant, State, Thread
from yingda.conversations.socket import staff_socket
from yingda.conversations.work import WorkController
from yingda.identity import Caller
from yingda.infra.given import Db
from yingda.kit.errors import Invalid
from yingda.kit.pagination import Page, decode_cursor, encode_cursor

Limit = Annotated[int, QueryParameter(ge=1, le=200, description="Most rows in one answer.")]
Seq = Annotated[int | None, QueryParameter(ge=0, le=2**31 - 1)]
ShortText = Annotated[str | None, QueryParameter(max_length=100)]
Cursor = Annotated[str | None, QueryParameter(max_length=500)]


class StaffMessage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A reply to the customer, a text or an uploaded file; or a note among staff, which may mention colleagues.

    The same `client_id` again stores nothing new.
    """

    text: Annotated[str, msgspec.Meta(max_length=4000)] = ""
    kind: Literal["reply", "note"] = "reply"
    client_id: UUID | None = None
    file_id: UUID | None = None
    mentions: Annotated[list[UUID], msgspec.Meta(max_length=20)] = []


class MessageUnfit(Invalid):
    code = "message_unfit"
    zh = "回复请填写文字或附一个文件，二者选一；备注只能是文字，且只有备注可以提到同事。"
    en = "A reply is a text or a file, not both; a note is a text, and only a note mentions colleagues."


class ReadMark(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    seq: Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]


class SearchTooShort(Invalid):
    code = "search_too_short"
    zh = "请输入要搜索的文字。"
    en = "Type the words to search for."


class ConversationController(Controller):
    path = "/api/v1/conversations"
    tags = ("conversations",)

    @get("/", summary="List the conversations of a view")
    async def list_(
        self,
        db: Db,
        principal: Caller,
        view: FromQuery[View] = View.ALL,
        in_state: Annotated[State | None, QueryParameter(name="state")] = None,
        channel: ShortText = None,
        shop: ShortText = None,
        intent: ShortText = None,
        level: Annotated[int | None, QueryParameter(ge=1, le=5)] = None,
        team_id: FromQuery[UUID | None] = None,
        assignee_id: FromQuery[UUID | None] = None,
        customer_id: FromQuery[UUID | None] = None,
        label: FromQuery[UUID | None] = None,
        followed: FromQuery[bool] = False,
        spam: FromQuery[bool] = False,
        sort: FromQuery[Sort] = Sort.LAST_ACTIVITY,
        cursor: Cursor = None,
        limit: Limit = 50,
    ) -> Page[ConversationItem]:
        wanted = Filter(
            view=view,
            state=in_state,
            channel=channel,
            shop=shop,
            intent=intent,
            level=level,
            team_id=team_id,
            assignee_id=assignee_id,
            customer_id=customer_id,
            label=label,
            followed=followed,
            spam=spam,
            sort=sort,
        )
        after = decode_cursor(cursor, tuple[str, UUID]) if cursor else None
        async with db.reading() as conn:
            rows = await lists.list_visible(conn, wanted, visibility_of(principal), after, limit + 1)
            items = await items_of(conn, [head for head, _ in rows[:limit]], principal.staff_id)
        more = len(rows) > limit
        return Page(items, encode_cursor((rows[limit - 1][1], rows[limit - 1][0].id)) if more else None)

    @get("/counts", summary="How many conversations each view holds")
    async def counts(self, db: Db, principal: Caller) -> dict[str, int]:
        async with db.reading() as conn:
            return await lists.count_views(conn, visibility_of(principal))

    @get("/search", summary="Find messages by their words")
    async def search(
        self,
        db: Db,
        principal: Caller,
        q: Annotated[str, QueryParameter(min_length=1, max_length=200)],
        cursor: Cursor = None,
        limit: Limit = 50,
    ) -> Page[Hit]:
        terms = rules.query_terms(q)
        if not terms:
            raise SearchTooShort
        before = decode_cursor(cursor, tuple[datetime, UUID]) if cursor else None
        async with db.reading() as conn:
            found = await messages.search(conn, terms, q.strip().lower(), visibility_of(principal), before, limit + 1)
            hits = await hits_of(conn, found[:limit])
        last = hits[-1].message if len(found) > limit else None
        return Page(hits, encode_cursor((last.created_at, last.id)) if last else None)

    @get("/{conversation_id:uuid}", summary="One conversation's head")
    async def get_one(self, db: Db, principal: Caller, conversation_id: FromPath[UUID]) -> ConversationItem:
        async with db.reading() as conn:
            head = await service.get_visible(conn, conversation_id, visibility_of(principal))
            return (await items_of(conn, [head], principal.staff_id))[0]

    @get("/{conversation_id:uuid}/participants", summary="Everybody who has written")
    async def participants(self, db: Db, principal: Caller, conversation_id: FromPath[UUID]) -> list[Participant]:
        async with db.reading() as conn:
            await service.get_visible(conn, conversation_id, visibility_of(principal))
            return await messages.participants(conn, conversation_id)

    @get("/{conversation_id:uuid}/mentionable", summary="Colleagues whom a note may mention")
    async def mentionable(self, db: Db, principal: Caller, conversation_id: FromPath[UUID]) -> list[Mention]:
        async with db.reading() as conn:
            await get_changeable(conn, conversation_id, principal)
            return await mentionable(conn, await service.place_of(conn, conversation_id), principal)

    @get("/{conversation_id:uuid}/messages", summary="A stretch of the thread, ascending")
    async def messages(
        self,
        db: Db,
        principal: Caller,
        conversation_id: FromPath[UUID],
        after_seq: Seq = None,
        before_seq: Seq = None,
        limit: Limit = 50,
    ) -> Thread:
        async with db.reading() as conn:
            await service.get_visible(conn, conversation_id, visibility_of(principal))
            return await service.thread(conn, conversation_id, after_seq, before_seq, limit, with_notes=True)

    @post("/{conversation_id:uuid}/messages", status_code=HTTP_201_CREATED, summary="Reply, or leave a note")
    async def write(
        self, db: Db, principal: Caller, conversation_id: FromPath[UUID], data: JSONBody[StaffMessage]
    ) -> Message:
        _check_fit(data)
        external_id = f"staff:{principal.staff_id}:{data.client_id}" if data.client_id else None
        async with db.transaction() as tx:
            head = await get_changeable(tx.conn, conversation_id, principal)
            author = author_of(principal)
            if data.kind == "note":
                mentions = await mentioned(tx.conn, await service.place_of(tx.conn, head.id), data.mentions)
                return await service.note(tx, head.id, author, data.text, mentions=mentions, external_id=external_id)
            file_id = data.file_id and str(data.file_id)
            content = (
                await attachment_content(tx.conn, file_id, principal.staff_id) if file_id else TextContent(data.text)
            )
            return await service.reply(tx, head, author, content, external_id=external_id)

    @post("/{conversation_id:uuid}/read", status_code=HTTP_204_NO_CONTENT, summary="Mark as read up to a number")
    async def read(self, db: Db, principal: Caller, conversation_id: FromPath[UUID], data: JSONBody[ReadMark]) -> None:
        async with db.transaction() as tx:
            await service.get_visible(tx.conn, conversation_id, visibility_of(principal))
            await service.mark_read(tx, conversation_id, data.seq, by_customer=False)


def _check_fit(data: StaffMessage) -> None:
    """Raises `MessageUnfit` for what is neither a reply nor a note."""
    text, file = bool(data.text.strip()), data.file_id is not None
    if text == file or (data.kind == "note" and file) or (data.kind == "reply" and data.mentions):
        raise MessageUnfit


routers = [
    ConversationController,
    WorkController,
    MarkingController,
    RewritingController,
    LabelController,
    *profile.routers,
    thread_file,
    open_file,
    staff_socket,
]
