import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
import pytest_asyncio
from typer.testing import CliRunner

from tests.commerce.conftest import Shop, deed
from tests.commerce.fake_shop import EXAMPLE, SECRET, FakeShop, example
from tests.commerce.makers import ELSEWHERE
from yingda.app.cli import app as cli
from yingda.commerce import (
    CancelOrder,
    ChangeAddress,
    ChangeRefused,
    ChangeRemark,
    Claim,
    Deeds,
    Done,
    Fault,
    GrantCoupon,
    MappingUnreadable,
    Order,
    OrderNotFound,
    OrderState,
    Refusal,
    Refused,
    RequestReturn,
    ShipmentNotFound,
    ShopDown,
    Store,
    Underway,
    demo_policy,
    read_mapping,
    rest_store,
)
from yingda.commerce.rest.circuit import Circuit
from yingda.commerce.rest.memory import Memory
from yingda.kit import clock

S = OrderState
FRESH = "(body ->> 'delivered_at')::timestamptz > now() - interval '2 days'"


@pytest.fixture(autouse=True)
def secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SONGYUE_SECRET", SECRET)


@pytest_asyncio.fixture
async def fake(shop: Shop) -> FakeShop:
    rows = await shop.db.pool.fetch("SELECT order_no, owner FROM demo_orders")
    rows += await shop.db.pool.fetch("SELECT tracking_no, owner FROM demo_shipments")
    return FakeShop(shop.store, dict(rows))


def through(fake: FakeShop) -> Store:
    """The fake as the REST adapter sees it, without a network between."""
    return rest_store(example("http://shop.example"), httpx.ASGITransport(fake.app()))


def trimmed(one: Any) -> Any:
    """Without what the fake does not tell, or tells as of another moment."""
    plain = msgspec.to_builtins(one)
    return {key: value for key, value in plain.items() if key in TOLD}


TOLD = ("order_no", "owner", "state", "lines", "total_cents", "freight_cents", "address", "placed_at", "paid_at")


async def test_all_reads_tell_what_the_shop_has(shop: Shop, fake: FakeShop) -> None:
    theirs = through(fake)
    order = await shop.order(S.DELIVERED, FRESH)
    owner, number = order.owner, order.order_no
    assert trimmed(await theirs.orders.get(owner, number)) == trimmed(order)
    mine = await shop.store.orders.recent(owner, 7)
    assert [one.order_no for one in await theirs.orders.recent(owner, 7)] == [one.order_no for one in mine]
    (parcel, *_) = await theirs.shipments.of_order(owner, number)
    (same, *_) = await shop.store.shipments.of_order(owner, number)
    assert (parcel.tracking_no, parcel.events) == (same.tracking_no, same.events)
    assert set(await theirs.shipments.of_orders(owner, [number, "NONE"])) == {number}
    product = await theirs.products.get(order.lines[0].product_id)
    assert product.title == (await shop.store.products.get(product.product_id)).title
    assert [one.title for one in await theirs.products.search("面霜", 5)] == [
        one.title for one in await shop.store.products.search("面霜", 5)
    ]
    assert len(await theirs.products.browse(limit=8)) == 8
    account = await theirs.accounts.get(owner)
    assert account is not None
    assert not account.flagged
    sku = product.variants[0].sku
    assert (await theirs.stock.of([sku]))[sku].quantity == product.variants[0].stock
    assert await theirs.invoices.of_order(owner, number) is None
    assert await theirs.returns.of_order(owner, number) == []


async def test_what_is_somebody_elses_is_not_there(shop: Shop, fake: FakeShop) -> None:
    theirs = through(fake)
    mine, other = await shop.orders(S.DELIVERED, 2, FRESH)
    (parcel, *_) = await shop.store.shipments.of_order(other.owner, other.order_no)
    for number in (other.order_no, "LL0", "..", "x/../y", ""):
        with pytest.raises(OrderNotFound):
            await theirs.orders.get(mine.owner, number)
    with pytest.raises(ShipmentNotFound):
        await theirs.shipments.get(mine.owner, parcel.tracking_no)
    assert await theirs.shipments.of_order(mine.owner, other.order_no) == []
    assert all(".." not in asked for asked in fake.asked)


async def test_changes_pass_the_guard_and_reach_the_shop(shop: Shop, fake: FakeShop) -> None:
    theirs = through(fake)
    deeds = Deeds(shop.db, {"songyue": theirs}, {"songyue": demo_policy()})
    paid, delivered = await shop.order(S.PAID), await shop.order(S.DELIVERED, FRESH)

    async def done(order: Order, change: Any, key: str) -> Any:
        return await deeds.perform(deed(order.owner, change, key, shop="songyue"))

    claims = (Claim(delivered.lines[0].sku),)
    back = RequestReturn(order_no=delivered.order_no, lines=claims, fault=Fault.DEFECTIVE, evidence=("p",))
    results = [
        await done(paid, ChangeAddress(order_no=paid.order_no, address=ELSEWHERE), "a"),
        await done(paid, CancelOrder(order_no=paid.order_no), "b"),
        await done(delivered, back, "c"),
        await done(delivered, GrantCoupon(order_no=delivered.order_no, amount_cents=1250), "d"),
    ]
    assert [type(one) for one in results] == [Done] * 4
    assert [one.receipt.amount_cents for one in results] == [0, paid.total_cents, results[2].receipt.amount_cents, 1250]
    assert (await shop.store.orders.get(paid.owner, paid.order_no)).state is S.CANCELLED
    assert (await theirs.returns.of_order(delivered.owner, delivered.order_no))[0].case_no == (
        results[2].receipt.reference
    )
    late = await done(paid, ChangeRemark(order_no=paid.order_no, text="放门口"), "e")
    assert isinstance(late, Refused)
    with pytest.raises(ChangeRefused) as error:
        await theirs.orders.change_remark(paid.owner, ChangeRemark(order_no=paid.order_no, text="x"), "f")
    assert error.value.refusal is Refusal.NOT_OFFERED
    with pytest.raises(ChangeRefused) as error:
        await theirs.orders.cancel(delivered.owner, CancelOrder(order_no=delivered.order_no), "g")
    assert error.value.refusal is Refusal.TOO_LATE


async def test_a_short_illness_is_not_noticed(shop: Shop, fake: FakeShop) -> None:
    order = await shop.order(S.PAID)
    fake.ill = [503, 502]
    assert (await through(fake).orders.get(order.owner, order.order_no)).order_no == order.order_no
    assert len(fake.asked) == 3


async def test_an_outage_is_answered_from_memory_with_its_age(shop: Shop, fake: FakeShop) -> None:
    order, other = await shop.orders(S.PAID, 2)
    mapping = example("http://shop.example")
    mapping = msgspec.structs.replace(mapping, memory=msgspec.structs.replace(mapping.memory, seconds=0))
    theirs = rest_store(mapping, httpx.ASGITransport(fake.app()))
    before = clock.now() - timedelta(minutes=7)
    with clock.frozen(before):
        await theirs.orders.get(order.owner, order.order_no)
    fake.ill = [503] * 100
    assert (await theirs.orders.get(order.owner, order.order_no)).as_of == before
    with pytest.raises(ShopDown):
        await theirs.orders.get(other.owner, other.order_no)
    deeds = Deeds(shop.db, {"songyue": theirs}, {"songyue": demo_policy()})
    refused = await deeds.perform(deed(order.owner, CancelOrder(order_no=order.order_no), shop="songyue"))
    assert isinstance(refused, Refused)
    assert refused.refusal is Refusal.SHOP_DOWN  # what is remembered decides nothing
    asked = len(fake.asked)
    for _ in range(4):
        with pytest.raises(ShopDown):
            await theirs.orders.get(other.owner, other.order_no)
    assert len(fake.asked) - asked <= 2 * mapping.calls.attempts  # then the circuit is open


async def test_a_lost_answer_to_a_change_is_found_out_later(shop: Shop, fake: FakeShop) -> None:
    """The shop has cancelled, but a proxy says 504: not repeated at once, asked again under the same key."""
    order = await shop.order(S.PAID)
    fake.ill = [0] * 1 + [504]
    deeds = Deeds(shop.db, {"songyue": through(fake)}, {"songyue": demo_policy()})
    change = CancelOrder(order_no=order.order_no)
    assert isinstance(await deeds.perform(deed(order.owner, change, shop="songyue")), Underway)
    assert len([one for one in fake.asked if one.startswith("POST")]) == 1
    with clock.frozen(clock.now() + timedelta(minutes=2)):
        await deeds.recover()
    assert isinstance(await deeds.perform(deed(order.owner, change, shop="songyue")), Done)
    assert len(await shop.store.returns.refunds(order.owner, order.order_no)) == 1


async def test_an_order_without_an_owner_is_nobodys(shop: Shop, fake: FakeShop) -> None:
    """A shop that does not say whose an order is must not be believed that it is the asking customer's."""
    order = await shop.order(S.PAID)
    mapping = example("http://shop.example")
    fields = {name: known for name, known in mapping.fields["Order"].items() if name != "owner"}
    mapping = msgspec.structs.replace(mapping, fields=mapping.fields | {"Order": fields})
    theirs = rest_store(mapping, httpx.ASGITransport(fake.app()))
    with pytest.raises(ShopDown):
        await theirs.orders.get("C99999", order.order_no)
    assert await theirs.orders.recent(order.owner, 1)  # asked for by whose they are


async def test_answers_that_do_not_fit_are_an_outage(shop: Shop, fake: FakeShop) -> None:
    order = await shop.order(S.PAID)
    mapping = example("http://shop.example")
    mapping = msgspec.structs.replace(mapping, states={})
    theirs = rest_store(mapping, httpx.ASGITransport(fake.app()))
    with pytest.raises(ShopDown) as error:
        await theirs.orders.get(order.owner, order.order_no)
    assert "Order" in str(error.value.__cause__)


def test_a_circuit_lets_one_try_after_a_while() -> None:
    moment = 0.0
    circuit = Circuit(2, 30, lambda: moment)
    for _ in range(2):
        circuit.enter()
        circuit.failed()
    with pytest.raises(ShopDown):
        circuit.enter()
    moment = 30
    circuit.enter()
    with pytest.raises(ShopDown):
        circuit.enter()
    circuit.succeeded()
    circuit.enter()


async def test_memory_forgets_what_is_too_old() -> None:
    moment = 0.0
    memory = Memory(5, 100, lambda: moment)
    answers: list[int | None] = [1, 2, None, None]

    async def ask() -> int:
        answer = answers.pop(0)
        if answer is None:
            raise ShopDown
        return answer

    assert [await memory.recall(("x", "C1"), ask) for _ in range(2)] == [1, 1]
    moment = 6
    assert await memory.recall(("x", "C1"), ask) == 2
    moment = 60
    assert await memory.recall(("x", "C1"), ask) == 2
    memory.forget("C1")
    with pytest.raises(ShopDown):
        await memory.recall(("x", "C1"), ask)


def broken(old: str, new: str) -> Callable[[], str]:
    return lambda: EXAMPLE.read_text().replace(old, new, 1)


BROKEN = {
    "no toml": (lambda: "code = ", "shop.toml"),
    "unknown word": (broken("timeout_seconds", "timeout"), "timeout"),
    "unknown operation": (broken("coupons = {", "vouchers = {"), "vouchers"),
    "bad path": (broken('items = "data.list"', 'items = "data["'), "shop.toml"),
    "unknown name": (broken("/orders/{order_no}", "/orders/{number}"), "{number}"),
    "unknown zone": (broken("Asia/Shanghai", "Asia/Nowhere"), "Asia/Nowhere"),
    "changes without a policy": (broken('policies = "shop-example-policies.toml"', ""), "policies"),
    "unknown meaning": (broken('means = "too_late"', 'means = "tomorrow"'), "tomorrow"),
}


@pytest.mark.parametrize(("text", "named"), BROKEN.values(), ids=BROKEN.keys())
def test_a_mapping_that_cannot_work_is_named(tmp_path: Path, text: Callable[[], str], named: str) -> None:
    path = tmp_path / "shop.toml"
    path.write_text(text())
    with pytest.raises(MappingUnreadable) as error:
        read_mapping(path)
    assert named in str(error.value)


def test_a_secret_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SONGYUE_SECRET")
    with pytest.raises(MappingUnreadable, match="SONGYUE_SECRET"):
        rest_store(read_mapping(EXAMPLE))


async def checked(tmp_path: Path, url: str, sample: str, *options: str) -> tuple[int, str]:
    """Exit code and output of the command, run against the shop at `url`."""
    config, samples = tmp_path / "shop.toml", tmp_path / "sample.toml"
    config.write_text(EXAMPLE.read_text().replace("https://api.songyue.example/v1", url))
    samples.write_text(sample)
    command = ["commerce", "check", "--config", str(config), "--sample", str(samples), *options]
    result = await asyncio.to_thread(CliRunner().invoke, cli, command, env={"COLUMNS": "200"})
    return result.exit_code, result.output


async def test_the_contract_is_tried_on_a_shop(tmp_path: Path, shop: Shop, fake: FakeShop) -> None:
    paid, stranger = await shop.order(S.PAID), await shop.order(S.DELIVERED)
    fake.owner_of = {paid.order_no: paid.owner, stranger.order_no: stranger.owner}
    sample = f"""
owner = "{paid.owner}"
stranger = "{stranger.owner}"
order_no = "{paid.order_no}"
product_id = "{paid.lines[0].product_id}"
skus = ["{paid.lines[0].sku}"]
changes = [{{ type = "cancel_order", order_no = "{paid.order_no}" }}]
"""
    async with fake.open() as url:
        code, output = await checked(tmp_path, url, sample)
        assert code == 0, output
        assert "cancel_order" not in output
        assert (await shop.store.orders.get(paid.owner, paid.order_no)).state is S.PAID
        code, output = await checked(tmp_path, url, sample, "--changes")
        assert code == 0, output
        assert "the same key again changes nothing" in output
        fake.ill = [500] * 300
        code, output = await checked(tmp_path, url, sample)
        assert code == 1
        assert "did not answer" in output
    code, output = await checked(tmp_path, url, "owner = 7")
    assert code == 2


async def test_a_shop_that_forgets_keys_does_not_pass(tmp_path: Path, shop: Shop, fake: FakeShop) -> None:
    order, stranger = await shop.orders(S.COMPLETED, 2)
    fake.forgetful = True
    sample = f"""
owner = "{order.owner}"
stranger = "{stranger.owner}"
order_no = "{order.order_no}"
changes = [{{ type = "grant_coupon", order_no = "{order.order_no}", amount_cents = 100 }}]
"""
    async with fake.open() as url:
        code, output = await checked(tmp_path, url, sample, "--changes")
    assert code == 1
    assert "is it done twice?" in output


async def test_parcels_are_listed_by_what_moved_last(shop: Shop, fake: FakeShop) -> None:
    since = clock.now() - timedelta(days=3)
    mine = await shop.store.shipments.moved(since, "", 1000)
    theirs = await through(fake).shipments.moved(since, "", 1000)
    assert mine
    assert theirs
    assert [one.tracking_no for one in theirs] == [one.tracking_no for one in mine]
    last = mine[4]
    page = await through(fake).shipments.moved(last.last_event.at, last.tracking_no, 3)
    assert page
    assert [one.tracking_no for one in page] == [one.tracking_no for one in mine[5:8]]
    mapping = example("http://shop.example")
    reads = {name: read for name, read in mapping.reads.items() if name != "moved"}
    cannot = rest_store(msgspec.structs.replace(mapping, reads=reads), httpx.ASGITransport(fake.app()))
    assert await cannot.shipments.moved(since, "", 10) is None
