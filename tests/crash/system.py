"""Yingda as its users start it, in processes of its own, and the means to kill each of them."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import Any, cast

import asyncpg
import httpx
import psutil

from tests.factories import eventually
from yingda.infra.database import DATABASE_DOWN

PATIENCE = 60

#: All customers of a test come from one address; the worker may help soon.
ENVIRONMENT = {
    "YINGDA_ADDRESS_MESSAGES_PER_MINUTE": "100000",
    "YINGDA_SESSIONS_PER_ADDRESS_PER_MINUTE": "1000",
    "YINGDA_VISITOR_MESSAGES_PER_MINUTE": "10000",
    "YINGDA_ANSWER_GRACE_SECONDS": "1",
    "YINGDA_LOG_FORMAT": "json",
    "PYTHONDONTWRITEBYTECODE": "",  # processes start often here: let them keep what they compiled
}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return cast("int", probe.getsockname()[1])


class Launched:
    """A `yingda` command under way, its log in a file."""

    def __init__(self, log: Path, *command: str, **environment: str) -> None:
        self._log = log
        self._orphans: list[psutil.Process] = []
        with log.open("ab") as output:
            self.process = psutil.Popen(
                [sys.executable, "-m", "yingda", *command],
                env={**os.environ, **ENVIRONMENT, **environment},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )

    def kill(self) -> None:
        self._orphans = self.process.children(recursive=True)
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        """As Ctrl+C does; harder when that is not enough."""
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(PATIENCE)
        except psutil.TimeoutExpired:
            self.kill()
            raise

    def end(self) -> None:
        """Stop, and kill what does not."""
        family = self._orphans
        if self.process.is_running():
            family = self.process.children(recursive=True)
            self.stop()
        for survivor in family:
            with suppress(psutil.NoSuchProcess):
                survivor.kill()

    def errors(self) -> list[dict[str, Any]]:
        """What was logged as an error: a defect, since a restart of anything is none."""
        return [event for event in self._events() if event.get("level") in ("error", "critical")]

    def _events(self) -> Iterator[dict[str, Any]]:
        for line in self._log.read_text(errors="replace").splitlines():
            if line.startswith("{"):
                yield json.loads(line)


@contextmanager
def launched(log: Path, *command: str, **environment: str) -> Iterator[Launched]:
    """A command for as long as the block lasts; whatever it left running is ended too."""
    running = Launched(log, *command, **environment)
    try:
        yield running
    finally:
        running.end()


_COMMANDS = {"web": "serve", "worker": "worker"}
_PARTS = (*_COMMANDS, "database")


class Demo:
    """A running `yingda demo`."""

    def __init__(self, launched: Launched, data_dir: Path, port: int) -> None:
        self.launched = launched
        self.data_dir = data_dir
        self.url = f"http://127.0.0.1:{port}"

    def part(self, name: str) -> psutil.Process | None:
        """The process that is the `web`, the `worker` or the `database` now."""
        with suppress(psutil.Error, OSError, ValueError):
            if name == "database":  # by its own word: it may be adopted, and so nobody's child
                pid = int((self.data_dir / "postgres" / "postmaster.pid").read_text().split("\n", 1)[0])
                return psutil.Process(pid)
            for child in self.launched.process.children():
                if child.cmdline()[-1:] == [_COMMANDS[name]]:
                    return child
        return None

    async def parts(self) -> dict[str, psutil.Process]:
        """All of them, once they are there."""

        async def all_there() -> dict[str, psutil.Process] | None:
            found = {name: self.part(name) for name in _PARTS}
            return {name: part for name, part in found.items() if part} if all(found.values()) else None

        return cast("dict[str, psutil.Process]", await eventually(all_there, PATIENCE))

    async def kill(self, *names: str) -> None:
        """SIGKILL these at once, and wait until others of their kind do their work."""
        parts = await self.parts()
        last_worker = await self._last_worker()
        for name in names:
            parts[name].kill()
        await self.restored({parts[name].pid for name in names}, last_worker if "worker" in names else 0)

    async def restored(self, killed: set[int] = frozenset(), last_worker: int = 0) -> None:  # type: ignore[assignment]
        async def replaced() -> bool:
            return killed.isdisjoint(part.pid for part in (await self.parts()).values())

        async def working() -> bool:
            with suppress(*DATABASE_DOWN):
                return await self._last_worker() > last_worker
            return False

        await eventually(replaced, PATIENCE)
        await ready(self.url)
        await eventually(working, PATIENCE)

    async def _last_worker(self) -> int:
        async with self.sql() as conn:
            return int(await conn.fetchval("SELECT coalesce(max(id), 0) FROM procrastinate_workers"))

    @asynccontextmanager
    async def sql(self) -> "AsyncIterator[asyncpg.Connection[asyncpg.Record]]":
        """A connection to its database."""
        connection = await asyncpg.connect((await self.parts())["web"].environ()["YINGDA_DATABASE_URL"], timeout=5)
        try:
            yield connection
        finally:
            await connection.close()


async def ready(url: str) -> None:
    """Until the web process at `url` can serve."""
    async with httpx.AsyncClient(trust_env=False, timeout=5) as http:

        async def is_ready() -> bool:
            with suppress(httpx.TransportError):
                return (await http.get(f"{url}/health/ready")).is_success
            await asyncio.sleep(0.05)
            return False

        await eventually(is_ready, PATIENCE)
