"""Plays the customers' side of old chats through a running server, and accounts for every message.

Each chat of the file becomes a visitor of their own who uses the same HTTP and WebSocket API as the widget. At the end
every acknowledged message is looked for again.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import httpx

from yingda.app.replay.customer import Customer, ReplayFailed, Server, code_of, together, visiting
from yingda.app.replay.insight import insight_into, staff_of
from yingda.app.replay.script import Chat, Rejected, Script, ScriptUnusable, read_script
from yingda.app.replay.tally import Insight, Latency, Played, Report, tally

__all__ = [
    "Chat",
    "Insight",
    "Latency",
    "Rejected",
    "ReplayFailed",
    "Report",
    "Script",
    "ScriptUnusable",
    "Target",
    "read_script",
    "replay",
]

_LOCAL_HOSTS = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, kw_only=True)
class Target:
    """Where and how fast to play. `rate` in messages per second, None for as fast as answers come.

    Intents are read with `api_key`, or, from a demo on this machine, with the accounts kept in `demo_accounts`.
    """

    url: str
    shop: str
    rate: float | None = None
    concurrency: int = 16
    patience: float = 30
    api_key: str | None = None
    demo_accounts: Path | None = None


async def replay(target: Target, chats: list[Chat], on_sent: Callable[[], None] = lambda: None) -> Report:
    """Play the chats; `on_sent` is called after each message. Raises `ReplayFailed` when it cannot go on."""
    limits = httpx.Limits(max_connections=target.concurrency, max_keepalive_connections=target.concurrency)
    async with httpx.AsyncClient(base_url=target.url, limits=limits, trust_env=False, timeout=target.patience) as http:
        server = Server(http, target.shop, target.patience)
        is_demo = await _is_demo(http, target)
        began = perf_counter()
        customers = await _play(server, target, chats, on_sent)
        seconds = perf_counter() - began
        played = [Played(customer.sent, await customer.thread()) for customer in customers]
    accounts = target.demo_accounts if is_demo and httpx.URL(target.url).host in _LOCAL_HOSTS else None
    async with staff_of(target.url, target.api_key, accounts) as staff:
        conversations = [customer.conversation_id for customer in customers if customer.conversation_id]
        insight = await insight_into(staff, conversations) if staff else Insight()
    return tally(played, insight, seconds)


async def _is_demo(http: httpx.AsyncClient, target: Target) -> bool:
    """Whether the shop is the demo's. Raises `ReplayFailed` unless a Yingda with that shop answers."""
    try:
        answer = await http.get("/api/v1/chat/widget-config", params={"shop": target.shop})
    except httpx.ConnectError:
        raise ReplayFailed(
            f"nothing answers at {target.url}. Start it with `yingda demo`, or name another place with --url"
        ) from None
    except (httpx.TransportError, httpx.UnsupportedProtocol, httpx.InvalidURL) as error:
        raise ReplayFailed(f"{target.url} cannot be reached: {error}") from None
    try:
        return bool(answer.json()["shop"]["demo"])
    except (ValueError, KeyError, TypeError):
        raise ReplayFailed(f"{target.url} has no shop {target.shop!r} to chat with: {code_of(answer)}") from None


async def _play(server: Server, target: Target, chats: list[Chat], on_sent: Callable[[], None]) -> list[Customer]:
    """All chats, `concurrency` of them at a time; the customers when they have said everything."""
    pace = _Pace(target.rate)
    waiting = iter(chats)
    customers: list[Customer] = []

    async def play_some() -> None:
        for chat in waiting:
            async with visiting(server) as customer:
                customers.append(customer)
                for text in chat.texts:
                    await pace.next()
                    await customer.say(text)
                    on_sent()

    await together(play_some() for _ in range(target.concurrency))
    return customers


class _Pace:
    """Lets messages go at a steady rate."""

    def __init__(self, rate: float | None) -> None:
        self._interval = 1 / rate if rate else 0.0
        self._next = 0.0

    async def next(self) -> None:
        now = perf_counter()
        self._next = max(self._next + self._interval, now)
        await asyncio.sleep(self._next - now)
