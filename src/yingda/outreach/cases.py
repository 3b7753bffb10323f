"""The ticket for whoever talks with the carrier: opened once, asked about again, resolved when the parcel goes on."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from yingda import tickets
from yingda.conversations import Author, AuthorKind
from yingda.customers import Customer
from yingda.infra.database import Tx
from yingda.kit.clock import now
from yingda.kit.errors import YingdaError
from yingda.outreach import wording
from yingda.outreach.repository import findings
from yingda.outreach.schemas import OutreachSettings, Parcel, ParcelFinding
from yingda.tickets import UNDONE, Category, NewTicket, OrderRef, TicketEdit, TicketKind

_ASSISTANT = Author(AuthorKind.ASSISTANT)
FOLLOWED_UP = "parcel_follow_up"
MOVED = "parcel_moved"


async def open_case(
    tx: Tx,
    finding: ParcelFinding,
    settings: OutreachSettings,
    conversation_id: UUID | None,
    customer: Customer | None,
    zone: ZoneInfo,
) -> ParcelFinding:
    """With its ticket, if it should have one; the same finding never has two."""
    if finding.ticket_id or finding.moved_at or not settings.ticket_kind or not settings.of(finding.rule).ticket:
        return finding
    kind = await tickets.kind_named(tx.conn, settings.ticket_kind)
    if kind is None:
        return finding
    title, description = wording.ticket_texts(finding, zone, now())
    new = NewTicket(
        kind=kind.code,
        title=title,
        description=description,
        author=_ASSISTANT,
        source="outreach",
        customer_id=customer.id if customer else None,
        conversation_id=conversation_id,
        order=OrderRef(finding.shop, finding.order_no),
        fields=_fields(kind, finding),
        idempotency_key=f"outreach:{finding.id}",
        announce=False,
    )
    ticket = await tickets.open_ticket(tx, new)
    await findings.set_ticket(tx.conn, finding.id, ticket.id, ticket.number)
    return replace(finding, ticket_id=ticket.id, ticket_no=ticket.number)


def _fields(kind: TicketKind, finding: ParcelFinding) -> dict[str, str | float | bool | None]:
    """What is known, as far as the kind asks for it."""
    known = {
        "carrier": finding.evidence.carrier,
        "tracking_no": finding.tracking_no,
        "last_place": finding.evidence.place,
    }
    return {field.code: known[field.code] for field in kind.fields if field.code in known and field.type == "text"}


async def follow_up(tx: Tx, finding: ParcelFinding, zone: ZoneInfo, moment: datetime) -> None:
    """Remind whoever has the ticket, as long as it is not done."""
    if finding.ticket_id:
        ticket = await tickets.get_ticket(tx.conn, finding.ticket_id)
        if ticket.category in UNDONE:
            await tickets.note(tx, ticket.id, FOLLOWED_UP, wording.follow_up(finding, zone, moment))
    await findings.followed(tx.conn, finding.id, moment)


async def resolve_case(tx: Tx, finding: ParcelFinding, parcel: Parcel, zone: ZoneInfo) -> bool:
    """The parcel goes on: so is the ticket done, unless it asks for something that only people know.

    False: somebody is changing it just now.
    """
    if finding.ticket_id is None:
        return True
    if await tickets.try_lock(tx.conn, [finding.ticket_id]) is None:
        return False
    ticket = await tickets.get_ticket(tx.conn, finding.ticket_id)
    if ticket.category not in UNDONE:
        return True
    kind = await tickets.kind_of(tx.conn, ticket)
    state = next((one.code for one in kind.states if one.category is Category.RESOLVED), None)
    words = wording.solved(finding, parcel, zone)
    try:
        if state:
            await tickets.change(tx, ticket, TicketEdit(state=state), _ASSISTANT, words)
    except YingdaError:
        state = None
    if state is None:
        await tickets.note(tx, ticket.id, MOVED, wording.say("unsolved", "zh", solved=words))
    return True
