"""What early warning tells."""

from uuid import UUID

from yingda.infra.events import Event
from yingda.routing.warning.schemas import Risk


class Warned(Event, frozen=True):
    """A conversation or a ticket is likely to go wrong; told once, when it is flagged.

    `owner_id`: who has it in hand.
    """

    risk: Risk
    owner_id: UUID | None
    team_id: UUID | None
