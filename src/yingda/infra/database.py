"""One PostgreSQL, one door, one kind of transaction.

`Database.transaction()` gives a bare asyncpg connection for hand-written SQL (docs/decisions/0009). Services never
commit: the `async with` does, once, and only then runs what was put aside with `after_commit`.

On every connection jsonb travels as text: encode and decode with msgspec, straight into structs.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypeAlias, cast

import asyncpg
import structlog

from yingda.infra.events import Event, EventBus

logger = structlog.get_logger(__name__)

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"

#: What a lost or starting database raises: worth trying again, unlike a wrong statement.
DATABASE_DOWN = (
    OSError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
)


class Tx:
    """A transaction under way: a connection, and what happens if it commits."""

    def __init__(self, conn: Connection, bus: EventBus) -> None:
        self.conn = conn
        self._bus = bus
        self._after_commit: list[Callable[[], None]] = []

    async def publish(self, event: Event) -> None:
        """Tell the features above, inside this transaction."""
        await self._bus.publish(self, event)

    def after_commit(self, callback: Callable[[], None]) -> None:
        """Call `callback` once this transaction is durable; never, if it rolls back."""
        self._after_commit.append(callback)

    def committed(self) -> None:
        """Run what was put aside. Only `Database` calls this."""
        for callback in self._after_commit:
            try:
                callback()
            except Exception:  # the transaction is durable: what fails now must not make it look undone
                logger.exception("a callback after the commit failed")


async def _keep_as_is(_: Connection) -> None:
    """Replaces asyncpg's reset round trip at release: no code of ours changes a connection's state."""


class Database:
    """The pool of one process. Open it with `Database.connect`."""

    def __init__(self, url: str, pool: "asyncpg.Pool[asyncpg.Record]", bus: EventBus) -> None:
        self.url = url
        self.pool = pool
        self.bus = bus

    @classmethod
    async def connect(cls, url: str, *, bus: EventBus | None = None, pool: int = 10) -> "Database":
        """Open a pool of at most `pool` connections. Raises one of `DATABASE_DOWN`."""
        # min_size=0: a pool that keeps connections logs a traceback each time the server restarts
        connections = await asyncpg.create_pool(url, min_size=0, max_size=pool, reset=_keep_as_is)
        await connections.fetchval("SELECT 1")
        return cls(url, connections, bus or EventBus())

    async def close(self) -> None:
        await self.pool.close()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Connection]:
        """A connection for one or two reads that need no common snapshot: no BEGIN, no COMMIT."""
        async with self.pool.acquire() as conn:
            yield cast("Connection", conn)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Tx]:
        """Commits when the block ends, rolls back when it raises."""
        async with self.pool.acquire() as conn:
            tx = Tx(cast("Connection", conn), self.bus)
            async with conn.transaction():
                yield tx
        tx.committed()


def count_of(status: str) -> int:
    """How many rows a statement touched, from what the server says of it: `UPDATE 3`."""
    return int(status.rsplit(" ", 1)[-1])
