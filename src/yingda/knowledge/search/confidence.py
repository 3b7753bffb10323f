"""How likely an article answers a question. Pure."""

import math
from collections.abc import Mapping, Sequence

#: From likeness and lead, and with closeness between them, to a probability. Fitted to the dev half of questions whose
#: answers are known (docs/knowledge.md).
_BY_WORDS = (2.86, 13.2, -2.03)
_BY_BOTH = (1.96, 1.96, 11.4, -2.35)
#: A lead of more closeness than this says no more.
_FAR_AHEAD = 0.6
#: What is no closer in meaning than this, and shares no more of its words than that, is about something else, however
#: far behind all others are: 早晚分开 is not about splitting invoices. It stays below what is offered with doubt.
_FAR, _UNLIKE, _STRANGE = 0.2, 0.6, 0.4
#: From what likeness on a question is one of the article's own, word for word; and how sure that is.
SAME, AS_ASKED = 0.99, 0.98


def likeness(words: Sequence[str], variants: Sequence[frozenset[str]], weights: Mapping[str, float]) -> float:
    """How much the question and the variant most like it share, rare words counting more: 0 to 1 (Dice)."""
    asked = set(words)
    if not asked:
        return 0.0
    own = sum(weights[word] for word in asked)
    return max((2 * _sum(asked & one, weights) / (own + _sum(one, weights)) for one in variants if one), default=0.0)


def leads(ranked: Sequence[tuple[int, float]]) -> dict[int, float]:
    """Of scores, best first, how far each is before the best of the others; below 0 for all but the first."""
    if not ranked:
        return {}
    first, best = ranked[0]
    return {number: score - best for number, score in ranked} | {first: best - (ranked[1][1] if ranked[1:] else 0.0)}


def confidence(like: float, close: float | None, lead: float) -> float:
    """0 to 1. Without closeness, `lead` is a part of the best score of words."""
    if like >= SAME:
        return AS_ASKED
    if close is None:
        by_words, by_lead, offset = _BY_WORDS
        return _logistic(by_words * like + by_lead * lead * like + offset)
    by_words, by_meaning, by_lead, offset = _BY_BOTH
    sure = _logistic(by_words * like + by_meaning * close + by_lead * min(lead, _FAR_AHEAD) + offset)
    return min(sure, _STRANGE) if close < _FAR and like < _UNLIKE else sure


def _sum(words: "set[str] | frozenset[str]", weights: Mapping[str, float]) -> float:
    return sum(weights[word] for word in words)


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))
