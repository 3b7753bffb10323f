"""Fixtures that every test may use: a real PostgreSQL, and in it a fresh database for each test that asks.

`YINGDA_TEST_DATABASE_URL` names a server to use instead of the embedded one; its user must be allowed to create
databases.
"""

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import pytest

from tests.factories import with_database
from yingda.app.migrate import migrate
from yingda.infra.database import Database
from yingda.infra.embedded import EmbeddedPostgres


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
    name = f"{template}_copy"
    await _run(
        server_url,
        f"DROP DATABASE IF EXISTS {name} WITH (FORCE)",
        f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY",
    )
    yield with_database(server_url, name)
    await _run(server_url, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture
async def db(db_url: str) -> AsyncIterator[Database]:
    """A fresh, empty database with the schema, and pools on it."""
    database = await Database.connect(db_url, pool=12, sessions=4)
    yield database
    await database.close()


async def _run(url: str, *statements: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()
