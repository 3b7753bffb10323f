"""The waiting queue, presence, skills, and who is given which conversation."""

from yingda.routing.dispatch.endpoints import routers
from yingda.routing.dispatch.handlers import subscribe
from yingda.routing.dispatch.schemas import Presence, PresenceStatus, SetPresence, Transfer
from yingda.routing.dispatch.service import Dispatcher, hand_over, queue_position, set_presence
from yingda.routing.dispatch.transfer import pass_on

__all__ = [
    "Dispatcher",
    "Presence",
    "PresenceStatus",
    "SetPresence",
    "Transfer",
    "hand_over",
    "pass_on",
    "queue_position",
    "routers",
    "set_presence",
    "subscribe",
]
