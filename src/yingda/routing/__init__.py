"""Triage, the waiting queue, presence and dispatch: who answers, in which order."""

from yingda.routing import endpoints, escalation, levels, triage, warning
from yingda.routing.handlers import subscribe
from yingda.routing.schemas import Presence, PresenceStatus, SetPresence, Transfer
from yingda.routing.service import Dispatcher, hand_over, queue_position, set_presence
from yingda.routing.transfer import pass_on
from yingda.routing.triage import Answerer, Decision, Facts, Kept, LiveTriage, Subject, Trial, unasked

routers = [*endpoints.routers, *triage.routers, *levels.routers, *escalation.routers, *warning.routers]

__all__ = [
    "Answerer",
    "Decision",
    "Dispatcher",
    "Facts",
    "Kept",
    "LiveTriage",
    "Presence",
    "PresenceStatus",
    "SetPresence",
    "Subject",
    "Transfer",
    "Trial",
    "escalation",
    "hand_over",
    "levels",
    "pass_on",
    "queue_position",
    "routers",
    "set_presence",
    "subscribe",
    "unasked",
    "warning",
]
