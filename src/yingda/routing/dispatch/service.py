"""The waiting queue, presence, and what is kept in step with them."""

from datetime import datetime
from uuid import UUID

from yingda.conversations import (
    SYSTEM,
    ConversationChanged,
    HandOff,
    Kind,
    State,
    SystemNotice,
    get,
    hand_off,
    say,
)
from yingda.customers import get as get_customer
from yingda.identity import Principal, find_team
from yingda.infra.database import Connection, Tx
from yingda.kit.clock import now
from yingda.kit.errors import NotFound
from yingda.routing.dispatch import rules
from yingda.routing.dispatch.events import CallbackTaken
from yingda.routing.dispatch.repository import presence, queue, skills, waits
from yingda.routing.dispatch.schemas import Needs, Presence, PresenceStatus, Queued, SetPresence


async def put_in_queue(
    tx: Tx, conversation_id: UUID, story: HandOff, level: int, *, team_id: UUID | None = None
) -> Queued:
    """From the assistant into the queue (of a team, if it still exists); what the customer is to be told of it."""
    await hand_off(tx, conversation_id, story, level=level, team_id=await _existing(tx.conn, team_id))
    return await _foresee(tx, conversation_id)


async def tell_waiting(tx: Tx, conversation_id: UUID, queued: Queued) -> None:
    """Tell the customer; of how many are at work only whether it is anybody."""
    notice = SystemNotice("handoff_waiting", queued.words, {"there": min(queued.there, 1)})
    await say(tx, conversation_id, SYSTEM, Kind.SYSTEM, notice)


async def _existing(conn: Connection, team_id: UUID | None) -> UUID | None:
    if team_id is None:
        return None
    try:
        return (await find_team(conn, team_id)).id
    except NotFound:
        return None


async def _foresee(tx: Tx, conversation_id: UUID) -> Queued:
    """Keep what the wait will be, as far as can be known, and put it in words."""
    moment = now()
    stand = await waits.stand_of(tx.conn, conversation_id, moment)
    if stand is None:
        return Queued("正在为您转接人工客服，请稍候。", None, there=0)
    known = await waits.paces(tx.conn, rules.cells_of(stand.team_id, stand.level, moment))
    seen = rules.forecast(stand, known, moment)
    await waits.foresee(tx.conn, conversation_id, rules.ahead_of(stand), seen.seconds)
    limits = await skills.limits(tx.conn)
    await waits.set_told(tx.conn, [rules.told(stand, seen, limits, moment)])
    locale = (await get_customer(tx.conn, stand.customer_id)).locale
    return Queued(rules.waiting_words(stand, seen, locale), stand.team_id, there=stand.there)


async def reorder(tx: Tx, conversation_id: UUID, due_at: datetime | None) -> None:
    """Its deadline is another: bring its place in the queue in line, if it waits."""
    await queue.set_due(tx.conn, conversation_id, due_at)


async def follow(tx: Tx, event: ConversationChanged) -> None:
    """Keep queue and assignments in step with what happened to a conversation."""
    place = event.place
    if place.state is State.OPEN and place.assignee_id:
        if await queue.holder(tx.conn, place.conversation_id) != place.assignee_id:
            await _given(tx, place.conversation_id, place.assignee_id)
        await _promise_callback(tx, place.conversation_id, place.assignee_id)
        return
    kept = await queue.release(tx.conn, place.conversation_id)
    if place.state is State.OPEN:
        await _wait(tx, place.conversation_id, kept)
    else:
        await queue.dequeue(tx.conn, place.conversation_id)


async def _given(tx: Tx, conversation_id: UUID, staff_id: UUID) -> None:
    """Somebody took it, or was given it by somebody."""
    needs = await queue.release(tx.conn, conversation_id)
    await queue.assign(tx.conn, await get(tx.conn, conversation_id), staff_id, needs, now())


async def _wait(tx: Tx, conversation_id: UUID, kept: Needs | None) -> None:
    """`kept`: what it needed when it was in somebody's hand; else its hand-off says that."""
    head = await get(tx.conn, conversation_id)
    asked = Needs(head.handoff.skill, head.handoff.priority) if head.handoff else Needs()
    needs = kept or asked
    customer = await get_customer(tx.conn, head.customer_id)
    await queue.enqueue(tx.conn, head, needs, rules.language_skill(customer.locale), now())


async def _promise_callback(tx: Tx, conversation_id: UUID, staff_id: UUID) -> None:
    if asked := await waits.take_callback(tx.conn, conversation_id, now()):
        await tx.publish(CallbackTaken(conversation_id, staff_id, asked.seq, asked.wanted_at))


async def set_presence(tx: Tx, principal: Principal, wanted: SetPresence) -> Presence:
    limits = await skills.limits(tx.conn)
    return await presence.set_presence(
        tx.conn,
        principal.staff_id,
        principal.display_name,
        wanted.status,
        wanted.capacity,
        principal.team_ids,
        now(),
        limits.rest_minutes,
    )


async def presence_of(conn: Connection, staff_id: UUID) -> Presence:
    """Somebody who has never said anything is offline."""
    known = await presence.presence_of(conn, staff_id)
    return known or Presence(staff_id, PresenceStatus.OFFLINE, 5, await presence.load_of(conn, staff_id), now())


async def queue_position(conn: Connection, conversation_id: UUID) -> int | None:
    """Place in the queue from 1; None if the conversation does not wait."""
    return await queue.position(conn, conversation_id)
