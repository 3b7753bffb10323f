"""What the shop knows: the beauty graph and its answers."""

from yingda.knowledge.beauty import (
    Answer,
    AnswerKind,
    Asked,
    Expert,
    Experts,
    ShelfProduct,
    Wearer,
    catalogue,
    open_experts,
    problems,
    put_in,
    read_book,
    register,
    routers,
)

__all__ = [
    "Answer",
    "AnswerKind",
    "Asked",
    "Expert",
    "Experts",
    "ShelfProduct",
    "Wearer",
    "catalogue",
    "open_experts",
    "problems",
    "put_in",
    "read_book",
    "register",
    "routers",
]
