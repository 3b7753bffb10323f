"""Tells other systems what happens here: subscriptions, signed deliveries, their log. Hears of every feature below."""

from yingda.webhooks.endpoints import routers
from yingda.webhooks.handlers import subscribe
from yingda.webhooks.personal import PERSONAL
from yingda.webhooks.sender import Sender
from yingda.webhooks.service import Webhooks, purge

__all__ = ["PERSONAL", "Sender", "Webhooks", "purge", "routers", "subscribe"]
