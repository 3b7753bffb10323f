"""How likely an article answers a question. Pure."""

import math
from collections.abc import Mapping, Sequence

#: From likeness and closeness to a probability; fitted to questions with known answers.
_BY_WORDS = (9.0, -4.6)
_BY_BOTH = (6.0, 40.0, -38.6)


def likeness(words: Sequence[str], variants: Sequence[frozenset[str]], weights: Mapping[str, float]) -> float:
    """How much the question and the variant most like it share, rare words counting more: 0 to 1 (Dice)."""
    asked = set(words)
    if not asked:
        return 0.0
    own = sum(weights[word] for word in asked)
    return max((2 * _sum(asked & one, weights) / (own + _sum(one, weights)) for one in variants if one), default=0.0)


def confidence(like: float, close: float | None) -> float:
    """0 to 1."""
    if close is None:
        slope, offset = _BY_WORDS
        return _logistic(slope * like + offset)
    by_words, by_meaning, offset = _BY_BOTH
    return _logistic(by_words * like + by_meaning * close + offset)


def _sum(words: "set[str] | frozenset[str]", weights: Mapping[str, float]) -> float:
    return sum(weights[word] for word in words)


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))
