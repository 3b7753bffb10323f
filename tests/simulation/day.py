"""Runs a day of the service centre minute by minute: the real services on a real database, under a clock of its own."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from tests.simulation.world import MORNING, Agent, Contact, World
from yingda.conversations import (
    Author,
    AuthorKind,
    ConversationAssigned,
    HandOff,
    HandOffReason,
    Kind,
    TextContent,
    resolve,
    say,
)
from yingda.identity import Permission, Principal
from yingda.infra.database import Database, Tx
from yingda.kit import clock
from yingda.routing import Dispatcher, PresenceStatus, SetPresence, hand_over, levels, set_presence, subscribe
from yingda.routing.levels import DeadlineBreached, DeadlineNear

STORY = HandOff(reason=HandOffReason.REQUESTED, summary="转人工")
MINUTE = timedelta(minutes=1)
#: After closing time everybody finishes what they have in hand.
LONGEST = timedelta(hours=26)

#: Something that looks at the day after each minute in which the service is there.
Watch = Callable[[datetime], Awaitable[None]]


@dataclass(frozen=True)
class Waiter:
    """A row of the queue just before a round of dispatch, in the order in which it should be served."""

    id: UUID
    team_id: UUID | None
    step: int
    skill: str | None
    language: str | None
    widened: bool
    urgency: tuple[int, int, datetime, datetime, UUID]


@dataclass(frozen=True)
class Round:
    """Who waited, and who was given to whom, one after the other."""

    moment: datetime
    waiting: list[Waiter]
    given: list[tuple[UUID, UUID]]


@dataclass
class Held:
    agent: Agent
    since: datetime
    answered: bool = False


@dataclass
class Day:
    db: Database
    world: World
    watches: list[Watch] = field(default_factory=list)
    rounds: list[Round] = field(default_factory=list)
    waits: dict[UUID, timedelta] = field(default_factory=dict)
    resolved: dict[UUID, datetime] = field(default_factory=dict)
    in_hand: dict[UUID, Held] = field(default_factory=dict)
    returned: dict[UUID, int] = field(default_factory=lambda: defaultdict(int))
    told: int = 0
    near: list[tuple[datetime, DeadlineNear]] = field(default_factory=list)
    late: list[tuple[datetime, DeadlineBreached]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.dispatcher = Dispatcher(self.db, self._tell)
        self.contacts = {contact.id: contact for contact in self.world.contacts}
        self.agents = {agent.id: agent for agent in self.world.agents}
        self._given: list[tuple[UUID, UUID]] = []
        subscribe(self.db.bus, self.dispatcher)
        self.db.bus.subscribe(ConversationAssigned, self._assigned)
        self.db.bus.subscribe(DeadlineNear, self._near)
        self.db.bus.subscribe(DeadlineBreached, self._late)
        watch = levels.Watch(self.db)
        levels.subscribe(self.db.bus, watch)
        self.watches.append(lambda _: watch.look())

    def _tell(self, stands: list[object]) -> None:
        self.told += len(stands)

    async def _assigned(self, _tx: Tx, event: ConversationAssigned) -> None:
        assert event.place.assignee_id is not None
        self._given.append((event.place.conversation_id, event.place.assignee_id))

    async def _near(self, _tx: Tx, event: DeadlineNear) -> None:
        self.near.append((clock.now(), event))

    async def _late(self, _tx: Tx, event: DeadlineBreached) -> None:
        self.late.append((clock.now(), event))

    async def run(self) -> None:
        """Until everybody has been served."""
        coming = list(reversed(self.world.contacts))
        there: set[UUID] = set()
        moment = MORNING
        while moment < MORNING + LONGEST and len(self.resolved) < len(self.contacts):
            moment += MINUTE
            with clock.frozen(moment):
                await self._shifts(moment, there)
                arrived = []
                while coming and coming[-1].at <= moment:
                    arrived.append(coming.pop())
                await self._together(self._arrive, arrived)
                await self._work(moment)
                if not self.world.is_out(moment):
                    await self._dispatch(moment)
                    for watch in self.watches:
                        await watch(moment)

    async def _together(self, work: Callable[[Tx, list[Contact]], Awaitable[None]], contacts: list[Contact]) -> None:
        """In a few transactions at a time, as from several processes; what one agent has in hand in one of them."""
        parts = defaultdict(list)
        for contact in contacts:
            held = self.in_hand.get(contact.id)
            parts[(held.agent.id if held else contact.id).int % 3].append(contact)
        await asyncio.gather(*(self._in_transaction(work, part) for part in parts.values()))

    async def _in_transaction(
        self, work: Callable[[Tx, list[Contact]], Awaitable[None]], contacts: list[Contact]
    ) -> None:
        async with self.db.transaction() as tx:
            await work(tx, sorted(contacts, key=lambda contact: contact.id))

    async def _arrive(self, tx: Tx, contacts: Iterable[Contact]) -> None:
        for contact in contacts:
            story = msgspec.structs.replace(STORY, skill=contact.skill, priority=contact.priority)
            await hand_over(tx, contact.id, story, contact.level)

    async def _shifts(self, moment: datetime, there: set[UUID]) -> None:
        for agent in self.world.agents:
            if agent.works(moment) != (agent.id in there):
                there ^= {agent.id}
                await self._say(agent, PresenceStatus.ONLINE if agent.id in there else PresenceStatus.OFFLINE)
            elif agent.works(moment) and any(end <= moment < end + MINUTE for _, end in agent.silent):
                await self._say(agent, PresenceStatus.ONLINE)

    async def _say(self, agent: Agent, status: PresenceStatus) -> None:
        who = Principal(
            staff_id=agent.id, display_name=agent.name, permissions=frozenset(Permission), team_ids=agent.teams
        )
        async with self.db.transaction() as tx:
            await set_presence(tx, who, SetPresence(status, agent.capacity))

    async def _work(self, moment: datetime) -> None:
        """Who was given something answers it in the next minute, and is done with it in its time; unless they have
        gone, or do nothing."""
        answering, finishing = [], []
        for conversation_id, held in self.in_hand.items():
            if held.agent.is_silent(moment) or (not held.agent.works(moment) and not held.answered):
                continue
            contact = self.contacts[conversation_id]
            if not held.answered:
                held.answered = True
                answering.append(contact)
            elif held.since + contact.handling <= moment:
                finishing.append(contact)
        await self._together(self._answer, answering)
        await self._together(self._finish, finishing)
        for contact in finishing:
            self.resolved[contact.id] = moment
            del self.in_hand[contact.id]

    async def _answer(self, tx: Tx, contacts: Iterable[Contact]) -> None:
        for contact in contacts:
            agent = self.in_hand[contact.id].agent
            author = Author(AuthorKind.STAFF, agent.id, agent.name)
            await say(tx, contact.id, author, Kind.TEXT, TextContent("您好，请问有什么可以帮您？"))

    async def _finish(self, tx: Tx, contacts: Iterable[Contact]) -> None:
        for contact in contacts:
            await resolve(tx, contact.id)

    async def _dispatch(self, moment: datetime) -> None:
        await self.dispatcher.tend()
        waiting = await self._waiting()
        for waiter in waiting:
            if self.in_hand.pop(waiter.id, None):
                self.returned[waiter.id] += 1
        await self.dispatcher.dispatch_all()
        for conversation_id, staff_id in self._given:
            self.in_hand[conversation_id] = Held(self.agents[staff_id], moment)
            self.waits.setdefault(conversation_id, moment - self.contacts[conversation_id].at)
        self.rounds.append(Round(moment, waiting, self._given))
        self._given = []

    async def _waiting(self) -> list[Waiter]:
        async with self.db.reading() as conn:
            rows = await conn.fetch(
                "SELECT conversation_id, team_id, step, skill, language, widened, level, priority, due, since "
                "FROM routing_queue"
            )
        waiting = [
            Waiter(
                row["conversation_id"],
                row["team_id"],
                row["step"],
                row["skill"],
                row["language"],
                row["widened"],
                (-row["level"], -row["priority"], row["due"], row["since"], row["conversation_id"]),
            )
            for row in rows
        ]
        return sorted(waiting, key=lambda waiter: waiter.urgency)
