"""Triage, the waiting queue, presence and dispatch: who answers, in which order."""

from yingda.routing.dispatch import (
    Dispatcher,
    Presence,
    PresenceStatus,
    SetPresence,
    Transfer,
    hand_over,
    pass_on,
    queue_position,
    routers,
    set_presence,
    subscribe,
)
from yingda.routing.rules import Answerer, Triage, triage

__all__ = [
    "Answerer",
    "Dispatcher",
    "Presence",
    "PresenceStatus",
    "SetPresence",
    "Transfer",
    "Triage",
    "hand_over",
    "pass_on",
    "queue_position",
    "routers",
    "set_presence",
    "subscribe",
    "triage",
]
