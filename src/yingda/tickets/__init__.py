"""Work that outlives a chat and crosses departments."""

from yingda.tickets.endpoints import TicketController
from yingda.tickets.errors import KindArchived, KindNotFound, TicketNotFound
from yingda.tickets.events import TicketChanged, TicketCommented, TicketOpened, TicketTouched
from yingda.tickets.handlers import subscribe
from yingda.tickets.kindbook import seed_demo
from yingda.tickets.live import LiveTickets, topics_of
from yingda.tickets.office import KindController, MeetingController
from yingda.tickets.opening import open_ticket
from yingda.tickets.personal import PERSONAL
from yingda.tickets.repository.lists import undone_of
from yingda.tickets.schemas import (
    UNDONE,
    Category,
    NewTicket,
    OrderRef,
    Ticket,
    TicketComment,
    TicketEdit,
)
from yingda.tickets.service import change, finish, get_ticket, kind_of, note, set_due, try_lock
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
    "TicketNotFound",
    "TicketOpened",
    "TicketTouched",
    "change",
    "conversation_of",
    "finish",
    "get_ticket",
    "kind_of",
    "note",
    "open_ticket",
    "routers",
    "seed_demo",
    "set_due",
    "subscribe",
    "topics_of",
    "try_lock",
    "undone_of",
    "upload_routers",
]
