"""The waiting queue and who gets what from it."""

from uuid import UUID

from yingda.conversations import (
    SYSTEM,
    Author,
    AuthorKind,
    ConversationChanged,
    HandOff,
    Kind,
    State,
    SystemNotice,
    assign,
    get,
    hand_off,
    say,
    try_lock,
)
from yingda.identity import Principal
from yingda.infra.database import Connection, Database, Tx
from yingda.infra.tasks import Kicked
from yingda.kit.clock import now
from yingda.routing.dispatch import repository
from yingda.routing.dispatch.schemas import Presence, PresenceStatus, SetPresence

#: How far down the queue a dispatcher looks past conversations that others hold locked.
LOOK_AHEAD = 20


class Dispatcher:
    """Hands waiting conversations to people, as long as both are there. One at a time in a process; safe with many."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._rounds = Kicked(self.dispatch_all)

    def kick(self) -> None:
        """Something changed that may let a conversation be dispatched: look soon."""
        self._rounds.kick()

    async def run(self) -> None:
        """Dispatch whenever kicked, until cancelled."""
        await self._rounds.run()

    async def dispatch_all(self) -> None:
        """Dispatch until nobody waits or nobody has room."""
        while await self._dispatch_one():
            pass

    async def _dispatch_one(self) -> bool:
        async with self._db.transaction() as tx:
            conversation_id = await try_lock(tx.conn, await repository.first_waiting(tx.conn, LOOK_AHEAD))
            if conversation_id is None:
                return False
            chosen = await repository.dispatch(tx.conn, conversation_id, now())
            if chosen is None:
                return False
            staff_id, name = chosen
            await assign(tx, conversation_id, Author(AuthorKind.STAFF, staff_id, name))
            return True


async def hand_over(tx: Tx, conversation_id: UUID, story: HandOff, level: int) -> None:
    """From the assistant into the queue, and tell the customer so."""
    await hand_off(tx, conversation_id, story, level=level)
    place = await repository.position(tx.conn, conversation_id) or 1
    ahead = f"前面还有 {place - 1} 位，" if place > 1 else ""
    notice = SystemNotice("handoff_waiting", f"正在为您转接人工客服，{ahead}请稍候。")
    await say(tx, conversation_id, SYSTEM, Kind.SYSTEM, notice)


async def follow(tx: Tx, event: ConversationChanged) -> None:
    """Keep queue and assignments in step with what happened to a conversation."""
    place = event.place
    if place.state is State.OPEN and place.assignee_id:
        await repository.dequeue(tx.conn, place.conversation_id)
        await repository.assign(tx.conn, place.conversation_id, place.assignee_id)
        return
    await repository.release(tx.conn, place.conversation_id)
    if place.state is State.OPEN:
        head = await get(tx.conn, place.conversation_id)
        await repository.enqueue(tx.conn, head.id, head.level, head.waiting_since or now(), head.team_id)
    else:
        await repository.dequeue(tx.conn, place.conversation_id)


async def set_presence(tx: Tx, principal: Principal, wanted: SetPresence) -> Presence:
    return await repository.set_presence(
        tx.conn,
        principal.staff_id,
        principal.display_name,
        wanted.status,
        wanted.capacity,
        principal.team_ids,
        now(),
    )


async def presence_of(conn: Connection, staff_id: UUID) -> Presence:
    """Somebody who has never said anything is offline."""
    known = await repository.presence_of(conn, staff_id)
    return known or Presence(staff_id, PresenceStatus.OFFLINE, 5, await repository.load_of(conn, staff_id), now())


async def queue_position(conn: Connection, conversation_id: UUID) -> int | None:
    """Place in the queue from 1; None if the conversation does not wait."""
    return await repository.position(conn, conversation_id)
