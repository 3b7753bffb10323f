"""What can be done with a ticket. Every function takes the caller's transaction first and never commits."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from msgspec import UNSET
from msgspec.structs import asdict, replace

from yingda.conversations import SYSTEM, Author, all_labels
from yingda.identity import Principal
from yingda.infra.database import Connection, Tx
from yingda.kit.clock import now
from yingda.tickets import rules, telling
from yingda.tickets.access import members
from yingda.tickets.errors import (
    ChecklistUndone,
    FieldMissing,
    KindNotFound,
    ParentRefused,
    PartsUndone,
    ReferenceMissing,
    TicketMerged,
    TicketNotFound,
    TicketOutdated,
)
from yingda.tickets.events import TicketChanged, TicketTouched
from yingda.tickets.history import account_for, author_of, record, tell
from yingda.tickets.kinds import UNDONE, Category, TicketKind
from yingda.tickets.repository import kinds, tickets
from yingda.tickets.repository import signals as kept
from yingda.tickets.rules import Difference
from yingda.tickets.schemas import ChangeValue, Ticket, TicketEdit, TicketSignals


async def get_ticket(conn: Connection, ticket_id: UUID) -> Ticket:
    """Raises `TicketNotFound`."""
    ticket = await tickets.get(conn, ticket_id)
    if ticket is None:
        raise TicketNotFound
    return ticket


async def kind_of(conn: Connection, ticket: Ticket) -> TicketKind:
    kind = await kinds.get(conn, ticket.kind_id)
    if kind is None:
        raise KindNotFound
    return kind


async def parent_of(conn: Connection, parent_id: UUID) -> Ticket:
    """A ticket that may have parts. Raises `TicketNotFound`, `ParentRefused`."""
    parent = await get_ticket(conn, parent_id)
    if parent.parent_id or parent.merged_into_id:
        raise ParentRefused
    return parent


async def check_labels(conn: Connection, label_ids: list[UUID]) -> None:
    """Raises `ReferenceMissing` unless all exist and may still be given."""
    if label_ids and not set(label_ids) <= {label.id for label in await all_labels(conn) if not label.archived}:
        raise ReferenceMissing


def check_version(ticket: Ticket, version: int) -> None:
    """Raises `TicketOutdated` unless whoever changes it has seen the latest."""
    if version != ticket.version:
        raise TicketOutdated(number=ticket.number, version=ticket.version)


async def change(tx: Tx, ticket: Ticket, edit: TicketEdit, by: Principal | Author, reason: str | None = None) -> Ticket:
    """Change a locked ticket, if it makes a difference.

    Raises `TicketMerged`, `StateRefused`, `PartsUndone`, `ChecklistUndone`, `FieldMissing`, `FieldInvalid`,
    `ReferenceMissing`, `MemberRefused`, `ParentRefused`.
    """
    if ticket.merged_into_id:
        raise TicketMerged
    kind = await kind_of(tx.conn, ticket)
    after = await _edited(tx.conn, ticket, edit, kind)
    if after == ticket:
        return ticket
    after = replace(after, version=ticket.version + 1, updated_at=now())
    await save(tx, after)
    if after.state != ticket.state and (state := rules.state_of(kind, after.state)):
        await telling.moved(tx, after, kind, state, author_of(by))
    action, what = "state" if after.state != ticket.state else "changed", rules.difference(ticket, after)
    await tell(tx, by, ticket.id, action, what, reason)
    await tx.publish(TicketChanged(ticket, after, author_of(by)))
    await account_for(tx, by, ticket.id, action, what, reason)
    return await get_ticket(tx.conn, ticket.id)


async def finish(tx: Tx, ticket_id: UUID, by: Author, reason: str) -> None:
    """What it was opened for is done. A ticket that still lacks something its kind asks for stays as it is."""
    ticket = await tickets.get(tx.conn, ticket_id, lock=True)
    if ticket is None or ticket.category not in UNDONE or ticket.merged_into_id:
        return
    state = rules.resolving_state(await kind_of(tx.conn, ticket), ticket.state)
    with suppress(ChecklistUndone, FieldMissing, PartsUndone):
        if state:
            await change(tx, ticket, TicketEdit(state=state.code), by, reason)


async def save(tx: Tx, ticket: Ticket) -> None:
    terms = rules.terms_of(ticket.number, ticket.title, ticket.description, ticket.fields)
    await tickets.save(tx.conn, ticket, terms)


async def _edited(conn: Connection, ticket: Ticket, edit: TicketEdit, kind: TicketKind) -> Ticket:
    given = {name: value for name, value in asdict(edit).items() if value is not UNSET}
    wanted_state = given.pop("state", ticket.state)
    for name in ("title", "description"):
        if name in given:
            given[name] = given[name].strip()
    if "fields" in given:
        given["fields"] = rules.checked_fields(kind.fields, _known(kind, ticket) | given["fields"])
    if given.get("department_id", ticket.department_id) != ticket.department_id:
        given.setdefault("owner_id", None)
    await _check_given(conn, ticket, given)
    after = replace(ticket, **given)
    return await _stepped(conn, after, wanted_state, kind) if wanted_state != ticket.state else after


def _known(kind: TicketKind, ticket: Ticket) -> dict[str, object]:
    """Values of fields that the kind still has."""
    codes = {field.code for field in kind.fields}
    return {code: value for code, value in ticket.fields.items() if code in codes}


async def _check_given(conn: Connection, ticket: Ticket, given: dict[str, object]) -> None:
    match given.get("owner_id"):
        case UUID() as owner_id:
            await members(conn, [owner_id])
    match given.get("label_ids"):
        case list() as label_ids:
            await check_labels(conn, [one for one in label_ids if one not in ticket.label_ids])
    match given.get("parent_id"):
        case UUID() as parent_id:
            await parent_of(conn, parent_id)
            if parent_id == ticket.id or await tickets.parts_of(conn, ticket.id):
                raise ParentRefused


async def _stepped(conn: Connection, ticket: Ticket, code: str, kind: TicketKind) -> Ticket:
    state = rules.next_state(kind, ticket.state, code)
    done = state.category not in UNDONE
    if done and ticket.category in UNDONE and (undone := await tickets.count_undone_parts(conn, ticket.id)):
        raise PartsUndone(count=undone)
    if state.category is Category.RESOLVED:
        rules.check_done(kind, ticket.fields, ticket.checklist)
    resolved_at = (ticket.resolved_at or now()) if done else None
    return replace(ticket, state=state.code, category=state.category, resolved_at=resolved_at)


async def try_lock(conn: Connection, ticket_ids: list[UUID]) -> UUID | None:
    """Lock the first of these that no other transaction holds; None if all are held."""
    return await tickets.try_lock(conn, ticket_ids)


async def has_undone(conn: Connection, customer_id: UUID) -> bool:
    """Whether something is still to be done for the customer."""
    return await tickets.has_undone(conn, customer_id)


async def ticket_signals(conn: Connection, limit: int) -> list[TicketSignals]:
    """All undone tickets, in figures."""
    return await kept.signals(conn, limit)


async def note(tx: Tx, ticket_id: UUID, action: str, text: str, known: Mapping[str, ChangeValue] | None = None) -> None:
    """Write into its history what the system has seen. `known`: what the text says, for other languages."""
    await record(tx, SYSTEM, ticket_id, action, Difference({}, dict(known or {})), text)


async def set_due(tx: Tx, ticket_id: UUID, due_at: datetime | None, reason: str | None = None) -> None:
    """By when it is to be done, as whoever keeps the clocks says. Nobody's own change is outdated by that."""
    ticket = await tickets.get(tx.conn, ticket_id, lock=True)
    if ticket is None:
        raise TicketNotFound
    if ticket.due_at == due_at:
        return
    await tickets.set_due(tx.conn, ticket_id, due_at)
    after = replace(ticket, due_at=due_at)
    await tx.publish(TicketTouched(after))
    await record(tx, SYSTEM, ticket_id, "due", rules.difference(ticket, after), reason)


async def watch(tx: Tx, ticket: Ticket, principal: Principal, staff_ids: list[UUID]) -> Ticket:
    """These watch it, and nobody else. Raises `ReferenceMissing`, `MemberRefused`."""
    wanted = list(dict.fromkeys(staff_ids))
    if set(wanted) == set(ticket.watcher_ids):
        return ticket
    await members(tx.conn, [one for one in wanted if one not in ticket.watcher_ids])
    after = replace(ticket, watcher_ids=wanted)
    await tickets.touch(tx.conn, ticket.id, wanted, ticket.updated_at)
    await tx.publish(TicketTouched(after))
    await record(tx, principal, ticket.id, "watchers", rules.difference(ticket, after))
    return after
