"""A turn that was acknowledged and not answered before its processes died."""

from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path

import asyncpg
import httpx
import pytest

from tests.crash.load import THANKS
from tests.crash.system import PATIENCE, Launched, free_port, launched, ready
from tests.factories import Visitor, eventually

pytestmark = pytest.mark.crash


class Parts:
    """Web process and workers on one database, started one by one; nobody starts them again."""

    def __init__(self, home: Path, url: str, running: ExitStack) -> None:
        self._home = home
        self._url = url
        self._running = running
        self._port = free_port()
        self.address = f"http://127.0.0.1:{self._port}"

    def start(self, *command: str) -> Launched:
        environment = {"YINGDA_DATABASE_URL": self._url, "YINGDA_DATA_DIR": str(self._home), "YINGDA_DEMO": "true"}
        return self._running.enter_context(launched(self._home / "parts.log", *command, **environment))

    async def web(self) -> Launched:
        web = self.start("serve", "--port", str(self._port))
        await ready(self.address)
        return web


@pytest.fixture
async def sql(demo_url: str) -> "AsyncIterator[asyncpg.Connection[asyncpg.Record]]":
    connection = await asyncpg.connect(demo_url)
    yield connection
    await connection.close()


@pytest.fixture
async def parts(home: Path, demo_url: str) -> AsyncIterator[Parts]:
    with ExitStack() as running:
        yield Parts(home, demo_url, running)


@asynccontextmanager
async def nobody_can_answer(sql: "asyncpg.Connection[asyncpg.Record]") -> AsyncIterator[None]:
    """Messages are stored and acknowledged, but an answer waits: its last write needs what is locked here."""
    async with sql.transaction():
        await sql.execute("LOCK TABLE dialogues IN EXCLUSIVE MODE")
        yield


@pytest.mark.parametrize("worker_dies_too", [False, True])
async def test_an_acknowledged_message_is_answered_once_although_its_web_process_is_dead(
    parts: Parts, sql: "asyncpg.Connection[asyncpg.Record]", worker_dies_too: bool
) -> None:
    web, worker = await parts.web(), parts.start("worker")
    async with nobody_can_answer(sql):
        async with httpx.AsyncClient(base_url=parts.address, trust_env=False) as http:
            visitor = await Visitor.open(http)
            assert (await visitor.post(THANKS)).status_code == 201
        web.kill()
        await eventually(lambda: sql.fetchval("SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing'"), 30)
        if worker_dies_too:
            worker.kill()
    if worker_dies_too:
        parts.start("worker")

    async def done() -> bool:
        return not await sql.fetchval("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'dialogue.answer'")

    await eventually(done, PATIENCE)
    messages = await sql.fetch("SELECT seq, author_kind FROM messages ORDER BY seq")
    assert [tuple(message) for message in messages] == [(1, "customer"), (2, "assistant")]
    head = await sql.fetchrow("SELECT state, customer_seq, answered_seq FROM conversations")
    assert head is not None
    assert tuple(head) == ("pending", 1, 1)
