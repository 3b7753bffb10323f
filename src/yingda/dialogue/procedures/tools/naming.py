"""Which of a customer's goods are meant by what they call them: a part of the name, a nickname, the kind. Pure."""

from collections.abc import Sequence

from yingda.commerce import OrderLine
from yingda.knowledge import Called
from yingda.language import narrow

#: A word that stands in the name says more than one for the kind.
_IN_NAME, _OF_KIND = 2, 1


def called_so(baskets: Sequence[Sequence[OrderLine]], called: Sequence[Called]) -> list[int]:
    """The baskets that have most of what was named, by their places; none where nothing fits."""
    scores = [sum(_fit(lines, one) for one in called) for lines in baskets]
    best = max(scores, default=0)
    return [place for place, score in enumerate(scores) if best and score == best]


def _fit(lines: Sequence[OrderLine], called: Called) -> int:
    if any(called.word in narrow(line.title) for line in lines):
        return _IN_NAME
    return _OF_KIND if any(line.product_id in called.product_ids for line in lines) else 0
