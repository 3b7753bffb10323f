"""Triage: who answers a turn, how urgent it is, and why, by rules that the organisation reads and changes itself."""

from yingda.routing.triage.endpoints import routers
from yingda.routing.triage.live import LiveTriage, Subject
from yingda.routing.triage.rules import unasked
from yingda.routing.triage.table import Answerer, Decision, Facts, Kept
from yingda.routing.triage.trial import Trial

__all__ = [
    "Answerer",
    "Decision",
    "Facts",
    "Kept",
    "LiveTriage",
    "Subject",
    "Trial",
    "routers",
    "unasked",
]
