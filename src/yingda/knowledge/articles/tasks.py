"""Work that outlives a request: the vectors of what went live."""

import msgspec

from yingda.infra.jobs import Task


class EncodeArticles(msgspec.Struct, frozen=True):
    """Whatever live articles have no vectors yet."""


ENCODE = Task("knowledge.encode_articles", EncodeArticles)
