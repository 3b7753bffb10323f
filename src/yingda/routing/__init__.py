"""Triage, the waiting queue, presence and dispatch: who answers, in which order."""

from yingda.routing import escalation, levels, warning
from yingda.routing.endpoints import routers as routing_routers
from yingda.routing.handlers import subscribe
from yingda.routing.rules import Answerer, Triage, triage
from yingda.routing.schemas import Presence, PresenceStatus, SetPresence, Transfer
from yingda.routing.service import Dispatcher, hand_over, queue_position, set_presence
from yingda.routing.transfer import pass_on

routers = [*routing_routers, *levels.routers, *escalation.routers, *warning.routers]

__all__ = [
    "Answerer",
    "Dispatcher",
    "Presence",
    "PresenceStatus",
    "SetPresence",
    "Transfer",
    "Triage",
    "escalation",
    "hand_over",
    "levels",
    "pass_on",
    "queue_position",
    "routers",
    "set_presence",
    "subscribe",
    "triage",
    "warning",
]
