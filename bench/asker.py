"""A customer who asks one thing at a time, and how long each answer took to the socket."""

import asyncio
from time import perf_counter
from typing import Any

import msgspec

from bench.client import Http, Socket, message
from bench.people import listen

RATE = 30
PATIENCE = 10


class Asker:
    """A customer with an open chat, who asks one thing at a time."""

    def __init__(self, http: Http, token: str) -> None:
        self._http = http
        self._token = token
        self._socket: Socket
        self._answered: asyncio.Future[float] | None = None

    @classmethod
    async def open(cls, port: int, token: str) -> "Asker":
        asker = cls(await Http.open(port), token)
        asker._socket = await listen(port, token, asker._hear)
        return asker

    async def ask(self, question: str) -> float:
        """Milliseconds until the answer."""
        self._answered = asyncio.get_running_loop().create_future()
        began = perf_counter()
        status, body = await self._http.send(message(self._token, question))
        if status != 201:
            raise RuntimeError(body.decode())
        return (await asyncio.wait_for(self._answered, PATIENCE) - began) * 1000

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._answered is not None and not self._answered.done()

    def close(self) -> None:
        self._socket.close()
        self._http.close()

    def _hear(self, frame: bytes, arrived: float) -> None:
        heard: Any = msgspec.json.decode(frame)
        from_assistant = heard["type"] == "message" and heard["message"]["author"]["kind"] == "assistant"
        if from_assistant and self._answered and self.busy:
            self._answered.set_result(arrived)
