"""What helps an agent: saved views of the inbox, canned replies, macros."""

from yingda.infra.database import Tx
from yingda.workspace import macros, replies, views

__all__ = ["routers", "seed_demo"]

routers = [*views.routers, *replies.routers, *macros.routers]


async def seed_demo(tx: Tx) -> None:
    """Texts and macros of the demo shop, unless there are any."""
    await replies.seed_demo(tx)
    await macros.seed_demo(tx)
