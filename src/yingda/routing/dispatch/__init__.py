"""The waiting queue, presence, skills, and who is given which conversation."""

from yingda.routing.dispatch.demo import seed_demo_skills
from yingda.routing.dispatch.dispatcher import Dispatcher
from yingda.routing.dispatch.endpoints import routers
from yingda.routing.dispatch.events import CallbackTaken
from yingda.routing.dispatch.handlers import subscribe
from yingda.routing.dispatch.repository.presence import away, colleagues_there, free_colleague, pressure
from yingda.routing.dispatch.repository.skills import skills as all_skills
from yingda.routing.dispatch.schemas import Needs, Presence, PresenceStatus, SetPresence, Transfer
from yingda.routing.dispatch.service import put_in_queue, queue_position, reorder, set_presence, tell_waiting
from yingda.routing.dispatch.tending import forget
from yingda.routing.dispatch.transfer import pass_on
from yingda.routing.dispatch.waiting_room import WaitingRoom

__all__ = [
    "CallbackTaken",
    "Dispatcher",
    "Needs",
    "Presence",
    "PresenceStatus",
    "SetPresence",
    "Transfer",
    "WaitingRoom",
    "all_skills",
    "away",
    "colleagues_there",
    "forget",
    "free_colleague",
    "pass_on",
    "pressure",
    "put_in_queue",
    "queue_position",
    "reorder",
    "routers",
    "seed_demo_skills",
    "set_presence",
    "subscribe",
    "tell_waiting",
]
