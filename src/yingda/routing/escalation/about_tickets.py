"""Tickets that are late go up too: to those who direct their department, then to the supervisors."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from yingda.conversations import Author
from yingda.identity import Permission, Principal, principals_of
from yingda.infra.database import Connection, Tx
from yingda.kit.errors import Forbidden
from yingda.routing.escalation import rules, wording
from yingda.routing.escalation.chain import in_force
from yingda.routing.escalation.climbing import Asked, account_for, climb, receipt
from yingda.routing.escalation.events import TicketEscalated
from yingda.routing.escalation.schemas import (
    HEADS,
    Chain,
    ChainStep,
    Details,
    Escalation,
    TriggerKind,
    Why,
)
from yingda.routing.levels import Item, ItemKind
from yingda.tickets import (
    UNDONE,
    Ticket,
    TicketEdit,
    TicketTouched,
    change,
    get_ticket,
    locked_for_change,
    note,
)


class RisingTicket(msgspec.Struct, frozen=True):
    """A locked ticket, which takes the same two steps whatever chain is published."""

    chain: Chain
    ticket: Ticket

    @property
    def item(self) -> Item:
        return Item(ItemKind.TICKET, self.ticket.id)

    @property
    def level(self) -> int:
        return self.ticket.level

    def following(self, after: str | None) -> ChainStep | None:
        return rules.following_of_ticket(self.chain, after)

    @property
    def last(self) -> ChainStep:
        return rules.last_of_ticket(self.chain)

    async def ask(self, tx: Tx, step: ChainStep, _why: Why) -> Asked | None:
        """Nobody is asked to help themselves."""
        department_id = self.ticket.department_id if step.id == HEADS.id else None
        directing = [one.staff_id for one in await principals_of(tx.conn) if _directs(one, department_id)]
        asked = [staff_id for staff_id in directing if staff_id != self.ticket.owner_id]
        return Asked(owner_name=step.title, department_id=department_id, staff_ids=asked) if asked else None

    async def is_taken_up(self, _conn: Connection, _current: Escalation) -> bool:
        """Whoever begins with a ticket changes it, which counts as a receipt at once."""
        return False

    async def record(self, tx: Tx, _by: Author, code: str, words: str, details: Details) -> None:
        await note(tx, self.ticket.id, code, words, details)
        await tx.publish(TicketTouched(self.ticket))

    async def tell(self, tx: Tx, escalation: Escalation, staff_ids: Sequence[UUID]) -> None:
        await tx.publish(TicketEscalated(escalation, self.ticket, tuple(staff_ids)))


async def find(conn: Connection, ticket_id: UUID) -> RisingTicket:
    return RisingTicket((await in_force(conn)).chain, await get_ticket(conn, ticket_id))


async def set_off(tx: Tx, ticket_id: UUID, on: TriggerKind, details: Details) -> Escalation | None:
    """Send a locked ticket up, if the chain has a trigger for it; the step taken, if one was."""
    rising = await find(tx.conn, ticket_id)
    if rising.ticket.category not in UNDONE or rules.trigger_of(rising.chain, on, rising.level) is None:
        return None
    return await climb(tx, rising, Why(on, details))


def _directs(principal: Principal, department_id: UUID | None) -> bool:
    """Of a department, or in general."""
    return principal.may(Permission.TICKETS_MANAGE) and department_id in (None, *principal.department_ids)


async def confirm(tx: Tx, principal: Principal, escalation: Escalation, ticket_id: UUID) -> Escalation:
    """A ticket that nobody has is theirs from then on.

    Raises `TicketNotFound`, `Forbidden` for who was not asked, `EscalationClosed`.
    """
    if not _directs(principal, escalation.department_id):
        raise Forbidden
    ticket = await locked_for_change(tx.conn, ticket_id, principal)
    await receipt(tx, principal, escalation)
    words, details = wording.confirmed(principal.display_name)
    await note(tx, ticket.id, "escalation_confirmed", words, details)
    await tx.publish(TicketTouched(ticket))
    if ticket.owner_id is None:
        await change(tx, ticket, TicketEdit(owner_id=principal.staff_id), principal)
    return await account_for(tx, principal, escalation, Item(ItemKind.TICKET, ticket.id))
