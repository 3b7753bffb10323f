"""Keeping one WebSocket served: frames of a subscriber out, the client's frames in, until either side ends."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias, TypeVar

import msgspec
from litestar import WebSocket
from litestar.datastructures import State
from litestar.exceptions import WebSocketDisconnect

from yingda.infra.realtime import Dropped, Subscriber

T = TypeVar("T")

CLOSE_NOT_UNDERSTOOD = 4400
CLOSE_REFUSED = 4401
CLOSE_NO_HELLO = 4408
CLOSE_SLOW = 4409
#: What may be heard is another now: come again.
CLOSE_CHANGED = 4410

_CLOSES = {"slow": CLOSE_SLOW, "rights_changed": CLOSE_CHANGED}

#: A client's frame is a few words; anything longer is not ours.
FRAME_LIMIT = 4096

AnySocket: TypeAlias = WebSocket[Any, Any, State]


def read_frame(text: str, decoder: msgspec.json.Decoder[T]) -> T | None:
    """What the client says; None for a frame that is none of ours."""
    if len(text) > FRAME_LIMIT:
        return None
    try:
        return decoder.decode(text)
    except (msgspec.DecodeError, RecursionError):
        return None


async def serve(socket: AnySocket, subscriber: Subscriber, on_frame: Callable[[str], Awaitable[None]]) -> None:
    """Write what `subscriber` is given and hand what the client sends to `on_frame`, until the socket ends."""
    writer = asyncio.create_task(_write(socket, subscriber))
    try:
        while True:
            await on_frame(await socket.receive_data(mode="text"))
    except WebSocketDisconnect:
        pass
    finally:
        writer.cancel()
        with contextlib.suppress(asyncio.CancelledError, WebSocketDisconnect):
            await writer


async def _write(socket: AnySocket, subscriber: Subscriber) -> None:
    try:
        while True:
            for frame in await subscriber.next_frames():
                await socket.send_data(frame, mode="text")
    except Dropped as dropped:
        await socket.close(code=_CLOSES.get(str(dropped), CLOSE_REFUSED), reason=str(dropped))
    except (WebSocketDisconnect, RuntimeError, OSError):
        return  # the client is gone; the reader notices too
