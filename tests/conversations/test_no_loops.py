"""Whoever was handed to a person is never sent back to the assistant by anything but the end of the matter."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tests.conftest import DemoTemplate
from tests.conversations.conftest import Says
from tests.dialogue.test_assistant import codes
from tests.factories import Colleague, Visitor
from tests.server import RunningServer
from yingda.conversations import (
    Author,
    AuthorKind,
    HandOff,
    HandOffReason,
    Move,
    MoveRefused,
    State,
    Turn,
    answer,
    assign,
    get,
    hand_off,
    resolve,
    snooze,
    take,
    wake_due,
)
from yingda.conversations.rules import after
from yingda.customers import resolve_visitor
from yingda.identity import create_administrator
from yingda.infra.database import Database
from yingda.kit.clock import now

STORY = HandOff(reason=HandOffReason.REQUESTED, summary="转人工")


class Conversation(RuleBasedStateMachine):
    """Everything that can happen to one conversation, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.state, self.with_people = State.PENDING, False

    def move(self, move: Move) -> None:
        """As `after` says; what it refuses changes nothing."""
        before = self.state
        try:
            self.state = after(move, self.state)
        except MoveRefused:
            return
        if self.state is State.PENDING:
            assert before is State.RESOLVED, "only who comes back after the end meets the assistant"
        self.with_people = self.state in (State.OPEN, State.SNOOZED)

    @rule(move=st.sampled_from([move for move in Move if move is not Move.CUSTOMER_RETURNS]))
    def something_is_done(self, move: Move) -> None:
        self.move(move)

    @rule()
    def the_customer_writes(self) -> None:
        """As `receive` does it: a snooze ends, a resolved conversation goes back to the assistant, all else stays."""
        if self.state is State.SNOOZED:
            self.move(Move.WAKE)
        elif self.state is State.RESOLVED:
            self.move(Move.CUSTOMER_RETURNS)

    @precondition(lambda self: self.with_people)
    @rule()
    def the_assistant_tries_to_go_on(self) -> None:
        """A hand-off that is asked for twice, by a late answer for instance, is refused."""
        with pytest.raises(MoveRefused):
            after(Move.HAND_OFF, self.state)

    @invariant()
    def people_keep_it(self) -> None:
        assert not (self.with_people and self.state is State.PENDING)


TestConversation = Conversation.TestCase
TestConversation.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)

STEPS = ("writes", "late_answer", "hand_off", "take", "give_back", "snooze", "wake", "resolve")


@pytest.fixture
async def staff(db: Database) -> Author:
    async with db.transaction() as tx:
        await create_administrator(tx, "root", "林知夏", "青山-quiet-harbour-7")
        staff_id: UUID = await tx.conn.fetchval("SELECT id FROM staff")
    return Author(AuthorKind.STAFF, staff_id, "林知夏")


@given(steps=st.lists(st.sampled_from(STEPS), min_size=4, max_size=14))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_the_service_keeps_to_it(db: Database, staff: Author, says: Says, steps: list[str]) -> None:
    async with db.transaction() as tx:
        customer = (await resolve_visitor(tx, "web", str(uuid4()))).id
    here = (await says(customer, "你好")).message.conversation_id
    handed = False
    for step in steps:
        before = await state_of(db, here)
        await do(db, says, step, customer, here, staff)
        state = await state_of(db, here)
        handed = (handed or state in (State.OPEN, State.SNOOZED)) and state is not State.RESOLVED
        assert not (handed and state is State.PENDING), (before, step)


async def state_of(db: Database, conversation_id: UUID) -> State:
    async with db.reading() as conn:
        return (await get(conn, conversation_id)).state


async def do(db: Database, says: Says, step: str, customer: UUID, here: UUID, staff: Author) -> None:
    """One step; what is refused has not happened."""
    if step == "writes":
        await says(customer, "还有一件事")
        return
    try:
        async with db.transaction() as tx:
            match step:
                case "late_answer":
                    head = await get(tx.conn, here)
                    turn = Turn(conversation_id=here, answered_seq=head.answered_seq, seq=head.last_seq)
                    done = await answer(tx, turn)
                    assert done == (head.state is State.PENDING)
                case "hand_off":
                    await hand_off(tx, here, STORY)
                case "take":
                    await take(tx, here, staff)
                case "give_back":
                    await assign(tx, here, None)
                case "snooze":
                    await snooze(tx, here, now() + timedelta(hours=1))
                case "wake":
                    await tx.conn.execute("UPDATE conversations SET snoozed_until = now() WHERE state = 'snoozed'")
                    await wake_due(tx)
                case "resolve":
                    await resolve(tx, here)
    except MoveRefused:
        return


async def test_who_waits_for_a_person_is_told_so_once_and_left_in_peace(
    server: RunningServer, demo_template: DemoTemplate
) -> None:
    agent = await Colleague.sign_in(server.url, demo_template.account("demo.supervisor"))
    visitor = await Visitor.open(server.http)
    handed = await visitor.ask("转人工")
    here, last = handed[0]["conversation_id"], handed[-1]["seq"]
    for text in ("在吗", "转人工", "我的快递到哪了", "你好"):
        last = (await visitor.post(text)).json()["seq"]
    await server.runtime.answerer.drain()
    thread = await visitor.thread()
    assert codes(thread) == ["handoff_waiting"]
    assert [message["author"]["kind"] for message in thread if message["seq"] > handed[-1]["seq"]] == ["customer"] * 4

    path = f"/conversations/{here}"
    await agent.call("POST", f"{path}/take")
    await agent.call("POST", f"{path}/snooze", json={"until": "2099-01-01T00:00:00Z"})
    last = (await visitor.post("我又来了")).json()["seq"]
    await server.runtime.answerer.drain()
    assert await visitor.thread(last) == []
    assert (await agent.get(path))["conversation"]["state"] == "open"
    await agent.call("POST", f"{path}/resolve")
    assert [message["author"]["kind"] for message in await visitor.ask("你好")] == ["assistant"]
    await agent.close()
