"""Of what staff are told, and who of them."""

from yingda.conversations import (
    Author,
    ConversationAssigned,
    ConversationChanged,
    ConversationsMerging,
    StaffMentioned,
    followers,
    text_of,
)
from yingda.identity import principals_of
from yingda.infra.database import Tx
from yingda.infra.events import EventBus
from yingda.routing.escalation import CrisisDeclared, Escalated, TicketEscalated, details_of
from yingda.routing.levels import DeadlineBreached, DeadlineNear, ItemKind
from yingda.routing.warning import Warned
from yingda.tickets import Ticket, TicketChanged, TicketCommented, TicketOpened, get_ticket
from yingda.workspace.notices import repository
from yingda.workspace.notices.live import NoticeBell
from yingda.workspace.notices.rules import in_charge, told_of_deadline
from yingda.workspace.notices.schemas import NoticeKind
from yingda.workspace.notices.service import notify
from yingda.workspace.promises import PromiseDue


def subscribe(bus: EventBus, bell: NoticeBell) -> None:
    async def mentioned(tx: Tx, event: StaffMentioned) -> None:
        message = event.message
        await notify(
            tx,
            bell,
            (staff_id for staff_id in event.staff_ids if staff_id != message.author.id),
            NoticeKind.MENTIONED,
            message.conversation_id,
            seq=message.seq,
            actor_name=message.author.name,
            text=text_of(message.content),
        )

    async def assigned(tx: Tx, event: ConversationAssigned) -> None:
        """Nobody needs to be told of what they took themselves."""
        new = event.place.assignee_id
        if new and new != event.by:
            await notify(tx, bell, [new], NoticeKind.ASSIGNED, event.place.conversation_id)

    async def changed(tx: Tx, event: ConversationChanged) -> None:
        """Whoever has it in hand sees it anyway."""
        place = event.place
        if place.state is event.before:
            return
        watching = [one for one in await followers(tx.conn, place.conversation_id) if one != place.assignee_id]
        if watching:
            await notify(tx, bell, watching, NoticeKind.FOLLOWED, place.conversation_id, text=place.state.value)

    async def promise_due(tx: Tx, event: PromiseDue) -> None:
        promise = event.promise
        await notify(tx, bell, [promise.owner_id], NoticeKind.PROMISE_DUE, promise.conversation_id, text=promise.text)

    _deadlines(bus, bell)
    _escalations(bus, bell)
    _tickets(bus, bell)
    bus.subscribe(StaffMentioned, mentioned)
    bus.subscribe(ConversationAssigned, assigned)
    bus.subscribe(PromiseDue, promise_due)
    bus.subscribe(ConversationChanged, changed)
    bus.subscribe(ConversationsMerging, _merging)


def _escalations(bus: EventBus, bell: NoticeBell) -> None:
    async def escalated(tx: Tx, event: Escalated | TicketEscalated) -> None:
        step = event.escalation
        await notify(
            tx,
            bell,
            event.staff_ids,
            NoticeKind.ESCALATED,
            step.conversation_id,
            ticket_id=step.about_ticket_id,
            actor_name=step.by_name,
            details=details_of(step),
        )

    async def crisis(tx: Tx, event: CrisisDeclared) -> None:
        known: dict[str, str | int] = {"ticket": event.ticket_number} if event.ticket_number else {}
        await notify(tx, bell, event.staff_ids, NoticeKind.CRISIS, event.place.conversation_id, details=known)

    async def warned(tx: Tx, event: Warned) -> None:
        risk = event.risk
        talk, ticket = (risk.id, None) if risk.kind is ItemKind.CONVERSATION else (None, risk.id)
        if event.owner_id:
            percent = f"{risk.probability:.0%}"
            await notify(tx, bell, [event.owner_id], NoticeKind.WARNED, talk, ticket_id=ticket, text=percent)

    bus.subscribe(Escalated, escalated)
    bus.subscribe(TicketEscalated, escalated)
    bus.subscribe(CrisisDeclared, crisis)
    bus.subscribe(Warned, warned)


def _deadlines(bus: EventBus, bell: NoticeBell) -> None:
    async def deadline(tx: Tx, event: DeadlineNear | DeadlineBreached) -> None:
        """The owner; those in charge too, when nobody has it in hand or it is late."""
        late = isinstance(event, DeadlineBreached)
        kind = NoticeKind.DEADLINE_BREACHED if late else NoticeKind.DEADLINE_NEAR
        text = event.clock.value
        if event.item.kind is ItemKind.TICKET:
            ticket = await get_ticket(tx.conn, event.item.id)
            told = told_of_deadline(await principals_of(tx.conn), ticket, late=late)
            await notify(tx, bell, told, kind, ticket_id=ticket.id, text=text)
            return
        told = [event.owner_id] if event.owner_id else []
        if late or not told:
            told += in_charge(await principals_of(tx.conn), event.team_id)
        await notify(tx, bell, told, kind, event.item.id, text=text)

    bus.subscribe(DeadlineNear, deadline)
    bus.subscribe(DeadlineBreached, deadline)


def _tickets(bus: EventBus, bell: NoticeBell) -> None:
    async def given(tx: Tx, ticket: Ticket, by: Author) -> None:
        """Nobody needs to be told of what they took themselves."""
        if ticket.owner_id and ticket.owner_id != by.id:
            await notify(
                tx,
                bell,
                [ticket.owner_id],
                NoticeKind.ASSIGNED,
                ticket_id=ticket.id,
                actor_name=by.name,
                text=ticket.title,
            )

    async def opened(tx: Tx, event: TicketOpened) -> None:
        await given(tx, event.ticket, event.by)

    async def changed(tx: Tx, event: TicketChanged) -> None:
        if event.after.owner_id != event.before.owner_id:
            await given(tx, event.after, event.by)

    async def commented(tx: Tx, event: TicketCommented) -> None:
        comment = event.comment
        told = [one.id for one in comment.mentions if one.id != comment.author_id]
        if told:
            await notify(
                tx,
                bell,
                told,
                NoticeKind.MENTIONED,
                ticket_id=event.ticket.id,
                actor_name=comment.author_name,
                text=comment.text,
            )

    bus.subscribe(TicketOpened, opened)
    bus.subscribe(TicketChanged, changed)
    bus.subscribe(TicketCommented, commented)


async def _merging(tx: Tx, event: ConversationsMerging) -> None:
    await repository.join(tx.conn, event.source_id, event.place.conversation_id, event.offset)
