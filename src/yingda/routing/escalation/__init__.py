"""The chain by which a conversation reaches somebody who can help: each step has an owner, who confirms it."""

from yingda.routing.escalation.endpoints import routers
from yingda.routing.escalation.events import CrisisDeclared, Escalated
from yingda.routing.escalation.handlers import subscribe
from yingda.routing.escalation.service import Cause, set_off, watch

__all__ = ["Cause", "CrisisDeclared", "Escalated", "routers", "set_off", "subscribe", "watch"]
