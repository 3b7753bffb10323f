"""The job queue on a real PostgreSQL: transactional, ordered, retried, and taken over from the dead."""

import asyncio
import signal
import sys
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from uuid import UUID, uuid4

import asyncpg
import msgspec
import pytest

from yingda.infra.database import Database
from yingda.infra.jobs import Jobs, Task
from yingda.kit import clock


class Note(msgspec.Struct, frozen=True):
    number: int


class Rich(msgspec.Struct, frozen=True):
    conversation: UUID
    at: datetime
    tags: list[str]


NOTE = Task("test.note", Note)
RICH = Task("test.rich", Rich)
OTHER = Task("test.other", Note)

PATIENCE = 20


def quick(url: str, **options: float) -> Jobs:
    return Jobs(url, **{"poll_seconds": 0.05, "first_pause_seconds": 0.01, **options})


@asynccontextmanager
async def working(*queues: Jobs, concurrency: int = 4) -> AsyncIterator[asyncio.Event]:
    stop = asyncio.Event()
    runs = [asyncio.create_task(jobs.run(concurrency=concurrency, stop=stop)) for jobs in queues]
    try:
        yield stop
    finally:
        stop.set()
        await asyncio.wait_for(asyncio.gather(*runs), PATIENCE)


class Log:
    """Remembers what ran, and tells when it is enough."""

    def __init__(self) -> None:
        self.numbers: list[int] = []
        self._news = asyncio.Event()

    async def __call__(self, note: Note) -> None:
        self.numbers.append(note.number)
        self._news.set()

    async def reaches(self, count: int) -> list[int]:
        async with asyncio.timeout(PATIENCE):
            while len(self.numbers) < count:
                self._news.clear()
                await self._news.wait()
        return self.numbers


async def until(condition: Callable[[], Awaitable[object]]) -> None:
    """Ask the database until it says so: nobody announces what a worker has settled."""
    async with asyncio.timeout(PATIENCE):
        while not await condition():
            await asyncio.sleep(0.02)


async def add(db: Database, jobs: Jobs, *numbers: int, order_key: str | None = None) -> list[int]:
    async with db.transaction() as tx:
        ids = [await jobs.enqueue(tx.conn, NOTE, Note(number), order_key=order_key) for number in numbers]
        tx.after_commit(jobs.wake)
    return ids


async def test_a_job_exists_if_and_only_if_its_transaction_commits(db: Database) -> None:
    jobs, log = quick(db.url), Log()
    jobs.handle(NOTE, log)

    async def fails() -> None:
        async with db.transaction() as tx:
            await jobs.enqueue(tx.conn, NOTE, Note(1))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fails()
    async with db.transaction() as tx:
        await jobs.enqueue(tx.conn, NOTE, Note(2))
    async with working(jobs):
        assert await log.reaches(1) == [2]
    assert await db.pool.fetchval("SELECT count(*) FROM procrastinate_jobs") == 0


async def test_the_payload_arrives_as_it_was_typed(db: Database) -> None:
    jobs = quick(db.url)
    arrived: asyncio.Queue[Rich] = asyncio.Queue()
    jobs.handle(RICH, arrived.put)
    sent = Rich(uuid4(), datetime(2026, 11, 22, 6, tzinfo=UTC), ["退货", "a'b\"c"])
    async with db.transaction() as tx:
        await jobs.enqueue(tx.conn, RICH, sent)
    async with working(jobs):
        assert await asyncio.wait_for(arrived.get(), PATIENCE) == sent


async def test_without_polling_a_wake_up_is_enough(db: Database) -> None:
    jobs, log = quick(db.url, poll_seconds=3600), Log()
    jobs.handle(NOTE, log)
    async with working(jobs):
        for number in range(30):
            await add(db, jobs, number)
            await log.reaches(number + 1)


async def test_two_workers_run_each_job_once(db: Database) -> None:
    first, second, log = quick(db.url), quick(db.url), Log()
    first.handle(NOTE, log)
    second.handle(NOTE, log)
    await add(db, first, *range(100))
    async with working(first, second):
        await log.reaches(100)
    assert Counter(log.numbers) == Counter(range(100))


async def test_a_failing_job_is_tried_again(db: Database, caplog: pytest.LogCaptureFixture) -> None:
    jobs, log = quick(db.url), Log()

    async def fails_twice(note: Note) -> None:
        await log(note)
        if len(log.numbers) < 3:
            raise RuntimeError("not yet")

    jobs.handle(NOTE, fails_twice)
    await add(db, jobs, 7)
    async with working(jobs):
        assert await log.reaches(3) == [7, 7, 7]
    assert [record.message.rpartition(" ")[2] for record in caplog.records if "failed" in record.message] == ["1", "2"]
    async with db.reading() as conn:
        assert await jobs.failed(conn) == []


async def test_a_job_is_given_up_after_its_attempts_and_kept_with_its_error(db: Database) -> None:
    jobs, log = quick(db.url), Log()

    async def fails(note: Note) -> None:
        await log(note)
        raise RuntimeError("cannot call 13812345678")

    jobs.handle(NOTE, fails, attempts=3)
    [job_id] = await add(db, jobs, 1)
    async with working(jobs), db.reading() as conn:
        await until(lambda: jobs.failed(conn))
        [failed] = await jobs.failed(conn)
    assert log.numbers == [1, 1, 1]
    assert (failed.id, failed.task, failed.attempts) == (job_id, "test.note", 3)
    assert failed.error == "RuntimeError: cannot call 〔电话〕"


async def test_a_payload_that_no_longer_fits_fails_at_once_and_alone(db: Database) -> None:
    jobs, log = quick(db.url), Log()
    jobs.handle(NOTE, log)
    old = Task(NOTE.name, Rich)
    async with db.transaction() as tx:
        await jobs.enqueue(tx.conn, old, Rich(uuid4(), datetime(2026, 1, 1, tzinfo=UTC), []))
        await jobs.enqueue(tx.conn, NOTE, Note(1))
    async with working(jobs), db.reading() as conn:
        await log.reaches(1)
        await until(lambda: jobs.failed(conn))
        [failed] = await jobs.failed(conn)
    assert failed.attempts == 1
    assert failed.error.startswith("UnreadablePayload")


async def test_jobs_of_one_key_run_one_by_one_in_order_even_through_a_failure(db: Database) -> None:
    jobs, log = quick(db.url), Log()
    running: Counter[int] = Counter()
    order: dict[int, list[int]] = defaultdict(list)
    failed_once: set[int] = set()

    async def handler(note: Note) -> None:
        key, position = divmod(note.number, 100)
        running[key] += 1
        assert running[key] == 1
        await asyncio.sleep(0)
        running[key] -= 1
        if position == 3 and key not in failed_once:
            failed_once.add(key)
            raise RuntimeError("the others must wait")
        order[key].append(position)
        await log(note)

    jobs.handle(NOTE, handler)
    for position in range(10):
        for key in range(4):
            await add(db, jobs, key * 100 + position, order_key=f"conversation-{key}")
    async with working(jobs, concurrency=8):
        await log.reaches(40)
    assert order == {key: list(range(10)) for key in range(4)}
    assert len(failed_once) == 4


async def test_a_crowded_key_does_not_wait_for_the_next_poll(db: Database) -> None:
    jobs, log = quick(db.url, poll_seconds=3600), Log()
    jobs.handle(NOTE, log)
    await add(db, jobs, *range(30), order_key="one")
    async with working(jobs, concurrency=8):
        assert await log.reaches(30) == list(range(30))


async def test_different_keys_run_at_the_same_time(db: Database) -> None:
    jobs = quick(db.url)
    together = asyncio.Barrier(2)

    async def meets(_: Note) -> None:
        await asyncio.wait_for(together.wait(), PATIENCE)

    jobs.handle(NOTE, meets)
    await add(db, jobs, 1, order_key="a")
    await add(db, jobs, 2, order_key="b")
    async with working(jobs):
        await until(lambda: db.pool.fetchval("SELECT count(*) = 0 FROM procrastinate_jobs"))


async def test_a_discarded_job_never_runs(db: Database) -> None:
    jobs, log = quick(db.url), Log()
    jobs.handle(NOTE, log)
    unwanted, _ = await add(db, jobs, 1, 2)
    async with db.transaction() as tx:
        assert await jobs.discard(tx.conn, unwanted)
    async with db.transaction() as tx:
        assert not await jobs.discard(tx.conn, unwanted)
    async with working(jobs):
        assert await log.reaches(1) == [2]


async def test_unwanted_jobs_are_dropped_whether_they_wait_or_were_given_up(db: Database) -> None:
    jobs, log = quick(db.url), Log()
    jobs.handle(NOTE, log)
    _, given_up, _, _ = await add(db, jobs, 1, 2, 3, 4)
    await db.pool.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE id = $1", given_up)
    async with db.transaction() as tx:
        await jobs.enqueue(tx.conn, OTHER, Note(3))
        assert await jobs.drop(tx.conn, NOTE, lambda note: note.number in (2, 3)) == 2
    async with working(jobs):
        assert sorted(await log.reaches(2)) == [1, 4]
    assert await db.pool.fetchval("SELECT count(*) FROM procrastinate_jobs") == 1, "the other task's stays"


async def test_what_nobody_can_read_any_more_is_dropped_with_the_unwanted(db: Database) -> None:
    jobs = quick(db.url)
    older, _, _ = await add(db, jobs, 1, 2, 3)
    await db.pool.execute(
        "UPDATE procrastinate_jobs SET args = '{\"count\": 1}', status = 'failed' WHERE id = $1", older
    )
    async with db.transaction() as tx:
        assert await jobs.drop(tx.conn, NOTE, lambda note: note.number == 2) == 2
    assert await db.pool.fetchval("SELECT array_agg(args) FROM procrastinate_jobs") == ['{"number": 3}']


async def test_discarding_obeys_the_transaction(db: Database) -> None:
    jobs, log = quick(db.url), Log()
    jobs.handle(NOTE, log)
    [job_id] = await add(db, jobs, 1)

    async def changes_its_mind() -> None:
        async with db.transaction() as tx:
            await jobs.discard(tx.conn, job_id)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await changes_its_mind()
    async with working(jobs):
        assert await log.reaches(1) == [1]


async def test_a_job_that_was_begun_cannot_be_discarded(db: Database) -> None:
    jobs = quick(db.url)
    begun, may_end = asyncio.Event(), asyncio.Event()

    async def handler(_: Note) -> None:
        begun.set()
        await may_end.wait()

    jobs.handle(NOTE, handler)
    [job_id] = await add(db, jobs, 1)
    async with working(jobs):
        await asyncio.wait_for(begun.wait(), PATIENCE)
        async with db.transaction() as tx:
            assert not await jobs.discard(tx.conn, job_id)
        may_end.set()


async def test_a_job_waits_for_its_time(db: Database) -> None:
    jobs, log = quick(db.url), Log()
    jobs.handle(NOTE, log)
    async with db.transaction() as tx:
        await jobs.enqueue(tx.conn, NOTE, Note(1), run_at=clock.in_future(hours=1))
        await jobs.enqueue(tx.conn, NOTE, Note(2), run_at=clock.in_future(hours=-1))
        await jobs.enqueue(tx.conn, NOTE, Note(3))
    async with working(jobs):
        assert sorted(await log.reaches(2)) == [2, 3]
    assert await db.pool.fetchval("SELECT count(*) FROM procrastinate_jobs") == 1


async def test_a_job_without_a_handler_here_is_left_for_who_has_one(db: Database) -> None:
    here, there, log = quick(db.url), quick(db.url), Log()
    here.handle(NOTE, log)
    there.handle(OTHER, log)
    async with db.transaction() as tx:
        await here.enqueue(tx.conn, OTHER, Note(1))
        await here.enqueue(tx.conn, NOTE, Note(2))
    async with working(here):
        assert await log.reaches(1) == [2]
    async with working(there):
        assert await log.reaches(2) == [2, 1]


async def test_a_stopping_worker_finishes_what_it_began(db: Database) -> None:
    jobs, log = quick(db.url), Log()
    begun, may_end = asyncio.Event(), asyncio.Event()

    async def handler(note: Note) -> None:
        begun.set()
        await may_end.wait()
        await log(note)

    jobs.handle(NOTE, handler)
    await add(db, jobs, 1, 2)
    async with working(jobs, concurrency=1) as stop:
        await asyncio.wait_for(begun.wait(), PATIENCE)
        stop.set()
        may_end.set()
    assert log.numbers == [1]
    assert await db.pool.fetchval("SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'") == 1


async def test_a_job_that_outlasts_the_grace_is_put_back(db: Database) -> None:
    jobs, log = quick(db.url, grace_seconds=0.05), Log()
    begun = asyncio.Event()

    async def handler(note: Note) -> None:
        await log(note)
        begun.set()
        if len(log.numbers) == 1:
            await asyncio.Event().wait()

    jobs.handle(NOTE, handler, attempts=1)
    await add(db, jobs, 1)
    async with working(jobs):
        await asyncio.wait_for(begun.wait(), PATIENCE)
    async with working(jobs):
        assert await log.reaches(2) == [1, 1]


async def test_a_restarted_database_is_found_again(db: Database) -> None:
    jobs, log = quick(db.url), Log()
    jobs.handle(NOTE, log)
    outside = await asyncpg.connect(db.url)
    async with working(jobs):
        for number in range(3):
            await outside.fetchval(
                "SELECT procrastinate_defer_jobs_v1(ARRAY[ROW('test.note', 'test.note', 0, NULL, NULL, $1::text::jsonb,"
                " NULL)::procrastinate_job_to_defer_v1])",
                msgspec.json.encode(Note(number)).decode(),
            )
            await log.reaches(number + 1)
            await outside.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
    await outside.close()
    assert sorted(set(log.numbers)) == list(range(3))


async def test_a_worker_that_was_declared_dead_by_mistake_goes_on(db: Database) -> None:
    jobs, log = quick(db.url), Log()
    jobs.handle(NOTE, log)
    async with working(jobs):
        await add(db, jobs, 1)
        await log.reaches(1)
        await db.pool.execute("DELETE FROM procrastinate_workers")
        await add(db, jobs, 2)
        assert sorted(set(await log.reaches(2))) == [1, 2]


@pytest.mark.crash
@pytest.mark.parametrize(("attempts", "given_up"), [(5, False), (1, True)])
async def test_the_job_of_a_killed_worker_is_taken_over(db: Database, attempts: int, given_up: bool) -> None:
    jobs, log = quick(db.url, dead_after_seconds=1), Log()
    jobs.handle(NOTE, log, attempts=attempts)
    await add(db, jobs, 1)
    victim = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.infra.test_jobs", db.url, stdout=asyncio.subprocess.PIPE
    )
    assert victim.stdout
    assert await asyncio.wait_for(victim.stdout.readline(), PATIENCE) == b"in mid-job\n"
    victim.send_signal(signal.SIGKILL)
    await victim.wait()
    async with working(jobs), db.reading() as conn:
        if given_up:
            await until(lambda: jobs.failed(conn))
            assert [failed.error for failed in await jobs.failed(conn)] == ["its worker died"]
        else:
            assert await log.reaches(1) == [1]


async def _victim(url: str) -> None:
    async def hangs(_: Note) -> None:
        print("in mid-job", flush=True)
        await asyncio.Event().wait()

    jobs = quick(url, dead_after_seconds=1)
    jobs.handle(NOTE, hangs)
    await jobs.run(concurrency=1, stop=asyncio.Event())


def shanghai(hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, 11, 22, hour, minute, second, tzinfo=clock.SHANGHAI)


async def _nothing() -> None: ...


async def test_a_tick_is_enqueued_once_however_many_workers_look(db: Database) -> None:
    first, second = Jobs(db.url), Jobs(db.url)
    for jobs in (first, second):
        jobs.every("*/15 9-18 * * *", "report", _nothing)

    async def due(jobs: Jobs, moment: datetime) -> int:
        with clock.frozen(moment):
            async with db.reading() as conn:
                return await jobs.enqueue_due(conn)

    assert await due(first, shanghai(8, 59, 59)) == 0
    assert await due(first, shanghai(9)) == 1
    assert await due(second, shanghai(9, 0, 1)) == 0
    assert await due(first, shanghai(9, 14)) == 0
    assert await due(second, shanghai(9, 15)) == 1
    assert await due(first, shanghai(9, 50)) == 1  # 9:30 and 9:45 passed unseen: the latest is made good
    assert await due(first, shanghai(18, 58)) == 0  # 18:45 is too long ago
    assert await due(second, shanghai(20)) == 0


async def test_ticks_run(db: Database) -> None:
    jobs = quick(db.url)
    ran = asyncio.Event()

    async def handler() -> None:
        ran.set()

    jobs.every("* * * * *", "minutely", handler)
    async with working(jobs):
        await asyncio.wait_for(ran.wait(), PATIENCE)


async def test_wrong_declarations_are_refused() -> None:
    jobs = Jobs("postgresql://nowhere")
    with pytest.raises(ValueError, match="cron"):
        jobs.every("every full moon", "moon", _nothing)
    jobs.handle(NOTE, Log())
    with pytest.raises(ValueError, match="already"):
        jobs.handle(NOTE, Log())


if __name__ == "__main__":
    asyncio.run(_victim(sys.argv[1]))
