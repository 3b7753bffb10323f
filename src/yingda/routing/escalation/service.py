"""Sending conversations up the chain, one step at a time, until somebody has them in hand."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from yingda.conversations import (
    SYSTEM,
    Author,
    AuthorKind,
    Conversation,
    Place,
    State,
    assign,
    author_of,
    count_contacts,
    get,
    get_changeable,
    has_replied,
    latest_tones,
    locked,
    place_of,
    record,
    try_lock,
)
from yingda.identity import Permission, Principal, departments, principals_of
from yingda.infra.database import Connection, Database, Tx
from yingda.kit.clock import now
from yingda.kit.errors import Forbidden
from yingda.kit.ids import new_id
from yingda.privacy import AuditObject, audit
from yingda.routing.dispatch import colleagues_there, free_colleague
from yingda.routing.escalation import about_tickets, repository, rules, wording
from yingda.routing.escalation.chain import in_force
from yingda.routing.escalation.events import CrisisDeclared, Escalated
from yingda.routing.escalation.schemas import (
    END,
    Chain,
    ChainStep,
    Details,
    Escalation,
    Facts,
    Outcome,
    StepKind,
    Trigger,
    TriggerKind,
    Why,
)
from yingda.tickets import KindArchived, KindNotFound, NewTicket, Ticket, open_ticket


class Cause(msgspec.Struct, frozen=True):
    """Something that may send a conversation up, and what there is to say of it."""

    on: TriggerKind
    details: Details = {}


class _Asked(msgspec.Struct, frozen=True, kw_only=True):
    """Who is asked to take a step, and who should know of it."""

    owner_name: str
    staff_ids: Sequence[UUID]
    owner_id: UUID | None = None
    team_id: UUID | None = None
    department_id: UUID | None = None
    ticket_id: UUID | None = None


async def set_off(tx: Tx, conversation_id: UUID, *causes: Cause) -> Escalation | None:
    """Send a conversation up for the first cause for which its chain has a trigger; the step taken, if one was."""
    head = await get(tx.conn, conversation_id)
    if head.state in (State.PENDING, State.RESOLVED):
        return None
    chain = (await in_force(tx.conn)).chain
    if head.level >= chain.crisis_level:
        await _declare_crisis(tx, head, chain.crisis_kind)
    for cause in causes:
        trigger = rules.trigger_of(chain, cause.on, head.level)
        details = await _looked_at(tx.conn, trigger, head, cause) if trigger else None
        if details is not None:
            return await escalate(tx, chain, head, Why(cause.on, details=details))
    return None


async def _looked_at(conn: Connection, trigger: Trigger, head: Conversation, cause: Cause) -> Details | None:
    """What there is to say of it; None if, looked at closely, the trigger is not set off."""
    match trigger.on:
        case TriggerKind.REPEAT:
            contacts = await count_contacts(conn, head.customer_id, now() - timedelta(days=trigger.days))
            return {"days": trigger.days, "contacts": contacts} if contacts >= trigger.count else None
        case TriggerKind.EMOTION:
            soured = rules.has_soured(trigger, await latest_tones(conn, head.id, trigger.count))
            return {"count": trigger.count} if soured else None
        case _:
            return cause.details


async def escalate(tx: Tx, chain: Chain, head: Conversation, why: Why) -> Escalation | None:
    """Ask the next step that has somebody to ask. None after the supervisors, and where the present step suffices."""
    current = await repository.current(tx.conn, head.id)
    if rules.suffices(current, why.on):
        return None
    facts = Facts(head.level, head.intent)
    step = rules.following(chain, current.step if current else None, facts)
    while step and (asked := await _ask(tx, head, step, why)) is None:
        step = rules.following(chain, step.id, facts)
    if step is None or asked is None:
        return None
    moment = now()
    outcome = Outcome.FELL_THROUGH if why.on is TriggerKind.NO_RECEIPT else Outcome.PASSED_ON
    await repository.close(tx.conn, head.id, outcome, moment)
    escalation = _escalation(head, step, asked, why, moment)
    await repository.add(tx.conn, escalation)
    words, details = wording.escalated(escalation)
    await record(tx, head.id, why.by or SYSTEM, "escalated", words, details)
    await tx.publish(Escalated(escalation, await place_of(tx.conn, head.id), tuple(asked.staff_ids)))
    return escalation


def _escalation(head: Conversation, step: ChainStep, asked: _Asked, why: Why, moment: datetime) -> Escalation:
    return Escalation(
        id=new_id(),
        conversation_id=head.id,
        step=step.id,
        title=step.title,
        trigger=why.on,
        reason=why.said,
        details=why.details,
        level=head.level,
        owner_id=asked.owner_id,
        owner_name=asked.owner_name,
        team_id=asked.team_id,
        department_id=asked.department_id,
        ticket_id=asked.ticket_id,
        by_name=why.by.name if why.by else None,
        created_at=moment,
        receipt_due_at=moment + timedelta(minutes=step.receipt_minutes),
    )


async def _ask(tx: Tx, head: Conversation, step: ChainStep, why: Why) -> _Asked | None:
    """Put the step into somebody's hands; None if nobody is there."""
    match step.kind:
        case StepKind.PERSON:
            return await _ask_person(tx, head, step)
        case StepKind.TEAM:
            return await _ask_team(tx, head, step)
        case StepKind.DEPARTMENT:
            return await _ask_department(tx, head, step, why)
        case StepKind.SUPERVISORS:
            return _Asked(owner_name=step.title, staff_ids=await supervisors(tx.conn, await place_of(tx.conn, head.id)))


async def _ask_person(tx: Tx, head: Conversation, step: ChainStep) -> _Asked | None:
    asked_before = [one.owner_id for one in await repository.of_conversation(tx.conn, head.id) if one.owner_id]
    but_for = [*asked_before, *([head.assignee_id] if head.assignee_id else [])]
    found = await free_colleague(tx.conn, step.team_id or head.team_id, but_for, now())
    if found is None:
        return None
    staff_id, name = found
    await assign(tx, head.id, Author(AuthorKind.STAFF, staff_id, name))
    return _Asked(owner_name=name, owner_id=staff_id, staff_ids=[staff_id])


async def _ask_team(tx: Tx, head: Conversation, step: ChainStep) -> _Asked | None:
    """Whoever serves it goes on until one of the team takes it over: so it is never without an owner."""
    team_id = step.team_id or head.team_id
    present = [one for one in await colleagues_there(tx.conn, team_id) if one != head.assignee_id]
    return _Asked(owner_name=step.title, team_id=team_id, staff_ids=present) if present else None


async def _ask_department(tx: Tx, head: Conversation, step: ChainStep, why: Why) -> _Asked | None:
    department = next((one for one in await departments(tx.conn) if one.code == step.department), None)
    if department is None:  # dissolved since the chain was published
        return None
    title = f"升级：{wording.reason_of(why.on, why.details, why.said)}"
    ticket = await _open(tx, head, step.ticket_kind, title, department.id, f"escalation:{head.id}:{step.id}")
    if ticket is None:
        return None
    members = [one.staff_id for one in await principals_of(tx.conn) if department.id in one.department_ids]
    return _Asked(owner_name=department.name, department_id=department.id, ticket_id=ticket.id, staff_ids=members)


async def request(tx: Tx, principal: Principal, conversation_id: UUID, reason: str) -> Escalation:
    """An agent asks for help from above. Raises as `get_changeable`, and `TopReached` if nobody is left to ask."""
    head = await get_changeable(tx.conn, conversation_id, principal)
    chain = (await in_force(tx.conn)).chain
    why = Why(TriggerKind.REQUESTED, said=reason.strip(), by=author_of(principal))
    escalation = await escalate(tx, chain, head, why)
    if escalation is None:
        raise rules.TopReached
    await audit(
        tx,
        principal,
        "escalation.request",
        AuditObject("conversation", str(conversation_id)),
        reason=escalation.reason,
        after={"step": escalation.step, "owner": escalation.owner_name},
    )
    return escalation


async def confirm(tx: Tx, principal: Principal, escalation_id: UUID) -> Escalation:
    """Say that one has it in hand; of a team's step, the conversation comes with it.

    Raises `EscalationNotFound` where one may not look, `Forbidden` for who was not asked, `EscalationClosed`.
    """
    escalation = await repository.get(tx.conn, escalation_id)
    if escalation is None:
        raise rules.EscalationNotFound
    conversation_id = escalation.conversation_id
    if conversation_id is None:
        return await about_tickets.confirm(tx, principal, escalation)
    if not _is_asked(principal, escalation):
        raise Forbidden
    await locked(tx.conn, conversation_id)
    if not await repository.receipt(tx.conn, escalation_id, principal.display_name, now()):
        raise rules.EscalationClosed
    if escalation.department_id is None:
        head = await get_changeable(tx.conn, conversation_id, principal)
        if head.assignee_id != principal.staff_id:
            await assign(tx, head.id, author_of(principal), by=principal.staff_id)
    await record(
        tx,
        conversation_id,
        author_of(principal),
        "escalation_confirmed",
        f"{principal.display_name}已确认接手",
        {"name": principal.display_name},
    )
    await audit(
        tx,
        principal,
        "escalation.confirm",
        AuditObject("conversation", str(conversation_id)),
        before={"owner": escalation.owner_name},
        after={"step": escalation.step},
    )
    return await _known(tx.conn, escalation_id)


def _is_asked(principal: Principal, escalation: Escalation) -> bool:
    if escalation.department_id:
        return escalation.department_id in principal.department_ids or principal.may(Permission.CONVERSATIONS_ASSIGN)
    if escalation.owner_id:
        return escalation.owner_id == principal.staff_id
    if escalation.step == END.id:
        return principal.may(Permission.CONVERSATIONS_ASSIGN)
    return escalation.team_id is None or escalation.team_id in principal.team_ids


async def _known(conn: Connection, escalation_id: UUID) -> Escalation:
    found = await repository.get(conn, escalation_id)
    if found is None:
        raise rules.EscalationNotFound
    return found


async def watch(db: Database) -> None:
    """Pass on every step that nobody has confirmed in time, each in a transaction of its own."""
    while await _watch_one(db):
        pass
    while await about_tickets.watch_one(db):
        pass


async def _watch_one(db: Database) -> bool:
    """False when nothing is overdue, or others hold what is."""
    async with db.transaction() as tx:
        moment = now()
        overdue = await repository.overdue(tx.conn, moment, repository.LOOK_AHEAD)
        conversation_id = await try_lock(tx.conn, overdue) if overdue else None
        current = await repository.current(tx.conn, conversation_id) if conversation_id else None
        if conversation_id is None or current is None:
            return conversation_id is not None
        head = await get(tx.conn, conversation_id)
        if await _took_up(tx.conn, current, head):
            await repository.receipt(tx.conn, current.id, current.owner_name, moment)
            return True
        chain = (await in_force(tx.conn)).chain
        why = Why(TriggerKind.NO_RECEIPT, details={"title": current.title, "owner": current.owner_name})
        if await escalate(tx, chain, head, why) is None:
            await _stay(tx, current, await place_of(tx.conn, conversation_id), moment)
        return True


async def _took_up(conn: Connection, current: Escalation, head: Conversation) -> bool:
    """Whoever was asked has answered the customer instead of pressing a button."""
    owner = current.owner_id
    return (
        owner is not None and owner == head.assignee_id and await has_replied(conn, head.id, owner, current.created_at)
    )


async def _stay(tx: Tx, current: Escalation, place: Place, moment: datetime) -> None:
    """The end of the chain: the supervisors are asked again and again, since nobody else is left."""
    minutes = (current.receipt_due_at - current.created_at).total_seconds() / 60
    await repository.ask_again(tx.conn, current.id, moment + timedelta(minutes=max(minutes, 1)))
    await tx.publish(Escalated(current, place, tuple(await supervisors(tx.conn, place))))


async def supervisors(conn: Connection, place: Place) -> list[UUID]:
    """Those who may pass on conversations of this team."""
    found: list[UUID] = []
    for principal in await principals_of(conn):
        teams = principal.teams_for(Permission.CONVERSATIONS_ASSIGN)
        if teams is None or place.team_id in teams:
            found.append(principal.staff_id)
    return found


async def _declare_crisis(tx: Tx, head: Conversation, kind: str) -> None:
    """Page the supervisors and open the war room, unless that was done for this conversation before."""
    if not await repository.add_crisis(tx.conn, head.id, now()):
        return
    place = await place_of(tx.conn, head.id)
    ticket = await _open(tx, head, kind, "危机事件处理", None, f"crisis:{head.id}")
    number = ticket.number if ticket else None
    words, details = wording.crisis(number)
    await record(tx, head.id, SYSTEM, "crisis", words, details)
    await tx.publish(CrisisDeclared(place, number, tuple(await supervisors(tx.conn, place))))


async def _open(
    tx: Tx, head: Conversation, kind: str, title: str, department_id: UUID | None, key: str
) -> Ticket | None:
    """In the kind's own department unless another is named; None if the kind was taken away since."""
    try:
        return await open_ticket(
            tx,
            NewTicket(
                kind=kind,
                title=title[:120],
                author=SYSTEM,
                source="escalation",
                description=_story(head),
                level=head.level,
                department_id=department_id,
                customer_id=head.customer_id,
                conversation_id=head.id,
                idempotency_key=key,
                announce=False,
            ),
        )
    except (KindNotFound, KindArchived):
        return None


def _story(head: Conversation) -> str:
    return head.handoff.summary if head.handoff else head.preview
