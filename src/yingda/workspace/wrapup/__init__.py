"""What a conversation came to, drafted for the agent who resolves it: they only confirm."""

from yingda.workspace.wrapup.endpoints import routers
from yingda.workspace.wrapup.events import WrapUpConfirmed
from yingda.workspace.wrapup.handlers import subscribe
from yingda.workspace.wrapup.personal import PERSONAL
from yingda.workspace.wrapup.schemas import Result, WrapUp

__all__ = ["PERSONAL", "Result", "WrapUp", "WrapUpConfirmed", "routers", "subscribe"]
