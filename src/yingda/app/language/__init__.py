"""`yingda language …`: teach, measure, compare and publish models, without a server or a database."""

from yingda.app.language.commands import app

__all__ = ["app"]
