"""Keeping the clocks of an item in step with what happens to it."""

from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from yingda.conversations import Conversation, DueClock, Place, State
from yingda.conversations import get as get_conversation
from yingda.identity import find_department
from yingda.infra.database import Connection, Tx
from yingda.kit.clock import now
from yingda.routing.dispatch import pressure
from yingda.routing.levels import repository, rules
from yingda.routing.levels.keeping import ConversationKeeper, Keeper, TicketKeeper
from yingda.routing.levels.rules import Clocks, Situation, Standing, Terms
from yingda.routing.levels.schemas import (
    Clock,
    ClockView,
    DeadlineRecord,
    Deadlines,
    Happened,
    Item,
    ItemKind,
)
from yingda.tickets import UNDONE, Ticket, kind_of

#: How far back matters are looked at to learn how long they take, and how many it needs.
LEARNT_DAYS, LEAST_SAMPLES = 28, 20
#: Nobody reads a longer history.
MOST_RECORDS = 100

_CONVERSATIONS, _TICKETS = ConversationKeeper(), TicketKeeper()


async def keep_conversation(tx: Tx, conversation_id: UUID, *, moved: bool = False) -> datetime | None:
    """After something has happened to a conversation, which is locked; when its clocks must be looked at next."""
    head = await get_conversation(tx.conn, conversation_id)
    return await _keep(tx, conversation_id, rules.standing_of(head), moved=moved)


async def keep_answered(tx: Tx, place: Place, level: int) -> datetime | None:
    """The same when a colleague has just answered: nobody waits any more, and nothing needs to be asked for that."""
    head = Standing(place.state, level, None, place.team_id, place.assignee_id)
    return await _keep(tx, place.conversation_id, head, answered=True)


async def _keep(
    tx: Tx, conversation_id: UUID, head: Standing, *, answered: bool = False, moved: bool = False
) -> datetime | None:
    item = Item(ItemKind.CONVERSATION, conversation_id)
    if head.state is State.PENDING:
        await _start_anew(tx, item, await repository.clocks(tx.conn, item))
        return None
    before, terms = await repository.clocks_and_terms(tx.conn, item, ["conversation"], head.level, _teams(head))
    if head.state is State.RESOLVED and not before:
        return None
    terms = await _with_wait(tx.conn, head, terms)
    situation = rules.situation_of(head, terms.limits, answered=answered, moved=moved)
    return await keep(tx, _CONVERSATIONS, item, before, situation, terms)


async def keep(
    tx: Tx, keeper: Keeper, item: Item, before: Clocks, situation: Situation, terms: Terms
) -> datetime | None:
    """Bring the clocks of any item in step with its situation; when they must be looked at next."""
    moment = now()
    after = rules.follow(before, situation, terms, moment)
    gone = [kind for kind in before if kind not in after]
    changed = [clock for kind, clock in after.items() if clock != before.get(kind)]
    if not gone and not changed:
        return None
    met = [_record(clock, Happened.MET, terms, moment) for clock in rules.ended(before, after, situation)]
    await repository.save(tx.conn, item, changed, gone=gone, records=met)
    await _say_what_is_due(tx, keeper, item, before, after)
    return min((clock.next_at for clock in changed if clock.next_at), default=None)


async def _start_anew(tx: Tx, item: Item, before: Clocks) -> None:
    """It is the assistant's again: who returns with something new is to be answered within a limit of its own."""
    if before:
        await repository.drop_clocks(tx.conn, item)
        await _say_what_is_due(tx, _CONVERSATIONS, item, before, {})


async def _say_what_is_due(tx: Tx, keeper: Keeper, item: Item, before: Clocks, after: Clocks) -> None:
    then, due = rules.next_due(before), rules.next_due(after)
    if (then and (then.due_at, then.kind)) != (due and (due.due_at, due.kind)):
        await keeper.set_due(tx, item.id, due.due_at if due else None, due.kind if due else None)


async def _with_wait(conn: Connection, head: Standing, terms: Terms) -> Terms:
    """With the wait of those who wait for anybody."""
    usual = terms.usual.get(DueClock.RESOLUTION)
    if usual is None or head.assignee_id or head.waiting_since is None:
        return terms
    ahead, room = await pressure(conn, head.level)
    return msgspec.structs.replace(terms, wait=rules.expected_wait(ahead, room, usual))


async def promised_by(conn: Connection, level: int, team_id: UUID | None) -> datetime | None:
    """By when a person answers whom nobody attends to now, because it is outside their hours; None within them."""
    teams = [team_id] if team_id else []
    return rules.promised_by(await repository.terms(conn, ItemKind.CONVERSATION, ["conversation"], level, teams), now())


def _teams(head: Conversation | Standing) -> list[UUID]:
    return [head.team_id] if head.team_id else []


async def keep_ticket(
    tx: Tx, ticket: Ticket, *, responded: bool = False, updated: bool = False, moved: bool = False
) -> datetime | None:
    """After something has happened to a ticket, which is locked; when its clocks must be looked at next."""
    item = Item(ItemKind.TICKET, ticket.id)
    before = await repository.clocks(tx.conn, item)
    if ticket.category not in UNDONE and not before:
        return None
    situation = rules.situation_of_ticket(ticket, before, now(), responded=responded, updated=updated, moved=moved)
    return await keep(tx, _TICKETS, item, before, situation, await _terms_of_ticket(tx.conn, ticket))


async def _terms_of_ticket(conn: Connection, ticket: Ticket) -> Terms:
    """By the calendar of a team of its department."""
    kind, department = await kind_of(conn, ticket), await find_department(conn, ticket.department_id)
    subjects = ["ticket", f"ticket:{kind.code}"]
    return await repository.terms(conn, ItemKind.TICKET, subjects, ticket.level, [team.id for team in department.teams])


async def merge_conversations(tx: Tx, source_id: UUID, target_id: UUID) -> None:
    """The clocks of the source end with it; what became of its deadlines is the target's history now."""
    source, target = Item(ItemKind.CONVERSATION, source_id), Item(ItemKind.CONVERSATION, target_id)
    await repository.drop_clocks(tx.conn, source)
    await repository.join_records(tx.conn, source, target)


async def learn(tx: Tx) -> None:
    """Learn anew how long matters usually take."""
    await repository.learn_usual(tx.conn, now() - timedelta(days=LEARNT_DAYS), LEAST_SAMPLES)


async def deadlines_of(conn: Connection, item: Item, terms: Terms) -> Deadlines:
    """The clocks of an item and its history. Whoever asks must have been let into the item."""
    moment = now()
    clocks = await repository.clocks(conn, item)
    history = await repository.records(conn, item, MOST_RECORDS)
    return Deadlines([_view(clocks[kind], terms, moment) for kind in DueClock if kind in clocks], history)


async def deadlines_of_conversation(conn: Connection, head: Conversation) -> Deadlines:
    terms = await repository.terms(conn, ItemKind.CONVERSATION, ["conversation"], head.level, _teams(head))
    return await deadlines_of(conn, Item(ItemKind.CONVERSATION, head.id), terms)


def _view(clock: Clock, terms: Terms, moment: datetime) -> ClockView:
    left = None if clock.over else clock.allowed - rules.used_at(clock, terms.hours, moment)
    return ClockView(
        clock=clock.kind, due_at=clock.due_at, left=left, breached=clock.breached_at is not None, over=clock.over
    )


def _record(clock: Clock, happened: Happened, terms: Terms, moment: datetime) -> DeadlineRecord:
    return rules.record_of(clock, happened, moment, rules.used_at(clock, terms.hours, moment))
