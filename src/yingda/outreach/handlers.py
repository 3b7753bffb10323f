"""What happens below: parcels that have moved, customers who want no reminders, conversations that are joined."""

from yingda.commerce import ParcelMoved
from yingda.conversations import ConversationsMerging, MessageReceived, TextContent
from yingda.infra.database import Tx
from yingda.infra.events import EventBus
from yingda.kit.clock import now
from yingda.outreach import rules, service
from yingda.outreach.repository import findings, parcels


def subscribe(bus: EventBus) -> None:
    """Before the assistant: what it takes on itself needs no other answer."""
    bus.subscribe(ParcelMoved, _moved)
    bus.subscribe(MessageReceived, _received)
    bus.subscribe(ConversationsMerging, _merging)


async def _moved(tx: Tx, event: ParcelMoved) -> None:
    await parcels.name(tx.conn, event.shop, event.owner, event.order_no, event.tracking_no, now())


async def _received(tx: Tx, event: MessageReceived) -> None:
    content = event.message.content
    wanted = rules.wish_of(content.text) if isinstance(content, TextContent) else None
    if wanted is not None:
        await service.heard_wish(tx, event.message, event.place, wanted=wanted)


async def _merging(tx: Tx, event: ConversationsMerging) -> None:
    await findings.join(tx.conn, event.source_id, event.place.conversation_id)
