"""What happens along the chain."""

from uuid import UUID

from yingda.conversations import Place
from yingda.infra.events import Event
from yingda.routing.escalation.schemas import Escalation


class Escalated(Event, frozen=True):
    """Somebody was asked to take over; `staff_ids` are those who should know at once."""

    escalation: Escalation
    place: Place
    staff_ids: tuple[UUID, ...]


class CrisisDeclared(Event, frozen=True):
    """A conversation became a crisis: `staff_ids` are paged, wherever they are. Told once a conversation."""

    place: Place
    reason: str
    staff_ids: tuple[UUID, ...]
