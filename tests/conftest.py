"""Fixtures that every test may use: a real PostgreSQL, and in it a fresh database for each test that asks.

`YINGDA_TEST_DATABASE_URL` names a server to use instead of the embedded one; its user must be allowed to create
databases.
"""

import asyncio
import itertools
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import hypothesis
import pytest

from tests.factories import with_database
from tests.logs import logging_kept
from tests.server import RunningServer, serving
from yingda.app import demo
from yingda.app.bootstrap import Runtime, assemble
from yingda.app.migrate import migrate
from yingda.identity import DemoAccount
from yingda.infra.database import Database
from yingda.infra.embedded import EmbeddedPostgres
from yingda.infra.settings import Settings, load_settings
from yingda.language import Engine, default_engine

#: How long an example takes depends on what else the machine does.
hypothesis.settings.register_profile("tests", deadline=None)
hypothesis.settings.load_profile("tests")

CopyOfDemo = Callable[[], AbstractAsyncContextManager[str]]

_COPIES = itertools.count(1)


@dataclass(frozen=True)
class DemoTemplate:
    """A database's name, and how to sign in as the demo staff."""

    database: str
    accounts: list[DemoAccount]

    def account(self, login: str) -> DemoAccount:
        return next(account for account in self.accounts if account.login == login)


@pytest.fixture(autouse=True)
def own_logging() -> Iterator[None]:
    """No test leaves its level and handlers to the next: a command that logs errors only would silence it."""
    with logging_kept():
        yield


@pytest.fixture(scope="session")
def server_url() -> Iterator[str]:
    """A running server without durability: nothing of it is kept."""
    if url := os.environ.get("YINGDA_TEST_DATABASE_URL"):
        yield url
        return
    home = Path(tempfile.mkdtemp(prefix="yingda-test-"))
    home.chmod(0o755)  # the server may run under another account
    server = EmbeddedPostgres(home / "data", durable=False)
    yield server.start()
    server.stop()
    shutil.rmtree(home)


@pytest.fixture(scope="session")
def template(server_url: str) -> str:
    """Name of a database with the schema and nothing else, to be cloned."""
    name = f"yingda_template_{os.getpid()}"

    async def create() -> None:
        await _run(server_url, f"DROP DATABASE IF EXISTS {name}", f"CREATE DATABASE {name}")
        await migrate(with_database(server_url, name))

    asyncio.run(create())
    return name


@pytest.fixture
async def db_url(server_url: str, template: str) -> AsyncIterator[str]:
    """URL of a fresh database with the schema."""
    async with _copy(server_url, template) as url:
        yield url


@pytest.fixture
async def db(db_url: str) -> AsyncIterator[Database]:
    """A fresh, empty database with the schema, and pools on it."""
    database = await Database.connect(db_url, pool=12)
    yield database
    await database.close()


@pytest.fixture(scope="session")
def engine() -> Engine:
    """The shipped language model; taught once and kept between runs."""
    return default_engine()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(data_dir=tmp_path, demo=True)


@pytest.fixture(scope="session")
def demo_template(server_url: str, template: str, tmp_path_factory: pytest.TempPathFactory) -> DemoTemplate:
    """A database that also holds the demo shop: seeded once, to be cloned."""
    name = f"{template}_demo"
    settings = load_settings(data_dir=tmp_path_factory.mktemp("demo"), demo=True)

    async def create() -> list[DemoAccount]:
        await _run(server_url, f"DROP DATABASE IF EXISTS {name}", f"CREATE DATABASE {name} TEMPLATE {template}")
        return await demo.seed(with_database(server_url, name), settings)

    return DemoTemplate(name, asyncio.run(create()))


@pytest.fixture(scope="session")
def copy_of_demo(server_url: str, demo_template: DemoTemplate) -> CopyOfDemo:
    """Makes fresh databases with the demo shop, for servers that several tests share."""
    return lambda: _copy(server_url, demo_template.database)


@pytest.fixture
async def demo_url(server_url: str, demo_template: DemoTemplate) -> AsyncIterator[str]:
    """URL of a fresh database with the demo shop."""
    async with _copy(server_url, demo_template.database) as url:
        yield url


@pytest.fixture
async def runtime(demo_url: str, settings: Settings, engine: Engine) -> AsyncIterator[Runtime]:
    """One process, put together as in production, on a fresh database with the demo shop. Nothing runs yet."""
    runtime = await assemble(settings, demo_url, engine=engine)
    yield runtime
    await runtime.close()


@pytest.fixture
async def server(runtime: Runtime) -> AsyncIterator[RunningServer]:
    """That process served on a loopback port."""
    async with serving(runtime) as running:
        yield running


@asynccontextmanager
async def _copy(server_url: str, template: str) -> AsyncIterator[str]:
    name = f"{template}_{next(_COPIES)}"
    drop = f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"
    await _run(server_url, drop, f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
    yield with_database(server_url, name)
    await _run(server_url, drop)


async def _run(url: str, *statements: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()
