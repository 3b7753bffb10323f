"""Five levels: what each promises, when it is due, and the watch that warns before it is late."""

from yingda.routing.levels.endpoints import routers
from yingda.routing.levels.events import DeadlineBreached, DeadlineNear
from yingda.routing.levels.handlers import subscribe
from yingda.routing.levels.hours import WorkingHours, working_hours
from yingda.routing.levels.keeping import CLOCK_NAMES, ConversationKeeper, Keeper, TicketKeeper
from yingda.routing.levels.policies import change_level
from yingda.routing.levels.repository import stretches
from yingda.routing.levels.schemas import Item, ItemKind, LevelChange, WarnReason
from yingda.routing.levels.service import learn, promised_by
from yingda.routing.levels.watch import Watch

__all__ = [
    "CLOCK_NAMES",
    "ConversationKeeper",
    "DeadlineBreached",
    "DeadlineNear",
    "Item",
    "ItemKind",
    "Keeper",
    "LevelChange",
    "TicketKeeper",
    "WarnReason",
    "Watch",
    "WorkingHours",
    "change_level",
    "learn",
    "promised_by",
    "routers",
    "stretches",
    "subscribe",
    "working_hours",
]
