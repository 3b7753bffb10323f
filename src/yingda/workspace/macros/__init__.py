"""Macros: what is done to a conversation often, in one go, under a name."""

from yingda.workspace.macros.demo import seed_demo
from yingda.workspace.macros.endpoints import routers

__all__ = ["routers", "seed_demo"]
