"""Tickets follow their conversations and customers."""

from yingda.conversations import ConversationsJoining, ConversationsMerging, ConversationsMoved
from yingda.infra.database import Tx
from yingda.infra.events import EventBus
from yingda.tickets.live import LiveTickets
from yingda.tickets.repository import links, tickets


def subscribe(bus: EventBus, live: LiveTickets) -> None:
    live.subscribe(bus)
    bus.subscribe(ConversationsJoining, _joining)
    bus.subscribe(ConversationsMerging, _merging)
    bus.subscribe(ConversationsMoved, _moved)


async def _joining(tx: Tx, event: ConversationsJoining) -> None:
    """A ticket is locked before the conversation in which its customer hears of it: here too."""
    await tickets.lock_linked(tx.conn, event.conversation_ids)


async def _merging(tx: Tx, event: ConversationsMerging) -> None:
    place = event.place
    await tickets.move_to_customer(tx.conn, [event.source_id], place.customer_id)
    await links.join_conversations(tx.conn, event.source_id, place.conversation_id, event.offset)


async def _moved(tx: Tx, event: ConversationsMoved) -> None:
    await tickets.move_to_customer(tx.conn, event.conversation_ids, event.customer_id)
