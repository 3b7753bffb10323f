"""Going up one step at a time until somebody has it in hand: the same for whatever may go up."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

import msgspec

from yingda.conversations import SYSTEM, Author
from yingda.identity import Principal
from yingda.infra.database import Connection, Database, Tx
from yingda.kit.clock import now
from yingda.kit.ids import new_id
from yingda.privacy import AuditObject, audit
from yingda.routing.escalation import repository, rules, wording
from yingda.routing.escalation.schemas import (
    ChainStep,
    Details,
    Escalation,
    Outcome,
    TriggerKind,
    Why,
)
from yingda.routing.levels import Item, ItemKind


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """Who is asked to take a step, and who should know of it."""

    owner_name: str
    staff_ids: Sequence[UUID]
    owner_id: UUID | None = None
    team_id: UUID | None = None
    department_id: UUID | None = None
    ticket_id: UUID | None = None


class Subject(Protocol):
    """What goes up: its way, who is asked about it, and where it is written down."""

    @property
    def item(self) -> Item: ...

    @property
    def level(self) -> int: ...

    def following(self, after: str | None) -> ChainStep | None:
        """The step after `after` (None: the first); None when everybody has been asked."""

    async def ask(self, tx: Tx, step: ChainStep, why: Why, /) -> Asked | None:
        """Put the step into somebody's hands; None if nobody is there."""

    async def is_taken_up(self, conn: Connection, current: Escalation, /) -> bool:
        """Whether who was asked has begun with it instead of pressing a button."""

    @property
    def last(self) -> ChainStep:
        """The step in the end: who is asked in it is asked again whenever its time to confirm is over."""

    async def record(self, tx: Tx, by: Author, code: str, words: str, details: Details, /) -> None:
        """Put it where the subject's readers see it."""

    async def tell(self, tx: Tx, escalation: Escalation, staff_ids: Sequence[UUID]) -> None:
        """Publish that somebody was asked."""


async def climb(tx: Tx, subject: Subject, why: Why) -> Escalation | None:
    """Ask the next step that has somebody to ask. None after the last, and where the present step suffices."""
    current = await repository.current(tx.conn, subject.item)
    if rules.suffices(current, why.on):
        return None
    step = subject.following(current.step if current else None)
    while step and (asked := await subject.ask(tx, step, why)) is None:
        step = subject.following(step.id)
    if step is None or asked is None:
        return None
    moment = now()
    outcome = Outcome.FELL_THROUGH if why.on is TriggerKind.NO_RECEIPT else Outcome.PASSED_ON
    await repository.close(tx.conn, subject.item, outcome, moment)
    escalation = _escalation(subject, step, asked, why, moment)
    await repository.add(tx.conn, escalation)
    await subject.record(tx, why.by or SYSTEM, "escalated", *wording.escalated(escalation))
    await subject.tell(tx, escalation, asked.staff_ids)
    return escalation


def _escalation(subject: Subject, step: ChainStep, asked: Asked, why: Why, moment: datetime) -> Escalation:
    item = subject.item
    return Escalation(
        id=new_id(),
        conversation_id=item.id if item.kind is ItemKind.CONVERSATION else None,
        about_ticket_id=item.id if item.kind is ItemKind.TICKET else None,
        step=step.id,
        title=step.title,
        trigger=why.on,
        reason=why.said,
        details=why.details,
        level=subject.level,
        owner_id=asked.owner_id,
        owner_name=asked.owner_name,
        team_id=asked.team_id,
        department_id=asked.department_id,
        ticket_id=asked.ticket_id,
        by_name=why.by.name if why.by else None,
        created_at=moment,
        receipt_due_at=moment + timedelta(minutes=step.receipt_minutes),
    )


async def receipt(tx: Tx, principal: Principal, escalation: Escalation) -> None:
    """Raises `EscalationClosed` if somebody has confirmed it before, or it was passed on."""
    if not await repository.receipt(tx.conn, escalation.id, principal.display_name, now()):
        raise rules.EscalationClosed


async def account_for(tx: Tx, principal: Principal, escalation: Escalation, item: Item) -> Escalation:
    """Who confirmed it goes into the audit trail; the step as it is now."""
    await audit(
        tx,
        principal,
        "escalation.confirm",
        AuditObject(item.kind.value, str(item.id)),
        before={"owner": escalation.owner_name},
        after={"step": escalation.step},
    )
    confirmed = await repository.get(tx.conn, escalation.id)
    if confirmed is None:
        raise rules.EscalationNotFound
    return confirmed


#: Locks the first of these that nobody else holds.
Lock = Callable[[Connection, list[UUID]], Awaitable[UUID | None]]
Find = Callable[[Connection, UUID], Awaitable[Subject]]


async def pass_on_one(db: Database, kind: ItemKind, lock: Lock, find: Find) -> bool:
    """Pass on a step that nobody has confirmed in time; False when there is none, or others hold what is."""
    async with db.transaction() as tx:
        moment = now()
        overdue = await repository.overdue(tx.conn, kind, moment, repository.LOOK_AHEAD)
        found = await lock(tx.conn, overdue) if overdue else None
        current = await repository.current(tx.conn, Item(kind, found)) if found else None
        if found is None or current is None:
            return found is not None
        subject = await find(tx.conn, found)
        if await subject.is_taken_up(tx.conn, current):
            await repository.receipt(tx.conn, current.id, current.owner_name, moment)
            return True
        why = Why(TriggerKind.NO_RECEIPT, details={"title": current.title, "owner": current.owner_name})
        if await climb(tx, subject, why) is None:
            await _ask_again(tx, subject, current, why, moment)
        return True


async def _ask_again(tx: Tx, subject: Subject, current: Escalation, why: Why, moment: datetime) -> None:
    """The end of the chain: the supervisors are asked again and again, since nobody else is left."""
    last = subject.last
    await repository.ask_again(tx.conn, current.id, moment + timedelta(minutes=last.receipt_minutes))
    asked = await subject.ask(tx, last, why)
    await subject.tell(tx, current, asked.staff_ids if asked else ())
