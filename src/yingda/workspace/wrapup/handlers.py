"""Wrap-ups follow their conversations."""

from yingda.conversations import ConversationsJoined
from yingda.infra.database import Tx
from yingda.infra.events import EventBus
from yingda.workspace.wrapup import repository


def subscribe(bus: EventBus) -> None:
    bus.subscribe(ConversationsJoined, _joined)


async def _joined(tx: Tx, event: ConversationsJoined) -> None:
    await repository.join(tx.conn, event.source_id, event.place.conversation_id)
