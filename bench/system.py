"""The system under load, as in production: a durable PostgreSQL, a web process and a worker, all on loopback."""

import asyncio
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from bench.client import Http
from yingda.app import demo
from yingda.app.migrate import migrate
from yingda.identity import DemoAccount
from yingda.infra.embedded import EmbeddedPostgres
from yingda.infra.settings import load_settings
from yingda.language import ensure_model

SHOP = "liuli"
START_SECONDS = 60
STOP_SECONDS = 30

#: All load comes from one address; the limits for visitors are not what is measured.
_NO_LIMITS = {
    f"YINGDA_{name}": "1000000"
    for name in ("VISITOR_MESSAGES_PER_MINUTE", "ADDRESS_MESSAGES_PER_MINUTE", "SESSIONS_PER_ADDRESS_PER_MINUTE")
}


@dataclass(frozen=True)
class System:
    """Where everything is. `models` are taught already."""

    home: Path
    url: str
    accounts: list[DemoAccount]
    port: int
    web: psutil.Process

    def memory(self) -> int:
        """Bytes of the web process's own memory."""
        return int(self.web.memory_info().rss)


@asynccontextmanager
async def database(*, kept_running: bool = True) -> AsyncIterator[tuple[Path, str, list[DemoAccount]]]:
    """A data folder with taught models and, running or stopped again, a PostgreSQL with the demo shop."""
    home = _new_home()
    server = EmbeddedPostgres(home / "postgres")
    try:
        url = await asyncio.to_thread(server.start)
        await migrate(url)
        accounts = await demo.seed(url, load_settings(data_dir=home, demo=True))
        if not kept_running:
            await asyncio.to_thread(server.stop)
        yield home, url, accounts
    finally:
        await asyncio.to_thread(server.stop)
        shutil.rmtree(home)


def _new_home() -> Path:
    home = Path(tempfile.mkdtemp(prefix="yingda-bench-"))
    home.chmod(0o755)  # the database may run under another account
    ensure_model(home / "models")
    return home


@asynccontextmanager
async def running_system() -> AsyncIterator[System]:
    async with database() as (home, url, accounts):
        port = free_port()
        with process("serve", home, url, port) as web, process("worker", home, url, port):
            await answering(port)
            yield System(home, url, accounts, port, psutil.Process(web.pid))


@contextmanager
def process(command: str, home: Path, url: str | None, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """One process of ours, stopped at the end. Without `url` it brings its own database in `home`."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("YINGDA_")},
        **_NO_LIMITS,
        "YINGDA_DATA_DIR": str(home),
        "YINGDA_PORT": str(port),
        "YINGDA_DEMO": "true",
        **({"YINGDA_DATABASE_URL": url} if url else {}),
    }
    with (home / f"{command}.log").open("ab") as log:
        child = subprocess.Popen([sys.executable, "-m", "yingda", command], env=environment, stdout=log, stderr=log)
    try:
        yield child
    finally:
        child.terminate()
        try:
            child.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


async def answering(port: int) -> None:
    """Wait until the web process takes connections."""
    async with asyncio.timeout(START_SECONDS):
        while True:
            with suppress(OSError):
                (await Http.open(port)).close()
                return
            await asyncio.sleep(0.01)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
