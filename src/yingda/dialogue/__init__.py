"""The assistant: reads the customer's turn, does what it can, hands the rest to a person with the whole story."""

from yingda.dialogue.answerer import Answerer
from yingda.dialogue.handlers import subscribe

__all__ = [
    "Answerer",
    "subscribe",
]
