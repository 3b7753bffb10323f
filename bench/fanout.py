"""One message to everybody who watches: 600 consoles among 2 000 open sockets, and what a socket costs."""

import asyncio
from collections.abc import Awaitable, Iterable
from statistics import median
from time import perf_counter

from bench.client import Http, Socket
from bench.figures import Figure, percentile
from bench.people import Administrator, listen, say, settle, visitors, with_a_person
from bench.system import System

SOCKETS = 2000
WATCHERS = 600
MESSAGES = 60
PAUSE_SECONDS = 0.25
PATIENCE = 10
OPENED_AT_ONCE = 50


class Audience:
    """Consoles that all see every conversation's activity, and when each of them heard of a message."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._heard: list[float] = []
        self._everybody = asyncio.Event()

    def expect(self) -> None:
        self._heard = []
        self._everybody.clear()

    def hear(self, frame: bytes, arrived: float) -> None:
        if frame.startswith(b'{"type":"activity"'):
            self._heard.append(arrived)
            if len(self._heard) == self._size:
                self._everybody.set()

    async def arrivals(self) -> list[float]:
        """When everybody heard."""
        await asyncio.wait_for(self._everybody.wait(), PATIENCE)
        return self._heard


async def measure(system: System, *, quick: bool) -> list[Figure]:
    sockets, watchers, rounds, messages = (200, 60, 1, 5) if quick else (SOCKETS, WATCHERS, 3, MESSAGES)
    tokens = await visitors(system.port, sockets - watchers)
    await with_a_person(system, tokens[:1])
    await settle()
    before = system.memory()
    customers = await _open(listen(system.port, token, _ignore) for token in tokens)
    await settle()
    kib = (system.memory() - before) / 1024 / len(customers)
    audience = Audience(watchers)
    cookie = (await Administrator.sign_in(system)).cookie
    consoles = await _open(
        Socket.open(system.port, "/api/v1/socket", audience.hear, cookie=cookie) for _ in range(watchers)
    )
    await settle()
    heard = [await _round(system, audience, tokens[0], messages) for _ in range(rounds)]
    for socket in [*customers, *consoles]:
        socket.close()
    name = f"{sockets} sockets, {watchers} watchers"
    return [
        Figure(f"a message reaches all: {name}, p99", "ms", [percentile(waits, 0.99) for waits in heard], 20),
        Figure(f"a message reaches all: {name}, p50", "ms", [median(waits) for waits in heard]),
        Figure("memory of one open socket", "KiB", [kib], 40),
    ]


async def _round(system: System, audience: Audience, token: str, messages: int) -> list[float]:
    """Milliseconds from sending to each watcher's hearing, of all messages."""
    http = await Http.open(system.port)
    waits = []
    for _ in range(messages):
        audience.expect()
        began = perf_counter()
        await say(http, token, "在吗")
        waits += [(arrived - began) * 1000 for arrived in await audience.arrivals()]
        await asyncio.sleep(PAUSE_SECONDS)
    http.close()
    return waits


async def _open(opening: Iterable[Awaitable[Socket]]) -> list[Socket]:
    """All of them, a few at a time."""
    gate = asyncio.Semaphore(OPENED_AT_ONCE)

    async def one(socket: Awaitable[Socket]) -> Socket:
        async with gate:
            return await socket

    return list(await asyncio.gather(*map(one, opening)))


def _ignore(_frame: bytes, _arrived: float) -> None:
    """What a silent customer does with frames."""
