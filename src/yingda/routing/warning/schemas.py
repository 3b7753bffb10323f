"""What is known of a conversation or a ticket at a moment, and how likely it is to go wrong."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec

from yingda.routing.levels import Item, ItemKind


class Features(msgspec.Struct, frozen=True, kw_only=True):
    """All that the estimate of a conversation rests on, as it stands at the moment.

    Counts and shares, no personal data.
    """

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


class TicketFeatures(msgspec.Struct, frozen=True, kw_only=True):
    """The same of a ticket."""

    level: float
    elapsed: float
    """Of the time until the next deadline, the share that is gone: 0 to 2; 0 while nothing is due."""
    ahead: float
    """How many undone tickets of the department are due earlier, in tens; 0 to 5."""
    unassigned: float
    load: float
    """How many other undone tickets its owner has, in tens; 0 to 5."""
    owner_away: float
    """1 if its owner serves customers and is not there now."""
    rests: float
    """1 while it waits for somebody outside."""
    quiet: float
    """Days since anything was done, 0 to 5."""
    comments: float
    """In tens, 0 to 3."""
    reopened: float
    """How often it was done and then was not, 0 to 3."""
    parts: float
    """Sub-tickets that are not done, 0 to 3."""
    contacts: float
    """The customer's conversations within a week, 0 to 3."""


NAMES: dict[ItemKind, tuple[str, ...]] = {
    ItemKind.CONVERSATION: Features.__struct_fields__,
    ItemKind.TICKET: TicketFeatures.__struct_fields__,
}


class RiskReason(msgspec.Struct, frozen=True):
    """A feature that raises the estimate, and by how much on the scale of the log odds; the strongest first."""

    feature: str
    value: float
    weight: float


class Estimate(msgspec.Struct, frozen=True):
    """How likely it is to be escalated or to breach a deadline, 0 to 1, and why."""

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
    """From this probability on it is flagged."""
    trained_on: int = 0
    brier: float | None = None
    """Mean squared error of its probabilities on items that it had not seen, from cross-validation."""
    at: datetime | None = None


class Risk(msgspec.Struct, frozen=True, kw_only=True):
    """A conversation or a ticket that is flagged."""

    kind: ItemKind
    id: UUID
    probability: float
    reasons: list[RiskReason]
    since: datetime

    @property
    def item(self) -> Item:
        return Item(self.kind, self.id)


class RiskList(msgspec.Struct, frozen=True):
    """The most likely first."""

    items: list[Risk]


class Sample(msgspec.Struct, frozen=True, kw_only=True):
    """What was known of an item at a moment, and what became of it."""

    item_id: UUID
    features: list[float]
    probability: float
    flagged: bool
    bad: bool
    """It was escalated or missed a deadline after that moment."""


class Bin(msgspec.Struct, frozen=True):
    """Of the items given about this probability, the share that did go wrong."""

    expected: float
    happened: float
    count: int


class Quality(msgspec.Struct, frozen=True, kw_only=True):
    """How good the warnings of the last weeks were, by conversation or ticket: of the ended ones only.

    precision: of the flagged, those that went wrong; recall: of those that went wrong, the ones flagged before.
    None where nothing was flagged, or nothing went wrong.
    """

    days: int
    ended: int
    went_wrong: int
    flagged: int
    precision: float | None
    recall: float | None
    brier: float | None
    bins: list[Bin]
    model: Model


Days = Annotated[int, msgspec.Meta(ge=1, le=90)]
