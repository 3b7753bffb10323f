"""What happened to a ticket. Published inside the transaction that made it happen."""

from yingda.conversations import Author
from yingda.infra.events import Event
from yingda.tickets.schemas import Ticket, TicketComment


class TicketOpened(Event, frozen=True):
    ticket: Ticket
    by: Author


class TicketChanged(Event, frozen=True):
    """Anything of it is different, its version says so; `by` may be the system."""

    before: Ticket
    after: Ticket
    by: Author


class TicketTouched(Event, frozen=True):
    """Its due time, who watches it or what it is linked to is different; its version is not."""

    ticket: Ticket


class TicketCommented(Event, frozen=True):
    ticket: Ticket
    comment: TicketComment
