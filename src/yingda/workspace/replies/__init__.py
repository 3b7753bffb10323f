"""Canned replies: texts under a short code, with variables, for oneself, for a team or for everybody."""

from yingda.workspace.replies.demo import seed_demo
from yingda.workspace.replies.endpoints import GivenStores, routers
from yingda.workspace.replies.facts import Subject, subject_of, values_of
from yingda.workspace.replies.rules import WORDS, Variable, fill, variables_in
from yingda.workspace.replies.schemas import ReplyText

__all__ = [
    "WORDS",
    "GivenStores",
    "ReplyText",
    "Subject",
    "Variable",
    "fill",
    "routers",
    "seed_demo",
    "subject_of",
    "values_of",
    "variables_in",
]
