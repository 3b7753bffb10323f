"""Triage, the waiting queue, presence and dispatch: who answers, in which order."""

from yingda.routing.dispatch import (
    CallbackTaken,
    Dispatcher,
    Needs,
    Presence,
    PresenceStatus,
    SetPresence,
    Transfer,
    hand_over,
    pass_on,
    queue_position,
    reorder,
    routers,
    set_needs,
    set_presence,
    subscribe,
)
from yingda.routing.rules import Answerer, Triage, triage

__all__ = [
    "Answerer",
    "CallbackTaken",
    "Dispatcher",
    "Needs",
    "Presence",
    "PresenceStatus",
    "SetPresence",
    "Transfer",
    "Triage",
    "hand_over",
    "pass_on",
    "queue_position",
    "reorder",
    "routers",
    "set_needs",
    "set_presence",
    "subscribe",
    "triage",
]
