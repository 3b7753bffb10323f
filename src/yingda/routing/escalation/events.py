"""What happens along the chain."""

from uuid import UUID

from yingda.conversations import Place
from yingda.infra.events import Event
from yingda.routing.escalation.schemas import Escalation
from yingda.tickets import Ticket


class Escalated(Event, frozen=True):
    """Somebody was asked to take over; `staff_ids` are those who should know at once."""

    escalation: Escalation
    place: Place
    staff_ids: tuple[UUID, ...]


class TicketEscalated(Event, frozen=True):
    """Somebody was asked to see to a ticket; `staff_ids` are those who should know at once."""

    escalation: Escalation
    ticket: Ticket
    staff_ids: tuple[UUID, ...]


class CrisisDeclared(Event, frozen=True):
    """A conversation became a crisis: `staff_ids` are paged, wherever they are. Told once a conversation.

    `ticket_number`: of the war room, if one could be opened.
    """

    place: Place
    ticket_number: str | None
    staff_ids: tuple[UUID, ...]
