"""Photographs that customers send: an ingredient list becomes a card, anything else stays as evidence."""

from yingda.dialogue.photos.endpoints import routers
from yingda.dialogue.photos.handlers import subscribe
from yingda.dialogue.photos.service import Photos

__all__ = ["Photos", "routers", "subscribe"]
