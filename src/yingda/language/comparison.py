"""Two models on the same labelled messages: which is better, how surely, and what would change.

Paired statistics: both read every message, so only those on which they differ in being right say anything.
"""

import math
from collections.abc import Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from yingda.language.types import Example, RankedIntent

_RESAMPLES = 2_000
_WORST_LOSS = 0.01  # more than this share of messages lost is worse, however small the set
_DOUBT = 0.2  # fewer right, and chance would show as much only this often: worse


class Change(msgspec.Struct, frozen=True):
    """A message that the two read differently; `intent` is what it is, where somebody knows."""

    text: str
    intent: str | None
    before: RankedIntent
    after: RankedIntent


class Comparison(msgspec.Struct, frozen=True):
    """`difference` is accuracy after less accuracy before, `low` to `high` its 95 % interval by paired bootstrap."""

    n: int
    before: float
    after: float
    difference: float
    low: float
    high: float
    gained: int  # wrong before, right after
    lost: int  # right before, wrong after
    p_value: float  # exact McNemar test, two-sided: how often chance alone would share out as unequally
    changes: tuple[Change, ...]

    @property
    def worse(self) -> bool:
        """Whether the second must not take the first one's place unseen."""
        return self.difference < -_WORST_LOSS or (self.difference < 0 and self.p_value < _DOUBT)


def compare(
    examples: Sequence[Example], before: Sequence[RankedIntent], after: Sequence[RankedIntent], seed: int = 0
) -> Comparison:
    """Set two models' predictions for the same examples against each other."""
    if not examples:
        raise ValueError("nothing to compare on")
    was = np.array([said.name == e.intent for said, e in zip(before, examples, strict=True)])
    now = np.array([said.name == e.intent for said, e in zip(after, examples, strict=True)])
    gained, lost = int((now & ~was).sum()), int((was & ~now).sum())
    low, high = _interval(now.astype(np.int8) - was.astype(np.int8), seed)
    return Comparison(
        n=len(examples),
        before=float(was.mean()),
        after=float(now.mean()),
        difference=(gained - lost) / len(examples),
        low=low,
        high=high,
        gained=gained,
        lost=lost,
        p_value=mcnemar(gained, lost),
        changes=differences([e.text for e in examples], before, after, [e.intent for e in examples]),
    )


def differences(
    texts: Sequence[str],
    before: Sequence[RankedIntent],
    after: Sequence[RankedIntent],
    intents: Sequence[str] | None = None,
) -> tuple[Change, ...]:
    """The messages that change their intent, in their order."""
    known: Sequence[str | None] = intents if intents is not None else [None] * len(texts)
    rows = zip(texts, known, before, after, strict=True)
    return tuple(Change(text, intent, old, new) for text, intent, old, new in rows if old.name != new.name)


def mcnemar(gained: int, lost: int) -> float:
    """Exact: a fair coin for each message on which exactly one of the two is right."""
    tosses, fewer = gained + lost, min(gained, lost)
    if tosses > 1_000:  # far beyond where the normal curve is exact to three digits
        return math.erfc(max(0, abs(gained - lost) - 1) / math.sqrt(2 * tosses))
    tail = sum(math.comb(tosses, heads) for heads in range(fewer + 1))
    return float(min(1.0, 2 * tail / 2**tosses))


def _interval(signs: npt.NDArray[np.int8], seed: int) -> tuple[float, float]:
    """Drawing messages with replacement is drawing how many of each kind: gained, lost, neither."""
    shares = [float((signs == sign).mean()) for sign in (1, -1)]
    shares.append(max(0.0, 1 - sum(shares)))
    drawn = np.random.default_rng(seed).multinomial(len(signs), shares, _RESAMPLES)
    low, high = np.percentile((drawn[:, 0] - drawn[:, 1]) / len(signs), [2.5, 97.5])
    return float(low), float(high)
