"""What helps an agent: saved views of the inbox."""

from yingda.workspace import views

__all__ = ["routers"]

routers = [*views.routers]
