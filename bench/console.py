"""The agents' console: what a list, an open conversation and a reply cost the server among 10 000 conversations, how
soon the list can be used in a browser, and the memory of a process with 200 agents at work.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from itertools import cycle
from pathlib import Path
from time import perf_counter
from typing import Any
from uuid import UUID

import asyncpg
from playwright.async_api import async_playwright

from bench.client import Socket
from bench.figures import Figure
from bench.people import Administrator, settle, visitors, with_a_person
from bench.system import System
from tools.browser import ARGUMENTS, MISSING, find

CONVERSATIONS = 10_000
AGENTS = 200
REPLIES_PER_SECOND = 30

_FILL = """
WITH people AS (
    INSERT INTO customers (id, display_name, segment, locale, attributes, demo, created_at)
    SELECT gen_random_uuid(), '顾客' || n, 'regular', 'zh', '{}', true, now()
    FROM generate_series(1, $1::int) AS n RETURNING id
), heads AS (
    INSERT INTO conversations (id, shop, channel, customer_id, state, level, last_seq, customer_seq, waiting_since,
                               last_message_at, preview, intent, emotion, created_at)
    SELECT gen_random_uuid(), 'liuli', 'web', id, 'snoozed', 1 + (random() * 3)::int, 20, 20, now(),
           now() - random() * interval '30 days', '请问我上周买的那瓶精华什么时候能发货？', 'logistics.ship_time',
           'anxious', now()
    FROM people RETURNING id
)
INSERT INTO messages (conversation_id, seq, id, kind, author_kind, channel, content, terms, created_at)
SELECT id, n, gen_random_uuid(), 'text', CASE WHEN n % 2 = 0 THEN 'customer' ELSE 'assistant' END, 'web',
       jsonb_build_object('type', 'text', 'text', '请问我上周买的那瓶精华什么时候能发货？'), '{}', now()
FROM heads, generate_series(1, 20) AS n
"""

Call = Callable[[], Awaitable[object]]


async def measure(system: System, *, quick: bool) -> list[Figure]:
    amount, agents, rounds, calls = (500, 20, 1, 20) if quick else (CONVERSATIONS, AGENTS, 5, 200)
    conn = await asyncpg.connect(system.url)
    await conn.execute(_FILL, amount, timeout=120)
    await conn.execute("ANALYZE conversations, messages, customers")
    open_ones = await with_a_person(system, await visitors(system.port, agents))
    await settle()
    try:
        return [
            *await _costs(system, conn, open_ones[0], rounds, calls, f"{amount:,} conversations"),
            Figure(
                f"console opened to a list that can be used, {amount:,} conversations",
                "ms",
                await _lists(system, rounds),
            ),
            await _memory(system, open_ones, seconds=2 if quick else 20),
        ]
    finally:
        await conn.close()


async def _costs(
    system: System, conn: "asyncpg.Connection[Any]", conversation: UUID, rounds: int, calls: int, among: str
) -> list[Figure]:
    """CPU of the web process and statements for each thing an agent does all day."""
    agent = await Administrator.sign_in(system)
    path = f"/api/v1/conversations/{conversation}"

    async def open_one() -> None:
        for part in ("", "/messages", "/profile"):
            await agent.get(path + part)

    doing: dict[str, Call] = {
        "list": lambda: agent.get("/api/v1/conversations?view=all&limit=50"),
        "open": open_one,
        "reply": lambda: agent.post(f"{path}/messages", {"text": "您好，已经为您加急，预计今天发出。"}),
    }
    figures = []
    for name, call in doing.items():
        milliseconds = [await _cpu(system, call, calls) for _ in range(rounds)]
        statements = min([await _statements(conn, call) for _ in range(5)])
        figures.append(Figure(f"{name} in the console, {among}: CPU of the web process", "ms", milliseconds))
        figures.append(Figure(f"{name} in the console: statements", "", [statements]))
    return figures


async def _cpu(system: System, call: Call, times: int) -> float:
    """Milliseconds of a core for one call."""
    before = sum(system.web.cpu_times()[:2])
    for _ in range(times):
        await call()
    return (sum(system.web.cpu_times()[:2]) - before) * 1000 / times


async def _statements(conn: "asyncpg.Connection[Any]", call: Call) -> int:
    """How many statements reach PostgreSQL for one call, `BEGIN` and `COMMIT` aside. Others' may be among them."""
    async with _logged(conn) as log:
        await call()
        await settle(0.2)
        said = [line for line in log() if "execute" in line or "statement:" in line]
    return sum(not any(word in line for word in ("BEGIN", "COMMIT", "ALTER SYSTEM", "pg_reload_conf")) for line in said)


@asynccontextmanager
async def _logged(conn: "asyncpg.Connection[Any]") -> AsyncIterator[Callable[[], list[str]]]:
    """PostgreSQL writes down every statement meanwhile."""
    await conn.execute("ALTER SYSTEM SET log_statement = 'all'")
    await conn.execute("SELECT pg_reload_conf()")
    await settle(0.2)
    file = Path(await conn.fetchval("SELECT current_setting('data_directory') || '/' || pg_current_logfile()"))
    try:
        yield _tail(file)
    finally:
        await conn.execute("ALTER SYSTEM RESET log_statement")
        await conn.execute("SELECT pg_reload_conf()")


def _tail(file: Path) -> Callable[[], list[str]]:
    """What is written to a file from now on."""
    skipped = file.stat().st_size
    return lambda: file.read_bytes()[skipped:].decode(errors="replace").splitlines()


async def _lists(system: System, rounds: int) -> list[float]:
    """Milliseconds from the address to a first row that can be clicked, in a browser that has been here before."""
    name, _, value = (await Administrator.sign_in(system)).cookie.split(";")[0].partition("=")
    address = f"http://127.0.0.1:{system.port}"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find() or MISSING, args=ARGUMENTS)
        context = await browser.new_context(base_url=address)
        await context.add_cookies([{"name": name, "value": value, "url": address}])
        taken = []
        for _ in range(rounds + 1):
            page = await context.new_page()
            began = perf_counter()
            await page.goto("/desk/inbox?view=all", wait_until="commit")
            await page.get_by_test_id("conversations").get_by_role("listitem").first.click(trial=True)
            taken.append((perf_counter() - began) * 1000)
            await page.close()
        await browser.close()
    return taken[1:]


async def _memory(system: System, conversations: list[UUID], seconds: float) -> Figure:
    """Each agent has a console open on a conversation, and replies flow."""
    agent = await Administrator.sign_in(system)
    sockets = []
    for conversation in conversations:
        socket = await Socket.open(system.port, "/api/v1/socket", _ignore, cookie=agent.cookie)
        socket.send(f'{{"type":"watch","conversation_id":"{conversation}"}}'.encode())
        sockets.append(socket)
    end, next_one = perf_counter() + seconds, cycle(conversations)
    memory: list[float] = []
    while perf_counter() < end:
        await agent.post(f"/api/v1/conversations/{next(next_one)}/messages", {"text": "您好，正在为您查询，请稍等。"})
        memory.append(system.memory() / 1e6)
        await asyncio.sleep(1 / REPLIES_PER_SECOND)
    for socket in sockets:
        socket.close()
    return Figure(
        f"memory of a web process, {len(conversations)} agents connected, replies flowing", "MB", [max(memory)], 400
    )


def _ignore(_frame: bytes, _arrived: float) -> None:
    """What a console that nobody looks at does with frames."""
