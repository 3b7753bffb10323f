"""What drafts are made of, and who makes them."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol, runtime_checkable

import msgspec


class Evidence(msgspec.Struct, frozen=True):
    """A passage or a fact. `title`: what it is from, as readers are told."""

    title: str
    text: str


class Sentence(msgspec.Struct, frozen=True):
    """`cites`: numbers from 1, of the evidence while it is checked, of the sources once it is a draft."""

    text: str
    cites: tuple[int, ...]


class Drafted(msgspec.Struct, frozen=True):
    """A checked answer. `sources`: titles, in the order in which they are first cited."""

    sentences: tuple[Sentence, ...]
    sources: tuple[str, ...]

    @property
    def plain(self) -> str:
        return "".join(one.text for one in self.sentences)

    @property
    def marked(self) -> str:
        """With the numbers of its sources behind each sentence."""
        return "".join(one.text + "".join(f"[{number}]" for number in one.cites) for one in self.sentences)


class Refusal(StrEnum):
    """Why a draft is not told."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    UNCITED = "uncited"
    NO_SUCH_SOURCE = "no_such_source"
    NUMBER = "number"
    NAME = "name"
    REVERSED = "reversed"
    UNSUPPORTED = "unsupported"


@runtime_checkable
class Drafter(Protocol):
    """Who puts an answer together from what was found; None where that supports none, or not in time."""

    async def draft(self, question: str, evidence: Sequence[Evidence], shop: str | None) -> Drafted | None: ...
