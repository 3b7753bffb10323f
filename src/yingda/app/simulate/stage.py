"""Where a simulation takes place: a running server, or one of its own that is gone afterwards."""

import asyncio
import socket
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn

from yingda.app import demo, process
from yingda.app.bootstrap import assemble
from yingda.app.schema import ensure_schema
from yingda.infra.embedded import EmbeddedPostgres
from yingda.infra.settings import Settings, load_settings

_NO_LIMIT = 1_000_000
_HOST = "127.0.0.1"


@dataclass(frozen=True, kw_only=True)
class Stage:
    """An address, and how to see what only staff see: by key, or by a local demo's accounts."""

    url: str
    concurrency: int = 16
    api_key: str | None = None
    accounts: Path | None = None


class _Server(uvicorn.Server):
    """Leaves the signals to whoever plays."""

    @contextmanager
    def capture_signals(self) -> Any:
        yield


@asynccontextmanager
async def own_stage(concurrency: int) -> AsyncIterator[Stage]:
    """A server with the demo shop on a temporary database, in this process; nobody on it is slowed down."""
    with tempfile.TemporaryDirectory(prefix="yingda-simulate-") as folder:
        home = Path(folder)
        await asyncio.to_thread(home.chmod, 0o755)  # the database may run under another account
        settings = _settings(home)
        database = EmbeddedPostgres(home / "postgres", durable=False)
        url = await asyncio.to_thread(database.start)
        try:
            await ensure_schema(url)
            await demo.seed(url, settings)
            async with _serving(settings, url) as address:
                yield Stage(url=address, concurrency=concurrency, accounts=home / demo.ACCOUNTS)
        finally:
            await asyncio.to_thread(database.stop)


def _settings(home: Path) -> Settings:
    return load_settings(
        data_dir=home,
        demo=True,
        host=_HOST,
        visitor_messages_per_minute=_NO_LIMIT,
        address_messages_per_minute=_NO_LIMIT,
        sessions_per_address_per_minute=_NO_LIMIT,
    )


@asynccontextmanager
async def _serving(settings: Settings, url: str) -> AsyncIterator[str]:
    """Web and worker of one process, until the block ends."""
    runtime = await assemble(settings, url)
    stop = asyncio.Event()
    with socket.create_server((_HOST, 0)) as listener:
        server = _Server(process.web_config(runtime))
        web = asyncio.create_task(server.serve(sockets=[listener]))
        worker = asyncio.create_task(runtime.jobs.run(concurrency=settings.worker_concurrency, stop=stop))
        try:
            await _started(server, web)
            yield f"http://{_HOST}:{listener.getsockname()[1]}"
        finally:
            stop.set()
            server.should_exit = True
            await asyncio.gather(web, worker, return_exceptions=True)
            await runtime.close()


async def _started(server: uvicorn.Server, web: asyncio.Task[None]) -> None:
    while not server.started and not web.done():  # noqa: ASYNC110  uvicorn tells nobody
        await asyncio.sleep(0.01)
    if web.done():
        await web
