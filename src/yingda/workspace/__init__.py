"""What helps an agent at work: each part is a feature of its own."""

from yingda.infra.database import Tx
from yingda.workspace import corrections, macros, notices, promises, replies, suggestions, views, wrapup

routers = [
    *wrapup.routers,
    *promises.routers,
    *notices.routers,
    *views.routers,
    *replies.routers,
    *macros.routers,
    *suggestions.routers,
    *corrections.routers,
]

__all__ = [
    "corrections",
    "macros",
    "notices",
    "promises",
    "replies",
    "routers",
    "seed_demo",
    "suggestions",
    "views",
    "wrapup",
]


async def seed_demo(tx: Tx) -> None:
    """Texts and macros of the demo shop, unless there are any."""
    await replies.seed_demo(tx)
    await macros.seed_demo(tx)
