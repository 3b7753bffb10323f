"""Work that outlives the transaction which asked for it.

A job is a row written by `Jobs.enqueue` in the caller's transaction: it exists if and only if the cause of it does. A
worker takes it at least once, so a handler must bear being run again. Underneath is procrastinate, through a connector
of ours on asyncpg; `docs/decisions/0004-job-queue.md` says why, and nothing outside this module may know.

Nothing notifies inside a transaction. Who enqueued calls `Jobs.wake` after the commit; whoever was not told looks once
a second. Payloads carry ids, never personal data.
"""

import asyncio
import logging
import random
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, LiteralString, TypeVar

import asyncpg
import msgspec
import procrastinate
from croniter import croniter  # type: ignore[import-untyped]
from procrastinate.connector import BaseAsyncConnector, Notify
from procrastinate.jobs import Job
from procrastinate.worker import Worker

from yingda.infra.database import DATABASE_DOWN, Connection, count_of
from yingda.kit import clock
from yingda.kit.redaction import redact

logger = logging.getLogger(__name__)

_CATCH_UP = timedelta(minutes=10)  # a tick that fell into a restart is made good for so long
_LONGEST_PAUSE = timedelta(minutes=10)
_SETTLE_SECONDS = 15  # how long the end of a job is reported to a database that is away
_CONNECTIONS = 4

P = TypeVar("P", bound=msgspec.Struct)


@dataclass(frozen=True, slots=True)
class Task(Generic[P]):
    """A kind of job. Declared at module level in a feature's `tasks.py`; the name is stored, so it never changes."""

    name: str
    payload: type[P]


class FailedJob(msgspec.Struct, frozen=True):
    """A job that was given up."""

    id: int
    task: str
    attempts: int
    error: str
    failed_at: datetime


class UnreadablePayload(Exception):
    """A stored payload does not fit its task any more; trying again would not help."""


class _Nothing(msgspec.Struct, frozen=True):
    """The payload of a tick."""


@dataclass(frozen=True, slots=True)
class _Handler:
    payload: type[msgspec.Struct]
    run: Callable[[Any], Awaitable[None]]
    attempts: int


@dataclass(frozen=True, slots=True)
class _Schedule:
    cron: str
    queue: str


class Jobs:
    """The queue, as features see it. One in each process; `run` makes the process a worker."""

    def __init__(
        self,
        url: str,
        *,
        poll_seconds: float = 1,
        dead_after_seconds: float = 15,
        first_pause_seconds: float = 1,
        grace_seconds: float = 10,
    ) -> None:
        """`dead_after_seconds` is how long a worker may be silent before its jobs are taken from it."""
        self._url = url
        self._poll = poll_seconds
        self._dead_after = dead_after_seconds
        self._first_pause = first_pause_seconds
        self._grace = grace_seconds
        self._handlers: dict[str, _Handler] = {}
        self._schedules: list[_Schedule] = []
        self._woken = asyncio.Event()

    def handle(self, task: Task[P], handler: Callable[[P], Awaitable[None]], *, attempts: int = 5) -> None:
        """Run `handler` for each job of `task`, at most `attempts` times until it returns."""
        if task.name in self._handlers:
            raise ValueError(f"{task.name} has a handler already")
        self._handlers[task.name] = _Handler(task.payload, handler, attempts)

    def every(self, cron: str, name: str, handler: Callable[[], Awaitable[None]]) -> None:
        """Run `handler` at the times of `cron`, Shanghai time, once a tick however many workers there are.

        A tick waits for the one before it. After an outage only the latest missed tick is made good.
        """
        if not croniter.is_valid(cron):
            raise ValueError(f"not a cron expression: {cron}")

        async def tick(_: _Nothing) -> None:
            await handler()

        task = Task(f"every.{name}", _Nothing)
        self.handle(task, tick, attempts=3)
        self._schedules.append(_Schedule(cron, task.name))

    async def enqueue(
        self,
        conn: Connection,
        task: Task[P],
        payload: P,
        *,
        run_at: datetime | None = None,
        order_key: str | None = None,
    ) -> int:
        """Write a job within the caller's transaction and return its id. Jobs of one `order_key` run one by one."""
        job_id: int = await conn.fetchval(
            "SELECT (procrastinate_defer_jobs_v1(ARRAY[ROW($1, $1, 0, $2, NULL, $3::text::jsonb, $4)"
            "::procrastinate_job_to_defer_v1]))[1]",
            task.name,
            order_key,
            msgspec.json.encode(payload).decode(),
            run_at,
        )
        return job_id

    async def discard(self, conn: Connection, job_id: int) -> bool:
        """Remove a job within the caller's transaction; False if it was begun, finished or given up already."""
        return await conn.fetchval("SELECT procrastinate_cancel_job_v1($1, false, true)", job_id) is not None

    async def drop(self, conn: Connection, task: Task[P], unwanted: Callable[[P], bool]) -> int:
        """Remove those jobs of a task that are `unwanted`, waiting or given up; how many there were.

        Those go too whose payload is of a shape that is no more: they never run, and whose they are nobody can tell.
        """

        def is_unwanted(args: str) -> bool:
            try:
                return unwanted(msgspec.json.decode(args, type=task.payload))
            except msgspec.ValidationError:
                return True

        rows = await conn.fetch(
            "SELECT id, args FROM procrastinate_jobs WHERE task_name = $1 AND status IN ('todo', 'failed') "
            "FOR UPDATE SKIP LOCKED",
            task.name,
        )
        ids = [row["id"] for row in rows if is_unwanted(row["args"])]
        return count_of(await conn.execute("DELETE FROM procrastinate_jobs WHERE id = ANY($1)", ids))

    async def failed(self, conn: Connection, *, limit: int = 100) -> list[FailedJob]:
        """The jobs that were given up, latest first."""
        rows = await conn.fetch(
            "SELECT id, task_name AS task, attempts, coalesce(error, '') AS error, failed_at FROM procrastinate_jobs"
            " WHERE status = 'failed' ORDER BY failed_at DESC, id DESC LIMIT $1",
            limit,
        )
        return [FailedJob(**row) for row in rows]

    def wake(self) -> None:
        """Something was enqueued and committed: look now."""
        self._woken.set()

    async def enqueue_due(self, conn: Connection) -> int:
        """Enqueue the latest tick of each schedule unless that is done; how many were. A worker does it by itself."""
        now = clock.now().astimezone(clock.SHANGHAI)
        enqueued = 0
        for schedule in self._schedules:
            tick: datetime = croniter(schedule.cron, now + timedelta(seconds=1)).get_prev(datetime)
            if now - tick < _CATCH_UP:
                enqueued += await conn.fetchval(
                    "SELECT procrastinate_defer_periodic_job_v2($1, $1, NULL, $1, 0, '', $2, '{}') IS NOT NULL",
                    schedule.queue,
                    int(tick.timestamp()),
                )
        return enqueued

    async def run(self, *, concurrency: int, stop: asyncio.Event) -> None:
        """Work until `stop` is set, then finish what is under way. Outlives restarts of the database."""
        logging.getLogger("procrastinate").setLevel(logging.CRITICAL)  # what it says of jobs, we say
        failures = 0
        while not stop.is_set():
            began = asyncio.get_running_loop().time()
            try:
                async with asyncpg.create_pool(self._url, min_size=0, max_size=_CONNECTIONS) as pool:
                    await self._work(pool, concurrency, stop)
            except Exception as error:
                if not isinstance(error, (*DATABASE_DOWN, asyncpg.ForeignKeyViolationError)):
                    raise  # the foreign key: we were silent for so long that another worker has declared us dead
                logger.warning("the job worker starts again after %s", type(error).__name__)
            failures = 0 if asyncio.get_running_loop().time() - began > 30 else failures + 1
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), min(0.1 * 2**failures, 5))

    async def _work(self, pool: "asyncpg.Pool[asyncpg.Record]", concurrency: int, stop: asyncio.Event) -> None:
        """One life of a procrastinate worker; it ends with `stop`, or when the database fails it."""
        app = procrastinate.App(connector=_Connector(pool, self._woken))
        for name, handler in self._handlers.items():
            retry = _BackOff(handler.attempts, self._first_pause)
            app.task(name=name, queue=name, pass_context=True, retry=retry)(_runner(handler, pool))
        worker = Worker(
            app,
            queues=list(self._handlers),
            concurrency=concurrency,
            fetch_job_polling_interval=self._poll,
            update_heartbeat_interval=self._dead_after / 4,
            stalled_worker_timeout=self._dead_after,
            shutdown_graceful_timeout=self._grace,
            delete_jobs="successful",
            install_signal_handlers=False,
        )
        async with _beside(
            _stop_worker(worker, stop),
            _repeat(self._dead_after / 4, lambda: self._take_from_the_dead(pool)),
            _repeat(self._poll, lambda: self._enqueue_due(pool)),
        ):
            await worker.run()  # type: ignore[no-untyped-call]

    async def _enqueue_due(self, pool: "asyncpg.Pool[asyncpg.Record]") -> None:
        if self._schedules:
            async with pool.acquire() as conn:
                if await self.enqueue_due(conn):
                    self.wake()

    async def _take_from_the_dead(self, pool: "asyncpg.Pool[asyncpg.Record]") -> None:
        """Put back the jobs of workers that fell silent; give up those that have taken their share of workers along."""
        taken = await pool.fetch(
            """
            UPDATE procrastinate_jobs AS job
               SET status = (CASE WHEN job.attempts + 1 < handler.attempts THEN 'todo' ELSE 'failed' END)
                            ::procrastinate_job_status,
                   attempts = job.attempts + 1, worker_id = NULL, error = 'its worker died', failed_at = now()
              FROM unnest($1::text[], $2::int[]) AS handler (name, attempts)
             WHERE job.status = 'doing' AND job.queue_name = handler.name
               AND NOT EXISTS (SELECT FROM procrastinate_workers AS worker
                                WHERE worker.id = job.worker_id AND worker.last_heartbeat >= now() - $3::interval)
         RETURNING job.id
            """,
            list(self._handlers),
            [handler.attempts for handler in self._handlers.values()],
            timedelta(seconds=self._dead_after),
        )
        if taken:
            logger.warning("took %d jobs from a dead worker", len(taken))
            self.wake()


def _runner(handler: _Handler, pool: "asyncpg.Pool[asyncpg.Record]") -> Callable[..., Awaitable[None]]:
    """What procrastinate calls for a job of `handler`."""

    async def run(context: procrastinate.JobContext, /, **arguments: object) -> None:
        try:
            await handler.run(_decoded(arguments, handler.payload))
        except Exception as error:
            job = context.job
            logger.warning("job %s (%s) failed, attempt %d", job.id, job.task_name, job.attempts + 1, exc_info=True)
            with suppress(*DATABASE_DOWN):
                await pool.execute(
                    "UPDATE procrastinate_jobs SET error = $2, failed_at = now() WHERE id = $1", job.id, _told(error)
                )
            raise

    return run


def _decoded(arguments: dict[str, object], payload: type[P]) -> P:
    try:
        return msgspec.convert(arguments, payload)
    except msgspec.ValidationError as error:
        raise UnreadablePayload(str(error)) from None


def _told(error: Exception) -> str:
    return redact(f"{type(error).__name__}: {error}"[:500])


class _BackOff(procrastinate.BaseRetryStrategy):
    """Pauses that double, with jitter so that what failed together is not tried together."""

    def __init__(self, attempts: int, first_pause: float) -> None:
        self._attempts = attempts
        self._first_pause = first_pause

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> procrastinate.RetryDecision | None:
        if isinstance(exception, asyncio.CancelledError):  # the worker could not wait for it to finish
            return procrastinate.RetryDecision(retry_at=clock.now())
        if isinstance(exception, UnreadablePayload) or job.attempts + 1 >= self._attempts:
            return None
        pause = timedelta(seconds=self._first_pause * 2**job.attempts * random.uniform(0.75, 1.25))
        return procrastinate.RetryDecision(retry_at=clock.now() + min(pause, _LONGEST_PAUSE))


class _Connector(BaseAsyncConnector):
    """procrastinate on an asyncpg pool."""

    def __init__(self, pool: "asyncpg.Pool[asyncpg.Record]", woken: asyncio.Event) -> None:
        self._pool = pool
        self._woken = woken
        self._looking = asyncio.Lock()

    async def execute_query_async(self, query: LiteralString, **arguments: Any) -> None:
        """What the worker reports. The end of a job is worth repeating while the database restarts."""
        deadline = asyncio.get_running_loop().time() + _SETTLE_SECONDS
        while True:
            try:
                await self._rows(query, arguments)
            except asyncpg.RaiseError:
                logger.info("a job was settled by another worker, or in an attempt to which no answer came")
            except DATABASE_DOWN:
                if asyncio.get_running_loop().time() > deadline:
                    raise
                await asyncio.sleep(0.2)
                continue
            self._woken.set()  # what is finished may have held back others of its order key
            return

    async def execute_query_one_async(self, query: LiteralString, **arguments: Any) -> dict[str, Any]:
        """Fetching a job, most of all. Not repeated: a job that is ours unknown to us would wait for our death."""
        async with self._looking:
            return (await self._rows(query, arguments))[0]

    async def execute_query_all_async(self, query: LiteralString, **arguments: Any) -> list[dict[str, Any]]:
        return await self._rows(query, arguments)

    async def listen_notify(self, on_notification: Notify, channels: Iterable[str]) -> None:  # noqa: ARG002
        """Pass wake-ups on, none of them while a fetch is under way: the worker would forget it at the fetch's end."""
        while await self._woken.wait():
            async with self._looking:
                self._woken.clear()
                await on_notification(channel="", payload='{"type": "job_inserted"}')

    async def _rows(self, query: str, arguments: dict[str, Any]) -> list[dict[str, Any]]:
        names = list(dict.fromkeys(re.findall(r"%\((\w+)\)s", query)))
        numbered = re.sub(r"%\((\w+)\)s", lambda match: f"${names.index(match[1]) + 1}", query)
        rows = [dict(row) for row in await self._pool.fetch(numbered, *(arguments[name] for name in names))]
        for row in rows:
            if "args" in row:
                row["args"] = msgspec.json.decode(row["args"] or "{}")
        return rows


@asynccontextmanager
async def _beside(*coroutines: Any) -> AsyncIterator[None]:
    """Run the coroutines for as long as the block lasts."""
    tasks = [asyncio.create_task(coroutine) for coroutine in coroutines]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _stop_worker(worker: Worker, stop: asyncio.Event) -> None:
    await stop.wait()
    worker.stop()  # type: ignore[no-untyped-call]


async def _repeat(seconds: float, action: Callable[[], Awaitable[None]]) -> None:
    while True:
        try:
            await action()
        except Exception as error:
            if not isinstance(error, DATABASE_DOWN):
                logger.exception("the job worker's housekeeping failed")
        await asyncio.sleep(seconds)
