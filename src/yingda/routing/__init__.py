"""Triage, the waiting queue, presence and dispatch: who answers, in which order."""

from yingda.routing.endpoints import routers
from yingda.routing.handlers import subscribe
from yingda.routing.rules import Answerer, Triage, triage
from yingda.routing.schemas import Presence, PresenceStatus, SetPresence
from yingda.routing.service import Dispatcher, hand_over, pass_on, queue_position, set_presence

__all__ = [
    "Answerer",
    "Dispatcher",
    "Presence",
    "PresenceStatus",
    "SetPresence",
    "Triage",
    "hand_over",
    "pass_on",
    "queue_position",
    "routers",
    "set_presence",
    "subscribe",
    "triage",
]
