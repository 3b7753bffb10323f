"""What happened to articles."""

from uuid import UUID

from yingda.infra.events import Event


class ArticlesChanged(Event, frozen=True):
    """Customers are told something else than before: another version, or nothing any more."""

    article_ids: tuple[UUID, ...]
