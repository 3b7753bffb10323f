"""Making promises, closing them, and bringing them back when they are due."""

from datetime import datetime
from uuid import UUID

from yingda.conversations import (
    SYSTEM,
    Conversation,
    Kind,
    MoveRefused,
    TextContent,
    Visibility,
    place_of,
    reopen,
    say,
    try_lock,
    visible_among,
    wake,
)
from yingda.conversations import get as get_conversation
from yingda.identity import Principal, names_of
from yingda.infra.database import Connection, Database, Tx
from yingda.kit.clock import now
from yingda.kit.ids import new_id
from yingda.workspace.promises import repository, rules
from yingda.workspace.promises.events import PromiseDue
from yingda.workspace.promises.schemas import NewPromise, Promise, PromiseState, Wanted

#: Nobody reads a longer list.
MOST_LISTED = 200
#: How far past conversations that others hold locked a reminder looks.
LOOK_AHEAD = 20


async def make(tx: Tx, head: Conversation, owner: Principal, new: NewPromise) -> Promise:
    """Whoever promises has to keep it. Raises `PromiseInPast`."""
    rules.check_due(new.due_at, now())
    return await _add(tx, head, owner.staff_id, owner.display_name, new)


async def owe_callback(tx: Tx, conversation_id: UUID, owner_id: UUID, seq: int, wanted_at: datetime | None) -> Promise:
    """Who has taken over a customer who asked to be called owes them the call."""
    head = await get_conversation(tx.conn, conversation_id)
    name = (await names_of(tx.conn, [owner_id])).get(owner_id, "")
    new = NewPromise(rules.CALL_BACK, rules.callback_due(wanted_at, now()), seq)
    return await _add(tx, head, owner_id, name, new)


async def _add(tx: Tx, head: Conversation, owner_id: UUID, owner_name: str, new: NewPromise) -> Promise:
    promise = Promise(
        id=new_id(),
        conversation_id=head.id,
        customer_id=head.customer_id,
        owner_id=owner_id,
        owner_name=owner_name,
        text=new.text,
        seq=new.seq,
        due_at=new.due_at,
        state=PromiseState.OPEN,
    )
    await repository.add(tx.conn, promise, now())
    return promise


async def listed(conn: Connection, wanted: Wanted, visibility: Visibility) -> list[Promise]:
    """Those in conversations that this staff member may see, the next due first."""
    found = await repository.find(conn, wanted, MOST_LISTED)
    seen = await visible_among(conn, {promise.conversation_id for promise in found}, visibility)
    return [promise for promise in found if promise.conversation_id in seen]


async def of_conversation(conn: Connection, conversation_id: UUID) -> list[Promise]:
    """All of them, closed ones too."""
    return await repository.find(conn, Wanted(conversation_id=conversation_id), MOST_LISTED)


async def get(conn: Connection, promise_id: UUID) -> Promise:
    """Raises `PromiseNotFound`."""
    promise = await repository.get(conn, promise_id)
    if promise is None:
        raise rules.PromiseNotFound
    return promise


async def close(tx: Tx, promise_id: UUID, state: PromiseState, by: UUID) -> Promise:
    """Say what became of it. Raises `PromiseNotFound`, `PromiseClosed` or `PromiseNotClosed`."""
    promise = await repository.get(tx.conn, promise_id, lock=True)
    if promise is None:
        raise rules.PromiseNotFound
    rules.check_close(promise, state)
    await repository.close(tx.conn, promise_id, state, by, now())
    return await get(tx.conn, promise_id)


async def remind_due(db: Database) -> None:
    """Remind of every promise that has become due, each in a transaction of its own, so that none waits for another."""
    while await _remind_one(db):
        pass


async def _remind_one(db: Database) -> bool:
    """False when no more is due, or others hold what is. Conversations are locked before promises, as everywhere."""
    async with db.transaction() as tx:
        due = await repository.due(tx.conn, now(), LOOK_AHEAD)
        conversation_id = await try_lock(tx.conn, [promise.conversation_id for promise in due])
        if conversation_id is None:
            return False
        promise = await repository.claim_due(tx.conn, conversation_id, now())
        if promise:
            await _bring_back(tx, promise)
            await tx.publish(PromiseDue(promise, await place_of(tx.conn, conversation_id)))
        return True


async def _bring_back(tx: Tx, promise: Promise) -> None:
    """Put the conversation among its owner's again, with a note that says why, where the rules allow it."""
    head = await get_conversation(tx.conn, promise.conversation_id)
    try:
        match rules.way_back(head, promise.owner_id):
            case rules.Return.WAKE:
                await wake(tx, head.id)
            case rules.Return.REOPEN:
                await reopen(tx, head.id)
            case None:
                return
    except MoveRefused:  # the customer has a newer conversation, or somebody was quicker
        return
    await say(tx, head.id, SYSTEM, Kind.NOTE, TextContent(f"承诺到期：{promise.text}"))
