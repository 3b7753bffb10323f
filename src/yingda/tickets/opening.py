"""Opening tickets: what is left out, the kind, its template, the conversation or the parent says."""

from uuid import UUID

from msgspec.structs import replace

from yingda.conversations import AuthorKind, MessageNotFound, get, text_of, thread
from yingda.identity import Principal
from yingda.infra.database import Connection, Tx
from yingda.kit.clock import now
from yingda.kit.ids import new_id
from yingda.kit.redaction import redact
from yingda.tickets import rules, telling
from yingda.tickets.access import members
from yingda.tickets.errors import KindArchived, KindNotFound, TicketNotFound
from yingda.tickets.events import TicketOpened
from yingda.tickets.history import account_for, name_of, tell
from yingda.tickets.kinds import TicketKind
from yingda.tickets.repository import kinds, links, tickets
from yingda.tickets.rules import Difference
from yingda.tickets.schemas import ChangeValue, Link, NewTicket, Ticket
from yingda.tickets.service import check_labels, get_ticket, parent_of


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
    after: dict[str, ChangeValue] = {"kind": kind.code, "state": ticket.state, "level": ticket.level}
    what = Difference({}, after | {"source": ticket.source})
    await tell(tx, new.author, ticket.id, "opened", what)
    await tx.publish(TicketOpened(ticket, new.author))
    await account_for(tx, by or new.author, ticket.id, "opened", what)
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
        parent = await parent_of(conn, new.parent_id)
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


async def _drafted(conn: Connection, new: NewTicket, kind: TicketKind) -> Ticket:
    await check_labels(conn, new.label_ids)
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
