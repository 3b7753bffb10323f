"""Proactive service: finds parcels in trouble, tells customers before they ask, and follows up until it is over."""

from yingda.outreach.endpoints import routers
from yingda.outreach.handlers import subscribe
from yingda.outreach.schemas import OutreachSettings
from yingda.outreach.service import keep as keep_settings
from yingda.outreach.watcher import Watcher

__all__ = ["OutreachSettings", "Watcher", "keep_settings", "routers", "subscribe"]
