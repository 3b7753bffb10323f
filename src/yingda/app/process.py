"""What runs: one web process, one worker, or the demo with all of it under one supervisor."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import structlog
import uvicorn
import uvloop

from yingda.app import memory
from yingda.app.bootstrap import Runtime, assemble
from yingda.app.joined_writes import JoinedHttp
from yingda.app.main import create_app
from yingda.app.schema import ensure_schema
from yingda.identity import create_setup_link, ensure_builtin_roles, needs_setup
from yingda.infra.database import Database
from yingda.infra.embedded import EmbeddedPostgres
from yingda.infra.events import EventBus
from yingda.infra.logs import configure_logs
from yingda.infra.settings import Settings
from yingda.kit.libc import LIBC
from yingda.privacy import subscribe as subscribe_audit
from yingda.tickets import ensure_kinds

logger = structlog.get_logger(__name__)

#: How long requests and turns under way may take to finish when asked to stop.
STOP_SECONDS = 10
#: Frames of clients are a few words; a socket that sends more than this at once is closed (1009).
SOCKET_FRAME_BYTES = 64 * 1024
RESTART_SECONDS = 0.5

_PR_SET_PDEATHSIG = 1


@asynccontextmanager
async def database(settings: Settings) -> AsyncIterator[str]:
    """The URL of a running database with this version's schema: the one given, or the embedded one."""
    server = None if settings.database_url else EmbeddedPostgres(settings.data_dir / "postgres")
    url = settings.database_url or await asyncio.to_thread(server.start) if server else settings.database_url
    try:
        await ensure_schema(str(url))
        yield str(url)
    finally:
        if server:
            await asyncio.to_thread(server.stop)


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Database]:
    """That database, for a command: nobody hears of what it changes but the audit trail."""
    bus = EventBus()
    subscribe_audit(bus)
    async with database(settings) as url:
        db = await Database.connect(url, bus=bus, pool=2)
        try:
            yield db
        finally:
            await db.close()


def run(settings: Settings, work: Callable[[Settings], Awaitable[None]]) -> None:
    """Run `work` on uvloop with logs set up."""
    memory.hold_little()
    configure_logs(settings.log_level, settings.log_format)
    uvloop.run(_awaited(work(settings)))


async def _awaited(work: Awaitable[None]) -> None:
    await work


async def serve(settings: Settings) -> None:
    """One web process, until SIGINT or SIGTERM."""
    async with database(settings) as url:
        await _first_start(url, settings)
        runtime = await assemble(settings, url)
        config = web_config(runtime)
        memory.settle()
        try:
            await uvicorn.Server(config).serve()
        finally:
            await runtime.close()


def web_config(runtime: Runtime) -> uvicorn.Config:
    """How this application is served."""
    settings = runtime.settings
    return uvicorn.Config(
        create_app(runtime),
        host=settings.host,
        port=settings.port,
        http=JoinedHttp,
        ws="websockets-sansio",
        ws_per_message_deflate=False,  # frames are short, and a compressor takes more memory than its socket
        ws_max_size=SOCKET_FRAME_BYTES,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # `trusted_proxies` alone decides whose address is believed
        timeout_graceful_shutdown=STOP_SECONDS,
    )


async def work(settings: Settings) -> None:
    """One worker process, until SIGINT or SIGTERM."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    async with database(settings) as url:
        runtime = await assemble(settings, url)
        try:
            async with runtime.running():
                await runtime.jobs.run(concurrency=settings.worker_concurrency, stop=stop)
        finally:
            await runtime.close()


async def _first_start(url: str, settings: Settings) -> None:
    """Roles as this version means them, kinds of tickets; while nobody can administer, a link that makes the first."""
    db = await Database.connect(url, bus=EventBus(), pool=2)
    try:
        async with db.transaction() as tx:
            await ensure_builtin_roles(tx)
            await ensure_kinds(tx)
            token = await create_setup_link(tx) if await needs_setup(tx) else None
    finally:
        await db.close()
    if token:
        print(f"First administrator (once, within a day): {address(settings)}/setup/#{token}", flush=True)


def address(settings: Settings) -> str:
    """Under which browsers reach the web process."""
    return settings.public_url or f"http://{settings.host}:{settings.port}"


class Supervisor:
    """Keeps child processes of ours running until told to stop; all of them end with it."""

    def __init__(self, commands: dict[str, list[str]], environment: dict[str, str]) -> None:
        self._commands = commands
        self._environment = {**os.environ, **environment}
        self._stop = asyncio.Event()

    def stop(self) -> None:
        self._stop.set()

    async def run(self) -> None:
        """Until `stop`: whatever dies is started again, after a pause that grows while it keeps dying."""
        await asyncio.gather(*(self._keep(name, command) for name, command in self._commands.items()))

    async def _keep(self, name: str, command: list[str]) -> None:
        pause = RESTART_SECONDS
        while not self._stop.is_set():
            child = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "yingda",
                *command,
                env=self._environment,
                start_new_session=True,
                preexec_fn=_end_with_parent,
            )
            ended, stopped = asyncio.create_task(child.wait()), asyncio.create_task(self._stop.wait())
            began = asyncio.get_running_loop().time()
            await asyncio.wait({ended, stopped}, return_when=asyncio.FIRST_COMPLETED)
            if stopped.done():
                await _end(child)
                return
            stopped.cancel()
            lived = asyncio.get_running_loop().time() - began
            pause = RESTART_SECONDS if lived > STOP_SECONDS else min(pause * 2, STOP_SECONDS)
            logger.warning("a process ended and is started again", process=name, code=child.returncode)
            with suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await self._stop.wait()


def _end_with_parent() -> None:
    """In the child: have the kernel ask it to stop when the supervisor is gone, were it by SIGKILL.

    Nobody would start it again or look after its database, and the next supervisor needs its port.
    """
    if LIBC:
        LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


async def _end(child: asyncio.subprocess.Process) -> None:
    """Ask it to finish what is under way; insist when it takes too long."""
    if child.returncode is not None:
        return
    child.terminate()
    try:
        async with asyncio.timeout(STOP_SECONDS * 1.5):
            await child.wait()
    except TimeoutError:
        child.kill()
        await child.wait()
