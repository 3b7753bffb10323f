"""Two conversations become one: a visitor turns out to be known, or somebody says that it is one matter."""

from uuid import UUID

from yingda.conversations import rules, service
from yingda.conversations.content import Author
from yingda.conversations.events import (
    ConversationsJoining,
    ConversationsMerged,
    ConversationsMerging,
    ConversationsMoved,
    MessageReceived,
)
from yingda.conversations.repository import heads, joining
from yingda.conversations.schemas import Conversation, State
from yingda.customers import links_of
from yingda.infra.database import Connection, Tx
from yingda.kit.clock import now
from yingda.kit.errors import Conflict


class MergeWithItself(Conflict):
    code = "merge_with_itself"
    zh = "请选择另一个会话来合并。"
    en = "Choose another conversation to merge with."


class MergeShopsDiffer(Conflict):
    code = "merge_shops_differ"
    zh = "两个会话属于不同的店铺，不能合并。"
    en = "The conversations belong to different shops and cannot be merged."


class MergeCustomersDiffer(Conflict):
    code = "merge_customers_differ"
    zh = "两个会话属于不同的客户，不能合并。请先确认是同一个人并关联客户资料。"
    en = "The conversations belong to different customers. Link the customers first, if they are one person."


async def move_to_customer(tx: Tx, from_customer: UUID, to_customer: UUID, shop: str) -> None:
    """A visitor turned out to be a known customer: their conversations become that customer's.

    Where both have a current one, the visitor's thread goes on behind the customer's.
    """
    if ids := await joining.conversations_of(tx.conn, from_customer, shop):
        await tx.publish(ConversationsJoining(tuple(ids)))
    theirs = await heads.current(tx.conn, from_customer, shop, now())
    known = await heads.current(tx.conn, to_customer, shop, now())
    if theirs and known:
        await _join(tx, theirs.id, known.id, None)
    moved = await joining.give_conversations(tx.conn, from_customer, to_customer, shop)
    await joining.sign_as(tx.conn, from_customer, to_customer, shop)
    if moved:
        await tx.publish(ConversationsMoved(tuple(moved), to_customer))
    for conversation_id in moved:
        await service.changed(tx, await service.get(tx.conn, conversation_id))
    if theirs and known:
        await _answer_what_was_asked(tx, known.id)


async def merge(tx: Tx, one: Conversation, other: Conversation, author: Author) -> Conversation:
    """Somebody says that it is one matter: the earlier conversation goes on, with the later one behind it.

    Raises `MergeWithItself`, `MergeShopsDiffer`, `MergeCustomersDiffer`.
    """
    if one.id == other.id:
        raise MergeWithItself
    if one.shop != other.shop:
        raise MergeShopsDiffer
    target, source = sorted((one, other), key=lambda head: head.id)
    if one.customer_id != other.customer_id:
        owner = await _owner_of_both(tx.conn, one.customer_id, other.customer_id)
        target, source = (one, other) if one.customer_id == owner else (other, one)
    await tx.publish(ConversationsJoining((source.id,)))
    await _join(tx, source.id, target.id, author.id)
    if source.customer_id != target.customer_id:
        await joining.sign_as(tx.conn, source.customer_id, target.customer_id, target.shop)
    await service.record(
        tx, target.id, author, "merged", f"{author.name}合并了客户的另一个会话。", {"by": author.name or ""}
    )
    await _answer_what_was_asked(tx, target.id)
    return await service.get(tx.conn, target.id)


async def _owner_of_both(conn: Connection, one: UUID, other: UUID) -> UUID:
    """Whom two linked customers were taken for."""
    for link in await links_of(conn, one):
        if link.undone_at is None and {link.from_customer_id, link.to_customer_id} == {one, other}:
            return link.to_customer_id
    raise MergeCustomersDiffer


async def _join(tx: Tx, source_id: UUID, target_id: UUID, by: UUID | None) -> None:
    """Put one conversation behind another; the whole goes on as that one of them with which a person is busy."""
    both = {one: await service.locked(tx.conn, one) for one in sorted((source_id, target_id))}
    source, target = both[source_id], both[target_id]
    await tx.publish(ConversationsMerging(source_id, rules.place_of(target), target.last_seq))
    if source.state is not State.RESOLVED:
        await heads.set_state(tx.conn, source_id, State.RESOLVED, now=now())
    await service.changed(tx, source)
    await joining.append_thread(
        tx.conn, source_id, target_id, rules.joined(rules.marks_of(target), rules.marks_of(source))
    )
    await joining.go_on_as(tx.conn, target_id, rules.leading(target, source))
    await joining.remember(tx.conn, source_id, target_id, by, now())
    await service.changed(tx, target)
    await tx.publish(ConversationsMerged(source_id, await service.place_of(tx.conn, target_id)))


async def _answer_what_was_asked(tx: Tx, conversation_id: UUID) -> None:
    """Messages that came along unanswered are received anew, as far as answering goes."""
    head, waiting = await service.unanswered(tx.conn, conversation_id)
    if waiting and head.state is State.PENDING:
        await tx.publish(MessageReceived(waiting[-1], await service.place_of(tx.conn, conversation_id)))
