"""What applies to a question, and how two orders become one. Pure."""

from collections.abc import Sequence

from yingda.knowledge.search.schemas import Document, Query

#: Of reciprocal rank fusion: how little the first place is worth more than the second.
_FLAT = 60


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


def fused(*orders: Sequence[tuple[int, float]]) -> list[tuple[int, float]]:
    """Best first. Of one order its scores stay; of two, places count and not scores, which cannot be compared."""
    given = [order for order in orders if order]
    if len(given) == 1:
        return list(given[0])
    scores: dict[int, float] = {}
    for order in given:
        for place, (number, _) in enumerate(order, 1):
            scores[number] = scores.get(number, 0.0) + 1 / (_FLAT + place)
    return sorted(scores.items(), key=lambda one: -one[1])


def _within(named: Sequence[str], asked: str | None) -> bool:
    return not named or asked is None or asked in named
