"""Tickets that are late go up too: to those who direct their department, then to the supervisors."""

from datetime import datetime, timedelta
from uuid import UUID

from yingda.identity import Permission, Principal, principals_of
from yingda.infra.database import Connection, Database, Tx
from yingda.kit.clock import now
from yingda.kit.errors import Forbidden
from yingda.kit.ids import new_id
from yingda.privacy import AuditObject, audit
from yingda.routing.escalation import repository, rules, wording
from yingda.routing.escalation.chain import in_force
from yingda.routing.escalation.events import TicketEscalated
from yingda.routing.escalation.schemas import (
    END,
    HEADS,
    ChainStep,
    Details,
    Escalation,
    Outcome,
    TriggerKind,
    Why,
)
from yingda.tickets import (
    UNDONE,
    Ticket,
    TicketEdit,
    TicketTouched,
    change,
    get_ticket,
    locked_for_change,
    note,
    try_lock,
)


async def set_off(tx: Tx, ticket_id: UUID, on: TriggerKind, details: Details) -> Escalation | None:
    """Send a locked ticket up, if the chain has a trigger for it; the step taken, if one was."""
    ticket = await get_ticket(tx.conn, ticket_id)
    chain = (await in_force(tx.conn)).chain
    if ticket.category not in UNDONE or rules.trigger_of(chain, on, ticket.level) is None:
        return None
    return await _escalate(tx, ticket, Why(on, details), chain.ticket_receipt_minutes)


async def _escalate(tx: Tx, ticket: Ticket, why: Why, minutes: int) -> Escalation | None:
    current = await repository.current_of_ticket(tx.conn, ticket.id)
    if rules.suffices(current, why.on):
        return None
    step = rules.following_of_ticket(current.step if current else None)
    while step and not (asked := await _asked(tx.conn, ticket, step)):
        step = rules.following_of_ticket(step.id)
    if step is None:
        return None
    moment = now()
    outcome = Outcome.FELL_THROUGH if why.on is TriggerKind.NO_RECEIPT else Outcome.PASSED_ON
    await repository.close_of_ticket(tx.conn, ticket.id, outcome, moment)
    escalation = _step(ticket, step, why, moment, minutes)
    await repository.add(tx.conn, escalation)
    words, known = wording.escalated(escalation)
    await note(tx, ticket.id, "escalated", words, known)
    await tx.publish(TicketTouched(ticket))
    await tx.publish(TicketEscalated(escalation, ticket, tuple(asked)))
    return escalation


def _step(ticket: Ticket, step: ChainStep, why: Why, moment: datetime, minutes: int) -> Escalation:
    return Escalation(
        id=new_id(),
        about_ticket_id=ticket.id,
        step=step.id,
        title=step.title,
        trigger=why.on,
        details=why.details,
        level=ticket.level,
        owner_name=step.title,
        department_id=ticket.department_id if step == HEADS else None,
        created_at=moment,
        receipt_due_at=moment + timedelta(minutes=minutes),
    )


async def _asked(conn: Connection, ticket: Ticket, step: ChainStep) -> list[UUID]:
    """Nobody is asked to help themselves."""
    return [
        one.staff_id
        for one in await principals_of(conn)
        if one.staff_id != ticket.owner_id and _directs(one, None if step == END else ticket.department_id)
    ]


def _directs(principal: Principal, department_id: UUID | None) -> bool:
    """Of a department, or in general."""
    return principal.may(Permission.TICKETS_MANAGE) and department_id in (None, *principal.department_ids)


async def confirm(tx: Tx, principal: Principal, escalation: Escalation) -> Escalation:
    """Say that one sees to it; a ticket that nobody has is theirs from then on.

    Raises `TicketNotFound`, `Forbidden` for who was not asked, `EscalationClosed`.
    """
    if escalation.about_ticket_id is None or not _directs(principal, escalation.department_id):
        raise Forbidden
    ticket = await locked_for_change(tx.conn, escalation.about_ticket_id, principal)
    if not await repository.receipt(tx.conn, escalation.id, principal.display_name, now()):
        raise rules.EscalationClosed
    words, known = f"{principal.display_name}已确认接手", {"name": principal.display_name}
    await note(tx, ticket.id, "escalation_confirmed", words, known)
    await tx.publish(TicketTouched(ticket))
    if ticket.owner_id is None:
        await change(tx, ticket, TicketEdit(owner_id=principal.staff_id), principal)
    await audit(
        tx,
        principal,
        "escalation.confirm",
        AuditObject("ticket", str(ticket.id)),
        before={"owner": escalation.owner_name},
        after={"step": escalation.step},
    )
    confirmed = await repository.get(tx.conn, escalation.id)
    if confirmed is None:
        raise rules.EscalationNotFound
    return confirmed


async def watch_one(db: Database) -> bool:
    """Pass on one step that nobody has confirmed in time; False when there is none, or others hold what is."""
    async with db.transaction() as tx:
        moment = now()
        overdue = await repository.overdue_tickets(tx.conn, moment, repository.LOOK_AHEAD)
        ticket_id = await try_lock(tx.conn, overdue) if overdue else None
        current = await repository.current_of_ticket(tx.conn, ticket_id) if ticket_id else None
        if ticket_id is None or current is None:
            return ticket_id is not None
        ticket = await get_ticket(tx.conn, ticket_id)
        minutes = (await in_force(tx.conn)).chain.ticket_receipt_minutes
        why = Why(TriggerKind.NO_RECEIPT, details={"title": current.title, "owner": current.owner_name})
        if await _escalate(tx, ticket, why, minutes) is None:
            await repository.ask_again(tx.conn, current.id, moment + timedelta(minutes=minutes))
            asked = await _asked(tx.conn, ticket, END)
            await tx.publish(TicketEscalated(current, ticket, tuple(asked)))
        return True
