"""Money and matching, pure."""

import re
from collections.abc import Sequence

from yingda.commerce.schemas import OrderState

#: Orders with which the shop has nothing more to do: a remark would be read by nobody.
_CLOSED = frozenset({OrderState.COMPLETED, OrderState.REFUNDED, OrderState.CANCELLED})

_WORDS = re.compile(r"[0-9a-z]+|[㐀-鿿]+")
_FILLERS = re.compile("[的了吗呢吧么啊呀哦有没什能你您我他她们是请问想要哪款给]")


def yuan(cents: int) -> str:
    """`12900` → `¥129.00`."""
    sign = "-" if cents < 0 else ""
    return f"{sign}¥{abs(cents) // 100:,}.{abs(cents) % 100:02d}"


def takes_remarks(state: OrderState) -> bool:
    """Whether somebody in the shop still handles the order."""
    return state not in _CLOSED


def allocate(discount: int, amounts: Sequence[int]) -> list[int]:
    """Share `discount` among `amounts` in proportion, to the cent: the largest remainders get what rounding left."""
    total = sum(amounts)
    if total == 0:
        return [0] * len(amounts)
    shares, remainders = zip(*(divmod(discount * amount, total) for amount in amounts), strict=True)
    left = discount - sum(shares)
    favoured = sorted(range(len(amounts)), key=lambda i: -remainders[i])[:left]
    return [share + (i in favoured) for i, share in enumerate(shares)]


def search_terms(text: str) -> list[str]:
    """Pieces by which a product can be found: pairs of Chinese characters (most words are two), Latin words whole.

    Characters that only make a sentence split it. One character alone counts only where there is no pair.
    """
    words = _WORDS.findall(_FILLERS.sub(" ", text.lower()))
    pairs = [word[i : i + 2] for word in words if not word.isascii() for i in range(len(word) - 1)]
    whole = [word for word in words if word.isascii() or (len(word) == 1 and not pairs)]
    return list(dict.fromkeys(whole + pairs))
