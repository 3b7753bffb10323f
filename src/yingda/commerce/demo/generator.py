"""Makes the store's customers and orders: pure, the same for the same seed and day.

Customers depend on the seed alone, so that C10001 stays the same person; orders also on the day, so that a demo
started on any day has fresh ones. Everything lies before the midnight (Shanghai) that begins the day.
"""

import math
from collections import Counter as Tally
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import groupby
from random import Random

import msgspec

from yingda.commerce.demo.basket import Basket, fill
from yingda.commerce.demo.catalogue import City, shelf, world
from yingda.commerce.demo.drafts import Draft, play
from yingda.commerce.demo.parcels import Dispatch
from yingda.commerce.demo.records import Records, write
from yingda.commerce.demo.scenarios import CONFIRMED, CUSTOMER_COUNT, ORDER_COUNT, PLAN, SHOWCASES, Scenario
from yingda.commerce.schemas import Address, Invoice, Order, Product, Refund, ReturnCase, Shipment
from yingda.kit.clock import SHANGHAI

SKIN_TYPES = ("干性", "油性", "混合性", "中性", "敏感性")
#: The last customers registered and have not bought yet.
_NEWCOMERS = 12
#: People shop in the evening: weight of each hour of the day.
_SHOPPING_HOURS = (5, 2, 1, 1, 1, 1, 1, 2, 4, 6, 8, 8, 9, 8, 7, 7, 7, 7, 8, 10, 14, 16, 15, 10)


class Shopper(msgspec.Struct, frozen=True):
    """A customer as the store knows them; fictional. `note` is for showcases."""

    user_id: str
    name: str
    phone: str
    email: str
    level: str
    skin_type: str
    address: Address
    registered_at: datetime
    note: str | None = None
    demo: bool = True


class DemoData(msgspec.Struct, frozen=True):
    """All that the demo store holds."""

    shoppers: list[Shopper]
    products: list[Product]
    orders: list[Order]
    shipments: list[Shipment]
    returns: list[ReturnCase]
    refunds: list[Refund]
    invoices: list[Invoice]


def generate(now: datetime, seed: int) -> DemoData:
    """The store on the day of `now`."""
    midnight = now.astimezone(SHANGHAI).replace(hour=0, minute=0, second=0, microsecond=0)
    rng = Random(f"orders/{seed}/{midnight.date()}")
    shoppers = _shoppers(Random(f"customers/{seed}"), midnight)
    dispatch = Dispatch(rng, world())
    assigned = _assign(rng, len(shoppers))
    drafts = [drafted(rng, dispatch, shoppers[who], scenario, midnight) for who, scenario in assigned]
    records = Records()
    for order_no, draft in numbered(rng, drafts):
        write(rng, records, order_no, draft)
    return DemoData(
        shoppers=_with_levels(shoppers, records.orders),
        products=[spec.product(midnight) for spec in shelf()],
        orders=records.orders,
        shipments=records.shipments,
        returns=records.returns,
        refunds=records.refunds,
        invoices=records.invoices,
    )


def _shoppers(rng: Random, midnight: datetime) -> list[Shopper]:
    names = [showcase.name for showcase in SHOWCASES]
    taken = set(names)
    while len(names) < CUSTOMER_COUNT:
        name = rng.choice(world().surnames) + rng.choice(world().given_names)
        if name not in taken:
            taken.add(name)
            names.append(name)
    return [_shopper(rng, number, name, midnight) for number, name in enumerate(names)]


def _shopper(rng: Random, number: int, name: str, midnight: datetime) -> Shopper:
    user_id = f"C{10001 + number}"
    phone = f"1990000{1000 + number * 26 + rng.randrange(26):04d}"
    buys = number < CUSTOMER_COUNT - _NEWCOMERS and (number >= len(SHOWCASES) or bool(SHOWCASES[number].orders))
    return Shopper(
        user_id=user_id,
        name=name,
        phone=phone,
        email=f"{user_id.lower()}@liuli.example",
        level="普通会员",
        skin_type=rng.choice(SKIN_TYPES),
        address=some_address(rng, name, phone),
        registered_at=midnight - timedelta(hours=rng.uniform(5400, 33000) if buys else rng.uniform(3, 400)),
        note=SHOWCASES[number].note if number < len(SHOWCASES) else None,
    )


def some_address(rng: Random, name: str, phone: str) -> Address:
    """Somewhere in China, in an invented street."""
    w = world()
    city = rng.choices(w.cities, [c.weight for c in w.cities])[0]
    door = f"{rng.randint(1, 28)}栋{rng.randint(1, 3)}单元{rng.randint(1, 26)}{rng.randint(1, 4):02d}室"
    street = f"{rng.choice(w.streets)}{rng.randint(1, 380)}号{rng.choice(w.compounds)}{door}"
    return Address(name, phone, city.province, city.city, rng.choice(city.districts), street)


def _assign(rng: Random, shoppers: int) -> list[tuple[int, Scenario]]:
    """Who orders what: first the showcases, then the rest of the plan, heavy buyers more often."""
    assigned = [(who, scenario) for who, showcase in enumerate(SHOWCASES) for scenario in showcase.orders]
    shown = Tally(scenario for _, scenario in assigned)
    rest = [scenario for scenario in PLAN for _ in range(scenario.count - shown[scenario])]
    rest += [CONFIRMED] * (ORDER_COUNT - len(assigned) - len(rest))
    others = range(len(SHOWCASES), shoppers - _NEWCOMERS)
    weights = [min(rng.paretovariate(1.6), 5) for _ in others]
    return assigned + list(zip(rng.choices(others, weights, k=len(rest)), rest, strict=True))


def drafted(
    rng: Random,
    dispatch: Dispatch,
    shopper: Shopper,
    scenario: Scenario,
    midnight: datetime,
    basket_of: Callable[[Random, bool], Basket] = fill,
) -> Draft:
    """An order of the shopper's that has got as far as the scenario says."""
    address = shopper.address
    if rng.random() < 0.06:  # a present for somebody else
        address = some_address(rng, rng.choice(world().surnames) + rng.choice(world().given_names), shopper.phone)
    city = city_of(address)
    placed = rng.choices(range(24), _SHOPPING_HOURS)[0] + rng.random()
    draft = Draft(shopper.user_id, scenario, address, basket_of(rng, city.remote), midnight.astimezone(UTC), placed)
    play(rng, dispatch, draft, city)
    draft.midnight -= timedelta(days=_days_back(rng, draft.last_hour, scenario.quiet))
    return draft


def city_of(address: Address) -> City:
    return next(city for city in world().cities if city.city == address.city)


def _days_back(rng: Random, last: float, quiet: tuple[float, float]) -> int:
    """How many whole days back a draft must move for its last hour to lie `quiet` hours ago; near is likelier."""
    nearest = math.ceil((quiet[0] + last) / 24)
    farthest = max(nearest, math.floor((quiet[1] + last) / 24))
    return round(rng.triangular(nearest, farthest, nearest))


def numbered(rng: Random, drafts: list[Draft]) -> list[tuple[str, Draft]]:
    """Order numbers grow within a day and leave gaps, as other customers' orders would."""
    drafts = sorted(drafts, key=lambda draft: draft.at(draft.placed))
    given: list[tuple[str, Draft]] = []
    for day, group in groupby(drafts, key=lambda draft: draft.at(draft.placed).astimezone(SHANGHAI).date()):
        of_day = list(group)
        serials = sorted(rng.sample(range(1, 10_000), len(of_day)))
        given += [(f"LM{day:%Y%m%d}{serial:04d}", draft) for serial, draft in zip(serials, of_day, strict=True)]
    return given


def _with_levels(shoppers: list[Shopper], orders: list[Order]) -> list[Shopper]:
    """The membership level follows from what was bought and kept."""
    spent: Tally[str] = Tally()
    for order in orders:
        if order.completed_at or order.delivered_at:
            spent[order.owner] += order.total_cents
    return [msgspec.structs.replace(shopper, level=level_for(spent[shopper.user_id])) for shopper in shoppers]


def level_for(spent_cents: int) -> str:
    """The membership that so much earns."""
    for threshold, level in ((400_000, "黑金会员"), (160_000, "金卡会员"), (60_000, "银卡会员")):
        if spent_cents >= threshold:
            return level
    return "普通会员"
