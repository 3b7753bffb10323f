"""What applies to a question, and how two orders become one. Pure."""

from collections.abc import Mapping, Sequence

from yingda.knowledge.search.schemas import Document, Query

#: What the best match of words adds to closeness.
WORDS = 0.3
#: Cosines nearer to 1 than this are usual only where an encoder tells nothing apart.
_TELLS_NOTHING = 1e-3


def applies(document: Document, query: Query) -> bool:
    """Whether the article holds there, for that, and at that time. What the question leaves open excludes nothing."""
    scope, at = document.scope, query.at
    return (
        document.tier in query.tiers
        and _within(scope.shops, query.shop)
        and _within(scope.channels, query.channel)
        and (not scope.products or not query.products or bool(set(scope.products) & set(query.products)))
        and (at is None or document.valid_from is None or document.valid_from <= at)
        and (at is None or document.valid_until is None or at < document.valid_until)
    )


def relative(cosine: float, usual: float) -> float:
    """How much of the usual distance is gone: 0 of what is as far as `usual`, below 0 beyond it, 1 of the same."""
    return 1 - (1 - cosine) / max(1 - usual, _TELLS_NOTHING)


def fused(lexical: Sequence[tuple[int, float]], closeness: Mapping[int, float]) -> list[tuple[int, float]]:
    """Best first: as close as they are, and a little better for words in common. Of one of both, its own order stays.

    What has no vectors yet counts as close as its words are good, between the farthest and the nearest of the others.
    """
    if not closeness:
        return list(lexical)
    farthest, nearest = min(closeness.values()), max(closeness.values())
    most = max((score for _, score in lexical), default=0.0) or 1.0
    scores = dict(closeness)
    for number, score in lexical:
        good = score / most
        scores[number] = closeness.get(number, farthest + good * (nearest - farthest)) + WORDS * good
    return sorted(scores.items(), key=lambda one: -one[1])


def _within(named: Sequence[str], asked: str | None) -> bool:
    return not named or asked is None or asked in named
