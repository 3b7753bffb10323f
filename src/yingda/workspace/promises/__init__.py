"""What was promised to customers, who keeps it, and the reminder when it is due."""

from yingda.workspace.promises.endpoints import routers
from yingda.workspace.promises.events import PromiseDue
from yingda.workspace.promises.handlers import subscribe
from yingda.workspace.promises.personal import PERSONAL
from yingda.workspace.promises.schemas import DueAt, NewPromise, Promise, PromiseItem, PromiseState, PromiseText
from yingda.workspace.promises.service import make, of_conversation, remind_due

__all__ = [
    "PERSONAL",
    "DueAt",
    "NewPromise",
    "Promise",
    "PromiseDue",
    "PromiseItem",
    "PromiseState",
    "PromiseText",
    "make",
    "of_conversation",
    "remind_due",
    "routers",
    "subscribe",
]
