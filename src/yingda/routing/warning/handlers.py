"""What the samples of a conversation should have foreseen, and its end."""

from yingda.conversations import ConversationChanged, State
from yingda.infra.database import Tx
from yingda.infra.events import EventBus
from yingda.kit.clock import now
from yingda.routing.escalation import Escalated
from yingda.routing.levels import DeadlineBreached, ItemKind
from yingda.routing.warning import repository


def subscribe(bus: EventBus) -> None:
    bus.subscribe(Escalated, _escalated)
    bus.subscribe(DeadlineBreached, _breached)
    bus.subscribe(ConversationChanged, _changed)


async def _escalated(tx: Tx, event: Escalated) -> None:
    await repository.went_wrong(tx.conn, event.place.conversation_id, now())


async def _breached(tx: Tx, event: DeadlineBreached) -> None:
    if event.item.kind is ItemKind.CONVERSATION:
        await repository.went_wrong(tx.conn, event.item.id, now())


async def _changed(tx: Tx, event: ConversationChanged) -> None:
    if event.place.state is State.RESOLVED:
        await repository.end(tx.conn, event.place.conversation_id)
