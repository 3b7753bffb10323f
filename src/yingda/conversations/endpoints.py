"""HTTP and WebSocket for staff: the inbox, the thread, and what can be done with a conversation."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from litestar import Controller, WebSocket, get, post, websocket
from litestar.datastructures import State as AppState
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from litestar.status_codes import HTTP_200_OK, HTTP_201_CREATED, HTTP_204_NO_CONTENT

from yingda.conversations import repository, rules, service
from yingda.conversations.access import author_of, get_changeable, visibility_of
from yingda.conversations.attachments import open_file
from yingda.conversations.live import GivenLive, Live, list_topics_for, thread_topic
from yingda.conversations.profile import profile, thread_file
from yingda.conversations.schemas import (
    Author,
    Conversation,
    Filter,
    Hit,
    Message,
    Participant,
    Sort,
    State,
    Thread,
    View,
    Visibility,
)
from yingda.customers import display_names
from yingda.identity import Caller, authenticate_socket
from yingda.infra.database import Connection, Database
from yingda.infra.given import Config, Db, GivenHub
from yingda.infra.realtime import RESYNC_FRAME, Hub, Subscriber
from yingda.infra.sockets import CLOSE_REFUSED, read_frame, serve
from yingda.kit.clock import now
from yingda.kit.errors import Invalid, YingdaError
from yingda.kit.pagination import Page, decode_cursor, encode_cursor

Limit = Annotated[int, QueryParameter(ge=1, le=200, description="Most rows in one answer.")]
Seq = Annotated[int | None, QueryParameter(ge=0, le=2**31 - 1)]
ShortText = Annotated[str | None, QueryParameter(max_length=100)]
Cursor = Annotated[str | None, QueryParameter(max_length=500)]

#: More missed messages than this a console fetches itself.
CATCH_UP = 100


class CustomerName(msgspec.Struct, frozen=True):
    id: UUID
    name: str


class ConversationItem(msgspec.Struct, frozen=True):
    """A line of the inbox."""

    conversation: Conversation
    customer: CustomerName


class StaffMessage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A reply to the customer or a note among staff. The same `client_id` again stores nothing new."""

    text: Annotated[str, msgspec.Meta(min_length=1, max_length=4000)]
    kind: Literal["reply", "note"] = "reply"
    client_id: UUID | None = None


class ReadMark(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    seq: Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]


class Snooze(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    until: datetime


class SnoozeInPast(Invalid):
    code = "snooze_in_past"
    zh = "稍后处理的时间必须在将来。"
    en = "The snooze must end in the future."


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
            sort=sort,
        )
        after = decode_cursor(cursor, tuple[str, UUID]) if cursor else None
        async with db.reading() as conn:
            rows = await repository.list_visible(conn, wanted, visibility_of(principal), after, limit + 1)
            items = await _items(conn, [head for head, _ in rows[:limit]])
        more = len(rows) > limit
        return Page(items, encode_cursor((rows[limit - 1][1], rows[limit - 1][0].id)) if more else None)

    @get("/counts", summary="How many conversations each view holds")
    async def counts(self, db: Db, principal: Caller) -> dict[str, int]:
        async with db.reading() as conn:
            return await repository.count_views(conn, visibility_of(principal))

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
            found = await repository.search(conn, terms, q.strip().lower(), visibility_of(principal), before, limit + 1)
        last = found[limit - 1] if len(found) > limit else None
        return Page(
            [Hit(message.conversation_id, message) for message in found[:limit]],
            encode_cursor((last.created_at, last.id)) if last else None,
        )

    @get("/{conversation_id:uuid}", summary="One conversation's head")
    async def get_one(self, db: Db, principal: Caller, conversation_id: FromPath[UUID]) -> ConversationItem:
        async with db.reading() as conn:
            head = await service.get_visible(conn, conversation_id, visibility_of(principal))
            return (await _items(conn, [head]))[0]

    @get("/{conversation_id:uuid}/participants", summary="Everybody who has written")
    async def participants(self, db: Db, principal: Caller, conversation_id: FromPath[UUID]) -> list[Participant]:
        async with db.reading() as conn:
            await service.get_visible(conn, conversation_id, visibility_of(principal))
            return await repository.participants(conn, conversation_id)

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
        external_id = f"staff:{principal.staff_id}:{data.client_id}" if data.client_id else None
        async with db.transaction() as tx:
            head = await get_changeable(tx.conn, conversation_id, principal)
            author = author_of(principal)
            if data.kind == "note":
                return await service.note(tx, head.id, author, data.text, external_id=external_id)
            return await service.reply(tx, head, author, data.text, external_id=external_id)

    @post("/{conversation_id:uuid}/read", status_code=HTTP_204_NO_CONTENT, summary="Mark as read up to a number")
    async def read(self, db: Db, principal: Caller, conversation_id: FromPath[UUID], data: JSONBody[ReadMark]) -> None:
        async with db.transaction() as tx:
            await service.get_visible(tx.conn, conversation_id, visibility_of(principal))
            await service.mark_read(tx, conversation_id, data.seq, by_customer=False)

    @post("/{conversation_id:uuid}/take", status_code=HTTP_200_OK, summary="Take the conversation")
    async def take(self, db: Db, principal: Caller, conversation_id: FromPath[UUID]) -> Conversation:
        async with db.transaction() as tx:
            await get_changeable(tx.conn, conversation_id, principal)
            return await service.take(tx, conversation_id, author_of(principal))

    @post("/{conversation_id:uuid}/resolve", status_code=HTTP_200_OK, summary="Resolve")
    async def resolve(self, db: Db, principal: Caller, conversation_id: FromPath[UUID]) -> Conversation:
        async with db.transaction() as tx:
            await get_changeable(tx.conn, conversation_id, principal)
            await service.resolve(tx, conversation_id)
            return await service.get(tx.conn, conversation_id)

    @post("/{conversation_id:uuid}/reopen", status_code=HTTP_200_OK, summary="Take up a resolved conversation again")
    async def reopen(self, db: Db, principal: Caller, conversation_id: FromPath[UUID]) -> Conversation:
        async with db.transaction() as tx:
            await get_changeable(tx.conn, conversation_id, principal)
            await service.reopen(tx, conversation_id)
            return await service.get(tx.conn, conversation_id)

    @post("/{conversation_id:uuid}/snooze", status_code=HTTP_200_OK, summary="Put aside until a moment")
    async def snooze(
        self, db: Db, principal: Caller, conversation_id: FromPath[UUID], data: JSONBody[Snooze]
    ) -> Conversation:
        if data.until.tzinfo is None or data.until <= now():
            raise SnoozeInPast
        async with db.transaction() as tx:
            await get_changeable(tx.conn, conversation_id, principal)
            await service.snooze(tx, conversation_id, data.until)
            return await service.get(tx.conn, conversation_id)


class Watch(msgspec.Struct, frozen=True, tag="watch"):
    """Follow one conversation's thread; what came after `after_seq` is sent first."""

    conversation_id: UUID
    after_seq: Annotated[int, msgspec.Meta(ge=0, le=service.LAST_SEQ)] = service.LAST_SEQ


class Unwatch(msgspec.Struct, frozen=True, tag="unwatch"):
    conversation_id: UUID


class Typing(msgspec.Struct, frozen=True, tag="typing"):
    conversation_id: UUID


_FRAMES: msgspec.json.Decoder[Watch | Unwatch | Typing] = msgspec.json.Decoder(Watch | Unwatch | Typing)


@websocket("/api/v1/socket")
async def staff_socket(
    socket: WebSocket[object, object, AppState], db: Db, hub: GivenHub, live: GivenLive, settings: Config
) -> None:
    """Everything a console shows live: list changes at once, threads as they are watched."""
    try:
        principal = await authenticate_socket(socket, db, settings.public_url)
        visibility = visibility_of(principal)
    except YingdaError as refused:
        await socket.accept()
        await socket.close(code=CLOSE_REFUSED, reason=refused.code)
        return
    await socket.accept()
    subscriber = hub.open(
        *list_topics_for(visibility), f"staff:{principal.staff_id}", f"session:{principal.session_id}"
    )
    subscriber.push('{"type":"ready"}')
    console = _Console(db, hub, live, subscriber, visibility, author_of(principal))
    try:
        await serve(socket, subscriber, console.frame)
    finally:
        hub.close(subscriber)


class _Console:
    """One open console: what its frames ask for."""

    def __init__(
        self, db: Database, hub: Hub, live: Live, subscriber: Subscriber, visibility: Visibility, author: Author
    ) -> None:
        self._db = db
        self._hub = hub
        self._live = live
        self._subscriber = subscriber
        self._visibility = visibility
        self._author = author

    async def frame(self, text: str) -> None:
        """Do what a frame asks; what is not ours to understand, or not theirs to see, is passed over in silence."""
        try:
            match read_frame(text, _FRAMES):
                case Watch(conversation_id, after_seq):
                    await self._watch(conversation_id, after_seq)
                case Unwatch(conversation_id):
                    self._hub.unfollow(self._subscriber, thread_topic(conversation_id))
                case Typing(conversation_id):
                    await self._type(conversation_id)
        except YingdaError:
            return

    async def _type(self, conversation_id: UUID) -> None:
        if thread_topic(conversation_id) in self._subscriber.topics:
            async with self._db.reading() as conn:
                place = await service.place_of(conn, conversation_id)
            self._live.typing(place, self._author)

    async def _watch(self, conversation_id: UUID, after_seq: int) -> None:
        async with self._db.reading() as conn:
            await service.get_visible(conn, conversation_id, self._visibility)
            self._hub.follow(self._subscriber, thread_topic(conversation_id))
            missed = await service.thread(conn, conversation_id, after_seq, None, CATCH_UP, with_notes=True)
        if missed.has_more:
            self._subscriber.push(RESYNC_FRAME)
            return
        for message in missed.messages:
            frame = {"type": "message", "conversation_id": conversation_id, "message": message}
            self._subscriber.push(msgspec.json.encode(frame).decode())


async def _items(conn: Connection, heads: list[Conversation]) -> list[ConversationItem]:
    names = await display_names(conn, [head.customer_id for head in heads])
    return [ConversationItem(head, CustomerName(head.customer_id, names.get(head.customer_id, ""))) for head in heads]


routers = [ConversationController, profile, thread_file, open_file, staff_socket]
