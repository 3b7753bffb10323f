"""Tells other systems what happens here: subscriptions, signed deliveries, their log. Hears of every feature below."""

from yingda.webhooks.endpoints import routers
from yingda.webhooks.handlers import subscribe
from yingda.webhooks.personal import personal
from yingda.webhooks.sender import Sender
from yingda.webhooks.service import Webhooks, purge

__all__ = ["Sender", "Webhooks", "personal", "purge", "routers", "subscribe"]
