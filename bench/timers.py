"""Watching the deadlines of many open conversations: what it costs while nothing is due, and what a deadline costs."""

import asyncio
from pathlib import Path
from time import process_time

import psutil

from bench.figures import Figure
from bench.system import database
from yingda.customers import resolve_visitor
from yingda.infra.database import Database
from yingda.infra.events import EventBus
from yingda.routing.levels import Watch

OPEN = 100_000
#: How many of them fall due while deadlines are measured, warning and breach each.
DUE = 400

_CONVERSATIONS = """
INSERT INTO conversations (id, shop, channel, customer_id, state, waiting_since, last_message_at, created_at)
SELECT gen_random_uuid(), 'bench-' || n, 'web', $2, 'open', now(), now(), now()
FROM generate_series(1, $1) n
"""
#: Warnings are spread over the working day that begins in an hour.
_CLOCKS = """
INSERT INTO service_clocks (item_kind, item_id, kind, level, allowed, asked_at, since, due_at, warn_at, warn_reason,
                            next_at)
SELECT 'conversation', id, kind, 1, 86400, now(), now(), at + interval '1 hour', at, 'share', at
FROM conversations, unnest(ARRAY['next_update', 'resolution']) AS kind,
     LATERAL (SELECT now() + interval '1 hour' + random() * interval '8 hours' AS at WHERE kind IS NOT NULL) AS spread
WHERE shop LIKE 'bench-%'
"""
_FALL_DUE = """
UPDATE service_clocks SET next_at = now() - interval '1 second', warn_at = now() - interval '1 second',
    warned_at = NULL
WHERE kind = 'resolution' AND (item_id, kind) IN (SELECT item_id, kind FROM service_clocks
                                                  WHERE kind = 'resolution' ORDER BY item_id LIMIT $1)
"""


async def measure(*, quick: bool) -> list[Figure]:
    items, due, seconds, rounds = (5_000, 50, 3.0, 1) if quick else (OPEN, DUE, 15.0, 3)
    async with database() as (home, url, _):
        db = await Database.connect(url, bus=EventBus(), pool=2)
        await _fill(db, items)
        server = _postmaster(home)
        shares = [await _share_of_a_core(db, server, seconds) for _ in range(rounds)]
        costs = [await _cost_of_a_deadline(db, server, due) for _ in range(rounds)]
        await db.close()
    return [
        Figure(f"watching the deadlines of {items} open conversations, database included", "% of a core", shares, 1),
        Figure("a deadline that comes near: written down, noted in the thread, told", "ms of CPU", costs),
    ]


async def _fill(db: Database, items: int) -> None:
    async with db.transaction() as tx:
        customer = await resolve_visitor(tx, "web", "bench")
    async with db.reading() as conn:
        await conn.execute(_CONVERSATIONS, items, customer.id, timeout=300)
        await conn.execute(_CLOCKS, timeout=300)
        await conn.execute("VACUUM ANALYZE", timeout=300)
        await conn.execute("CHECKPOINT", timeout=300)


async def _share_of_a_core(db: Database, server: psutil.Process, seconds: float) -> float:
    """In per cent, over what the idle database needs by itself."""
    idle = await _used(server, seconds)
    watching = asyncio.create_task(Watch(db).run())
    busy = await _used(server, seconds)
    watching.cancel()
    await asyncio.gather(watching, return_exceptions=True)
    return max(busy - idle, 0) / seconds * 100


async def _used(server: psutil.Process, seconds: float) -> float:
    """Seconds of CPU that this process and the database take while as much time passes."""
    before = process_time() + _cpu(server)
    await asyncio.sleep(seconds)
    return process_time() + _cpu(server) - before


async def _cost_of_a_deadline(db: Database, server: psutil.Process, due: int) -> float:
    async with db.reading() as conn:
        await conn.execute(_FALL_DUE, due)
    before = process_time() + _cpu(server)
    await Watch(db).look()
    return (process_time() + _cpu(server) - before) / due * 1000


def _postmaster(home: Path) -> psutil.Process:
    return psutil.Process(int((home / "postgres" / "postmaster.pid").read_text().split()[0]))


def _cpu(server: psutil.Process) -> float:
    """What the server and its processes have used so far; those that have ended are counted by the server."""
    times = [one.cpu_times() for one in server.children()] + [server.cpu_times()]
    own = server.cpu_times()
    return sum(one.user + one.system for one in times) + own.children_user + own.children_system
