"""Storing messages: over HTTP, against the same SQL sent by bare asyncpg. Short rounds of both take
turns, so that whatever else the machine does meets both.

With a person in charge only the message is stored. With the assistant in charge a job row is written too, on both
sides, and while HTTP is measured the assistant answers, on the same cores.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from time import perf_counter
from uuid import UUID, uuid4

import asyncpg
import msgspec

from bench.client import Http, message
from bench.figures import Figure
from bench.people import settle, visitors, with_a_person
from bench.system import System
from yingda.conversations.repository.messages import RECEIVE
from yingda.conversations.rules import search_terms
from yingda.dialogue.tasks import ANSWER, AnswerTurn
from yingda.infra.jobs import Jobs
from yingda.infra.settings import Settings
from yingda.kit.clock import now
from yingda.kit.ids import new_id

CLIENTS = 16
VISITORS = 320
DRAIN_SECONDS = 120

#: Where the bare statements store: nobody answers or watches there.
BARE_SHOP = "bench"


async def measure(system: System, *, quick: bool) -> list[Figure]:
    seconds, rounds, people = (1.0, 1, 64) if quick else (1.5, 12, VISITORS)
    with_person = await visitors(system.port, people)
    await with_a_person(system, with_person)
    await settle()
    taken = await _compare(system, with_person, seconds, rounds, Bare("请问我上周买的那瓶精华什么时候能发货？"))
    pending = await _compare(
        system, await visitors(system.port, people), seconds * 2, rounds // 3 or 1, Bare("谢谢", with_job=True)
    )
    return [
        Figure("messages stored over HTTP, a person answers", "/s", taken[0]),
        Figure("the same SQL by bare asyncpg", "/s", taken[1]),
        Figure("stored over HTTP against bare SQL", "", _ratios(*taken), 0.5, at_least=True),
        Figure("messages stored over HTTP while the assistant answers", "/s", pending[0]),
        Figure("the same SQL with the job row by bare asyncpg, nobody answers", "/s", pending[1]),
    ]


def _ratios(ours: list[float], bare: list[float]) -> list[float]:
    return [a / b for a, b in zip(ours, bare, strict=True)]


async def _compare(
    system: System, tokens: list[str], seconds: float, rounds: int, peer: "Bare"
) -> tuple[list[float], list[float]]:
    over_http, bare = [], []
    for _ in range(rounds):
        over_http.append(await _over_http(system, tokens, peer.text, seconds))
        await _drained(system)
        bare.append(await peer.rate(system, seconds))
    return over_http, bare


async def _over_http(system: System, tokens: list[str], text: str, seconds: float) -> float:
    connections = [await Http.open(system.port) for _ in range(CLIENTS)]
    turn = count()

    async def store(client: int) -> None:
        status, body = await connections[client].send(message(tokens[next(turn) % len(tokens)], text))
        if status != 201:
            raise RuntimeError(body.decode())

    rate = await _rate(store, seconds)
    for connection in connections:
        connection.close()
    return rate


@dataclass(frozen=True)
class Bare:
    """The peer: the statements that storing `text` consists of, and nothing else."""

    text: str
    with_job: bool = False

    async def rate(self, system: System, seconds: float) -> float:
        size = Settings.model_fields["database_pool"].default
        async with asyncpg.create_pool(system.url, min_size=size, max_size=size, reset=_keep_as_is) as pool:
            places = await _places(pool)
            content = msgspec.json.encode({"type": "text", "text": self.text}).decode()
            terms, jobs, turn = search_terms(self.text), Jobs(system.url), count()

            async def store(_client: int) -> None:
                customer, conversation = places[next(turn) % len(places)]
                name, moment = f"{customer}:{uuid4()}", now()
                values = (customer, BARE_SHOP, new_id(), "text", "web", name, content, terms, moment, self.text)
                async with pool.acquire() as conn, conn.transaction():
                    await conn.fetchrow(RECEIVE, *values)
                    if self.with_job:
                        await jobs.enqueue(conn, ANSWER, AnswerTurn(conversation), run_at=moment + timedelta(days=1))

            rate = await _rate(store, seconds)
            await pool.execute("DELETE FROM procrastinate_jobs WHERE scheduled_at > now() + interval '1 hour'")
            return rate


async def _places(pool: "asyncpg.Pool[asyncpg.Record]") -> list[tuple[UUID, UUID]]:
    """Customers with a current conversation in the shop of the bare statements."""
    await pool.execute(
        "INSERT INTO conversations (id, shop, channel, customer_id, state, last_message_at, created_at) "
        "SELECT gen_random_uuid(), $1, 'web', id, 'open', now(), now() FROM customers ORDER BY id DESC LIMIT $2 "
        "ON CONFLICT DO NOTHING",
        BARE_SHOP,
        VISITORS,
    )
    rows = await pool.fetch("SELECT customer_id, id FROM conversations WHERE shop = $1 LIMIT $2", BARE_SHOP, VISITORS)
    return [(row["customer_id"], row["id"]) for row in rows]


async def _keep_as_is(_connection: object) -> None:
    """As `Database` does: no round trip to reset a connection that nobody has changed."""


async def _rate(store: Callable[[int], Awaitable[None]], seconds: float) -> float:
    """Messages a second by all clients, each waiting for one before the next."""
    stored = 0
    began = perf_counter()

    async def client(number: int) -> None:
        nonlocal stored
        while perf_counter() < began + seconds:
            await store(number)
            stored += 1

    await asyncio.gather(*(client(number) for number in range(CLIENTS)))
    return stored / (perf_counter() - began)


async def _drained(system: System) -> None:
    """Wait until the assistant has dealt with everything."""
    conn = await asyncpg.connect(system.url)
    query = "SELECT EXISTS (SELECT FROM procrastinate_jobs WHERE task_name = $1)"
    async with asyncio.timeout(DRAIN_SECONDS):
        while True:
            if not await conn.fetchval(query, ANSWER.name):
                break
            await asyncio.sleep(0.1)
    await conn.close()
