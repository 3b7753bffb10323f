from datetime import timedelta

import pytest

from yingda.commerce import (
    Order,
    OrderClosed,
    OrderNotFound,
    ProductNotFound,
    ReturnNotFound,
    ShipmentNotFound,
    ShipmentState,
    Store,
    demo_store,
    seed_demo,
    showcase_customers,
)
from yingda.infra.database import Database
from yingda.kit import clock

FINDINGS = {
    "防晒": "防晒",
    "面霜": "面霜",
    "口红": "口红",
    "有没有适合敏感肌的面霜": "雪竹屏障修护面霜",
    "烟酰胺精华": "月见烟酰胺焕亮精华液",
    "早C晚A": "早 C 晚 A",
    "B5": "B5",
    "你们家的豆沙色口红还有吗": "花信丝绒哑光口红",
    "气垫替换芯": "云裳水光养肤气垫",
    "p1402": "视黄醇",
    "有什么适合油皮的防晒": "霁青清透防晒乳",
    "黑眼圈": "晨露咖啡因亮眼凝露",
    "去黑头": "霁青净透泥膜",
    "敏感肌能用什么面膜": "雪竹舒缓修护面膜",
}


@pytest.fixture
async def store(db: Database) -> Store:
    async with db.transaction() as tx:
        assert await seed_demo(tx, clock.now())
    return demo_store(db)


async def owner_of(db: Database, note: str) -> str:
    async with db.transaction() as tx:
        return next(who.user_id for who in await showcase_customers(tx) if note in who.note)


async def latest(store: Store, owner: str) -> Order:
    return (await store.orders.recent(owner))[0]


async def test_seeding_twice_is_seeding_once(db: Database) -> None:
    now = clock.now()
    async with db.transaction() as tx:
        assert await seed_demo(tx, now)
    async with db.transaction() as tx:
        assert not await seed_demo(tx, now)
        assert await tx.conn.fetchval("SELECT count(*) FROM demo_orders") == 2000
    async with db.transaction() as tx:
        assert await seed_demo(tx, now + timedelta(days=1)), "a new day has fresh orders"
        assert await tx.conn.fetchval("SELECT count(*) FROM demo_orders") == 2000
        assert len(await showcase_customers(tx)) >= 10


async def test_a_customer_sees_their_own_orders_latest_first(db: Database, store: Store) -> None:
    owner = await owner_of(db, "高价值")
    orders = await store.orders.recent(owner, limit=5)
    assert len(orders) == 5
    assert orders == sorted(orders, key=lambda order: order.placed_at, reverse=True)
    assert {order.owner for order in orders} == {owner}
    assert await store.orders.recent("nobody") == []


async def test_answers_are_as_of_now(store: Store) -> None:
    with clock.frozen(clock.now()):
        assert (await latest(store, "C10001")).as_of == clock.now()


async def test_what_is_anothers_is_not_found_just_as_what_does_not_exist(db: Database, store: Store) -> None:
    owner = await owner_of(db, "退货已入库")
    cases = [
        case for one in await store.orders.recent(owner) for case in await store.returns.of_order(owner, one.order_no)
    ]
    order, case = await store.orders.get(owner, cases[0].order_no), cases[0]  # not always their latest order
    shipment, *_ = await store.shipments.of_order(owner, order.order_no)
    assert (await store.orders.get(owner, f" {order.order_no.lower()} ")).order_no == order.order_no
    assert (await store.shipments.get(owner, shipment.tracking_no)).order_no == order.order_no
    assert (await store.returns.get(owner, case.case_no)).refund_cents > 0

    for order_no in (order.order_no, "LM209901010001", "'; DROP TABLE demo_orders; --"):
        with pytest.raises(OrderNotFound):
            await store.orders.get("C10299", order_no)
    with pytest.raises(ShipmentNotFound):
        await store.shipments.get("C10299", shipment.tracking_no)
    with pytest.raises(ReturnNotFound):
        await store.returns.get("C10299", case.case_no)
    for nothing in (
        await store.shipments.of_order("C10299", order.order_no),
        await store.returns.of_order("C10299", order.order_no),
        await store.returns.refunds("C10299", order.order_no),
    ):
        assert nothing == []
    assert await store.invoices.of_order("C10299", order.order_no) is None


async def test_parcels_of_an_exchange_come_in_order(db: Database, store: Store) -> None:
    owner = await owner_of(db, "换货中")
    order = await latest(store, owner)
    outbound, back = await store.shipments.of_order(owner, order.order_no)
    assert (outbound.purpose, back.purpose) == ("outbound", "return")
    assert (outbound.state, back.state) == (ShipmentState.DELIVERED, ShipmentState.IN_TRANSIT)


async def test_parcels_of_several_orders_are_told_at_once(db: Database, store: Store) -> None:
    owner = await owner_of(db, "高价值")
    numbers = [order.order_no for order in await store.orders.recent(owner)]
    found = await store.shipments.of_orders(owner, numbers)
    singly = {no: await store.shipments.of_order(owner, no) for no in numbers}
    assert {no: [one.tracking_no for one in parcels] for no, parcels in found.items()} == {
        no: [one.tracking_no for one in parcels] for no, parcels in singly.items() if parcels
    }
    assert await store.shipments.of_orders("C10299", numbers) == {}


async def test_a_remark_is_added_once_for_each_key(db: Database, store: Store) -> None:
    owner = await owner_of(db, "派送中停滞")
    order = await latest(store, owner)
    before = order.seller_remark
    for key in ("k1", "k1", "k2"):
        await store.orders.remark(owner, order.order_no.lower(), f"小雅：请尽快补发 {key}", key)
    lines = (await store.orders.get(owner, order.order_no)).seller_remark
    assert lines == "\n".join(filter(None, (before, "小雅：请尽快补发 k1", "小雅：请尽快补发 k2")))


async def test_a_remark_needs_an_order_that_somebody_still_handles(db: Database, store: Store) -> None:
    owner = await owner_of(db, "付款后取消")
    order = await latest(store, owner)
    with pytest.raises(OrderClosed):
        await store.orders.remark(owner, order.order_no, "晚了", "k")
    with pytest.raises(OrderNotFound):
        await store.orders.remark("C10299", order.order_no, "别人的", "k")
    assert (await store.orders.get(owner, order.order_no)).seller_remark == order.seller_remark


async def test_refund_and_invoice_are_told(db: Database, store: Store) -> None:
    owner = await owner_of(db, "付款后取消")
    (refund,) = await store.returns.refunds(owner, (await latest(store, owner)).order_no)
    assert (refund.state, refund.case_no) == ("processing", None)
    buyer = await owner_of(db, "电子发票")
    invoice = await store.invoices.of_order(buyer, (await latest(store, buyer)).order_no)
    assert invoice
    assert (invoice.url or "").endswith(f"{invoice.invoice_no}.pdf")


async def test_products_are_found_by_the_customers_words(store: Store) -> None:
    for text, expected in FINDINGS.items():
        best = (await store.products.search(text, limit=3))[0]
        assert expected in best.title + best.category, text


async def test_a_search_for_nothing_finds_nothing(store: Store) -> None:
    assert await store.products.search("？！") == []
    assert await store.products.search("量子力学") == []


async def test_the_shelf_is_browsed_by_category(store: Store) -> None:
    assert len(await store.products.browse()) >= 60
    sunscreens = await store.products.browse("防晒")
    assert {product.category for product in sunscreens} == {"防晒"}
    assert (await store.products.get(sunscreens[0].product_id)).title == sunscreens[0].title
    with pytest.raises(ProductNotFound):
        await store.products.get("P0000")
