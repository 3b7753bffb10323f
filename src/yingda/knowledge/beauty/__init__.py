"""The beauty graph: what is known of cosmetic ingredients and products, and answers from it."""

from yingda.knowledge.beauty.answers.safety import cannot_wait, first_aid
from yingda.knowledge.beauty.catalogue import Asked, catalogue
from yingda.knowledge.beauty.context import PEOPLE
from yingda.knowledge.beauty.endpoints import routers
from yingda.knowledge.beauty.expert import Expert
from yingda.knowledge.beauty.files import read_book, register
from yingda.knowledge.beauty.meals import child_swallowed
from yingda.knowledge.beauty.rules import problems
from yingda.knowledge.beauty.schemas import Answer, AnswerKind, Called, ShelfProduct, Wearer
from yingda.knowledge.beauty.service import Experts, open_experts, put_in

__all__ = [
    "PEOPLE",
    "Answer",
    "AnswerKind",
    "Asked",
    "Called",
    "Expert",
    "Experts",
    "ShelfProduct",
    "Wearer",
    "cannot_wait",
    "catalogue",
    "child_swallowed",
    "first_aid",
    "open_experts",
    "problems",
    "put_in",
    "read_book",
    "register",
    "routers",
]
