"""What is played: customers in words, one JSON object a line. Pure.

`{"id": "a1", "turns": ["…", "…"], "given": ["latest_delivered"]}`. A turn is what the customer says; a list of texts is
said in one breath, `{"photo": "…"}` shows a picture. A line that cannot be used is told with its reason, in its place.
"""

from collections.abc import Sequence
from typing import Annotated, TypeAlias

import msgspec

#: A condition of the simulator's own: the shop has not vouched for who this is.
NOT_SIGNED_IN = "not_signed_in"


class Photo(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A picture; what is to be seen on it is for readers of the script."""

    photo: str = ""


Said: TypeAlias = Annotated[str, msgspec.Meta(min_length=1)]
Turn: TypeAlias = Said | Annotated[list[Said], msgspec.Meta(min_length=1, max_length=20)] | Photo


class Line(msgspec.Struct, frozen=True):
    """One customer: who they are, and what they will say whatever is answered. Other fields are passed over."""

    id: str | int
    turns: Annotated[list[Turn], msgspec.Meta(min_length=1, max_length=100)]
    given: list[str] = []


class Unusable(msgspec.Struct, frozen=True):
    """A line that cannot be played. `id`: as far as it could be read."""

    id: str | int
    reason: str


class _Named(msgspec.Struct, frozen=True):
    id: str | int


def read_lines(data: bytes) -> list[Line | Unusable]:
    """In order; empty lines are passed over."""
    lines = enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1)
    return [_read(raw, number) for number, raw in lines if raw.strip()]


def texts_of(turn: Turn) -> Sequence[str]:
    """The words of a turn; none of a picture."""
    match turn:
        case str():
            return [turn]
        case Photo():
            return []
        case _:
            return turn


def _read(raw: bytes, number: int) -> Line | Unusable:
    try:
        return msgspec.json.decode(raw, type=Line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return Unusable(_id_of(raw) or f"line {number}", f"line {number}: {error}")


def _id_of(raw: bytes) -> str | int | None:
    try:
        return msgspec.json.decode(raw, type=_Named).id
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
