"""What is the same at the door whether it is about a conversation or a ticket."""

from uuid import UUID

from yingda import conversations, tickets
from yingda.identity import Principal
from yingda.infra.database import Database, Tx
from yingda.routing.escalation import about_conversations, about_tickets, asking, repository, rules
from yingda.routing.escalation.climbing import pass_on_one
from yingda.routing.escalation.schemas import Escalation
from yingda.routing.levels import ItemKind


async def confirm(tx: Tx, principal: Principal, escalation_id: UUID) -> Escalation:
    """Say that one has it in hand.

    Raises `EscalationNotFound` where one may not look, `Forbidden` for who was not asked, `EscalationClosed`.
    """
    escalation = await repository.get(tx.conn, escalation_id)
    if escalation and escalation.conversation_id:
        return await about_conversations.confirm(tx, principal, escalation, escalation.conversation_id)
    if escalation and escalation.about_ticket_id:
        return await about_tickets.confirm(tx, principal, escalation, escalation.about_ticket_id)
    raise rules.EscalationNotFound


async def watch(db: Database) -> None:
    """Pass on every step that nobody has confirmed in time, each in a transaction of its own."""
    while await pass_on_one(db, ItemKind.CONVERSATION, conversations.try_lock, asking.find):
        pass
    while await pass_on_one(db, ItemKind.TICKET, tickets.try_lock, about_tickets.find):
        pass
