"""A visitor who turns out to be a known customer: nothing they said is lost, nothing stays unanswered."""

from uuid import UUID, uuid4

from tests.conversations.conftest import Says
from yingda.conversations import (
    AuthorKind,
    HandOff,
    HandOffReason,
    MessageReceived,
    State,
    current,
    hand_off,
    move_to_customer,
    thread,
)
from yingda.customers import resolve_visitor
from yingda.infra.database import Database, Tx


async def another(db: Database) -> UUID:
    async with db.transaction() as tx:
        return (await resolve_visitor(tx, "web", str(uuid4()))).id


async def words_of(db: Database, customer: UUID) -> list[str]:
    async with db.reading() as conn:
        head = await current(conn, customer, "liuli")
        assert head is not None
        found = await thread(conn, head.id, 0, None, 100, with_notes=True)
    assert [message.seq for message in found.messages] == list(range(1, head.last_seq + 1))
    assert {message.author.id for message in found.messages if message.author.kind is AuthorKind.CUSTOMER} == {customer}
    return [message.content.text for message in found.messages]  # type: ignore[union-attr]


async def test_two_current_threads_become_one_and_the_open_question_is_received_anew(
    db: Database, customer: UUID, says: Says
) -> None:
    visitor = await another(db)
    await says(customer, "上周的问题")
    await says(visitor, "还没登录时问的")
    received: list[int] = []

    async def note(_tx: Tx, event: MessageReceived) -> None:
        received.append(event.message.seq)

    db.bus.subscribe(MessageReceived, note)
    async with db.transaction() as tx:
        await move_to_customer(tx, visitor, customer, "liuli")
    assert await words_of(db, customer) == ["上周的问题", "还没登录时问的"]
    assert received == [2]
    assert (await says(customer, "接着说")).message.seq == 3


async def test_a_person_who_was_called_before_signing_in_is_still_called(
    db: Database, customer: UUID, says: Says
) -> None:
    visitor = await another(db)
    await says(customer, "上周的问题")
    asked = await says(visitor, "转人工")
    async with db.transaction() as tx:
        await hand_off(tx, asked.message.conversation_id, HandOff(reason=HandOffReason.REQUESTED, summary="转人工"))
        await move_to_customer(tx, visitor, customer, "liuli")
        head = await current(tx.conn, customer, "liuli")
    assert head is not None
    assert (head.state, head.handoff and head.handoff.reason) == (State.OPEN, HandOffReason.REQUESTED)
    assert await words_of(db, customer) == ["上周的问题", "转人工"]


async def test_where_the_customer_had_none_the_visitors_conversation_becomes_theirs(
    db: Database, customer: UUID, says: Says
) -> None:
    visitor = await another(db)
    begun = await says(visitor, "你好")
    async with db.transaction() as tx:
        await move_to_customer(tx, visitor, customer, "liuli")
        head = await current(tx.conn, customer, "liuli")
    assert head is not None
    assert head.id == begun.message.conversation_id
