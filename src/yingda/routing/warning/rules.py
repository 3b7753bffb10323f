"""The estimate itself: pure, from features and a model."""

import math
from collections.abc import Iterable, Sequence
from datetime import datetime

from yingda.conversations import Signals
from yingda.routing.warning.schemas import NAMES, Bin, Estimate, Features, Model, Quality, RiskReason, Sample

_COMPLAINTS = ("complaint.", "issue.", "product.adverse")

#: Of the log odds: what adds less is no reason to name.
LEAST_REASON = 0.25
MOST_REASONS = 3

#: Log odds a unit of each feature, as written by hand: what serves until enough history was collected. A level-1
#: customer whose time has not begun to run is at 3 %; a waiting complaint close to its deadline at 60 %.
SCORECARD = Model(
    version=0,
    intercept=-3.5,
    weights=[0.25, 0.2, 1.6, 0.3, 0.4, -0.6, 0.5, 0.3, 0.5, 0.4, 0.4, 0.6],
    means=[1.0] + [0.0] * (len(NAMES) - 1),
    scales=[1.0] * len(NAMES),
    threshold=0.35,
)


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


def _elapsed(signals: Signals, now: datetime) -> float:
    if signals.waiting_since is None or signals.due_at is None:
        return 0.0
    whole = (signals.due_at - signals.waiting_since).total_seconds()
    return min(2.0, max(0.0, (now - signals.waiting_since).total_seconds() / max(whole, 1.0)))


def values_of(features: Features) -> list[float]:
    return [float(getattr(features, name)) for name in NAMES]


def estimate(model: Model, values: Sequence[float]) -> Estimate:
    """`values` in the order of `NAMES`."""
    parts = [
        weight * (value - mean) / scale
        for weight, value, mean, scale in zip(model.weights, values, model.means, model.scales, strict=True)
    ]
    log_odds = model.intercept + sum(parts)
    reasons = [
        RiskReason(name, round(value, 2), round(part, 2))
        for name, value, part in zip(NAMES, values, parts, strict=True)
        if part >= LEAST_REASON
    ]
    reasons.sort(key=lambda reason: -reason.weight)
    return Estimate(1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds)))), reasons[:MOST_REASONS])


def brier(samples: Iterable[tuple[float, bool]]) -> float | None:
    """Mean squared error of probabilities; 0 is perfect, 0.25 is a coin."""
    errors = [(probability - bad) ** 2 for probability, bad in samples]
    return sum(errors) / len(errors) if errors else None


def quality(samples: Sequence[Sample], days: int, model: Model) -> Quality:
    """How good the warnings were, counted by conversation: one warning in time is enough."""
    flagged = {one.conversation_id for one in samples if one.flagged}
    went_wrong = {one.conversation_id for one in samples if one.bad}
    in_time = {one.conversation_id for one in samples if one.flagged and one.bad}
    return Quality(
        days=days,
        conversations=len({one.conversation_id for one in samples}),
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
