"""The waiting queue, presence, skills, and who is given which conversation."""

from yingda.routing.dispatch.dispatcher import Dispatcher
from yingda.routing.dispatch.endpoints import routers
from yingda.routing.dispatch.events import CallbackTaken
from yingda.routing.dispatch.handlers import subscribe
from yingda.routing.dispatch.schemas import Needs, Presence, PresenceStatus, SetPresence, Transfer
from yingda.routing.dispatch.service import hand_over, queue_position, reorder, set_needs, set_presence
from yingda.routing.dispatch.transfer import pass_on

__all__ = [
    "CallbackTaken",
    "Dispatcher",
    "Needs",
    "Presence",
    "PresenceStatus",
    "SetPresence",
    "Transfer",
    "hand_over",
    "pass_on",
    "queue_position",
    "reorder",
    "routers",
    "set_needs",
    "set_presence",
    "subscribe",
]
