"""One PostgreSQL, two doors, one kind of transaction.

The message path takes `Database.transaction()`: a bare asyncpg connection and hand-written SQL. Everything else takes
`Database.session()`: a SQLAlchemy session whose `conn` is the same connection, so that an event handler, which is
given a `Tx`, works the same behind both. Services never commit: the `async with` does, once, and only then runs what
was put aside with `after_commit`.

On every connection jsonb travels as text: encode and decode with msgspec, straight into structs.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, ClassVar, TypeAlias, cast
from uuid import UUID

import asyncpg
import msgspec
from sqlalchemy import DateTime, MetaData, Uuid
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeEngine

from yingda.infra.events import Event, EventBus

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"

#: What a lost or starting database raises: worth trying again, unlike a wrong statement.
DATABASE_DOWN = (
    OSError,
    OperationalError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
)


def is_database_down(error: BaseException) -> bool:
    """Whether `error` says that the server went away, not that the statement was wrong."""
    if isinstance(error, DBAPIError):
        return error.connection_invalidated or isinstance(error.orig, DATABASE_DOWN)
    return isinstance(error, DATABASE_DOWN)


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
            callback()


class SessionTx(Tx):
    """A transaction with a SQLAlchemy session on the same connection."""

    def __init__(self, conn: Connection, bus: EventBus, session: AsyncSession) -> None:
        super().__init__(conn, bus)
        self.session = session


async def _keep_as_is(_: Connection) -> None:
    """Replaces asyncpg's reset round trip at release: no code of ours changes a connection's state."""


class Database:
    """The pools of one process. Open it with `Database.connect`."""

    def __init__(self, url: str, pool: "asyncpg.Pool[asyncpg.Record]", engine: AsyncEngine, bus: EventBus) -> None:
        self.url = url
        self.pool = pool
        self.engine = engine
        self.bus = bus
        self._sessions = async_sessionmaker(engine, expire_on_commit=False)

    @classmethod
    async def connect(cls, url: str, *, bus: EventBus | None = None, pool: int = 10, sessions: int = 6) -> "Database":
        """Open both pools, of at most `pool` and `sessions` connections. Raises one of `DATABASE_DOWN`."""
        # min_size=0: a pool that keeps connections logs a traceback each time the server restarts
        asyncpg_pool = await asyncpg.create_pool(url, min_size=0, max_size=pool, reset=_keep_as_is)
        await asyncpg_pool.fetchval("SELECT 1")
        engine = create_async_engine(
            sqlalchemy_url(url),
            pool_size=sessions,
            max_overflow=0,
            isolation_level="AUTOCOMMIT",
            json_serializer=lambda value: msgspec.json.encode(value).decode(),
            json_deserializer=msgspec.json.decode,
        )
        return cls(url, asyncpg_pool, engine, bus or EventBus())

    async def close(self) -> None:
        await self.engine.dispose()
        await self.pool.close()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Connection]:
        """A connection for one or two reads that need no common snapshot: no BEGIN, no COMMIT."""
        async with self.pool.acquire() as conn:
            yield cast("Connection", conn)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Tx]:
        """The message path's transaction."""
        async with self.pool.acquire() as conn:
            tx = Tx(cast("Connection", conn), self.bus)
            async with conn.transaction():
                yield tx
        tx.committed()

    @asynccontextmanager
    async def session(self) -> AsyncIterator[SessionTx]:
        """Everybody else's transaction."""
        async with self._sessions() as session:
            raw = await (await session.connection()).get_raw_connection()
            conn = cast("Connection", raw.driver_connection)
            tx = SessionTx(conn, self.bus, session)
            async with conn.transaction():
                yield tx
                await session.commit()  # flushes; the engine is in autocommit, the transaction around it is ours
        tx.committed()


def sqlalchemy_url(url: str) -> str:
    """`url` for SQLAlchemy's asyncpg dialect."""
    return make_url(url).set(drivername="postgresql+asyncpg").render_as_string(hide_password=False)
