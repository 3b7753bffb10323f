"""Triage, service levels, the waiting queue, presence, dispatch, escalation, early warning."""

from yingda.routing import dispatch, escalation, handing, levels, triage, warning
from yingda.routing.dispatch import (
    CallbackTaken,
    Dispatcher,
    Needs,
    Presence,
    PresenceStatus,
    SetPresence,
    Transfer,
    WaitingRoom,
    forget,
    pass_on,
    queue_position,
    reorder,
    seed_demo_skills,
    set_presence,
    subscribe,
)
from yingda.routing.handing import hand_over, promised_when
from yingda.routing.triage import Answerer, Decision, Facts, Kept, LiveTriage, Subject, Trial, unasked

routers = [part for feature in (dispatch, triage, levels, escalation, warning) for part in feature.routers]

__all__ = [
    "Answerer",
    "CallbackTaken",
    "Decision",
    "Dispatcher",
    "Facts",
    "Kept",
    "LiveTriage",
    "Needs",
    "Presence",
    "PresenceStatus",
    "SetPresence",
    "Subject",
    "Transfer",
    "Trial",
    "WaitingRoom",
    "escalation",
    "forget",
    "hand_over",
    "handing",
    "levels",
    "pass_on",
    "promised_when",
    "queue_position",
    "reorder",
    "routers",
    "seed_demo_skills",
    "set_presence",
    "subscribe",
    "unasked",
    "warning",
]
