"""From the sending of a customer's message to the assistant's answer on their socket, at a steady 30 messages/s."""

import asyncio
from time import perf_counter
from typing import Any

import msgspec

from bench.client import Http, Socket, message
from bench.figures import Figure, percentile
from bench.people import QUESTIONS, known_customers, listen, settle, visitors
from bench.system import System

RATE = 30
VISITORS = 60
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


async def measure(system: System, *, quick: bool) -> list[Figure]:
    seconds, rounds = (3, 1) if quick else (15, 4)
    tokens = [*await known_customers(system.port), *await visitors(system.port, VISITORS)]
    askers = [await Asker.open(system.port, token) for token in tokens]
    await settle()
    await _round(askers, seconds=2)  # warms up; not counted
    waits = [await _round(askers, seconds) for _ in range(rounds)]
    for asker in askers:
        asker.close()
    return [
        Figure(f"answer on the socket at {RATE} messages/s, p50", "ms", [percentile(w, 0.5) for w in waits], 40),
        Figure(f"answer on the socket at {RATE} messages/s, p99", "ms", [percentile(w, 0.99) for w in waits], 150),
    ]


async def _round(askers: list[Asker], seconds: float) -> list[float]:
    """Ask at the rate, whether or not the answers keep up. Everybody asks everything, in turns."""
    began, asking = perf_counter(), []
    for number in range(int(seconds * RATE)):
        await asyncio.sleep(max(0.0, began + number / RATE - perf_counter()))
        time_round, who = divmod(number, len(askers))
        if askers[who].busy:
            raise RuntimeError("a customer would ask before the last answer: too many hand-overs or too slow")
        asking.append(asyncio.create_task(askers[who].ask(QUESTIONS[(who + time_round) % len(QUESTIONS)])))
    return await asyncio.gather(*asking)
