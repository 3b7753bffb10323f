"""Saved views: a filter of the inbox under a name, for oneself or for everybody."""

from yingda.workspace.views.endpoints import routers

__all__ = ["routers"]
