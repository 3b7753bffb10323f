"""What the review takes and gives."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from yingda.language import Figures, Learned, RankedIntent

Why = Annotated[str, msgspec.Meta(min_length=1, max_length=500, description="Kept in the history.")]


class ReviewItem(msgspec.Struct, frozen=True):
    """A message whose label would teach much; `text` is redacted, `times` is how often the same was written."""

    conversation_id: UUID
    seq: int
    text: str
    intents: tuple[RankedIntent, ...]
    out_of_scope: float
    times: int
    at: datetime


class CorrectIntent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the message really asks for; the intent that was read confirms it."""

    conversation_id: UUID
    seq: Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1)]
    intent: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    note: Annotated[str, msgspec.Meta(max_length=1000)] | None = None


class Correction(msgspec.Struct, frozen=True):
    id: UUID
    conversation_id: UUID
    seq: int
    text: str
    read_as: str
    intent: str
    note: str | None
    author_id: UUID
    author_name: str
    at: datetime


class TrainingState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    PUBLISHED = "published"


class TrainingFailure(StrEnum):
    """Why there is no candidate, as far as it can be told to who may do something about it."""

    MEMORY = "memory"
    FOLDER = "folder"
    MODEL = "model"
    ENCODER = "encoder"
    UNEXPECTED = "unexpected"


class Training(msgspec.Struct, frozen=True):
    """`share`: how much of the work is done, 0 to 1. `learned`: the candidate and its figures, once it is done.
    `failure`: why there is none, with the stage at which it broke off."""

    id: UUID
    state: TrainingState
    stage: str
    share: float
    author_name: str
    created_at: datetime
    finished_at: datetime | None
    learned: Learned | None
    failure: TrainingFailure | None = None


class Publish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`force`: though it is worse, lacks intents, or was measured against another model than serves now."""

    why: Why
    force: bool = False


class RollBack(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    why: Why


class ModelVersion(msgspec.Struct, frozen=True):
    number: int
    taught_at: str
    intents: int
    examples: int
    accuracy: float  # in cross-validation
    second_stage: str | None  # the encoder's name


class Published(msgspec.Struct, frozen=True, kw_only=True):
    """A publication, and who made it: a member of staff, or an account on the machine that has no `by_id`."""

    version: int
    at: datetime
    by_id: UUID | None
    by_name: str
    why: str
    action: Literal["publish", "rollback"]
    figures: Figures | None
    forced: bool


class Models(msgspec.Struct, frozen=True):
    """0 is the model that ships. `serving` differs from `current` where the published one cannot be loaded."""

    current: int
    serving: int
    versions: list[ModelVersion]
    history: list[Published]
