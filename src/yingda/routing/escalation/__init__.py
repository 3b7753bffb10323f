"""The chain by which conversations and tickets reach somebody who can help: each step has an owner, who confirms it."""

from yingda.routing.escalation.about_conversations import Cause, set_off
from yingda.routing.escalation.endpoints import routers
from yingda.routing.escalation.events import CrisisDeclared, Escalated, TicketEscalated
from yingda.routing.escalation.handlers import subscribe
from yingda.routing.escalation.personal import PERSONAL
from yingda.routing.escalation.service import watch
from yingda.routing.escalation.wording import about as details_of

__all__ = [
    "PERSONAL",
    "Cause",
    "CrisisDeclared",
    "Escalated",
    "TicketEscalated",
    "details_of",
    "routers",
    "set_off",
    "subscribe",
    "watch",
]
