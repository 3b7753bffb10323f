"""What the samples of a conversation or a ticket should have foreseen, and its end."""

from yingda.conversations import ConversationChanged, ConversationsMerging, State
from yingda.infra.database import Tx
from yingda.infra.events import EventBus
from yingda.kit.clock import now
from yingda.routing.escalation import Escalated, TicketEscalated
from yingda.routing.levels import DeadlineBreached, Item, ItemKind
from yingda.routing.warning import repository
from yingda.tickets import UNDONE, TicketChanged


def subscribe(bus: EventBus) -> None:
    bus.subscribe(Escalated, _escalated)
    bus.subscribe(TicketEscalated, _ticket_escalated)
    bus.subscribe(DeadlineBreached, _breached)
    bus.subscribe(ConversationChanged, _changed)
    bus.subscribe(ConversationsMerging, _merging)
    bus.subscribe(TicketChanged, _ticket_changed)


async def _escalated(tx: Tx, event: Escalated) -> None:
    await repository.went_wrong(tx.conn, Item(ItemKind.CONVERSATION, event.place.conversation_id), now())


async def _ticket_escalated(tx: Tx, event: TicketEscalated) -> None:
    await repository.went_wrong(tx.conn, Item(ItemKind.TICKET, event.ticket.id), now())


async def _breached(tx: Tx, event: DeadlineBreached) -> None:
    await repository.went_wrong(tx.conn, event.item, now())


async def _changed(tx: Tx, event: ConversationChanged) -> None:
    if event.place.state is State.RESOLVED:
        await repository.end(tx.conn, Item(ItemKind.CONVERSATION, event.place.conversation_id))


async def _ticket_changed(tx: Tx, event: TicketChanged) -> None:
    if event.before.category in UNDONE and event.after.category not in UNDONE:
        await repository.end(tx.conn, Item(ItemKind.TICKET, event.after.id))


async def _merging(tx: Tx, event: ConversationsMerging) -> None:
    await repository.drop(tx.conn, Item(ItemKind.CONVERSATION, event.source_id))
