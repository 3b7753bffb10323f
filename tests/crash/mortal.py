"""A database whose callers can die between any two of its steps, as a process does that is killed.

Each statement, BEGIN and COMMIT included, is two steps: one before it reaches the server, one after it has and before
the caller knows. Whoever dies loses their connections at once, so that the server rolls back what was open.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextvars import ContextVar, copy_context
from typing import Any

import asyncpg

from yingda.infra.database import DATABASE_DOWN, Database
from yingda.infra.events import EventBus


class Killed(BaseException):
    """The process is gone: no handler of ours may catch this."""


class Fate:
    """Counts steps, and ends the life of whoever lives under it at one of them."""

    def __init__(self, die_at: int | None = None) -> None:
        self.steps = 0
        self.dead = False
        self._die_at = die_at

    def step(self, connection: "Mortal") -> None:
        if self.steps == self._die_at:
            self.dead = True
        self.steps += 1
        if self.dead:
            connection.terminate()
            raise Killed


#: Of the task that is doing something now; none: it lives for ever.
FATE: ContextVar[Fate | None] = ContextVar("fate", default=None)


class Mortal(asyncpg.Connection):  # type: ignore[type-arg]  # generic for mypy only
    """A connection that asks for its caller's fate around each statement."""

    async def execute(self, *arguments: Any, **named: Any) -> Any:
        return await self._lived(super().execute, arguments, named)

    async def fetch(self, *arguments: Any, **named: Any) -> Any:
        return await self._lived(super().fetch, arguments, named)

    async def fetchrow(self, *arguments: Any, **named: Any) -> Any:
        return await self._lived(super().fetchrow, arguments, named)

    async def fetchval(self, *arguments: Any, **named: Any) -> Any:
        return await self._lived(super().fetchval, arguments, named)

    async def _lived(self, ask: Any, arguments: tuple[Any, ...], named: dict[str, Any]) -> Any:
        fate = FATE.get()
        if fate is None:
            return await ask(*arguments, **named)
        fate.step(self)
        answer = await ask(*arguments, **named)
        fate.step(self)
        return answer


async def mortal_database(url: str, bus: EventBus | None = None, pool: int = 10) -> Database:
    """As `Database.connect`."""

    async def keep_as_is(_: Any) -> None:
        """No reset at release: it would be a step of asyncpg's, not of ours."""

    connections = await asyncpg.create_pool(url, min_size=0, max_size=pool, reset=keep_as_is, connection_class=Mortal)
    return Database(url, connections, bus or EventBus())


async def under(fate: Fate, work: Callable[[], Awaitable[object]]) -> None:
    """Do it in a life of its own, which may end in the middle."""
    context = copy_context()
    context.run(FATE.set, fate)
    try:
        await asyncio.create_task(_as_coroutine(work), context=context)
    except (Killed, *DATABASE_DOWN):  # the latter: what a library says of its connection when it unwinds
        assert fate.dead


async def _as_coroutine(work: Callable[[], Awaitable[object]]) -> None:
    await work()
