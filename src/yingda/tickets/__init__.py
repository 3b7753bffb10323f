"""Work that outlives a chat and crosses departments."""

from yingda.tickets.access import get_changeable as locked_for_change
from yingda.tickets.access import readable_among
from yingda.tickets.endpoints import TicketController
from yingda.tickets.errors import KindArchived, KindNotFound, TicketNotFound
from yingda.tickets.events import TicketChanged, TicketCommented, TicketOpened, TicketTouched
from yingda.tickets.handlers import subscribe
from yingda.tickets.kindbook import ensure_kinds, kind_named
from yingda.tickets.kinds import UNDONE, Category, TicketKind
from yingda.tickets.live import LiveTickets, topics_of
from yingda.tickets.office import KindController, MeetingController
from yingda.tickets.opening import open_ticket
from yingda.tickets.personal import PERSONAL, tickets_of
from yingda.tickets.repository.lists import undone_of
from yingda.tickets.schemas import NewTicket, OrderRef, Ticket, TicketComment, TicketEdit, TicketSignals
from yingda.tickets.service import (
    change,
    finish,
    get_ticket,
    has_undone,
    kind_of,
    note,
    set_due,
    ticket_signals,
    try_lock,
)
from yingda.tickets.telling import conversation_of
from yingda.tickets.threads import TicketThreadController, tickets_of_conversation, upload_for_comment

routers = [TicketController, TicketThreadController, KindController, MeetingController, tickets_of_conversation]
upload_routers = [upload_for_comment]

__all__ = [
    "PERSONAL",
    "UNDONE",
    "Category",
    "KindArchived",
    "KindNotFound",
    "LiveTickets",
    "NewTicket",
    "OrderRef",
    "Ticket",
    "TicketChanged",
    "TicketComment",
    "TicketCommented",
    "TicketEdit",
    "TicketKind",
    "TicketNotFound",
    "TicketOpened",
    "TicketSignals",
    "TicketTouched",
    "change",
    "conversation_of",
    "ensure_kinds",
    "finish",
    "get_ticket",
    "has_undone",
    "kind_named",
    "kind_of",
    "locked_for_change",
    "note",
    "open_ticket",
    "readable_among",
    "routers",
    "set_due",
    "subscribe",
    "ticket_signals",
    "tickets_of",
    "topics_of",
    "try_lock",
    "undone_of",
    "upload_routers",
]
