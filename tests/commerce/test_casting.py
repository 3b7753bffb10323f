"""Fresh customers who meet conditions."""

from collections import Counter
from datetime import timedelta

import pytest

from yingda.commerce import OrderState, ShipmentState, cast_customer, customer_records
from yingda.commerce.demo.casting import ConditionsImpossible, ConditionUnknown, cast
from yingda.commerce.demo.situations import SITUATIONS, read_conditions, unknown_conditions
from yingda.infra.database import Database
from yingda.kit.clock import now


def states(*conditions: str, seed: str = "s") -> list[str]:
    data = cast(now(), seed, "D1", read_conditions(conditions))
    return [order.state.value for order in sorted(data.orders, key=lambda order: order.placed_at, reverse=True)]


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ([], []),
        (["has_order"], ["shipped"]),
        (["has_two_orders"], ["shipped", "delivered"]),
        (["latest_delivered"], ["delivered"]),
        (["has_order", "latest_unshipped"], ["paid"]),
        (["has_two_orders", "latest_unshipped"], ["paid", "delivered"]),
        (["latest_delivered", "previous_unshipped"], ["delivered", "paid"]),
        (["latest_delivered", "previous_in_transit"], ["delivered", "shipped"]),
        (["previous_delivered"], ["shipped", "delivered"]),
        (["latest_unpaid", "small_basket"], ["unpaid"]),
    ],
)
def test_what_is_said_of_the_orders_is_what_they_are(conditions: list[str], expected: list[str]) -> None:
    for seed in "abc":
        assert states(*conditions, seed=seed) == expected


@pytest.mark.parametrize("situation", SITUATIONS)
def test_every_situation_can_be_the_latest_and_the_one_before(situation: str) -> None:
    data = cast(now(), "s", "D1", read_conditions([f"latest_{situation}", f"previous_{situation}"]))
    first, second = sorted(data.orders, key=lambda order: order.placed_at)
    assert second.placed_at - first.placed_at >= timedelta(hours=1)
    assert first.state is second.state


@pytest.mark.parametrize(
    ("conditions", "unknown"),
    [
        (["has_order", "latest_delivered"], []),
        (["vip"], ["vip"]),
        (["latest_arrived", "has_order"], ["latest_arrived"]),
        (["latest_"], ["latest_"]),
        (["latest_delivered", "latest_unshipped"], ["latest_unshipped"]),
        (["latest_delivered", "latest_delivered"], []),
    ],
)
def test_what_nobody_knows_is_told(conditions: list[str], unknown: list[str]) -> None:
    assert unknown_conditions(conditions) == unknown


def test_baskets_are_as_wanted_or_it_is_said_that_none_can_be() -> None:
    data = cast(now(), "s", "D1", read_conditions(["has_order", "small_basket", "one_item"]))
    assert data.orders[0].total_cents <= 20_000
    with pytest.raises(ConditionsImpossible):
        cast(now(), "s", "D1", read_conditions(["has_order", "one_item", "several_items"]))


async def test_customers_of_one_seed_have_the_same_goods_under_their_own_numbers(demo_url: str) -> None:
    db = await Database.connect(demo_url, pool=2)
    async with db.transaction() as tx:
        people = [await cast_customer(tx, ["latest_misdelivered"], "same", now()) for _ in range(3)]
        found = [await customer_records(tx.conn, who.user_id) for who in people]
        with pytest.raises(ConditionUnknown):
            await cast_customer(tx, ["rich"], "same", now())
    await db.close()
    assert len({records.orders[0].order_no for records in found}) == 3
    assert Counter(records.shipments[0].state for records in found) == {ShipmentState.MISDELIVERED: 3}
    assert all(records.orders[0].state is OrderState.DELIVERED for records in found)
    assert all(who.demo and who.note is None for who in people)
