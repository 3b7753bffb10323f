"""Learning from misjudgements: a queue of doubtful messages, corrections, candidates, and who may replace whom."""

from yingda.dialogue.review.endpoints import routers
from yingda.dialogue.review.handlers import subscribe
from yingda.dialogue.review.repository import forget
from yingda.dialogue.review.trainer import Trainer

__all__ = ["Trainer", "forget", "routers", "subscribe"]
