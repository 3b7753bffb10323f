"""One PostgreSQL, one door, one kind of transaction.

`Database.transaction()` gives a bare asyncpg connection for hand-written SQL; SQLAlchemy only says what the tables are,
for Alembic (docs/decisions/0009). Services never commit: the `async with` does, once, and only then runs what was put
aside with `after_commit`.

On every connection jsonb travels as text: encode and decode with msgspec, straight into structs.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, ClassVar, TypeAlias, cast
from uuid import UUID

import asyncpg
import structlog
from sqlalchemy import DateTime, MetaData, Uuid
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import make_url
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeEngine

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


class Base(DeclarativeBase):
    """Base of all tables. Timestamps are aware, ids are UUIDs, free-form data is jsonb."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, TypeEngine[Any]]] = {
        datetime: DateTime(timezone=True),
        UUID: Uuid(),
        dict[str, Any]: JSONB(),
        list[str]: JSONB(),
    }


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


def sqlalchemy_url(url: str) -> str:
    """`url` for SQLAlchemy's asyncpg dialect."""
    return make_url(url).set(drivername="postgresql+asyncpg").render_as_string(hide_password=False)
