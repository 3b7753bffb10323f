"""Saved views as the console sees them."""

from typing import Annotated
from uuid import UUID

import msgspec

from yingda.conversations import Filter


class SavedView(msgspec.Struct, frozen=True):
    id: UUID
    name: str
    shared: bool
    query: Filter


class ViewDraft(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`shared`: for everybody, which takes the permission to manage routing."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=30)]
    query: Filter
    shared: bool = False
