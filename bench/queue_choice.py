"""Which job queue on PostgreSQL: procrastinate against pgqueuer, on what matters here.

    uv run --with procrastinate --with 'psycopg[binary]' --with 'pgqueuer[asyncpg]' bench/queue_choice.py [DSN]

Without a DSN an embedded PostgreSQL with full durability is started. Both libraries work through asyncpg: procrastinate
by a connector of a few lines, since its own needs a second pool of another driver. procrastinate is
measured as it ships, and lean: without its event log and with an index for locks, as we install it.
`docs/decisions/0004-job-queue.md` says what followed from the figures.
"""

import asyncio
import logging
import re
import signal
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from statistics import median, quantiles
from typing import Any, Protocol

import asyncpg
import msgspec
import pgqueuer
import procrastinate
from pgqueuer.adapters.persistence.qb import QueryBuilderEnvironment
from procrastinate.connector import BaseAsyncConnector
from procrastinate.schema import SchemaManager
from rich.console import Console
from rich.table import Table

from yingda.infra.embedded import EmbeddedPostgres

Handler = Callable[[str, int], Awaitable[None]]


class Queue(Protocol):
    """One candidate, behind what the bench needs of it."""

    name: str

    async def install(self, pool: asyncpg.Pool, *, notify: bool) -> None: ...
    async def enqueue(self, conn: Any, key: str, number: int) -> None: ...
    async def wake(self, pool: asyncpg.Pool) -> None: ...
    def worker(self, pool: asyncpg.Pool, handler: Handler, *, stall_s: float) -> Any: ...


class AsyncpgConnector(BaseAsyncConnector):
    """procrastinate on an asyncpg pool."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool
        self._wake: Callable[[], None] = lambda: None
        self._looking = asyncio.Lock()

    async def _rows(self, query: str, arguments: dict[str, Any]) -> list[dict[str, Any]]:
        names = list(dict.fromkeys(re.findall(r"%\((\w+)\)s", query)))
        sql = re.sub(r"%\((\w+)\)s", lambda match: f"${names.index(match[1]) + 1}", query)
        values = [str(arguments[n]) if f"%({n})s ||" in query else arguments[n] for n in names]
        rows = [dict(row) for row in await self._pool.fetch(sql, *values)]
        for row in rows:
            if isinstance(row.get("args"), str):
                row["args"] = msgspec.json.decode(row["args"])
        return rows

    async def execute_query_async(self, query: str, **arguments: Any) -> None:
        await self._rows(query, arguments)
        self._wake()  # a finished job may have held back others of its key

    async def execute_query_one_async(self, query: str, **arguments: Any) -> dict[str, Any]:
        async with self._looking:
            return (await self._rows(query, arguments))[0]

    async def execute_query_all_async(self, query: str, **arguments: Any) -> list[dict[str, Any]]:
        return await self._rows(query, arguments)

    async def listen_notify(self, on_notification: Any, channels: Any) -> None:
        woken = asyncio.Event()
        self._wake = woken.set
        async with self._pool.acquire() as conn:
            for channel in channels:
                await conn.add_listener(channel, lambda *_: woken.set())
            while await woken.wait():
                async with self._looking:  # a wake-up during a fetch would be forgotten at its end
                    woken.clear()
                    await on_notification(channel="", payload='{"type": "job_inserted"}')


_MESSAGE = "DROP SCHEMA public CASCADE; CREATE SCHEMA public; CREATE TABLE message(id bigserial, body text);"
_LEAN = """
    CREATE INDEX ON procrastinate_jobs (lock, id) WHERE status IN ('todo', 'doing') AND lock IS NOT NULL;
    DROP TRIGGER procrastinate_trigger_status_events_update_v1 ON procrastinate_jobs;
    DROP TRIGGER procrastinate_trigger_status_events_insert_v1 ON procrastinate_jobs;
    DROP TRIGGER procrastinate_trigger_scheduled_events_v1 ON procrastinate_jobs;
"""


class Procrastinate:
    def __init__(self, name: str, *, lean: bool) -> None:
        self.name = name
        self._lean = lean

    async def install(self, pool: asyncpg.Pool, *, notify: bool) -> None:
        await pool.execute(_MESSAGE + SchemaManager.get_schema() + (_LEAN if self._lean else ""))
        if not notify:
            await pool.execute("DROP TRIGGER procrastinate_jobs_notify_queue_job_inserted_v1 ON procrastinate_jobs")

    async def enqueue(self, conn: Any, key: str, number: int) -> None:
        await conn.fetchval(
            "SELECT procrastinate_defer_jobs_v1("
            "ARRAY[ROW('q', 'work', 0, $1, NULL, $2, NULL)::procrastinate_job_to_defer_v1])",
            key,
            msgspec.json.encode({"key": key, "number": number}).decode(),
        )

    async def wake(self, pool: asyncpg.Pool) -> None:
        await pool.execute("SELECT pg_notify('procrastinate_any_queue_v1', '{\"type\": \"job_inserted\"}')")

    @asynccontextmanager
    async def worker(self, pool: asyncpg.Pool, handler: Handler, *, stall_s: float) -> AsyncIterator[None]:
        app = procrastinate.App(connector=AsyncpgConnector(pool))
        retry = procrastinate.RetryStrategy(max_attempts=5, linear_wait=1)

        @app.task(name="work", retry=retry)
        async def work(key: str, number: int) -> None:
            await handler(key, number)

        async def rescue() -> None:
            while True:
                for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=stall_s):
                    await app.job_manager.retry_job(job)
                await asyncio.sleep(stall_s / 4)

        rescuer = asyncio.create_task(rescue())
        running = asyncio.create_task(
            app.run_worker_async(
                concurrency=8,
                install_signal_handlers=False,
                fetch_job_polling_interval=1,
                update_heartbeat_interval=stall_s / 3,
                stalled_worker_timeout=stall_s,
                delete_jobs="successful",
                shutdown_graceful_timeout=1,
            )
        )
        try:
            yield
        finally:
            rescuer.cancel()
            running.cancel()
            await asyncio.gather(rescuer, running, return_exceptions=True)


class PgQueuer:
    name = "pgqueuer"

    def __init__(self) -> None:
        self._sql = QueryBuilderEnvironment()
        self._insert = pgqueuer.Queries(pgqueuer.InMemoryDriver()).qbq.build_enqueue_query()

    async def install(self, pool: asyncpg.Pool, *, notify: bool) -> None:
        await pool.execute(_MESSAGE + self._sql.build_install_query())
        if not notify:
            await pool.execute("DROP TRIGGER tg_pgqueuer_changed ON pgqueuer")

    async def enqueue(self, conn: Any, key: str, number: int) -> None:
        payload = msgspec.json.encode([key, number])
        await conn.fetch(self._insert, [0], ["work"], [payload], [timedelta(0)], [None], [None])

    async def wake(self, pool: asyncpg.Pool) -> None:
        event = (
            "json_build_object('channel', 'ch_pgqueuer', 'operation', 'insert', 'sent_at', now(),"
            " 'table', 'pgqueuer', 'type', 'table_changed_event')::text"
        )
        await pool.execute(f"SELECT pg_notify('ch_pgqueuer', {event})")

    @asynccontextmanager
    async def worker(self, pool: asyncpg.Pool, handler: Handler, *, stall_s: float) -> AsyncIterator[None]:
        manager = pgqueuer.QueueManager(pgqueuer.Queries(pgqueuer.AsyncpgPoolDriver(pool)))

        def retrying(parameters: Any) -> pgqueuer.DatabaseRetryEntrypointExecutor:
            return pgqueuer.DatabaseRetryEntrypointExecutor(parameters, initial_delay=timedelta(seconds=1))

        @manager.entrypoint("work", executor_factory=retrying)
        async def work(job: pgqueuer.Job) -> None:
            await handler(*msgspec.json.decode(job.payload or b""))

        running = asyncio.create_task(
            manager.run(
                dequeue_timeout=timedelta(seconds=1),
                batch_size=4,
                max_concurrent_tasks=8,
                heartbeat_timeout=timedelta(seconds=stall_s),
            )
        )
        try:
            yield
        finally:
            manager.shutdown.set()
            await asyncio.gather(running, return_exceptions=True)


QUEUES: dict[str, Queue] = {
    queue.name: queue
    for queue in (Procrastinate("procrastinate as shipped", lean=False), Procrastinate("lean", lean=True), PgQueuer())
}


async def store_rate(pool: asyncpg.Pool, queue: Queue | None, *, seconds: float = 2, clients: int = 8) -> float:
    """Transactions a second, each storing one row and, with a queue, one job."""
    done = 0
    until = time.monotonic() + seconds

    async def client(number: int) -> None:
        nonlocal done
        while time.monotonic() < until:
            async with pool.acquire() as conn, conn.transaction():
                await conn.execute("INSERT INTO message(body) VALUES ($1)", "hello")
                if queue:
                    await queue.enqueue(conn, f"c{number}-{done}", done)
            done += 1

    await asyncio.gather(*(client(number) for number in range(clients)))
    return done / seconds


async def fill(pool: asyncpg.Pool, queue: Queue, keys: int, jobs: int) -> None:
    async with pool.acquire() as conn, conn.transaction():
        for number in range(jobs):
            await queue.enqueue(conn, f"c{number % keys}", number)


async def drain_rate(pool: asyncpg.Pool, queue: Queue, keys: int, jobs: int = 2000) -> str:
    """Jobs a second out of a backlog of no-ops."""
    await fill(pool, queue, keys, jobs)
    done = 0
    finished = asyncio.Event()

    async def handler(_key: str, _number: int) -> None:
        nonlocal done
        done += 1
        if done == jobs:
            finished.set()

    begin = time.monotonic()
    async with queue.worker(pool, handler, stall_s=30):
        await asyncio.wait_for(finished.wait(), 120)
    return f"{jobs / (time.monotonic() - begin):.0f}"


async def pick_up(pool: asyncpg.Pool, queue: Queue, samples: int = 60) -> str:
    """Milliseconds from the commit to the handler in an idle worker that is woken after the commit."""
    started: asyncio.Queue[float] = asyncio.Queue()

    async def handler(_key: str, _number: int) -> None:
        started.put_nowait(time.monotonic())

    taken = []
    async with queue.worker(pool, handler, stall_s=30):
        await asyncio.sleep(1)
        for number in range(samples):
            async with pool.acquire() as conn, conn.transaction():
                await queue.enqueue(conn, f"c{number}", number)
            begin = time.monotonic()
            await queue.wake(pool)
            taken.append((await started.get() - begin) * 1000)
            await asyncio.sleep(0.02)
    return f"{median(taken):.1f} / {quantiles(taken, n=100)[98]:.1f}"


async def overlaps(pool: asyncpg.Pool, queue: Queue, keys: int = 2, jobs: int = 200) -> str:
    """How often a job began while another of its key ran, or out of order."""
    await fill(pool, queue, keys, jobs)
    running: set[str] = set()
    last: dict[str, int] = defaultdict(lambda: -1)
    wrong = done = 0
    finished = asyncio.Event()

    async def handler(key: str, number: int) -> None:
        nonlocal wrong, done
        wrong += key in running or number < last[key]
        running.add(key)
        last[key] = number
        await asyncio.sleep(0.003)
        running.discard(key)
        done += 1
        if done == jobs:
            finished.set()

    async with queue.worker(pool, handler, stall_s=30):
        await asyncio.wait_for(finished.wait(), 60)
    return str(wrong)


async def retried(pool: asyncpg.Pool, queue: Queue) -> str:
    """Seconds between the attempts of a job that fails twice."""
    begun: list[float] = []
    finished = asyncio.Event()

    async def handler(_key: str, _number: int) -> None:
        begun.append(time.monotonic())
        if len(begun) < 3:
            raise RuntimeError("again")
        finished.set()

    await fill(pool, queue, 1, 1)
    async with queue.worker(pool, handler, stall_s=30):
        await asyncio.wait_for(finished.wait(), 60)
    return ", ".join(f"{later - earlier:.1f}" for earlier, later in pairwise(begun))


async def recovery(pool: asyncpg.Pool, queue: Queue, dsn: str, stall_s: float = 4) -> str:
    """Seconds from SIGKILL of a worker in mid-job until another worker takes the job again."""
    await fill(pool, queue, 1, 1)
    process = await asyncio.create_subprocess_exec(
        sys.executable, __file__, dsn, queue.name, str(stall_s), stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout
    await process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    killed = time.monotonic()
    again = asyncio.Event()

    async def handler(_key: str, _number: int) -> None:
        again.set()

    async with queue.worker(pool, handler, stall_s=stall_s):
        await asyncio.wait_for(again.wait(), 60)
    await process.wait()
    return f"{time.monotonic() - killed:.1f}"


async def victim(dsn: str, queue: Queue, stall_s: float) -> None:
    """The worker that `recovery` kills: says so when it is in mid-job, then stays there."""

    async def handler(_key: str, _number: int) -> None:
        print("in mid-job", flush=True)
        await asyncio.sleep(600)

    pool = await asyncpg.create_pool(dsn, min_size=1, max_size=4)
    async with queue.worker(pool, handler, stall_s=stall_s):
        await asyncio.sleep(600)


async def measure(dsn: str) -> Table:
    pool = await asyncpg.create_pool(dsn, min_size=10, max_size=12)
    workers = await asyncpg.create_pool(dsn, min_size=6, max_size=6)
    table = Table("what", *QUEUES, title="Job queues on PostgreSQL, both through asyncpg")
    figures: dict[str, list[str]] = defaultdict(list)
    for queue in QUEUES.values():
        await queue.install(pool, notify=True)
        figures["row + job, NOTIFY trigger, transactions/s"].append(f"{await store_rate(pool, queue):.0f}")
        await queue.install(pool, notify=False)
        figures["row + job, no NOTIFY trigger"].append(f"{await store_rate(pool, queue):.0f}")
        figures["row alone"].append(f"{await store_rate(pool, None):.0f}")
        for what, measured in (
            ("drain 2 000 no-ops, 2 000 keys, jobs/s", lambda q: drain_rate(workers, q, keys=2000)),
            ("drain 2 000 no-ops, 20 keys, jobs/s", lambda q: drain_rate(workers, q, keys=20)),
            ("pick-up after a wake-up, p50 / p99, ms", lambda q: pick_up(workers, q)),
            ("wrong order or overlap in a key, of 200", lambda q: overlaps(workers, q)),
            ("pauses before retries, s", lambda q: retried(workers, q)),
            ("taken again after SIGKILL (limit 4 s), s", lambda q: recovery(workers, q, dsn)),
        ):
            await queue.install(pool, notify=False)
            figures[what].append(await measured(queue))
    for what, values in figures.items():
        table.add_row(what, *values)
    await workers.close()
    await pool.close()
    return table


def main() -> None:
    logging.disable(logging.CRITICAL)
    if len(sys.argv) == 4:
        asyncio.run(victim(sys.argv[1], QUEUES[sys.argv[2]], float(sys.argv[3])))
    elif len(sys.argv) == 2:
        Console().print(asyncio.run(measure(sys.argv[1])))
    else:
        server = EmbeddedPostgres(Path(tempfile.mkdtemp()) / "data")
        try:
            Console().print(asyncio.run(measure(server.start())))
        finally:
            server.stop()


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        main()
