"""How long parcels take, from this carrier's and lane's own history. Pure.

A lane with few parcels borrows from its carrier, a carrier with few from the shop: quantile by quantile, the more the
fewer parcels it has. The error is measured on the latest parcels, by a model that has not seen them.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from yingda.outreach.schemas import Curve, Journey, LatenessQuality, Model

_STEPS = 20
#: So many parcels of its own weigh as much as what is borrowed.
_BORROWED = 20
_LEAST_OF_LANE = 3
_LEAST = 40
_TESTED_SHARE = 0.2


def learn(journeys: Sequence[Journey]) -> Model | None:
    """Of journeys by their end, earliest first; None for a shop with too little history."""
    if len(journeys) < _LEAST:
        return None
    cut = int(len(journeys) * (1 - _TESTED_SHARE))
    quality = _measured(_taught(journeys[:cut]), journeys[cut:])
    model = _taught(journeys)
    return Model(overall=model.overall, carriers=model.carriers, lanes=model.lanes, quality=quality)


def curve_of(model: Model, carrier: str, lane: str) -> Curve:
    """The nearest that is known."""
    return model.lanes.get(carrier, {}).get(lane) or model.carriers.get(carrier) or model.overall


def still_under_way(curve: Curve, hours: float) -> float:
    """The share of parcels that take longer than so many hours."""
    points = curve.hours
    if hours <= points[0]:
        return 1.0
    if hours >= points[-1]:
        return 0.0
    right = bisect_left(points, hours)
    left, width = points[right - 1], points[right] - points[right - 1]
    return 1 - (right - 1 + (hours - left) / width) / _STEPS


def hours_until(curve: Curve, share: float) -> float:
    """After so many hours this share of parcels is still under way: the other way round."""
    place = (1 - min(max(share, 0.0), 1.0)) * _STEPS
    left = min(int(place), _STEPS - 1)
    return curve.hours[left] + (curve.hours[left + 1] - curve.hours[left]) * (place - left)


def chance_of_lateness(curve: Curve, collected_at: datetime, promised_until: datetime, now: datetime) -> float:
    """That a parcel which is not there by now will not be there by then."""
    left = still_under_way(curve, _hours(now - collected_at))
    if now >= promised_until or left <= 0:
        return 1.0
    return still_under_way(curve, _hours(promised_until - collected_at)) / left


def likely_late_at(curve: Curve, collected_at: datetime, promised_until: datetime, chance: float) -> datetime:
    """When, if it has not arrived, it is so likely to be late; at the latest when it is."""
    late = still_under_way(curve, _hours(promised_until - collected_at))
    if late <= 0:
        return promised_until
    return min(promised_until, collected_at + timedelta(hours=hours_until(curve, min(late / chance, 1.0))))


def expected_at(curve: Curve, collected_at: datetime, now: datetime) -> datetime | None:
    """When half of the parcels that took as long as this one has were there; None beyond all experience."""
    left = still_under_way(curve, _hours(now - collected_at))
    return None if left <= 0 else collected_at + timedelta(hours=hours_until(curve, left / 2))


def _hours(span: timedelta) -> float:
    return span.total_seconds() / 3600


def _taught(journeys: Sequence[Journey]) -> Model:
    by_carrier: dict[str, list[float]] = defaultdict(list)
    by_lane: dict[tuple[str, str], list[float]] = defaultdict(list)
    for one in journeys:
        by_carrier[one.carrier].append(one.hours)
        if one.lane:
            by_lane[one.carrier, one.lane].append(one.hours)
    overall = Curve(_quantiles([one.hours for one in journeys]), len(journeys))
    carriers = {carrier: _leaning(hours, overall) for carrier, hours in by_carrier.items()}
    lanes: dict[str, dict[str, Curve]] = defaultdict(dict)
    for (carrier, lane), hours in by_lane.items():
        if len(hours) >= _LEAST_OF_LANE:
            lanes[carrier][lane] = _leaning(hours, carriers[carrier])
    return Model(overall=overall, carriers=carriers, lanes=dict(lanes), quality=None)


def _leaning(hours: Sequence[float], on: Curve) -> Curve:
    own = len(hours) / (len(hours) + _BORROWED)
    mixed = [own * mine + (1 - own) * theirs for mine, theirs in zip(_quantiles(hours), on.hours, strict=True)]
    return Curve([round(hour, 2) for hour in mixed], len(hours))


def _quantiles(hours: Sequence[float]) -> list[float]:
    ordered = sorted(hours)
    last = len(ordered) - 1
    points = []
    for step in range(_STEPS + 1):
        place = step * last / _STEPS
        left = int(place)
        right = min(left + 1, last)
        points.append(ordered[left] + (ordered[right] - ordered[left]) * (place - left))
    return points


def _measured(model: Model, journeys: Sequence[Journey]) -> LatenessQuality:
    curves = [curve_of(model, one.carrier, one.lane) for one in journeys]
    pairs = list(zip(journeys, curves, strict=True))
    naive = hours_until(model.overall, 0.5)
    return LatenessQuality(
        tested=len(journeys),
        error=round(sum(abs(one.hours - hours_until(curve, 0.5)) for one, curve in pairs) / len(journeys), 2),
        naive_error=round(sum(abs(one.hours - naive) for one in journeys) / len(journeys), 2),
        covered=round(sum(one.hours <= hours_until(curve, 0.1) for one, curve in pairs) / len(journeys), 3),
    )
