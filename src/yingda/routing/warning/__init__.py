"""Which conversations and tickets are likely to be escalated or to miss a deadline, before they do, and why."""

from yingda.routing.warning.endpoints import routers
from yingda.routing.warning.events import Warned
from yingda.routing.warning.handlers import subscribe
from yingda.routing.warning.service import learn, look_ahead

__all__ = ["Warned", "learn", "look_ahead", "routers", "subscribe"]
