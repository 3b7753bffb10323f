"""The estimate itself: pure, from features and a model."""

import math
from collections.abc import Iterable, Sequence
from datetime import datetime

from yingda.conversations import Signals
from yingda.routing.levels import ItemKind
from yingda.routing.warning.schemas import (
    Bin,
    Estimate,
    Features,
    Model,
    Quality,
    RiskReason,
    Sample,
    TicketFeatures,
)
from yingda.tickets import Category, TicketSignals

_COMPLAINTS = ("complaint.", "issue.", "product.adverse")

#: Of the log odds: what adds less is no reason to name.
LEAST_REASON = 0.25
MOST_REASONS = 3


def _scorecard(intercept: float, weights: list[float]) -> Model:
    """`weights` in the order of `NAMES`; a level counts by how far it is above the first."""
    rest = len(weights) - 1
    return Model(
        version=0,
        intercept=intercept,
        weights=weights,
        means=[1.0] + [0.0] * rest,
        scales=[1.0] * (rest + 1),
        threshold=0.35,
    )


#: Log odds a unit of each feature, as written by hand: what serves until enough history was collected. A level-1
#: customer whose time has not begun to run is at 3 %; a waiting complaint close to its deadline at 60 %.
#: Of tickets: somebody's that was just opened is at 4 %; nobody's, close to its deadline, at 40 %.
SCORECARDS = {
    ItemKind.CONVERSATION: _scorecard(-3.5, [0.25, 0.2, 1.6, 0.3, 0.4, -0.6, 0.5, 0.3, 0.5, 0.4, 0.4, 0.6]),
    ItemKind.TICKET: _scorecard(-3.2, [0.25, 2.4, 0.3, 0.5, 0.3, 0.4, -0.5, 0.25, 0.3, 0.5, 0.4, 0.4]),
}


def features_of(signals: Signals, ahead: int, now: datetime) -> Features:
    """`ahead`: how many more urgent ones wait."""
    return Features(
        level=signals.level,
        waits=float(signals.waiting_since is not None),
        elapsed=_elapsed(signals, now),
        ahead=min(ahead / 10, 5.0),
        unassigned=float(signals.assignee_id is None),
        sentiment=signals.sentiment,
        angry=min(signals.angry, 3),
        messages=min(signals.messages / 10, 3.0),
        contacts=min(signals.contacts, 3),
        passed_on=min(signals.passed_on, 3),
        reopened=float(signals.reopened),
        complaint=float((signals.intent or "").startswith(_COMPLAINTS)),
    )


def ticket_features_of(
    signals: TicketSignals,
    now: datetime,
    *,
    stretch: tuple[datetime, datetime] | None,
    ahead: int,
    load: int,
    away: bool,
    parts: int,
    contacts: int,
) -> TicketFeatures:
    """`stretch`: from when until when its next clock runs; `ahead`, `load`, `parts`, `contacts` as they are counted."""
    return TicketFeatures(
        level=signals.level,
        elapsed=_gone(*stretch, now) if stretch else 0.0,
        ahead=min(ahead / 10, 5.0),
        unassigned=float(signals.owner_id is None),
        load=min(load / 10, 5.0),
        owner_away=float(away),
        rests=float(signals.category is Category.WAITING),
        quiet=min((now - signals.updated_at).total_seconds() / 86_400, 5.0),
        comments=min(signals.comments / 10, 3.0),
        reopened=min(signals.reopened, 3),
        parts=min(parts, 3),
        contacts=min(contacts, 3),
    )


def _elapsed(signals: Signals, now: datetime) -> float:
    if signals.waiting_since is None or signals.due_at is None:
        return 0.0
    return _gone(signals.waiting_since, signals.due_at, now)


def _gone(since: datetime, until: datetime, now: datetime) -> float:
    """The share of a stretch that is gone; at most 2."""
    whole = (until - since).total_seconds()
    return min(2.0, max(0.0, (now - since).total_seconds() / max(whole, 1.0)))


def values_of(features: Features | TicketFeatures) -> list[float]:
    return [float(getattr(features, name)) for name in features.__struct_fields__]


def estimate(model: Model, values: Sequence[float], names: Sequence[str]) -> Estimate:
    """`values` in the order of `names`."""
    parts = _parts(model, values)
    reasons = [
        RiskReason(name, round(value, 2), round(part, 2))
        for name, value, part in zip(names, values, parts, strict=True)
        if part >= LEAST_REASON
    ]
    reasons.sort(key=lambda reason: -reason.weight)
    return Estimate(_probability(model, parts), reasons[:MOST_REASONS])


def probability(model: Model, values: Sequence[float]) -> float:
    return _probability(model, _parts(model, values))


def _parts(model: Model, values: Sequence[float]) -> list[float]:
    """What each feature adds to the log odds."""
    return [
        weight * (value - mean) / scale
        for weight, value, mean, scale in zip(model.weights, values, model.means, model.scales, strict=True)
    ]


def _probability(model: Model, parts: Sequence[float]) -> float:
    log_odds = model.intercept + sum(parts)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))


def brier(samples: Iterable[tuple[float, bool]]) -> float | None:
    """Mean squared error of probabilities; 0 is perfect, 0.25 is a coin."""
    errors = [(probability - bad) ** 2 for probability, bad in samples]
    return sum(errors) / len(errors) if errors else None


def quality(samples: Sequence[Sample], days: int, model: Model) -> Quality:
    """How good the warnings were, counted by item: one warning in time is enough."""
    flagged = {one.item_id for one in samples if one.flagged}
    went_wrong = {one.item_id for one in samples if one.bad}
    in_time = {one.item_id for one in samples if one.flagged and one.bad}
    return Quality(
        days=days,
        ended=len({one.item_id for one in samples}),
        went_wrong=len(went_wrong),
        flagged=len(flagged),
        precision=len(in_time) / len(flagged) if flagged else None,
        recall=len(in_time) / len(went_wrong) if went_wrong else None,
        brier=brier((one.probability, one.bad) for one in samples),
        bins=bins(samples),
        model=model,
    )


def bins(samples: Sequence[Sample], count: int = 5) -> list[Bin]:
    """Expected against observed, in equal stretches of probability; empty ones are left out."""
    found: list[Bin] = []
    for number in range(count):
        inside = [one for one in samples if min(int(one.probability * count), count - 1) == number]
        if inside:
            expected = sum(one.probability for one in inside) / len(inside)
            found.append(Bin(round(expected, 3), round(sum(one.bad for one in inside) / len(inside), 3), len(inside)))
    return found
