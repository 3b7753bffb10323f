"""An agent sees that the assistant told a customer something wrong, and says what its article should say."""

from yingda.workspace.corrections.endpoints import routers

__all__ = ["routers"]
