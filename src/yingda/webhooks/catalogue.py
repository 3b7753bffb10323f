"""What becomes of events below: which of them others may hear of, and with which ids. One function for each."""

from collections.abc import Callable
from typing import Any, Final

from yingda.commerce import DeedSettled, DeedState, OrderChanged, ParcelMoved, RefundChanged
from yingda.conversations import (
    AuthorKind,
    ConversationChanged,
    Kind,
    Message,
    MessageReceived,
    MessageSent,
    Place,
    State,
)
from yingda.infra.events import Event
from yingda.tickets import UNDONE, Ticket, TicketChanged, TicketOpened
from yingda.webhooks.schemas import Announcement, EventType

_T = EventType


def _received(event: MessageReceived) -> list[Announcement]:
    told = Announcement(_T.MESSAGE_RECEIVED, _message(event.message, event.place))
    if event.message.seq > 1:
        return [told]
    return [Announcement(_T.CONVERSATION_OPENED, _place(event.place)), told]


def _sent(event: MessageSent) -> list[Announcement]:
    """Notes stay among staff."""
    if event.message.kind is Kind.NOTE or event.message.author.kind is AuthorKind.SYSTEM:
        return []
    return [Announcement(_T.MESSAGE_SENT, _message(event.message, event.place))]


def _changed(event: ConversationChanged) -> list[Announcement]:
    now = event.place.state
    if event.before is State.PENDING and now is State.OPEN:
        return [Announcement(_T.CONVERSATION_HANDED_OFF, _place(event.place))]
    if event.before is not State.RESOLVED and now is State.RESOLVED:
        return [Announcement(_T.CONVERSATION_RESOLVED, _place(event.place))]
    return []


def _deed(event: DeedSettled) -> list[Announcement]:
    deed = event.deed
    types = {
        DeedState.DONE: _T.DEED_DONE,
        DeedState.REFUSED: _T.DEED_REFUSED,
        DeedState.UNCLEAR: _T.DEED_UNCLEAR,
    }
    data = {
        "deed_id": str(deed.id),
        "kind": deed.kind,
        "shop": deed.shop,
        "owner": deed.owner,
        "order_no": deed.order_no,
        "amount_cents": deed.amount_cents,
        "reference": deed.reference,
        "refusal": deed.refusal,
        "conversation_id": str(deed.conversation_id) if deed.conversation_id else None,
    }
    return [Announcement(types[deed.state], data)] if deed.state in types else []


def _opened(event: TicketOpened) -> list[Announcement]:
    return [Announcement(_T.TICKET_OPENED, _ticket(event.ticket))]


def _worked_on(event: TicketChanged) -> list[Announcement]:
    """Another state or owner; other edits are the office's own affair."""
    before, after = event.before, event.after
    if before.category in UNDONE and after.category not in UNDONE:
        return [Announcement(_T.TICKET_RESOLVED, _ticket(after))]
    if (before.state, before.owner_id) != (after.state, after.owner_id):
        return [Announcement(_T.TICKET_CHANGED, _ticket(after))]
    return []


def _order(event: OrderChanged) -> list[Announcement]:
    return [Announcement(_T.ORDER_CHANGED, _shop(event, "state"))]


def _parcel(event: ParcelMoved) -> list[Announcement]:
    return [Announcement(_T.PARCEL_MOVED, _shop(event, "tracking_no", "state"))]


def _refund(event: RefundChanged) -> list[Announcement]:
    return [Announcement(_T.REFUND_CHANGED, _shop(event, "refund_no", "state", "amount_cents"))]


#: Another event of another feature is one more line, and its type one more member of `EventType`.
SOURCES: Final[dict[type[Event], Callable[[Any], list[Announcement]]]] = {
    MessageReceived: _received,
    MessageSent: _sent,
    ConversationChanged: _changed,
    TicketOpened: _opened,
    TicketChanged: _worked_on,
    DeedSettled: _deed,
    OrderChanged: _order,
    ParcelMoved: _parcel,
    RefundChanged: _refund,
}


def _place(place: Place) -> dict[str, Any]:
    return {
        "conversation_id": str(place.conversation_id),
        "customer_id": str(place.customer_id),
        "shop": place.shop,
        "state": place.state,
    }


def _ticket(ticket: Ticket) -> dict[str, Any]:
    return {
        "ticket_id": str(ticket.id),
        "number": ticket.number,
        "state": ticket.state,
        "level": ticket.level,
        "department_id": str(ticket.department_id),
        "customer_id": str(ticket.customer_id) if ticket.customer_id else None,
    }


def _message(message: Message, place: Place) -> dict[str, Any]:
    return _place(place) | {
        "message_id": str(message.id),
        "seq": message.seq,
        "kind": message.kind,
        "author": message.author.kind,
    }


def _shop(event: OrderChanged | ParcelMoved | RefundChanged, *more: str) -> dict[str, Any]:
    return {name: getattr(event, name) for name in ("shop", "owner", "order_no", *more)}
