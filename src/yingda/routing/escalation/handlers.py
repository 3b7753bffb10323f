"""What sends conversations up the chain, and what ends it."""

from yingda.conversations import (
    ConversationAssigned,
    ConversationChanged,
    ConversationsMerging,
    MessageHeard,
    State,
)
from yingda.infra.database import Tx
from yingda.infra.events import EventBus
from yingda.kit.clock import now
from yingda.routing.escalation import repository, rules
from yingda.routing.escalation.schemas import Outcome, TriggerKind
from yingda.routing.escalation.service import Cause, set_off
from yingda.routing.levels import CLOCK_NAMES, DeadlineBreached, DeadlineNear, ItemKind
from yingda.tickets import TicketChanged


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
        await repository.close(tx.conn, place.conversation_id, Outcome.RESOLVED, now())
    if place.state is State.OPEN and (event.before is State.PENDING or event.former == place):
        level = Cause(TriggerKind.LEVEL, "级别达到升级标准")
        await set_off(tx, place.conversation_id, level, Cause(TriggerKind.REPEAT))


async def _assigned(tx: Tx, event: ConversationAssigned) -> None:
    """Who takes over what their team or they were asked to take has confirmed it by that."""
    place = event.place
    if event.by is None or event.by != place.assignee_id:
        return
    current = await repository.current(tx.conn, place.conversation_id)
    if current and current.department_id is None and current.owner_id in (None, event.by):
        await repository.receipt(tx.conn, current.id, place.assignee_name or "", now())


async def _merging(tx: Tx, event: ConversationsMerging) -> None:
    await repository.join(tx.conn, event.source_id, event.place.conversation_id, now())


async def _heard(tx: Tx, event: MessageHeard) -> None:
    """Only a bad message is worth looking back for."""
    if rules.is_bad(event.tone):
        await set_off(tx, event.place.conversation_id, Cause(TriggerKind.EMOTION))


async def _near(tx: Tx, event: DeadlineNear) -> None:
    if event.item.kind is ItemKind.CONVERSATION:
        await set_off(tx, event.item.id, Cause(TriggerKind.DEADLINE_NEAR, f"{CLOCK_NAMES[event.clock]}即将超时"))


async def _breached(tx: Tx, event: DeadlineBreached) -> None:
    if event.item.kind is ItemKind.CONVERSATION:
        await set_off(tx, event.item.id, Cause(TriggerKind.DEADLINE_BREACHED, f"{CLOCK_NAMES[event.clock]}已超时"))


async def _ticket_changed(tx: Tx, event: TicketChanged) -> None:
    """The department has taken it up: somebody owns it, or it is being worked on."""
    if event.after.owner_id is None and event.after.state == event.before.state:
        return
    current = await repository.of_ticket(tx.conn, event.after.id)
    if current:
        await repository.receipt(tx.conn, current.id, event.by.name or "", now())
