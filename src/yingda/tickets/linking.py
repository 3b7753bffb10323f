"""Links of tickets, and tickets that turn out to be one matter."""

from typing import Annotated
from uuid import UUID

import msgspec
from msgspec.structs import asdict, replace

from yingda.conversations import Conversation
from yingda.identity import Principal
from yingda.infra.database import Tx
from yingda.kit.clock import now
from yingda.kit.ids import new_id
from yingda.tickets import rules, service
from yingda.tickets.errors import LinkNotFound, LinkRefused, MergeRefused, ParentRefused
from yingda.tickets.events import TicketChanged, TicketTouched
from yingda.tickets.history import account_for, author_of, record, tell
from yingda.tickets.kinds import UNDONE
from yingda.tickets.repository import comments, links, tickets
from yingda.tickets.rules import Difference
from yingda.tickets.schemas import ChangeValue, Link, OrderRef, Relation, Ticket


class NewLink(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One of: a conversation (or the message `seq` of it), an order, another ticket with how this one stands to it."""

    conversation_id: UUID | None = None
    seq: Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1)] | None = None
    order: OrderRef | None = None
    ticket_id: UUID | None = None
    relation: Relation | None = None


def check_fit(new: NewLink) -> None:
    """Raises `LinkRefused` unless it is exactly one link."""
    one = [new.conversation_id, new.order, new.ticket_id].count(None) == 2
    if not one or (new.seq and not new.conversation_id) or bool(new.ticket_id) != bool(new.relation):
        raise LinkRefused


async def add(tx: Tx, ticket: Ticket, new: NewLink, head: Conversation | None, principal: Principal) -> None:
    """Link a locked ticket. `head`: the conversation, which the caller may see.

    Raises `LinkRefused` (also for another customer's conversation, where the wrong one would hear of it) and
    `ReferenceMissing`.
    """
    if new.ticket_id == ticket.id or (head and ticket.customer_id not in (None, head.customer_id)):
        raise LinkRefused
    if head and ticket.customer_id is None:
        await service.save(tx, replace(ticket, customer_id=head.customer_id))
    link = Link(
        id=new_id(),
        ticket_id=ticket.id,
        conversation_id=new.conversation_id,
        seq=new.seq,
        shop=new.order.shop if new.order else None,
        order_no=new.order.order_no if new.order else None,
        other_id=new.ticket_id,
        relation=new.relation,
    )
    if await links.add(tx.conn, link, principal.staff_id, now()):
        await tx.publish(TicketTouched(await service.get_ticket(tx.conn, ticket.id)))
        await record(tx, principal, ticket.id, "linked", Difference({}, _named(link)))


async def remove(tx: Tx, ticket: Ticket, link_id: UUID, principal: Principal) -> None:
    """Raises `LinkNotFound`."""
    link = await links.remove(tx.conn, ticket.id, link_id)
    if link is None:
        raise LinkNotFound
    await tx.publish(TicketTouched(ticket))
    await record(tx, principal, ticket.id, "unlinked", Difference(_named(link), {}))


def _named(link: Link) -> dict[str, ChangeValue]:
    told = {name: value for name, value in asdict(link).items() if value is not None and name != "id"}
    return {name: value if isinstance(value, int) else str(value) for name, value in told.items()}


async def merge(tx: Tx, source: Ticket, target: Ticket, principal: Principal, reason: str | None) -> Ticket:
    """All that hangs on `source` goes on with `target`; `source` is closed and says where. Both locked.

    Raises `MergeRefused`, and `ParentRefused` where parts would have parts.
    """
    _check_merge(source, target)
    if target.parent_id and await tickets.parts_of(tx.conn, source.id):
        raise ParentRefused
    kind = await service.kind_of(tx.conn, source)
    state = rules.closing_state(kind)
    await comments.give(tx.conn, source.id, target.id)
    await links.give(tx.conn, source.id, target.id)
    await tickets.give_parts(tx.conn, source.id, target.id)
    moment = now()
    closed = replace(
        source,
        state=state.code,
        category=state.category,
        merged_into_id=target.id,
        resolved_at=source.resolved_at or moment,
        updated_at=moment,
        version=source.version + 1,
    )
    watchers = list(dict.fromkeys([*target.watcher_ids, *source.watcher_ids]))
    kept = replace(
        target,
        customer_id=target.customer_id or source.customer_id,
        level=max(target.level, source.level) if source.category in UNDONE else target.level,
        watcher_ids=watchers,
        updated_at=moment,
        version=target.version + 1,
    )
    taken, given = rules.difference(target, kept), rules.difference(source, closed)
    taken = Difference(taken.before, taken.after | {"merged": source.number})
    await tell(tx, principal, source.id, "merged_into", given, reason)
    for before, after in ((source, closed), (target, kept)):
        await service.save(tx, after)
        await tx.publish(TicketChanged(before, after, author_of(principal)))
    await tell(tx, principal, target.id, "merged", taken, reason)
    await account_for(tx, principal, source.id, "merged_into", given, reason)
    await account_for(tx, principal, target.id, "merged", taken, reason)
    return await service.get_ticket(tx.conn, target.id)


def _check_merge(source: Ticket, target: Ticket) -> None:
    customers = {source.customer_id, target.customer_id} - {None}
    if (
        source.id in (target.id, target.parent_id)
        or target.id == source.parent_id
        or source.merged_into_id
        or target.merged_into_id
        or len(customers) > 1
    ):
        raise MergeRefused
