"""Promises follow their conversations."""

from yingda.conversations import ConversationsJoined, ConversationsMoved
from yingda.infra.database import Tx
from yingda.infra.events import EventBus
from yingda.workspace.promises import repository


def subscribe(bus: EventBus) -> None:
    bus.subscribe(ConversationsJoined, _joined)
    bus.subscribe(ConversationsMoved, _moved)


async def _joined(tx: Tx, event: ConversationsJoined) -> None:
    place = event.place
    await repository.join(tx.conn, event.source_id, place.conversation_id, place.customer_id, event.offset)


async def _moved(tx: Tx, event: ConversationsMoved) -> None:
    await repository.move(tx.conn, event.conversation_ids, event.customer_id)
