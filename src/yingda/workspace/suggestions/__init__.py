"""What an agent may answer the customer's latest words: articles, the beauty graph, a draft; and what became of it."""

from yingda.workspace.suggestions.endpoints import routers
from yingda.workspace.suggestions.handlers import subscribe

__all__ = ["routers", "subscribe"]
