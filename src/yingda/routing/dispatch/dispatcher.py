"""Hands waiting conversations to people, and looks after what was handed out."""

import asyncio
from collections.abc import Callable

from yingda.conversations import Author, AuthorKind, assign, try_lock
from yingda.infra.database import Database
from yingda.infra.tasks import Kicked
from yingda.kit.clock import now
from yingda.routing.dispatch import tending
from yingda.routing.dispatch.repository import skills, taking
from yingda.routing.dispatch.schemas import DispatchLimits, Stand

#: How far down the queue a dispatcher looks past conversations that others hold locked.
LOOK_AHEAD = 20
#: How often those who wait, and those who do not answer, are looked after.
TEND_SECONDS = 5

Tell = Callable[[list[Stand]], None]


def _nobody(_: list[Stand]) -> None:
    """Where nobody watches."""


class Dispatcher:
    """One round at a time in a process; safe with many. `tell`: shows those who wait what has become news to them."""

    def __init__(self, db: Database, tell: Tell = _nobody) -> None:
        self._db = db
        self._tell = tell
        self._rounds = Kicked(self.dispatch_all)
        self._care = Kicked(self.tend)

    def kick(self) -> None:
        """Something changed that may let a conversation be dispatched: look soon."""
        self._rounds.kick()

    async def run(self) -> None:
        """Dispatch whenever kicked and tend in between, until cancelled."""
        await asyncio.gather(self._rounds.run(), self._care.run(), self._clock())

    async def _clock(self) -> None:
        while True:
            await asyncio.sleep(TEND_SECONDS)
            self._care.kick()

    async def dispatch_all(self) -> None:
        """Dispatch until nobody waits or nobody has room."""
        async with self._db.reading() as conn:
            limits = await skills.limits(conn)
        while await self.dispatch_one(limits):
            pass

    async def dispatch_one(self, limits: DispatchLimits) -> bool:
        """Give the first who could be served to somebody; False when there is none, or others are at it."""
        async with self._db.transaction() as tx:
            moment = now()
            waiting = await taking.first_waiting(tx.conn, LOOK_AHEAD, moment, limits)
            conversation_id = await try_lock(tx.conn, waiting) if waiting else None
            if conversation_id is None:
                return False
            chosen = await taking.dispatch(tx.conn, conversation_id, moment, limits)
            if chosen is None:
                return False
            staff_id, name = chosen
            await assign(tx, conversation_id, Author(AuthorKind.STAFF, staff_id, name))
            return True

    async def tend(self) -> None:
        """Take back what is not answered, let others help, ask the tired to rest, learn, and tell those who wait."""
        async with self._db.transaction() as tx:
            limits = await skills.limits(tx.conn)
            helped = await tending.widen(tx, limits)
            await tending.rest(tx, limits)
            await tending.learn(tx)
        returned = await tending.take_back(self._db, limits)
        async with self._db.transaction() as tx:
            news = await tending.news(tx, limits)
        self._tell(news)
        if helped or returned:
            self.kick()
