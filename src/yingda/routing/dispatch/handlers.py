"""What dispatch does when something happens below."""

from yingda.conversations import (
    AuthorKind,
    ConversationChanged,
    ConversationsMerging,
    ConversationsMoved,
    Kind,
    MessageSent,
)
from yingda.identity import MembershipsChanged, Permission, RightsChanged, StaffDeactivated, principals_of
from yingda.infra.database import Tx
from yingda.infra.events import EventBus
from yingda.kit.clock import now
from yingda.routing.dispatch import service
from yingda.routing.dispatch.dispatcher import Dispatcher
from yingda.routing.dispatch.repository import presence, queue, waits


def subscribe(bus: EventBus, dispatcher: Dispatcher) -> None:
    async def changed(tx: Tx, event: ConversationChanged) -> None:
        await service.follow(tx, event)
        tx.after_commit(dispatcher.kick)

    async def regrouped(tx: Tx, event: MembershipsChanged) -> None:
        await presence.set_teams(tx.conn, event.staff_id, event.team_ids)
        tx.after_commit(dispatcher.kick)

    bus.subscribe(ConversationChanged, changed)
    bus.subscribe(MembershipsChanged, regrouped)
    bus.subscribe(MessageSent, _answered)
    bus.subscribe(StaffDeactivated, _deactivated)
    bus.subscribe(RightsChanged, _rights_changed)
    bus.subscribe(ConversationsMerging, _merging)
    bus.subscribe(ConversationsMoved, _moved)


async def _answered(tx: Tx, event: MessageSent) -> None:
    """Whoever was given the conversation is there."""
    if event.message.author.kind is AuthorKind.STAFF and event.message.kind is not Kind.NOTE:
        await queue.answered(tx.conn, event.message.conversation_id)


async def _deactivated(tx: Tx, event: StaffDeactivated) -> None:
    """Nothing new for them; what waits in their hands is taken back like that of everybody who is gone."""
    await presence.set_offline(tx.conn, [event.staff_id], now())


async def _rights_changed(tx: Tx, event: RightsChanged) -> None:
    """Whoever may no longer reply is given nothing new."""
    found = await principals_of(tx.conn, list(event.staff_ids))
    silenced = [one.staff_id for one in found if not one.may(Permission.CONVERSATIONS_REPLY)]
    await presence.set_offline(tx.conn, silenced, now())


async def _merging(tx: Tx, event: ConversationsMerging) -> None:
    await waits.join_callbacks(tx.conn, event.source_id, event.place.conversation_id, event.offset)


async def _moved(tx: Tx, event: ConversationsMoved) -> None:
    await queue.move_customer(tx.conn, event.conversation_ids, event.customer_id)
