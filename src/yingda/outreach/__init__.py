"""Proactive service: finds parcels in trouble, tells customers before they ask, and follows up until it is over."""

from yingda.outreach.demo import seed_demo
from yingda.outreach.endpoints import routers
from yingda.outreach.handlers import subscribe
from yingda.outreach.personal import PERSONAL
from yingda.outreach.watcher import Watcher

__all__ = ["PERSONAL", "Watcher", "routers", "seed_demo", "subscribe"]
