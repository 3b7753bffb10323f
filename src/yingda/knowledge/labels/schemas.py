"""What becomes of a photograph of an ingredient list."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from yingda.infra.ocr import TextLine


class Certainty(StrEnum):
    EXACT = "exact"
    CORRECTED = "corrected"
    """One official name alone is near enough, and differs by what a camera confuses."""
    UNCLEAR = "unclear"
    """Near several names, or near one that is another substance: nobody may guess."""
    UNKNOWN = "unknown"


class NameMatch(msgspec.Struct, frozen=True, kw_only=True):
    """A name as it was read, and the official one that it is. `score`: how alike they are, 0 to 100.

    `candidates`: official names that were near, where none was taken.
    """

    read: str
    certainty: Certainty
    name: str = ""
    inci: str = ""
    score: float = 0.0
    candidates: list[str] = []

    @property
    def known(self) -> bool:
        return self.certainty in {Certainty.EXACT, Certainty.CORRECTED}


class PackageLabel(msgspec.Struct, frozen=True, kw_only=True):
    """The outcome. `lines`: what stands on the picture; empty where nobody has to look at it again."""

    is_list: bool
    headed: bool
    """It says of itself that it is a list of ingredients."""
    matches: list[NameMatch] = []
    lines: list[TextLine] = []
    width: int = 0
    height: int = 0
    turned: int = 0
    straightened: bool = False
    read_seconds: float = 0.0
    """For the picture, in the reading process."""
    match_seconds: float = 0.0

    @property
    def known(self) -> list[NameMatch]:
        return [match for match in self.matches if match.known]


class ReadingState(StrEnum):
    WAITING = "waiting"
    READING = "reading"
    DONE = "done"
    FAILED = "failed"


class LabelReading(msgspec.Struct, frozen=True, kw_only=True):
    """One picture that is to be read. `error`: code and words of why it could not be."""

    id: UUID
    state: ReadingState
    created_at: datetime
    finished_at: datetime | None = None
    error: str | None = None
    detail: str | None = None
    label: PackageLabel | None = None
