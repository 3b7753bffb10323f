"""The socket of a console: list changes at once, threads as they are watched."""

from typing import Annotated
from uuid import UUID

import msgspec
from litestar import WebSocket, websocket
from litestar.datastructures import State as AppState

from yingda.conversations import service
from yingda.conversations.access import author_of, visibility_of
from yingda.conversations.live import GivenLive, Live, list_topics_for, thread_topic
from yingda.conversations.schemas import (
    Author,
    Visibility,
)
from yingda.identity import authenticate_socket
from yingda.infra.database import Database
from yingda.infra.given import Config, Db, GivenHub
from yingda.infra.realtime import RESYNC_FRAME, Hub, Subscriber
from yingda.infra.sockets import CLOSE_REFUSED, read_frame, serve
from yingda.kit.errors import YingdaError

#: More missed messages than this a console fetches itself.
CATCH_UP = 100


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
