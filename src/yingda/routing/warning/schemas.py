"""What is known of a conversation at a moment, and how likely it is to go wrong."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec


class Features(msgspec.Struct, frozen=True, kw_only=True):
    """All that the estimate rests on, as it stands at the moment. Counts and shares, no personal data."""

    level: float
    waits: float
    """1 while the customer waits for an answer."""
    elapsed: float
    """Of the time until the next deadline, the share that is gone: 0 to 2 (and more is cut off there)."""
    ahead: float
    """How many more urgent conversations wait, in tens; 0 to 5."""
    unassigned: float
    sentiment: float
    """Of the customer's last message that was read: -1 to 1."""
    angry: float
    """Angry messages so far, 0 to 3."""
    messages: float
    """The customer's messages, in tens; 0 to 3."""
    contacts: float
    """Other conversations of the customer within a week, 0 to 3."""
    passed_on: float
    """How often it was transferred, 0 to 3."""
    reopened: float
    complaint: float
    """1 if the intent is a complaint, damage, or a bad reaction."""


NAMES: tuple[str, ...] = Features.__struct_fields__


class RiskReason(msgspec.Struct, frozen=True):
    """A feature that raises the estimate, and by how much on the scale of the log odds; the strongest first."""

    feature: str
    value: float
    weight: float


class Estimate(msgspec.Struct, frozen=True):
    """How likely the conversation is to be escalated or to breach a deadline, 0 to 1, and why."""

    probability: float
    reasons: list[RiskReason]


class Model(msgspec.Struct, frozen=True, kw_only=True):
    """A logistic model over standardised features. `version` 0 is the written scorecard.

    probability = 1 / (1 + exp(-(intercept + sum(weight * (value - mean) / scale))))
    """

    version: int
    intercept: float
    weights: list[float]
    means: list[float]
    scales: list[float]
    threshold: float
    """From this probability on a conversation is flagged."""
    trained_on: int = 0
    brier: float | None = None
    """Mean squared error of its probabilities on conversations that it had not seen, from cross-validation."""
    at: datetime | None = None


class Risk(msgspec.Struct, frozen=True, kw_only=True):
    """A conversation that is flagged."""

    conversation_id: UUID
    probability: float
    reasons: list[RiskReason]
    since: datetime


class RiskList(msgspec.Struct, frozen=True):
    """The most likely first."""

    items: list[Risk]


class Sample(msgspec.Struct, frozen=True, kw_only=True):
    """What was known at a moment, and what became of it."""

    conversation_id: UUID
    features: list[float]
    probability: float
    flagged: bool
    bad: bool
    """It was escalated or missed a deadline after that moment."""


class Bin(msgspec.Struct, frozen=True):
    """Of the conversations given about this probability, the share that did go wrong."""

    expected: float
    happened: float
    count: int


class Quality(msgspec.Struct, frozen=True, kw_only=True):
    """How good the warnings of the last weeks were, by conversation: of the ended ones only.

    precision: of the flagged, those that went wrong; recall: of those that went wrong, the ones flagged before.
    None where nothing was flagged, or nothing went wrong.
    """

    days: int
    conversations: int
    went_wrong: int
    flagged: int
    precision: float | None
    recall: float | None
    brier: float | None
    bins: list[Bin]
    model: Model


Days = Annotated[int, msgspec.Meta(ge=1, le=90)]
