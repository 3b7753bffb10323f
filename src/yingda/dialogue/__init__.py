"""The assistant: reads the customer's turn, does what it can, hands the rest to a person with the whole story."""

from yingda.dialogue.answerer import Answerer
from yingda.dialogue.erasing import PERSONAL
from yingda.dialogue.handlers import subscribe
from yingda.dialogue.listening import Listener
from yingda.dialogue.procedures.library import ProceduresUnusable, read_all, shipped_dir
from yingda.dialogue.procedures.model import ModelChooser
from yingda.dialogue.procedures.service import Procedures
from yingda.dialogue.review import Trainer
from yingda.dialogue.review import routers as review_routers
from yingda.dialogue.review import subscribe as subscribe_review
from yingda.dialogue.trace import routers as trace_routers

routers = [*review_routers, *trace_routers]

__all__ = [
    "PERSONAL",
    "Answerer",
    "Listener",
    "ModelChooser",
    "Procedures",
    "ProceduresUnusable",
    "Trainer",
    "read_all",
    "routers",
    "shipped_dir",
    "subscribe",
    "subscribe_review",
]
