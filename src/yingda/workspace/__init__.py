"""What helps an agent at work: each part is a feature of its own."""

from yingda.workspace import notices, promises, views, wrapup

routers = [*wrapup.routers, *promises.routers, *notices.routers, *views.routers]

__all__ = ["notices", "promises", "routers", "views", "wrapup"]
