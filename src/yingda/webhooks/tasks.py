"""Kinds of jobs."""

from typing import Any
from uuid import UUID

import msgspec

from yingda.infra.jobs import Task


class Announce(msgspec.Struct, frozen=True):
    """Something to be told to whoever wants to know it. Ids only."""

    id: UUID
    type: str
    at: str
    data: dict[str, Any]


class Deliver(msgspec.Struct, frozen=True):
    delivery_id: UUID


ANNOUNCE = Task("webhooks.announce", Announce)
DELIVER = Task("webhooks.deliver", Deliver)
