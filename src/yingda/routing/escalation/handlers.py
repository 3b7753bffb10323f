"""What sends conversations and tickets up the chain, and what ends it."""

from yingda.conversations import (
    AuthorKind,
    ConversationAssigned,
    ConversationChanged,
    ConversationsMerging,
    MessageHeard,
    State,
)
from yingda.infra.database import Tx
from yingda.infra.events import EventBus
from yingda.kit.clock import now
from yingda.routing.escalation import about_tickets, repository, rules
from yingda.routing.escalation.about_conversations import Cause, set_off
from yingda.routing.escalation.schemas import Details, Outcome, TriggerKind
from yingda.routing.levels import DeadlineBreached, DeadlineNear, Item, ItemKind
from yingda.tickets import UNDONE, TicketChanged


def subscribe(bus: EventBus) -> None:
    bus.subscribe(ConversationChanged, _changed)
    bus.subscribe(ConversationAssigned, _assigned)
    bus.subscribe(ConversationsMerging, _merging)
    bus.subscribe(MessageHeard, _heard)
    bus.subscribe(DeadlineNear, _near)
    bus.subscribe(DeadlineBreached, _breached)
    bus.subscribe(TicketChanged, _ticket_changed)


async def _changed(tx: Tx, event: ConversationChanged) -> None:
    """Handed over by the assistant, or its level was changed, which leaves it in its place."""
    place = event.place
    if place.state is State.RESOLVED:
        await repository.close(tx.conn, Item(ItemKind.CONVERSATION, place.conversation_id), Outcome.RESOLVED, now())
    if place.state is State.OPEN and (event.before is State.PENDING or event.former == place):
        await set_off(tx, place.conversation_id, Cause(TriggerKind.LEVEL), Cause(TriggerKind.REPEAT))


async def _assigned(tx: Tx, event: ConversationAssigned) -> None:
    """Who takes over what their team or they were asked to take has confirmed it by that."""
    place = event.place
    if event.by is None or event.by != place.assignee_id:
        return
    current = await repository.current(tx.conn, Item(ItemKind.CONVERSATION, place.conversation_id))
    if current and current.department_id is None and current.owner_id in (None, event.by):
        await repository.receipt(tx.conn, current.id, place.assignee_name or "", now())


async def _merging(tx: Tx, event: ConversationsMerging) -> None:
    await repository.join(tx.conn, event.source_id, event.place.conversation_id, now())


async def _heard(tx: Tx, event: MessageHeard) -> None:
    """Only a bad message is worth looking back for."""
    if rules.is_bad(event.tone):
        await set_off(tx, event.place.conversation_id, Cause(TriggerKind.EMOTION))


async def _near(tx: Tx, event: DeadlineNear) -> None:
    await _late(tx, event, TriggerKind.DEADLINE_NEAR)


async def _breached(tx: Tx, event: DeadlineBreached) -> None:
    await _late(tx, event, TriggerKind.DEADLINE_BREACHED)


async def _late(tx: Tx, event: DeadlineNear | DeadlineBreached, on: TriggerKind) -> None:
    details: Details = {"clock": event.clock.value}
    if event.item.kind is ItemKind.TICKET:
        await about_tickets.set_off(tx, event.item.id, on, details)
    else:
        await set_off(tx, event.item.id, Cause(on, details))


async def _ticket_changed(tx: Tx, event: TicketChanged) -> None:
    await _department_took_up(tx, event)
    before, after = event.before, event.after
    if after.category not in UNDONE:
        await repository.close(tx.conn, Item(ItemKind.TICKET, after.id), Outcome.RESOLVED, now())
    elif event.by.kind is AuthorKind.STAFF and (before.owner_id, before.state) != (after.owner_id, after.state):
        current = await repository.current(tx.conn, Item(ItemKind.TICKET, after.id))
        if current:
            await repository.receipt(tx.conn, current.id, event.by.name or "", now())


async def _department_took_up(tx: Tx, event: TicketChanged) -> None:
    """Of a conversation, the department's step: somebody owns its ticket, or it is being worked on."""
    if event.after.owner_id is None and event.after.state == event.before.state:
        return
    current = await repository.asked_by_ticket(tx.conn, event.after.id)
    if current:
        await repository.receipt(tx.conn, current.id, event.by.name or "", now())
