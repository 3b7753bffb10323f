"""What scores are worth: learnt from held-out examples, those that the scoring model was not taught.

Temperature: one number that makes softmax(score / temperature) fit how often answers are right. Novelty: how foreign a
message is to everything taught. Margin: below which lead an answer should be put to the slower, better reader.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from yingda.language.semantics import Floats, Point

_TEMPERATURES = np.geomspace(0.05, 2, 40)
_WITHIN = 0.002  # of the accuracy that always asking the encoder has
_BINS = 10


class HeldOut(NamedTuple):
    """What models said of the examples that were kept from them."""

    scores: Floats
    targets: npt.NDArray[np.int64]
    trust: npt.NDArray[np.float64]
    familiar: Floats  # what besides the best score tells ours from foreign, in units of that score
    rival: Floats  # the same, had the example's own label never been taught

    def only(self, rows: npt.NDArray[np.bool_]) -> "HeldOut":
        """Of some of the examples."""
        return HeldOut(self.scores[rows], self.targets[rows], self.trust[rows], self.familiar[rows], self.rival[rows])

    @property
    def right(self) -> npt.NDArray[np.bool_]:
        return np.asarray(self.scores.argmax(axis=1) == self.targets)

    @property
    def accuracy(self) -> float:
        """Each example as far as it is trusted."""
        return float(np.average(self.right, weights=self.trust))


def softmax(scores: Floats, temperature: float) -> Floats:
    """Row by row."""
    powers = np.exp((scores - scores.max(axis=-1, keepdims=True)) / temperature)
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True), np.float32)


def loss(scores: Floats, targets: npt.NDArray[np.int64], trust: npt.NDArray[np.float64], temperature: float) -> float:
    """Mean surprise at the true labels."""
    scaled = scores / temperature
    peak = scaled.max(axis=1, keepdims=True)
    total = np.log(np.exp(scaled - peak).sum(axis=1)) + peak.ravel()
    return float(np.average(total - scaled[np.arange(len(targets)), targets], weights=trust))


def temperature_for(held_out: HeldOut) -> float:
    """The candidate with the least surprise."""
    return float(min(_TEMPERATURES, key=lambda t: loss(held_out.scores, held_out.targets, held_out.trust, t)))


def novelty_rule(held_out: HeldOut) -> tuple[float, float]:
    """Intercept and slope over the best score plus what else is familiar.

    A message of none of our kinds looks much like one whose own kind was never taught. Only its scale is learnt from
    that: learnt freely, the lead over the second label gets a weight that real foreign messages do not bear out.
    """
    from sklearn.linear_model import LogisticRegression

    without = held_out.scores.copy()
    without[np.arange(len(without)), held_out.targets] = held_out.scores.min()
    ours = held_out.scores.max(axis=1) + held_out.familiar
    foreign = without.max(axis=1) + held_out.rival
    looks = np.concatenate((ours, foreign)).reshape(-1, 1)
    rule = LogisticRegression(max_iter=1000).fit(looks, [0] * len(ours) + [1] * len(foreign))
    return float(rule.intercept_[0]), float(rule.coef_[0, 0])


def foreignness(rule: tuple[float, float], familiarity: float) -> float:
    """0 … 1 for one message."""
    return float(1 / (1 + np.exp(-np.clip(rule[0] + rule[1] * familiarity, -30, 30))))


def lead(probabilities: Floats) -> npt.NDArray[np.float32]:
    """Of the first over the second."""
    second, best = np.partition(probabilities, -2, axis=-1)[..., -2:].T
    return np.asarray(best - second, np.float32)


def cascade(first: HeldOut, temperature: float, second: HeldOut) -> tuple[float, tuple[Point, ...]]:
    """The smallest margin that keeps the accuracy of always asking the second, and the curve it was read from."""
    leads = lead(softmax(first.scores, temperature))
    margins = [0.0, *np.quantile(leads, np.linspace(0.05, 0.95, 19)).tolist(), 1.01]
    curve = tuple(_point(margin, leads, first, second) for margin in margins)
    enough = second.accuracy - _WITHIN
    return next(point.margin for point in (*curve, curve[-1]) if point.accuracy >= enough), curve


def _point(margin: float, leads: Floats, first: HeldOut, second: HeldOut) -> Point:
    asked = leads < margin
    right = np.where(asked, second.right, first.right)
    share, accuracy = (float(np.average(one, weights=first.trust)) for one in (asked, right))
    return Point(round(margin, 4), round(share, 4), round(accuracy, 4))


def calibration_error(confidence: npt.NDArray[np.float64], right: npt.NDArray[np.bool_]) -> float:
    """Expected calibration error: how far confidence and accuracy lie apart, over ten bins."""
    bins = np.minimum((confidence * _BINS).astype(int), _BINS - 1)
    gaps = [abs(confidence[bins == b].sum() - right[bins == b].sum()) for b in range(_BINS)]
    return float(sum(gaps) / len(right))
