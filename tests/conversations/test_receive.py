"""Storing a customer's message: once, in order, in the right conversation."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest

from tests.conversations.conftest import Says
from yingda.conversations import (
    Author,
    AuthorKind,
    Kind,
    MessageReceived,
    State,
    TextContent,
    current,
    get,
    say,
    thread,
)
from yingda.conversations.service import note, resolve, snooze, take
from yingda.infra.database import Database, Tx
from yingda.kit import clock

STAFF = Author(AuthorKind.STAFF, None, "小雅")


async def test_the_first_message_begins_a_conversation(db: Database, customer: UUID, says: Says) -> None:
    received = await says(customer, "你好")
    assert (received.message.seq, received.duplicate) == (1, False)
    async with db.reading() as conn:
        head = await get(conn, received.message.conversation_id)
    assert (head.state, head.last_seq, head.customer_seq, head.preview) == (State.PENDING, 1, 1, "你好")
    assert head.waiting_since == received.message.created_at


async def test_handing_in_again_changes_nothing(db: Database, customer: UUID, says: Says) -> None:
    first = await says(customer, "你好", "m1")
    again = await says(customer, "别的内容", "m1")
    assert again.duplicate
    assert again.message.id == first.message.id
    async with db.reading() as conn:
        assert (await get(conn, first.message.conversation_id)).last_seq == 1


async def test_the_same_external_id_in_another_channel_is_another_message(customer: UUID, says: Says) -> None:
    await says(customer, "你好", "m1")
    assert not (await says(customer, "你好", "m1", channel="email")).duplicate


async def test_fifty_at_once_get_fifty_numbers_in_one_conversation(db: Database, customer: UUID, says: Says) -> None:
    received = await asyncio.gather(*[says(customer, f"第{i}条") for i in range(50)])
    assert len({one.message.conversation_id for one in received}) == 1
    assert sorted(one.message.seq for one in received) == list(range(1, 51))
    async with db.reading() as conn:
        stored = await thread(conn, received[0].message.conversation_id, 0, None, 100, with_notes=True)
    assert [message.seq for message in stored.messages] == list(range(1, 51))


async def test_the_same_message_fifty_times_at_once_is_stored_once(customer: UUID, says: Says) -> None:
    received = await asyncio.gather(*[says(customer, "你好", "m1") for _ in range(50)])
    assert sum(not one.duplicate for one in received) == 1
    assert len({one.message.id for one in received}) == 1


async def test_who_returns_soon_goes_on_and_later_begins_anew(db: Database, customer: UUID, says: Says) -> None:
    first = (await says(customer, "你好")).message.conversation_id
    async with db.transaction() as tx:
        await resolve(tx, first)
    assert (await says(customer, "还有个问题")).message.conversation_id == first
    async with db.transaction() as tx:
        assert (await get(tx.conn, first)).state is State.PENDING
        await resolve(tx, first)
    with clock.frozen(clock.now() + timedelta(hours=25)):
        async with db.reading() as conn:
            assert await current(conn, customer, "liuli") is None
        later = (await says(customer, "新的问题")).message
    assert later.conversation_id != first
    assert later.seq == 1


async def test_a_snoozed_conversation_wakes_when_the_customer_writes(db: Database, customer: UUID, says: Says) -> None:
    conversation_id = (await says(customer, "你好")).message.conversation_id
    async with db.transaction() as tx:
        await take(tx, conversation_id, STAFF)
        await snooze(tx, conversation_id, clock.in_future(hours=3))
    await says(customer, "好了吗")
    async with db.reading() as conn:
        head = await get(conn, conversation_id)
    assert (head.state, head.snoozed_until) == (State.OPEN, None)


async def test_an_answer_ends_the_wait_and_a_note_does_not(db: Database, customer: UUID, says: Says) -> None:
    conversation_id = (await says(customer, "你好")).message.conversation_id
    async with db.transaction() as tx:
        await note(tx, conversation_id, STAFF, "老客户")
    async with db.reading() as conn:
        assert (await get(conn, conversation_id)).waiting_since
    async with db.transaction() as tx:
        answered = await say(tx, conversation_id, STAFF, Kind.TEXT, TextContent("在的"))
    async with db.reading() as conn:
        head = await get(conn, conversation_id)
        seen = await thread(conn, conversation_id, 0, None, 50, with_notes=False)
    assert (head.waiting_since, head.first_response_at) == (None, answered.created_at)
    assert [message.kind for message in seen.messages] == [Kind.TEXT, Kind.TEXT]


async def test_what_a_handler_raises_leaves_nothing_behind(db: Database, customer: UUID, says: Says) -> None:
    async def refuse(_tx: Tx, _event: MessageReceived) -> None:
        raise RuntimeError("no")

    db.bus.subscribe(MessageReceived, refuse)
    with pytest.raises(RuntimeError):
        await says(customer, "你好")
    async with db.reading() as conn:
        assert await current(conn, customer, "liuli") is None
