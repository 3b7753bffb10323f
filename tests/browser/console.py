"""What an agent's console does while the customer looks on."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

from tests.factories import Colleague


class Conversation:
    """A conversation in the hands of an agent."""

    def __init__(self, colleague: Colleague, conversation_id: str) -> None:
        self._colleague = colleague
        self.id = conversation_id

    @classmethod
    async def next_waiting(cls, colleague: Colleague) -> "Conversation":
        """The one that waits for a person; there must be exactly one."""
        (item,) = (await colleague.get("/conversations", view="waiting"))["items"]
        assert item["conversation"]["state"] == "open"
        return cls(colleague, item["conversation"]["id"])

    async def take(self) -> None:
        await self._do("take")

    async def reply(self, text: str) -> None:
        await self._do("messages", json={"text": text})

    async def resolve(self) -> None:
        await self._do("resolve")

    async def _do(self, action: str, **options: Any) -> None:
        answer = await self._colleague.call("POST", f"/conversations/{self.id}/{action}", **options)
        assert answer.is_success, answer.text

    @asynccontextmanager
    async def watched(self, url: str) -> AsyncIterator["Watch"]:
        """Follow it over the console's socket."""
        address = f"{url.replace('http', 'ws', 1)}/api/v1/socket"
        headers = {"Cookie": self._colleague.cookies, "Origin": url}
        async with connect(address, proxy=None, additional_headers=headers) as socket:
            watch = Watch(socket, self.id)
            await watch.begin()
            yield watch


class Watch:
    """The socket of a console that follows one conversation."""

    def __init__(self, socket: ClientConnection, conversation_id: str) -> None:
        self._socket = socket
        self._conversation_id = conversation_id

    async def begin(self) -> None:
        """Until the server has let the console in and sends the thread."""
        await self._send("watch", after_seq=0)
        await self.hears("message")

    async def type(self) -> None:
        await self._send("typing")

    async def hears(self, kind: str) -> dict[str, Any]:
        """The next frame of this kind."""
        async with asyncio.timeout(10):
            async for text in self._socket:
                frame: dict[str, Any] = json.loads(text)
                if frame["type"] == kind:
                    return frame
        raise AssertionError(f"the socket closed before a frame {kind}")

    async def _send(self, kind: str, **more: Any) -> None:
        await self._socket.send(json.dumps({"type": kind, "conversation_id": self._conversation_id, **more}))
