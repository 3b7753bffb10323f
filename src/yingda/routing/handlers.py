"""What routing does when something happens below."""

from yingda.conversations import ConversationChanged
from yingda.infra.database import Tx
from yingda.infra.events import EventBus
from yingda.routing import service
from yingda.routing.service import Dispatcher


def subscribe(bus: EventBus, dispatcher: Dispatcher) -> None:
    async def changed(tx: Tx, event: ConversationChanged) -> None:
        await service.follow(tx, event)
        tx.after_commit(dispatcher.kick)

    bus.subscribe(ConversationChanged, changed)
