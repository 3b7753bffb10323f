"""What the watch over deadlines tells, inside the transaction in which it is written down."""

from datetime import datetime
from uuid import UUID

from yingda.conversations import DueClock
from yingda.infra.events import Event
from yingda.routing.levels.schemas import Item, WarnReason


class DeadlineNear(Event, frozen=True, kw_only=True):
    """It will be late unless somebody sees to it. `owner_id`, `team_id`: whose it is, as far as it is anybody's."""

    item: Item
    clock: DueClock
    level: int
    due_at: datetime
    reason: WarnReason
    owner_id: UUID | None
    team_id: UUID | None


class DeadlineBreached(Event, frozen=True, kw_only=True):
    """It is late. `warned_at`: when somebody was warned of it."""

    item: Item
    clock: DueClock
    level: int
    due_at: datetime
    warned_at: datetime | None
    owner_id: UUID | None
    team_id: UUID | None
