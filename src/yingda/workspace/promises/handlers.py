"""Promises follow their conversations."""

from yingda.conversations import ConversationsMerging, ConversationsMoved
from yingda.infra.database import Tx
from yingda.infra.events import EventBus
from yingda.routing import CallbackTaken
from yingda.workspace.promises import repository, service


def subscribe(bus: EventBus) -> None:
    bus.subscribe(ConversationsMerging, _merging)
    bus.subscribe(ConversationsMoved, _moved)
    bus.subscribe(CallbackTaken, _callback)


async def _merging(tx: Tx, event: ConversationsMerging) -> None:
    place = event.place
    await repository.join(tx.conn, event.source_id, place.conversation_id, place.customer_id, event.offset)


async def _moved(tx: Tx, event: ConversationsMoved) -> None:
    await repository.move(tx.conn, event.conversation_ids, event.customer_id)


async def _callback(tx: Tx, event: CallbackTaken) -> None:
    await service.owe_callback(tx, event.conversation_id, event.staff_id, event.seq, event.wanted_at)
