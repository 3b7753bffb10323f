"""Tickets as whoever asks may see them: cards for lists and boards, and one ticket with all that hangs on it."""

from collections.abc import Sequence
from uuid import UUID

from msgspec.structs import replace

from yingda.conversations import Conversation, visible_among
from yingda.conversations import visibility_of as conversations_of
from yingda.customers import display_names
from yingda.identity import Permission, Principal, names_of
from yingda.infra.database import Connection
from yingda.kit.clock import now
from yingda.kit.errors import Forbidden
from yingda.kit.redaction import redact
from yingda.tickets import rules
from yingda.tickets.access import may_change, serves_customers, visibility_of
from yingda.tickets.kinds import Category, CheckItem
from yingda.tickets.pages import (
    LinkedConversation,
    LinkedOrder,
    LinkedTicket,
    RelatedTicket,
    RelationSide,
    TicketBoard,
    TicketColumn,
    TicketCustomer,
    TicketFilter,
    TicketView,
)
from yingda.tickets.repository import comments, kinds, links, lists, tickets
from yingda.tickets.repository.lists import Extras
from yingda.tickets.schemas import Link, Progress, Relation, Ticket, TicketCard, TicketComment, TicketPerson

_SHOWN_OF_CUSTOMER = 50


async def cards_of(conn: Connection, found: Sequence[Ticket], principal: Principal) -> list[TicketCard]:
    """Three statements, however many there are."""
    if not found:
        return []
    extras = await lists.extras_of(conn, [ticket.id for ticket in found])
    owners = await names_of(conn, [ticket.owner_id for ticket in found if ticket.owner_id])
    customers = await display_names(conn, [ticket.customer_id for ticket in found if ticket.customer_id])
    plain = serves_customers(principal)
    return [_card(ticket, extras[ticket.id], owners, customers, principal, plain=plain) for ticket in found]


def _card(
    ticket: Ticket,
    extras: Extras,
    owners: dict[UUID, str],
    customers: dict[UUID, str],
    principal: Principal,
    *,
    plain: bool,
) -> TicketCard:
    return TicketCard(
        id=ticket.id,
        number=ticket.number,
        kind_id=ticket.kind_id,
        state=ticket.state,
        category=ticket.category,
        level=ticket.level,
        title=ticket.title if plain else redact(ticket.title),
        department_id=ticket.department_id,
        owner_id=ticket.owner_id,
        owner_name=owners.get(ticket.owner_id) if ticket.owner_id else None,
        customer_id=ticket.customer_id,
        customer_name=customers.get(ticket.customer_id) if ticket.customer_id else None,
        parent_id=ticket.parent_id,
        label_ids=ticket.label_ids,
        due_at=ticket.due_at,
        created_at=ticket.created_at,
        updated_at=ticket.updated_at,
        resolved_at=ticket.resolved_at,
        version=ticket.version,
        comments=extras.comments,
        parts=extras.parts,
        checklist=_done(ticket.checklist),
        blocked=extras.blocked,
        watched=principal.staff_id in ticket.watcher_ids,
    )


def _done(items: Sequence[CheckItem]) -> Progress:
    return Progress(len(items), sum(item.done for item in items))


async def board_of(conn: Connection, principal: Principal, wanted: TicketFilter, limit: int) -> TicketBoard:
    """A column for each category; where the filter names a kind, for each of its states."""
    visibility = await visibility_of(conn, principal)
    kind = await kinds.get(conn, wanted.kind_id) if wanted.kind_id else None
    if kind:
        categories = {state.code: state.category for state in kind.states}
    else:
        categories = {category.value: category for category in Category}
    filled = await lists.columns(conn, list(categories), wanted, visibility, now(), limit, by_state=kind is not None)
    cards = await cards_of(conn, [ticket for column in filled for ticket in column.tickets], principal)
    by_id = {card.id: card for card in cards}
    return TicketBoard(
        [
            TicketColumn(
                category=categories[column.key],
                state=column.key if kind else None,
                count=column.count,
                cards=[by_id[ticket.id] for ticket in column.tickets],
            )
            for column in filled
        ]
    )


async def view_of(conn: Connection, ticket: Ticket, principal: Principal) -> TicketView:
    """The ticket, which whoever asks may see, and everything around it."""
    visibility = await visibility_of(conn, principal)
    kept = await links.of_ticket(conn, ticket.id)
    parts = await tickets.parts_of(conn, ticket.id)
    around = await tickets.by_ids(conn, _around(ticket, kept))
    people = [one.owner_id for one in (ticket, *parts, *around.values()) if one.owner_id]
    names = await names_of(conn, [*people, *ticket.watcher_ids])
    shown = {key: rules.related(one, visibility, names) for key, one in around.items()}
    plain = serves_customers(principal)
    return TicketView(
        ticket=ticket if plain else rules.masked(ticket),
        owner_name=names.get(ticket.owner_id) if ticket.owner_id else None,
        customer=await _customer(conn, ticket),
        watchers=[TicketPerson(one, names.get(one, "")) for one in ticket.watcher_ids],
        conversations=await _conversations(conn, kept, principal),
        orders=[
            LinkedOrder(link_id=one.id, shop=one.shop or "", order_no=one.order_no) for one in kept if one.order_no
        ],
        related=_related(ticket, kept, shown),
        parent=shown.get(ticket.parent_id) if ticket.parent_id else None,
        parts=[rules.related(one, visibility, names) for one in parts],
        merged_into=shown.get(ticket.merged_into_id) if ticket.merged_into_id else None,
        comments=await comments.count(conn, ticket.id),
        masked=not plain and rules.masked(ticket) != ticket,
        may_change=await may_change(conn, principal, ticket),
        may_comment=principal.may(Permission.TICKETS_EDIT),
    )


def _around(ticket: Ticket, kept: Sequence[Link]) -> set[UUID]:
    linked = {one for link in kept if link.other_id for one in (link.ticket_id, link.other_id)}
    return (linked | {one for one in (ticket.parent_id, ticket.merged_into_id) if one}) - {ticket.id}


async def of_customer(conn: Connection, head: Conversation, principal: Principal) -> list[RelatedTicket]:
    """The latest tickets about a conversation or of its customer."""
    found = await lists.of_customer(conn, head.id, head.customer_id, _SHOWN_OF_CUSTOMER)
    names = await names_of(conn, [ticket.owner_id for ticket in found if ticket.owner_id])
    visibility = await visibility_of(conn, principal)
    return [rules.related(ticket, visibility, names, titled=True) for ticket in found]


async def _customer(conn: Connection, ticket: Ticket) -> TicketCustomer | None:
    if ticket.customer_id is None:
        return None
    names = await display_names(conn, [ticket.customer_id])
    return TicketCustomer(ticket.customer_id, names.get(ticket.customer_id))


async def _conversations(conn: Connection, kept: Sequence[Link], principal: Principal) -> list[LinkedConversation]:
    ids = {link.conversation_id for link in kept if link.conversation_id}
    try:
        readable = await visible_among(conn, ids, conversations_of(principal))
    except Forbidden:
        readable = {}
    return [
        LinkedConversation(
            link_id=link.id,
            conversation_id=link.conversation_id,
            seq=link.seq,
            readable=link.conversation_id in readable,
        )
        for link in kept
        if link.conversation_id
    ]


def _related(ticket: Ticket, kept: Sequence[Link], shown: dict[UUID, RelatedTicket]) -> list[LinkedTicket]:
    found = []
    for link in kept:
        other = link.other_id if link.ticket_id == ticket.id else link.ticket_id
        if link.relation and other in shown:
            side = _side(link.relation, outward=link.ticket_id == ticket.id)
            found.append(LinkedTicket(link_id=link.id, relation=side, ticket=shown[other]))
    return found


def _side(relation: Relation, *, outward: bool) -> RelationSide:
    if outward or relation is Relation.RELATES:
        return RelationSide(relation.value)
    return RelationSide.BLOCKED_BY if relation is Relation.BLOCKS else RelationSide.DUPLICATED_BY


def comment_for(comment: TicketComment, principal: Principal) -> TicketComment:
    """The comment as whoever asks may read it."""
    return comment if serves_customers(principal) else replace(comment, text=redact(comment.text))
