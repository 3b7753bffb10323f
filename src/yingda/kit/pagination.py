"""Cursor pagination: a cursor is the sort key of the last row, opaque to the client."""

import base64
import binascii
from typing import Generic, TypeVar

import msgspec

from yingda.kit.errors import BadRequest

T = TypeVar("T")
K = TypeVar("K")


class CursorInvalid(BadRequest):
    code = "cursor_invalid"
    zh = "翻页标记无效，请从第一页重新开始。"
    en = "The cursor is not valid. Start again from the first page."


class Page(msgspec.Struct, Generic[T], frozen=True):
    """One page of a list. `next_cursor` is null on the last page."""

    items: list[T]
    next_cursor: str | None = None


def encode_cursor(key: object) -> str:
    """`key` is any msgspec-encodable value, usually a tuple of the sort columns."""
    return base64.urlsafe_b64encode(msgspec.json.encode(key)).decode().rstrip("=")


def decode_cursor(cursor: str, key: type[K]) -> K:
    """The key in `cursor`; raises `CursorInvalid` for whatever we did not write ourselves."""
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        return msgspec.json.decode(raw, type=key)
    except (binascii.Error, ValueError, msgspec.DecodeError):
        raise CursorInvalid from None
