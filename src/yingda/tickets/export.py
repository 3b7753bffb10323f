"""A filtered list as CSV or Excel. No cell is ever taken for a formula; customers stay masked."""

from collections.abc import AsyncIterator
from datetime import datetime
from uuid import UUID

import msgspec

from yingda.conversations import all_labels
from yingda.identity import Permission, Principal, departments
from yingda.infra.database import Connection, Database
from yingda.kit.cells import cell
from yingda.kit.clock import SHANGHAI, now
from yingda.kit.errors import Locale
from yingda.privacy import AuditObject, audit
from yingda.tickets import rules
from yingda.tickets.access import visibility_of
from yingda.tickets.kinds import FieldValue, KindField, TicketKind
from yingda.tickets.pages import TicketFilter
from yingda.tickets.repository import kinds, lists
from yingda.tickets.schemas import Ticket, TicketCard
from yingda.tickets.views import cards_of

_BATCH = 500
_HEADINGS: dict[Locale, tuple[str, ...]] = {
    "zh": (
        "工单号", "类型", "状态", "级别", "标题", "部门", "负责人", "客户", "标签", "创建人", "创建时间", "截止时间",
        "解决时间",
    ),
    "en": (
        "Number", "Kind", "State", "Level", "Title", "Department", "Owner", "Customer", "Labels", "Opened by",
        "Opened at", "Due at", "Resolved at",
    ),
}  # fmt: skip


async def permit(db: Database, principal: Principal, format_: str) -> None:
    """Raises `Forbidden` for those who may not take lists away; who does is written down."""
    principal.require(Permission.TICKETS_READ)
    principal.require(Permission.REPORTS_EXPORT)
    async with db.transaction() as tx:
        await audit(tx, principal, "tickets.exported", AuditObject("tickets", format_))


class _Names(msgspec.Struct, frozen=True):
    """What ids are called, and the fields that get a column: those of the kind that was asked for."""

    kinds: dict[UUID, TicketKind]
    departments: dict[UUID, str]
    labels: dict[UUID, str]
    fields: list[KindField]


async def _names(conn: Connection, wanted: TicketFilter) -> _Names:
    known = {kind.id: kind for kind in await kinds.all_kinds(conn)}
    asked = known.get(wanted.kind_id) if wanted.kind_id else None
    return _Names(
        known,
        {one.id: one.name for one in await departments(conn)},
        {one.id: one.name for one in await all_labels(conn)},
        asked.fields if asked else [],
    )


async def rows(
    db: Database, principal: Principal, wanted: TicketFilter, locale: Locale
) -> AsyncIterator[list[list[str]]]:
    """The heading, then the tickets, some hundreds at a time; each batch is read when the one before it is written."""
    async with db.reading() as conn:
        names = await _names(conn, wanted)
        visibility = await visibility_of(conn, principal)
    yield [[*_HEADINGS[locale], *(cell(field.name) for field in names.fields)]]
    moment, after = now(), None
    while True:
        async with db.reading() as conn:
            found = await lists.list_visible(conn, wanted, visibility, moment, after, _BATCH)
            cards = await cards_of(conn, [ticket for ticket, _ in found], principal)
        yield [_row(card, ticket, names) for card, (ticket, _) in zip(cards, found, strict=True)]
        if len(found) < _BATCH:
            return
        after = (found[-1][1], found[-1][0].id)


def _row(card: TicketCard, ticket: Ticket, names: _Names) -> list[str]:
    kind = names.kinds[card.kind_id]
    state = rules.state_of(kind, card.state)
    cells = [
        card.number,
        kind.name,
        state.name if state else card.state,
        str(card.level),
        card.title,
        names.departments.get(card.department_id, ""),
        card.owner_name or "",
        card.customer_name or "",
        " ".join(names.labels.get(label, "") for label in card.label_ids),
        ticket.opened_by_name,
        _local(card.created_at),
        _local(card.due_at),
        _local(card.resolved_at),
    ]
    return [*map(cell, cells), *(_value(ticket.fields.get(field.code)) for field in names.fields)]


def _local(moment: datetime | None) -> str:
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" if moment else ""


def _value(value: FieldValue) -> str:
    if isinstance(value, bool):
        return "✓" if value else ""
    return cell(value) if isinstance(value, str) else "" if value is None else f"{value:.12g}"
