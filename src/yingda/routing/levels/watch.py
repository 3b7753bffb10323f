"""The watch over deadlines: sleeps until the next one, warns before it, and says when it has passed."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import structlog
from msgspec.structs import replace

from yingda.conversations import LEVEL_NAMES
from yingda.infra.database import DATABASE_DOWN, Database, Tx
from yingda.kit.clock import SHANGHAI, now
from yingda.routing.levels import repository, rules
from yingda.routing.levels.events import DeadlineBreached, DeadlineNear
from yingda.routing.levels.keeping import CLOCK_NAMES, ConversationKeeper, Keeper
from yingda.routing.levels.schemas import Clock, Happened, Item, WarnReason

logger = structlog.get_logger(__name__)

#: However much falls due, the database is asked at most once in so many seconds,
_SHORTEST = 1.0
#: and at least once in so many: another process may have died before it saw to what it knew of.
_LONGEST = 30.0
#: How far past items that others hold locked it looks.
_LOOK_AHEAD = 20

_REASONS = {
    WarnReason.SHARE: "时限已用去大半",
    WarnReason.QUEUE: "前面排队较多，预计来不及",
    WarnReason.HANDLING: "剩余时间少于同类问题通常所需",
    WarnReason.LEVEL: "服务级别或负责团队已调整",
}


class Watch:
    """One a process; safe with many. `expect` tells it of a deadline that may come before all it knows of."""

    def __init__(self, db: Database, keepers: Sequence[Keeper] = ()) -> None:
        self._db = db
        self._keepers = keepers or (ConversationKeeper(),)
        self._sooner = asyncio.Event()
        self._next: datetime | None = None

    def expect(self, at: datetime) -> None:
        """Something is to be looked at then."""
        if self._next is None or at < self._next:
            self._next = at
            self._sooner.set()

    async def run(self) -> None:
        """Look whenever something is due, until cancelled."""
        while True:
            try:
                await self.look()
            except Exception as error:
                if not isinstance(error, DATABASE_DOWN):
                    logger.exception("the watch over deadlines failed")
            await asyncio.sleep(_SHORTEST)
            await self._until_next()

    async def look(self) -> None:
        """See to everything that is due now, each item in a transaction of its own."""
        self._sooner.clear()
        for keeper in self._keepers:
            while await self._look_at_one(keeper):
                pass
        async with self._db.reading() as conn:
            self._next = await repository.first_due(conn)

    async def _until_next(self) -> None:
        """Sleep until something is due, or something that is due earlier has come up."""
        while (left := self._left()) > 0:
            try:
                async with asyncio.timeout(left):
                    await self._sooner.wait()
            except TimeoutError:
                return
            self._sooner.clear()

    def _left(self) -> float:
        if self._next is None:
            return _LONGEST
        return min((self._next - now()).total_seconds(), _LONGEST)

    async def _look_at_one(self, keeper: Keeper) -> bool:
        """False when nothing more is due, or others hold what is. Items are locked before their clocks."""
        async with self._db.transaction() as tx:
            moment = now()
            due = await repository.due(tx.conn, keeper.kind, moment, _LOOK_AHEAD)
            item_id = await keeper.lock(tx.conn, due) if due else None
            if item_id is None:
                return False
            item = Item(keeper.kind, item_id)
            clocks = (await repository.clocks(tx.conn, item)).values()
            found = [(clock, happened) for clock in clocks if (happened := rules.look(clock, moment))]
            for clock, happened in found:
                await _tell(tx, keeper, item, clock, happened, moment)
            if not found:  # another process was quicker; or a row names a moment that is none, and must not come again
                await repository.save(tx.conn, item, clocks)
            return True


async def _tell(tx: Tx, keeper: Keeper, item: Item, clock: Clock, happened: Happened, moment: datetime) -> None:
    """Write it down, in the item's record too, and let the features above know."""
    seen = replace(clock, warned_at=moment) if happened is Happened.NEAR else replace(clock, breached_at=moment)
    reason = clock.warn_reason if happened is Happened.NEAR else None
    record = rules.record_of(clock, happened, moment, clock.used, reason)
    await repository.save(tx.conn, item, [seen], records=[record])
    await keeper.note(tx, item.id, f"deadline_{happened.value}", _words(clock, happened), _details(clock, happened))
    await tx.publish(_event(item, seen, happened, await keeper.whose(tx.conn, item.id)))


def _event(
    item: Item, clock: Clock, happened: Happened, whose: tuple[UUID | None, UUID | None]
) -> DeadlineNear | DeadlineBreached:
    owner_id, team_id = whose
    due_at = clock.due_at or clock.asked_at
    if happened is Happened.BREACHED:
        return DeadlineBreached(
            item=item,
            clock=clock.kind,
            level=clock.level,
            due_at=due_at,
            warned_at=clock.warned_at,
            owner_id=owner_id,
            team_id=team_id,
        )
    return DeadlineNear(
        item=item,
        clock=clock.kind,
        level=clock.level,
        due_at=due_at,
        reason=clock.warn_reason,
        owner_id=owner_id,
        team_id=team_id,
    )


def _details(clock: Clock, happened: Happened) -> dict[str, str | int]:
    known: dict[str, str | int] = {"level": clock.level, "clock": clock.kind.value}
    if clock.due_at:
        known["due_at"] = clock.due_at.isoformat()
    return known | {"why": clock.warn_reason.value} if happened is Happened.NEAR else known


def _words(clock: Clock, happened: Happened) -> str:
    due = f"{clock.due_at.astimezone(SHANGHAI):%m-%d %H:%M}" if clock.due_at else ""
    what = f"{LEVEL_NAMES[clock.level - 1]} · {CLOCK_NAMES[clock.kind]}"
    if happened is Happened.NEAR:
        return f"即将超时：{what}，{due} 到期（{_REASONS[clock.warn_reason]}）"
    return f"已超时：{what}，应在 {due} 前完成"
