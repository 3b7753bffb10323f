"""Suggestions follow their conversations."""

from yingda.conversations import ConversationsMerging
from yingda.infra.database import Tx
from yingda.infra.events import EventBus
from yingda.workspace.suggestions import repository


def subscribe(bus: EventBus) -> None:
    bus.subscribe(ConversationsMerging, _merging)


async def _merging(tx: Tx, event: ConversationsMerging) -> None:
    await repository.join(tx.conn, event.source_id, event.place.conversation_id, event.offset)
