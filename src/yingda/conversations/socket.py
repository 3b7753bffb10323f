"""The socket of a console: list changes at once, threads as they are watched."""

from collections.abc import Awaitable, Callable
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import WebSocket, websocket
from litestar.datastructures import State as AppState
from litestar.di import NamedDependency

from yingda.conversations import service
from yingda.conversations.access import author_of, visibility_of
from yingda.conversations.audience import list_topics_for, staff_frame, thread_topic
from yingda.conversations.live import GivenLive, Live
from yingda.conversations.viewers import GivenViewers, Viewer, Viewers
from yingda.identity import Principal, authenticate_socket
from yingda.infra.database import Connection, Database
from yingda.infra.given import Config, Db, GivenHub
from yingda.infra.realtime import RESYNC_FRAME, Subscriber
from yingda.infra.sockets import CLOSE_REFUSED, read_frame, serve
from yingda.kit.errors import YingdaError

#: More missed messages than this a console fetches itself.
CATCH_UP = 100


class SocketTopics:
    """What other features tell a console over the same socket: each says on which topics somebody may listen."""

    def __init__(self, *features: Callable[[Connection, Principal], Awaitable[list[str]]]) -> None:
        self._features = features

    async def of(self, conn: Connection, principal: Principal) -> list[str]:
        return [topic for topics_of in self._features for topic in await topics_of(conn, principal)]


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
    socket: WebSocket[object, object, AppState],
    db: Db,
    hub: GivenHub,
    live: GivenLive,
    viewers: GivenViewers,
    settings: Config,
    socket_topics: NamedDependency[SocketTopics],
) -> None:
    """Everything a console shows live: list changes at once, threads as they are watched."""
    try:
        principal = await authenticate_socket(socket, db, settings.public_url)
        visibility = visibility_of(principal)
        async with db.reading() as conn:
            more = await socket_topics.of(conn, principal)
    except YingdaError as refused:
        await socket.accept()
        await socket.close(code=CLOSE_REFUSED, reason=refused.code)
        return
    await socket.accept()
    subscriber = hub.open(
        *list_topics_for(visibility), *more, f"staff:{principal.staff_id}", f"session:{principal.session_id}"
    )
    subscriber.push('{"type":"ready"}')
    console = _Console(db, live, viewers, subscriber, Viewer(author_of(principal), visibility))
    try:
        await serve(socket, subscriber, console.frame)
    finally:
        viewers.leave_all(subscriber)
        hub.close(subscriber)


class _Console:
    """One open console: what its frames ask for."""

    def __init__(self, db: Database, live: Live, viewers: Viewers, subscriber: Subscriber, viewer: Viewer) -> None:
        self._db = db
        self._live = live
        self._viewers = viewers
        self._subscriber = subscriber
        self._viewer = viewer

    async def frame(self, text: str) -> None:
        """Do what a frame asks; what is not ours to understand, or not theirs to see, is passed over in silence."""
        try:
            match read_frame(text, _FRAMES):
                case Watch(conversation_id, after_seq):
                    await self._watch(conversation_id, after_seq)
                case Unwatch(conversation_id):
                    self._viewers.leave(conversation_id, self._subscriber)
                case Typing(conversation_id):
                    await self._type(conversation_id)
        except YingdaError:
            return

    async def _type(self, conversation_id: UUID) -> None:
        if thread_topic(conversation_id) in self._subscriber.topics:
            async with self._db.reading() as conn:
                place = await service.place_of(conn, conversation_id)
            self._live.typing(place, self._viewer.author)

    async def _watch(self, conversation_id: UUID, after_seq: int) -> None:
        async with self._db.reading() as conn:
            await service.get_visible(conn, conversation_id, self._viewer.visibility)
            self._viewers.enter(conversation_id, self._subscriber, self._viewer)
            missed = await service.thread(conn, conversation_id, after_seq, None, CATCH_UP, with_notes=True)
        if missed.has_more:
            self._subscriber.push(RESYNC_FRAME)
            return
        for message in missed.messages:
            self._subscriber.push(staff_frame("message", conversation_id=conversation_id, message=message))
