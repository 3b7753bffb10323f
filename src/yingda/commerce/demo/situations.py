"""Situations that a fresh customer may be in, told in words: `latest_delivered`, `previous_unshipped`. Pure.

An order is named by its age and how far it has got; what was bought may be asked for as well. Unknown words are told,
never passed over: a customer who is in another situation than somebody thinks proves nothing.
"""

from collections.abc import Callable, Sequence
from typing import Final

import msgspec

from yingda.commerce.demo.basket import Basket
from yingda.commerce.demo.catalogue import shelf
from yingda.commerce.demo.scenarios import (
    AWAITING_RETURN,
    CONFIRMED,
    CONFIRMED_WITH_INVOICE,
    DAMAGED,
    DELIVERED_YESTERDAY,
    EXCHANGE_RETURNING,
    IN_TRANSIT,
    MISDELIVERED,
    PAID,
    PAID_OVERDUE,
    REFUND_PROCESSING,
    REFUNDING,
    REISSUED,
    STALLED,
    STUCK_OUT_FOR_DELIVERY,
    UNPAID,
    WEATHER,
    Progress,
    Scenario,
)
from yingda.kit.clock import now

Fits = Callable[[Basket], bool]

#: How far an order has got, after `latest_` and `previous_`.
SITUATIONS: Final[dict[str, Scenario]] = {
    "unpaid": UNPAID,
    "unshipped": PAID,
    "overdue": PAID_OVERDUE,
    "packed": Scenario(0, (2, 30), Progress.PACKED),
    "in_transit": IN_TRANSIT,
    "stuck": STUCK_OUT_FOR_DELIVERY,
    "stalled": STALLED,
    "delayed": WEATHER,
    "damaged": DAMAGED,
    "misdelivered": MISDELIVERED,
    "delivered": DELIVERED_YESTERDAY,
    "completed": msgspec.structs.replace(CONFIRMED, quiet=(400, 900), invoice=False),
    "invoiced": CONFIRMED_WITH_INVOICE,
    "cancelled": REFUND_PROCESSING,
    "returning": AWAITING_RETURN,
    "refunding": REFUNDING,
    "exchanging": EXCHANGE_RETURNING,
    "reshipped": REISSUED,
}


def _has_shades(basket: Basket) -> bool:
    """One line, of a product that comes in another variant at the same price, all of them in stock."""
    line = basket.bought[0]
    spec = next(spec for spec in shelf() if spec.id == line.product_id)
    same = [one for one in spec.product(now()).variants if one.price_cents == line.unit_cents]
    return len(basket.bought) == 1 and len(same) > 1 and all(one.stock for one in same)


#: What was bought, by all orders of the customer.
BASKETS: Final[dict[str, Fits]] = {
    "small_basket": lambda basket: basket.total_cents <= 20_000,
    "large_basket": lambda basket: basket.total_cents >= 32_000,
    "one_item": lambda basket: len(basket.bought) == 1 and basket.bought[0].quantity == 1,
    "several_items": lambda basket: len(basket.bought) > 1,
    "with_shades": _has_shades,
    "with_gift": lambda basket: len(basket.bought) < len(basket.lines),
}
#: What was bought has become cheaper since.
PRICE_FELL: Final = "price_fell"
_FELL_BY: Final = 6_000
_COUNTS: Final = ("has_order", "has_two_orders")


class Wanted(msgspec.Struct, frozen=True):
    """Orders, latest first, and what their baskets must be like. `cents_more`: so much was paid for the first line
    above what it costs now."""

    orders: tuple[Scenario, ...]
    baskets: tuple[Fits, ...] = ()
    cents_more: int = 0


def known_conditions() -> list[str]:
    """All words that `read_conditions` knows."""
    return [
        *_COUNTS,
        *(f"{age}_{name}" for age in ("latest", "previous") for name in SITUATIONS),
        *BASKETS,
        PRICE_FELL,
    ]


def unknown_conditions(conditions: Sequence[str]) -> list[str]:
    """Words that say nothing, and second words about one order: both could not be met."""
    known = set(known_conditions())
    unknown = [condition for condition in conditions if condition not in known]
    for age in ("latest_", "previous_"):
        unknown += [one for one in dict.fromkeys(conditions) if one.startswith(age) and one in known][1:]
    return unknown


def read_conditions(conditions: Sequence[str]) -> Wanted:
    """What known conditions ask for. An order of which nothing is said is on its way, an earlier one has arrived."""
    latest, previous = _named(conditions, "latest_"), _named(conditions, "previous_")
    baskets = tuple(BASKETS[condition] for condition in conditions if condition in BASKETS)
    orders: tuple[Scenario, ...] = ()
    if conditions:
        orders = (SITUATIONS[latest or "in_transit"],)
    if previous or "has_two_orders" in conditions:
        orders = (*orders, SITUATIONS[previous or "delivered"])
    return Wanted(orders, baskets, _FELL_BY if PRICE_FELL in conditions else 0)


def _named(conditions: Sequence[str], age: str) -> str | None:
    return next((one.removeprefix(age) for one in conditions if one.startswith(age)), None)
