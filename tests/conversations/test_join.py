"""A visitor who turns out to be a known customer: nothing they said is lost, nothing stays unanswered."""

from uuid import UUID, uuid4

import pytest

from tests.conversations.conftest import Says
from yingda.conversations import (
    Author,
    AuthorKind,
    HandOff,
    HandOffReason,
    MessageReceived,
    State,
    current,
    get,
    hand_off,
    merge,
    move_to_customer,
    thread,
)
from yingda.conversations.joining import MergeCustomersDiffer
from yingda.customers import Outcome, SignedIdentity, identify, resolve_visitor, undo_link
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


async def test_conversations_of_two_customers_are_merged_as_long_as_these_are_linked(
    db: Database, customer: UUID, says: Says
) -> None:
    """Whoever they were taken for keeps the conversation, although it began later."""
    visitor = await another(db)
    theirs = (await says(visitor, "先问的")).message.conversation_id
    kept = (await says(customer, "后问的")).message.conversation_id
    account = SignedIdentity("shop:liuli", "C10001", {"by": "signature"})

    async def merged(tx: Tx) -> UUID:
        one, other = await get(tx.conn, theirs), await get(tx.conn, kept)
        return (await merge(tx, one, other, Author(AuthorKind.STAFF, None, "小雅"))).id

    async with db.transaction() as tx:
        await identify(tx, customer, account)
        with pytest.raises(MergeCustomersDiffer):
            await merged(tx)
        linked = await identify(tx, visitor, account)
        assert (linked.outcome, linked.customer.id) == (Outcome.ADOPTED, customer)
        assert linked.link_id
        await undo_link(tx, linked.link_id)
        with pytest.raises(MergeCustomersDiffer):
            await merged(tx)
        await identify(tx, visitor, account)
        assert await merged(tx) == kept
    assert await words_of(db, customer) == ["后问的", "先问的", "小雅合并了客户的另一个会话。"]
    assert (await says(customer, "接着说")).message.seq == 4
