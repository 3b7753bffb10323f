"""Who is given what: skills, teams, channels, memory, rest; and what comes back when nobody answers."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec
import pytest

from tests.routing.test_dispatch import staff_of
from yingda.conversations import (
    Author,
    AuthorKind,
    Conversation,
    HandOff,
    HandOffReason,
    Incoming,
    Kind,
    State,
    TextContent,
    assign,
    get,
    receive,
    reply,
    resolve,
    thread,
)
from yingda.customers import resolve_visitor
from yingda.identity import Permission, Principal, StaffDeactivated, teams_by_name
from yingda.infra.database import Database
from yingda.kit import clock
from yingda.routing import (
    CallbackTaken,
    Dispatcher,
    Needs,
    Presence,
    PresenceStatus,
    SetPresence,
    hand_over,
    queue_position,
    set_presence,
    subscribe,
)

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
STORY = HandOff(reason=HandOffReason.REQUESTED, summary="转人工")


class Floor:
    """Three agents (the first two in one team, the third in another), a clock that is moved by hand, and a
    dispatcher."""

    def __init__(self, db: Database, staff: list[UUID], teams: list[UUID]) -> None:
        self.db, self.staff, self.teams = db, staff, teams
        self.moment = NOON
        self.dispatcher = Dispatcher(db)
        subscribe(db.bus, self.dispatcher)
        self._customers = 0

    async def pass_time(self, **units: float) -> None:
        self.moment += timedelta(**units)
        with clock.frozen(self.moment):
            await self.dispatcher.tend()
            await self.dispatcher.dispatch_all()

    async def come(self, number: int, status: str = "online", capacity: int = 5) -> Presence:
        team = self.teams[0] if number < 2 else self.teams[1]
        who = Principal(
            staff_id=self.staff[number],
            display_name=f"客服{number}",
            permissions=frozenset(Permission),
            team_ids=frozenset({team}),
        )
        with clock.frozen(self.moment):
            async with self.db.transaction() as tx:
                return await set_presence(tx, who, SetPresence(PresenceStatus(status), capacity))

    async def ask(
        self,
        team: int | None = None,
        *,
        level: int = 1,
        needs: Needs | None = None,
        customer: str | None = None,
        locale: str = "zh",
        channel: str = "web",
    ) -> UUID:
        """A customer whom the assistant hands over."""
        self._customers += 1
        name = customer or f"customer-{self._customers}"
        with clock.frozen(self.moment):
            async with self.db.transaction() as tx:
                who = await resolve_visitor(tx, "web", name, "en" if locale == "en" else "zh")
                said = Incoming(
                    customer_id=who.id,
                    shop="liuli",
                    channel=channel,
                    external_id=f"{name}-{self._customers}",
                    kind=Kind.TEXT,
                    content=TextContent("转人工"),
                )
                conversation_id = (await receive(tx, said)).message.conversation_id
                if team is not None:
                    await tx.conn.execute(
                        "UPDATE conversations SET team_id = $2 WHERE id = $1", conversation_id, self.teams[team]
                    )
                story = msgspec.structs.replace(STORY, skill=needs.skill, priority=needs.priority) if needs else STORY
                await hand_over(tx, conversation_id, story, level)
        return conversation_id

    async def ask_again(self, customer: str) -> None:
        """The customer writes once more in their conversation."""
        with clock.frozen(self.moment):
            async with self.db.transaction() as tx:
                who = await resolve_visitor(tx, "web", customer)
                said = Incoming(
                    customer_id=who.id,
                    shop="liuli",
                    channel="web",
                    external_id=f"{customer}-again",
                    kind=Kind.TEXT,
                    content=TextContent("在吗"),
                )
                await receive(tx, said)

    async def head(self, conversation_id: UUID) -> Conversation:
        async with self.db.reading() as conn:
            return await get(conn, conversation_id)

    async def holder(self, conversation_id: UUID) -> int | None:
        """Which of the three has it in hand."""
        holder = (await self.head(conversation_id)).assignee_id
        return self.staff.index(holder) if holder else None

    async def able(self, number: int, **grades: int) -> None:
        for skill, grade in grades.items():
            await self.db.pool.execute(
                "INSERT INTO routing_skills VALUES ($1, $1, 'other') ON CONFLICT DO NOTHING", skill.replace("_", ".")
            )
            await self.db.pool.execute(
                "INSERT INTO routing_staff_skills VALUES ($1, $2, $3)",
                skill.replace("_", "."),
                self.staff[number],
                grade,
            )

    async def answer(self, conversation_id: UUID, number: int) -> None:
        author = Author(AuthorKind.STAFF, self.staff[number], f"客服{number}")
        with clock.frozen(self.moment):
            async with self.db.transaction() as tx:
                await reply(tx, await get(tx.conn, conversation_id), author, TextContent("您好"))

    async def end(self, conversation_id: UUID) -> None:
        with clock.frozen(self.moment):
            async with self.db.transaction() as tx:
                await resolve(tx, conversation_id)

    async def records(self, conversation_id: UUID) -> list[str]:
        """What the thread says that was done."""
        async with self.db.reading() as conn:
            found = await thread(conn, conversation_id, 0, None, 100, with_notes=True)
        return [
            code
            for message in found.messages
            if message.kind is Kind.NOTE and (code := getattr(message.content, "code", None))
        ]


@pytest.fixture
async def floor(demo_url: str) -> AsyncIterator[Floor]:
    async with AsyncExitStack() as stack:
        db = await Database.connect(demo_url, pool=4)
        stack.push_async_callback(db.close)
        await db.pool.execute("DELETE FROM routing_skills")
        async with db.reading() as conn:
            teams = await teams_by_name(conn)
        yield Floor(db, await staff_of(db, 3), [teams["售前组"], teams["售后组"]])


async def test_the_most_able_of_the_least_loaded_gets_it(floor: Floor) -> None:
    await floor.able(0, complaint=2)
    await floor.able(1, complaint=5)
    for number in range(3):
        await floor.come(number)
    first, second = [await floor.ask(needs=Needs("complaint")) for _ in range(2)]
    plain = await floor.ask()
    await floor.pass_time(seconds=1)
    assert [await floor.holder(one) for one in (first, second, plain)] == [1, 0, 2]


async def test_a_skill_is_waited_for_and_not_for_ever(floor: Floor) -> None:
    await floor.able(0, complaint=2)
    await floor.come(1)
    waiting = await floor.ask(needs=Needs("complaint"))
    unknown = await floor.ask(needs=Needs("nobody.keeps.this"))
    await floor.pass_time(seconds=299)
    assert (await floor.holder(waiting), await floor.holder(unknown)) == (None, 1)
    await floor.pass_time(seconds=2)
    assert await floor.holder(waiting) == 1


async def test_a_customer_is_served_in_their_language(floor: Floor) -> None:
    await floor.able(1, lang_en=3)
    for number in range(2):
        await floor.come(number)
    english = [await floor.ask(locale="en") for _ in range(2)]
    await floor.pass_time(seconds=1)
    assert [await floor.holder(one) for one in english] == [1, 1]


async def test_another_team_helps_after_the_time_that_was_set(floor: Floor) -> None:
    await floor.db.pool.execute("INSERT INTO routing_overflow VALUES ($1, 1, $2, 60)", *floor.teams)
    await floor.come(2)
    waiting = await floor.ask(0)
    await floor.pass_time(seconds=59)
    assert await floor.holder(waiting) is None
    await floor.pass_time(seconds=2)
    assert await floor.holder(waiting) == 2


async def test_the_own_team_goes_before_those_who_help(floor: Floor) -> None:
    await floor.db.pool.execute("INSERT INTO routing_overflow VALUES ($1, 1, $2, 10)", *floor.teams)
    waiting = await floor.ask(0)
    await floor.come(2)
    await floor.come(0, capacity=2)
    other = await floor.ask(1)
    await floor.pass_time(seconds=11)
    assert [await floor.holder(one) for one in (waiting, other)] == [0, 2]


async def test_a_channel_has_a_limit_of_its_own(floor: Floor) -> None:
    await floor.db.pool.execute("INSERT INTO routing_channel_limits VALUES ($1, 'voice', 1)", floor.staff[0])
    await floor.come(0)
    calls = [await floor.ask(channel="voice") for _ in range(2)]
    chat = await floor.ask()
    await floor.pass_time(seconds=1)
    assert [await floor.holder(one) for one in (*calls, chat)] == [0, None, 0]
    await floor.end(calls[0])
    await floor.pass_time(seconds=1)
    assert await floor.holder(calls[1]) == 0


async def test_who_served_a_customer_is_given_them_again(floor: Floor) -> None:
    for number in range(2):
        await floor.come(number)
    first = await floor.ask(customer="regular")
    await floor.pass_time(seconds=1)
    served_by = await floor.holder(first)
    await floor.end(first)
    for _ in range(2):
        await floor.ask()
    for number in range(2):
        await floor.come(number, "offline")
    await floor.pass_time(days=1, hours=1)
    for number in range(2):
        await floor.come(number)
    again = await floor.ask(customer="regular")
    await floor.pass_time(seconds=1)
    assert await floor.holder(again) == served_by
    assert (await floor.head(again)).id != first


async def test_level_goes_before_priority_and_priority_before_time(floor: Floor) -> None:
    plain = await floor.ask()
    vip = await floor.ask(needs=Needs(priority=10))
    complaint = await floor.ask(level=3)
    async with floor.db.reading() as conn:
        assert [await queue_position(conn, one) for one in (complaint, vip, plain)] == [1, 2, 3]
    await floor.come(0, capacity=2)
    await floor.pass_time(seconds=1)
    assert [await floor.holder(one) for one in (complaint, vip, plain)] == [0, 0, None]


async def test_what_is_not_answered_goes_to_somebody_else_first(floor: Floor) -> None:
    await floor.come(0)
    waiting = await floor.ask()
    await floor.pass_time(seconds=1)
    await floor.come(1, capacity=1)
    other = await floor.ask(needs=Needs(priority=10))
    with clock.frozen(floor.moment):
        async with floor.db.transaction() as tx:  # the second is busy with something else meanwhile
            await assign(tx, other, Author(AuthorKind.STAFF, floor.staff[1], "客服1"))
    await floor.answer(other, 1)
    await floor.pass_time(seconds=121)
    assert await floor.holder(waiting) == 0  # nobody else has room: the same once more
    await floor.end(other)
    await floor.pass_time(seconds=121)
    assert await floor.holder(waiting) == 1
    assert await floor.records(waiting) == ["answer_missed", "answer_missed"]
    presence = await floor.db.pool.fetchrow(
        "SELECT status, load FROM routing_presence WHERE staff_id = $1", floor.staff[0]
    )
    assert tuple(presence or ()) == ("away", 0)


async def test_who_has_answered_keeps_it(floor: Floor) -> None:
    await floor.come(0)
    waiting = await floor.ask()
    await floor.pass_time(seconds=1)
    await floor.answer(waiting, 0)
    await floor.pass_time(seconds=3600)
    assert await floor.holder(waiting) == 0
    assert await floor.records(waiting) == []


@pytest.mark.parametrize(("status", "seconds"), [("offline", 120), ("away", 900)])
async def test_customers_who_wait_do_not_wait_for_who_has_gone(floor: Floor, status: str, seconds: int) -> None:
    await floor.come(0)
    waiting, calm = await floor.ask(customer="waits"), await floor.ask()
    await floor.pass_time(seconds=1)
    for one in (waiting, calm):
        await floor.answer(one, 0)
    await floor.ask_again("waits")
    await floor.come(0, status)
    await floor.come(1)
    await floor.pass_time(seconds=seconds - 1)
    assert await floor.holder(waiting) == 0
    await floor.pass_time(seconds=2)
    assert [await floor.holder(one) for one in (waiting, calm)] == [1, 0]
    assert await floor.records(waiting) == ["agent_absent"]


async def test_a_colleague_who_has_left_the_organisation_is_given_nothing(floor: Floor) -> None:
    await floor.come(0)
    with clock.frozen(floor.moment):
        async with floor.db.transaction() as tx:
            await tx.publish(StaffDeactivated(floor.staff[0]))
    waiting = await floor.ask()
    await floor.pass_time(seconds=1)
    assert await floor.holder(waiting) is None


async def test_who_works_too_long_or_too_fast_is_asked_to_rest(floor: Floor) -> None:
    await floor.db.pool.execute("INSERT INTO routing_limits (limits) VALUES ('{\"per_hour\": 2}')")
    await floor.come(0)
    given = [await floor.ask() for _ in range(2)]
    await floor.pass_time(seconds=1)
    for one in given:
        await floor.answer(one, 0)
    one_more = await floor.ask()
    await floor.pass_time(seconds=5)
    presence = await floor.come(0)
    assert (presence.tired, presence.rest_until) == ("pace", floor.moment + timedelta(minutes=15))
    assert await floor.holder(one_more) is None
    await floor.pass_time(minutes=16)
    assert await floor.holder(one_more) == 0
    await floor.answer(one_more, 0)
    await floor.pass_time(hours=4)
    assert (await floor.come(0)).tired == "hours"


async def test_a_call_back_is_owed_by_who_takes_over(floor: Floor) -> None:
    owed: list[CallbackTaken] = []

    async def note(_tx: object, event: CallbackTaken) -> None:
        owed.append(event)

    floor.db.bus.subscribe(CallbackTaken, note)
    waiting = await floor.ask()
    await floor.db.pool.execute("INSERT INTO routing_callbacks VALUES ($1, 3, NULL, $2, NULL)", waiting, NOON)
    await floor.come(0)
    await floor.pass_time(seconds=1)
    assert [(event.conversation_id, event.staff_id, event.seq) for event in owed] == [(waiting, floor.staff[0], 3)]
    assert (await floor.head(waiting)).state is State.OPEN
