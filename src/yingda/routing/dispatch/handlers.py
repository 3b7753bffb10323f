"""What routing does when something happens below."""

from yingda.conversations import ConversationChanged
from yingda.identity import MembershipsChanged
from yingda.infra.database import Tx
from yingda.infra.events import EventBus
from yingda.routing.dispatch import repository, service
from yingda.routing.dispatch.service import Dispatcher


def subscribe(bus: EventBus, dispatcher: Dispatcher) -> None:
    async def changed(tx: Tx, event: ConversationChanged) -> None:
        await service.follow(tx, event)
        tx.after_commit(dispatcher.kick)

    async def regrouped(tx: Tx, event: MembershipsChanged) -> None:
        await repository.set_teams(tx.conn, event.staff_id, event.team_ids)
        tx.after_commit(dispatcher.kick)

    bus.subscribe(ConversationChanged, changed)
    bus.subscribe(MembershipsChanged, regrouped)
