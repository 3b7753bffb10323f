"""HTTP and WebSocket for customers: see docs/web-channel.md."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Final, Literal, TypeAlias
from uuid import UUID

import msgspec
from litestar import Controller, Request, Response, WebSocket, get, post, put, websocket
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.exceptions import WebSocketDisconnect
from litestar.params import FromQuery, JSONBody, QueryParameter
from litestar.status_codes import HTTP_200_OK, HTTP_201_CREATED, HTTP_204_NO_CONTENT

from yingda.channels.web import service, tokens
from yingda.channels.web.audience import customer_topic, for_customer, frame, state_frame
from yingda.channels.web.repository import ShopName, list_shops
from yingda.channels.web.schemas import (
    CustomerMessage,
    CustomerThread,
    Locale,
    OpenSession,
    Orders,
    RateAnswer,
    ReadUpTo,
    SendMessage,
    Session,
    WidgetConfig,
)
from yingda.channels.web.shops import shop_of
from yingda.channels.web.tokens import Visitor, VisitorTokenInvalid
from yingda.commerce import Store
from yingda.conversations import (
    Uploaded,
    uploaded,
    Author,
    AuthorKind,
    GivenLive,
    Live,
    current,
    mark_read,
    place_of,
    thread,
    upload,
    visibility_of,
)
from yingda.identity import Caller
from yingda.infra.database import Database
from yingda.infra.files import FileStore
from yingda.infra.given import Config, Db, GivenFiles, GivenHub, GivenMetrics
from yingda.infra.http import client_address
from yingda.infra.limits import RateLimit
from yingda.infra.metrics import Metrics
from yingda.infra.realtime import RESYNC_FRAME, Hub, Subscriber
from yingda.infra.settings import Settings
from yingda.infra.sockets import CLOSE_NO_HELLO, CLOSE_NOT_UNDERSTOOD, CLOSE_REFUSED, read_frame, serve
from yingda.infra.uploads import UploadOperation, uploaded_part
from yingda.kit.clock import now

AnyRequest = Request[object, object, State]
Limit = Annotated[int, QueryParameter(ge=1, le=200, description="Most messages in one answer.")]
Seq = Annotated[int | None, QueryParameter(ge=0, le=2**31 - 1)]

#: OpenAPI: who may call.
VISITOR: Final[Sequence[dict[str, list[str]]]] = [{"visitor": []}]
ANYBODY: Final[Sequence[dict[str, list[str]]]] = [{}]

HELLO_SECONDS = 10
TYPING_SECONDS = 2
#: More than this a client fetches itself; also far less than a socket's queue holds.
CATCH_UP = 100


class WebLimits:
    """How much visitors and addresses may send; one object a process."""

    def __init__(self, settings: Settings) -> None:
        self.visitor = RateLimit(settings.visitor_messages_per_minute)
        self.address = RateLimit(settings.address_messages_per_minute)
        self.sessions = RateLimit(settings.sessions_per_address_per_minute)


GivenLimits: TypeAlias = NamedDependency[WebLimits]
GivenStores: TypeAlias = NamedDependency[dict[str, Store]]
GivenVisitor: TypeAlias = NamedDependency[Visitor]


def provide_visitor(request: AnyRequest, settings: Config) -> Visitor:
    """Who is speaking, by their token alone: no look-up."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise VisitorTokenInvalid
    return tokens.verify(settings.signing_key, token, now())


@dataclass(frozen=True)
class Counter:
    """All that sending works with, beside the visitor.

    The two come as one dependency: the framework opens a task group to resolve several, which took a fifth of the time
    of a send.
    """

    db: Database
    files: FileStore
    settings: Settings
    limits: WebLimits
    stores: dict[str, Store]

    def provide(self, request: AnyRequest) -> "tuple[Visitor, Counter]":
        return provide_visitor(request, self.settings), self


GivenSending: TypeAlias = NamedDependency[tuple[Visitor, Counter]]


class ChatController(Controller):
    path = "/api/v1/chat"
    tags = ("chat",)
    security = VISITOR

    @get("/widget-config", security=ANYBODY, summary="How the widget of a shop looks")
    async def config(
        self, db: Db, shop: Annotated[str, QueryParameter(max_length=100)], locale: FromQuery[Locale] = "zh"
    ) -> WidgetConfig:
        async with db.reading() as conn:
            inbox = await shop_of(conn, shop)
        return WidgetConfig(service.shop_shown(inbox, locale), inbox.color)

    @post("/sessions", status_code=HTTP_201_CREATED, security=ANYBODY, summary="Begin or go on with a chat")
    async def open_session(
        self,
        request: AnyRequest,
        db: Db,
        files: GivenFiles,
        settings: Config,
        web_limits: GivenLimits,
        data: JSONBody[OpenSession],
    ) -> Session:
        web_limits.sessions.take(client_address(request, settings.trusted_proxies))
        async with db.transaction() as tx:
            return await service.open_session(tx, data, files, settings)

    @post("/messages", status_code=HTTP_201_CREATED, summary="Send a message")
    async def send(
        self, request: AnyRequest, sending: GivenSending, data: JSONBody[SendMessage]
    ) -> Response[CustomerMessage]:
        """201 when stored; 200 with the first one when this `client_id` was stored before."""
        visitor, given = sending
        given.limits.visitor.take(visitor.customer_id)
        given.limits.address.take(client_address(request, given.settings.trusted_proxies))
        async with given.db.transaction() as tx:
            received = await service.send(tx, visitor, data, given.stores, given.settings.text_chars)
        status = HTTP_200_OK if received.duplicate else HTTP_201_CREATED
        return Response(for_customer(received.message, given.files), status_code=status)

    @get("/messages", summary="A stretch of one's own thread, ascending")
    async def messages(
        self,
        db: Db,
        files: GivenFiles,
        visitor: GivenVisitor,
        after_seq: Seq = None,
        before_seq: Seq = None,
        limit: Limit = 50,
    ) -> CustomerThread:
        async with db.reading() as conn:
            head = await current(conn, visitor.customer_id, visitor.shop)
            if head is None:
                return CustomerThread([], has_more=False)
            found = await thread(conn, head.id, after_seq, before_seq, limit, with_notes=False)
        return CustomerThread([for_customer(message, files) for message in found.messages], found.has_more)

    @post("/read", status_code=HTTP_204_NO_CONTENT, summary="Say how far one has read")
    async def read(self, db: Db, visitor: GivenVisitor, data: JSONBody[ReadUpTo]) -> None:
        async with db.transaction() as tx:
            if head := await current(tx.conn, visitor.customer_id, visitor.shop):
                await mark_read(tx, head.id, data.seq, by_customer=True)

    @put("/ratings", status_code=HTTP_204_NO_CONTENT, summary="Say whether an answer from an article helped")
    async def rate(self, db: Db, web_limits: GivenLimits, visitor: GivenVisitor, data: JSONBody[RateAnswer]) -> None:
        """Said again, it replaces what was said before."""
        web_limits.visitor.take(visitor.customer_id)
        async with db.transaction() as tx:
            await service.rate_answer(tx, visitor, data)

    @get("/orders", summary="One's latest orders, to choose from")
    async def orders(self, db: Db, stores: GivenStores, visitor: GivenVisitor) -> Orders:
        async with db.reading() as conn:
            return Orders(await service.orders_of(conn, visitor, stores))


@post(
    "/api/v1/chat/uploads",
    operation_class=UploadOperation,
    status_code=HTTP_201_CREATED,
    tags=["chat"],
    security=VISITOR,
    summary="Upload a file to send",
)
async def upload_file(
    request: AnyRequest,
    db: Db,
    files: GivenFiles,
    settings: Config,
    web_limits: GivenLimits,
    visitor: GivenVisitor,
) -> Uploaded:
    """One multipart part named `file`. Nothing of it is read for those who may not upload."""
    web_limits.visitor.take(visitor.customer_id)
    web_limits.address.take(client_address(request, settings.trusted_proxies))
    stored = await upload(db, files, *await uploaded_part(request), visitor.customer_id)
    return uploaded(files, stored)


class Hello(msgspec.Struct, frozen=True):
    token: str
    type: Literal["hello"] = "hello"
    after_seq: Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)] = 0


class _Frame(msgspec.Struct, frozen=True):
    type: str


_HELLO = msgspec.json.Decoder(Hello)
_FRAME = msgspec.json.Decoder(_Frame)


@websocket("/api/v1/chat/socket")
async def chat_socket(
    socket: WebSocket[object, object, State],
    db: Db,
    hub: GivenHub,
    live: GivenLive,
    files: GivenFiles,
    metrics: GivenMetrics,
    settings: Config,
) -> None:
    """What happens in the customer's conversation, live, after what they missed."""
    await socket.accept()
    try:
        async with asyncio.timeout(HELLO_SECONDS):
            hello = read_frame(await socket.receive_data(mode="text"), _HELLO)
        if hello is None:
            return await socket.close(code=CLOSE_NOT_UNDERSTOOD, reason="hello not understood")
        visitor = tokens.verify(settings.signing_key, hello.token, now())
    except TimeoutError:
        return await socket.close(code=CLOSE_NO_HELLO, reason="no hello")
    except VisitorTokenInvalid:
        return await socket.close(code=CLOSE_REFUSED, reason=VisitorTokenInvalid.code)
    except WebSocketDisconnect:
        return None
    subscriber = hub.open(customer_topic(visitor.customer_id, visitor.shop))
    metrics.sockets_open.inc()
    try:
        await _catch_up(db, files, subscriber, visitor, hello.after_seq)
        await serve(socket, subscriber, _Typist(db, live, visitor).frame)
    finally:
        metrics.sockets_open.dec()
        hub.close(subscriber)


async def _catch_up(db: Database, files: FileStore, subscriber: Subscriber, visitor: Visitor, after_seq: int) -> None:
    """Say where the thread stands and send what the client has not seen; too much of it, it fetches itself."""
    async with db.reading() as conn:
        head = await current(conn, visitor.customer_id, visitor.shop)
        known = after_seq if head and after_seq <= head.last_seq else 0  # else it counts an earlier conversation
        missed = await thread(conn, head.id, known, None, CATCH_UP, with_notes=False) if head else None
    subscriber.push(frame("ready", conversation_id=head.id if head else None, last_seq=head.last_seq if head else 0))
    if head:
        subscriber.push(state_frame(head.state, head.assignee_name))
        subscriber.push(frame("read", seq=service.read_by_service(head)))
    if missed and missed.has_more:
        subscriber.push(RESYNC_FRAME)
    elif missed:
        for message in missed.messages:
            subscriber.push(frame("message", message=for_customer(message, files)))


class _Typist:
    """What a customer's frames ask for: to show that they are writing."""

    def __init__(self, db: Database, live: Live, visitor: Visitor) -> None:
        self._db = db
        self._live = live
        self._visitor = visitor
        self._shown = float("-inf")

    async def frame(self, text: str) -> None:
        said = read_frame(text, _FRAME)
        if said and said.type == "typing" and time.monotonic() - self._shown >= TYPING_SECONDS:
            self._shown = time.monotonic()
            await self._show()

    async def _show(self) -> None:
        async with self._db.reading() as conn:
            head = await current(conn, self._visitor.customer_id, self._visitor.shop)
            place = await place_of(conn, head.id) if head else None
        if place:
            self._live.typing(place, Author(AuthorKind.CUSTOMER))


@get("/api/v1/shops", tags=["channels"], summary="Shops whose pages carry the widget")
async def shops(db: Db, principal: Caller) -> list[ShopName]:
    """For whoever may see conversations of any of them."""
    visibility_of(principal)
    async with db.reading() as conn:
        return await list_shops(conn)


routers = [ChatController, chat_socket, shops]

#: Apart, because whoever serves them must let larger bodies through.
upload_routers = [upload_file]
