"""One change for many tickets, each by its own: what cannot be done to one is reported and leaves the others alone."""

from typing import Annotated
from uuid import UUID

import msgspec

from yingda.identity import Principal
from yingda.infra.database import Database
from yingda.kit.errors import YingdaError
from yingda.tickets import service
from yingda.tickets.access import get_changeable
from yingda.tickets.forms import Code, Level, Reason
from yingda.tickets.schemas import Ticket, TicketEdit


class Assign(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="assign"):
    """To a colleague, or (null) to nobody."""

    owner_id: UUID | None


class Pass(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="department"):
    department_id: UUID


class SetState(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="state"):
    state: Code


class SetLevel(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="level"):
    level: Level


class AddLabel(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="add_label"):
    label_id: UUID


class RemoveLabel(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="remove_label"):
    label_id: UUID


BulkAction = Assign | Pass | SetState | SetLevel | AddLabel | RemoveLabel


class BulkItem(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`version`: change it only if this is its latest; null: whatever it is now."""

    id: UUID
    version: int | None = None


class Bulk(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    items: Annotated[list[BulkItem], msgspec.Meta(min_length=1, max_length=100)]
    action: BulkAction
    reason: Reason | None = None


class BulkResult(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one: its version now, or why it was left alone (`code`, and in words)."""

    ticket_id: UUID
    version: int | None = None
    code: str | None = None
    zh: str | None = None
    en: str | None = None


def edit_for(action: BulkAction, ticket: Ticket) -> TicketEdit:
    match action:
        case Assign(owner_id):
            return TicketEdit(owner_id=owner_id)
        case Pass(department_id):
            return TicketEdit(department_id=department_id)
        case SetState(state):
            return TicketEdit(state=state)
        case SetLevel(level):
            return TicketEdit(level=level)
        case AddLabel(label_id):
            return TicketEdit(label_ids=list(dict.fromkeys([*ticket.label_ids, label_id])))
        case RemoveLabel(label_id):
            return TicketEdit(label_ids=[one for one in ticket.label_ids if one != label_id])


async def run(db: Database, principal: Principal, bulk: Bulk) -> list[BulkResult]:
    """Do it to each in a transaction of its own, in the order given; a ticket that is named twice once."""
    items = {item.id: item for item in bulk.items}
    return [await _one(db, principal, item, bulk) for item in items.values()]


async def _one(db: Database, principal: Principal, item: BulkItem, bulk: Bulk) -> BulkResult:
    try:
        async with db.transaction() as tx:
            ticket = await get_changeable(tx.conn, item.id, principal)
            if item.version is not None:
                service.check_version(ticket, item.version)
            after = await service.change(tx, ticket, edit_for(bulk.action, ticket), principal, bulk.reason)
    except YingdaError as refused:
        return BulkResult(ticket_id=item.id, code=refused.code, zh=refused.detail("zh"), en=refused.detail("en"))
    return BulkResult(ticket_id=item.id, version=after.version)
