"""What can be done with a ticket. Every function takes the caller's transaction first and never commits."""

from datetime import datetime
from uuid import UUID

from msgspec import UNSET
from msgspec.structs import asdict, replace

from yingda.conversations import SYSTEM, Author, AuthorKind, MessageNotFound, all_labels, get, text_of, thread
from yingda.identity import Principal
from yingda.infra.database import Connection, Tx
from yingda.kit.clock import now
from yingda.kit.ids import new_id
from yingda.kit.redaction import redact
from yingda.tickets import rules, telling
from yingda.tickets.access import members
from yingda.tickets.errors import (
    KindArchived,
    KindNotFound,
    ParentRefused,
    PartsUndone,
    ReferenceMissing,
    TicketMerged,
    TicketNotFound,
    TicketOutdated,
)
from yingda.tickets.events import TicketChanged, TicketOpened, TicketTouched
from yingda.tickets.history import author_of, name_of, record
from yingda.tickets.repository import kinds, links, tickets
from yingda.tickets.rules import Difference
from yingda.tickets.schemas import UNDONE, Category, ChangeValue, Link, NewTicket, Ticket, TicketEdit, TicketKind


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


# Opening


async def open_ticket(tx: Tx, new: NewTicket, by: Principal | None = None) -> Ticket:
    """Open a ticket; the same idempotency key again answers the first one. `by`: who did it by hand, for the audit.

    Raises `KindNotFound`, `KindArchived`, `FieldInvalid`, `ReferenceMissing`, `ParentRefused`, and what a conversation
    or a message that is not there raises.
    """
    if new.idempotency_key and (known := await tickets.by_key(tx.conn, new.idempotency_key)):
        return known
    kind = await _kind_for(tx.conn, new.kind)
    ticket = await _drafted(tx.conn, await _completed(tx.conn, new, kind), kind)
    terms = rules.terms_of(ticket.number, ticket.title, ticket.description, ticket.fields)
    if not await tickets.add(tx.conn, ticket, terms, new.idempotency_key):
        return await _already(tx.conn, new)
    await _link(tx, ticket, new)
    await telling.opened(tx, ticket, kind, new.author, announce=new.announce)
    await tx.publish(TicketOpened(ticket, new.author))
    after: dict[str, ChangeValue] = {"kind": kind.code, "state": ticket.state, "level": ticket.level}
    await record(tx, by or new.author, ticket.id, "opened", Difference({}, after | {"source": ticket.source}))
    return await get_ticket(tx.conn, ticket.id)


async def _already(conn: Connection, new: NewTicket) -> Ticket:
    known = await tickets.by_key(conn, new.idempotency_key or "")
    if known is None:
        raise TicketNotFound
    return known


async def _kind_for(conn: Connection, code: str) -> TicketKind:
    kind = await kinds.by_code(conn, code)
    if kind is None:
        raise KindNotFound
    if kind.archived:
        raise KindArchived(name=kind.name)
    return kind


async def _completed(conn: Connection, new: NewTicket, kind: TicketKind) -> NewTicket:
    """With what template, conversation and parent say where nothing else was said."""
    if new.template:
        new = rules.with_template(new, rules.template_of(kind, new.template))
    if new.parent_id:
        parent = await _parent(conn, new.parent_id)
        new = replace(new, customer_id=new.customer_id or parent.customer_id)
    said = ""
    if new.conversation_id:
        head = await get(conn, new.conversation_id)
        new = replace(new, customer_id=head.customer_id)
        said = await _said(conn, head.id, new.seq) if new.seq else ""
    return replace(
        new,
        title=new.title.strip() or rules.proposed_title(kind, said),
        description=new.description.strip() or redact(said.strip()),
    )


async def _said(conn: Connection, conversation_id: UUID, seq: int) -> str:
    found = (await thread(conn, conversation_id, seq - 1, None, 1, with_notes=True)).messages
    if not found or found[0].seq != seq:
        raise MessageNotFound
    return text_of(found[0].content)


async def _parent(conn: Connection, parent_id: UUID) -> Ticket:
    parent = await get_ticket(conn, parent_id)
    if parent.parent_id or parent.merged_into_id:
        raise ParentRefused
    return parent


async def _drafted(conn: Connection, new: NewTicket, kind: TicketKind) -> Ticket:
    await _check_labels(conn, new.label_ids)
    if new.owner_id:
        await members(conn, [new.owner_id])
    moment, state = now(), rules.first_state(kind)
    opener = new.author.id if new.author.kind is AuthorKind.STAFF else None
    return Ticket(
        id=new_id(),
        number=await tickets.next_number(conn, moment),
        kind_id=kind.id,
        state=state.code,
        category=state.category,
        level=new.level or kind.level,
        title=new.title,
        description=new.description,
        department_id=new.department_id or kind.department_id,
        owner_id=new.owner_id,
        source=new.source,
        opened_by=opener,
        opened_by_name=name_of(new.author),
        customer_id=new.customer_id,
        parent_id=new.parent_id,
        merged_into_id=None,
        fields=rules.checked_fields(kind.fields, new.fields),
        checklist=kind.checklist,
        watcher_ids=[opener] if opener else [],
        label_ids=list(dict.fromkeys(new.label_ids)),
        due_at=None,
        created_at=moment,
        updated_at=moment,
        resolved_at=None,
        version=1,
    )


async def _link(tx: Tx, ticket: Ticket, new: NewTicket) -> None:
    if new.conversation_id:
        link = Link(id=new_id(), ticket_id=ticket.id, conversation_id=new.conversation_id, seq=new.seq)
        await links.add(tx.conn, link, ticket.opened_by, ticket.created_at)
    if new.order:
        link = Link(id=new_id(), ticket_id=ticket.id, shop=new.order.shop, order_no=new.order.order_no)
        await links.add(tx.conn, link, ticket.opened_by, ticket.created_at)


async def _check_labels(conn: Connection, label_ids: list[UUID]) -> None:
    """Raises `ReferenceMissing` unless all exist and may still be given."""
    if label_ids and not set(label_ids) <= {label.id for label in await all_labels(conn) if not label.archived}:
        raise ReferenceMissing


# Changing


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
    await tx.publish(TicketChanged(ticket, after, author_of(by)))
    action = "state" if after.state != ticket.state else "changed"
    await record(tx, by, ticket.id, action, rules.difference(ticket, after), reason)
    return await get_ticket(tx.conn, ticket.id)


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
            await _check_labels(conn, [one for one in label_ids if one not in ticket.label_ids])
    match given.get("parent_id"):
        case UUID() as parent_id:
            await _parent(conn, parent_id)
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
