"""What the assistant did in a conversation, for the people who go on with it."""

from yingda.dialogue.trace.endpoints import routers

__all__ = ["routers"]
