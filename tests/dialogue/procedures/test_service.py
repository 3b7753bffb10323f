"""Processes through the real API: what is said, and what became of it in the shop and in the database."""

from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest

from tests.dialogue.test_assistant import codes, words
from tests.factories import PNG, Visitor
from tests.server import RunningServer
from yingda.commerce import Order, OrderState, ShopDown
from yingda.dialogue import Procedures
from yingda.dialogue.answerer import Answerer
from yingda.dialogue.procedures.library import Library, shipped
from yingda.dialogue.procedures.schemas import Words
from yingda.dialogue.tasks import AnswerTurn

PAID, DELIVERED = "等待发货", "未付款"


async def first_order(server: RunningServer, customer: Visitor) -> Order:
    number = (await customer.get("/orders"))["orders"][0]["order_no"]
    return await order_of(server, number)


async def order_of(server: RunningServer, number: str) -> Order:
    async with server.runtime.db.reading() as conn:
        owner = await conn.fetchval("SELECT owner FROM demo_orders WHERE order_no = $1", number)
    return await server.runtime.stores["liuli"].orders.get(owner, number)


async def deeds(server: RunningServer) -> list[tuple[str, str]]:
    async with server.runtime.db.reading() as conn:
        return [(row["kind"], row["state"]) for row in await conn.fetch("SELECT kind, state FROM deeds ORDER BY id")]


async def conversation_of(customer: Visitor) -> UUID:
    return UUID((await customer.thread())[0]["conversation_id"])


async def send_picture(server: RunningServer, customer: Visitor) -> list[dict[str, Any]]:
    upload = await server.http.post("/api/v1/chat/uploads", files={"file": ("a.png", PNG)}, headers=customer.headers)
    body = {"client_id": str(uuid4()), "kind": "image", "content": {"file_id": upload.json()["file_id"]}}
    sent = await server.http.post("/api/v1/chat/messages", json=body, headers=customer.headers)
    await server.runtime.answerer.drain()
    return await customer.thread(sent.json()["seq"])


async def test_an_order_is_cancelled_once_the_customer_agreed_and_every_step_is_on_record(
    server: RunningServer,
) -> None:
    customer = await Visitor.known(server.http, PAID)
    order = await first_order(server, customer)
    assert order.order_no in words(await customer.ask("我要取消订单"))
    assert (await first_order(server, customer)).state is OrderState.PAID
    assert "已取消" in words(await customer.ask("确认"))
    assert (await order_of(server, order.order_no)).state is OrderState.CANCELLED
    assert await deeds(server) == [("cancel_order", "done")]
    async with server.runtime.db.reading() as conn:
        steps = await conn.fetch("SELECT step, reason FROM procedure_steps ORDER BY id")
        seen = await conn.fetchval("SELECT understanding -> 'procedure' -> 0 ->> 'reason' FROM messages WHERE seq = 1")
    assert [row["step"] for row in steps if row["step"] in ("find", "confirm_paid", "cancel")][-2:] == ["cancel"] * 2
    assert seen == "requested"


async def test_a_new_address_is_read_back_before_it_is_written(server: RunningServer) -> None:
    customer = await Visitor.known(server.http, PAID)
    before = (await first_order(server, customer)).address
    await customer.ask("我要改地址")
    agreed = words(await customer.ask("浙江省杭州市西湖区文三路90号3幢502，电话改成13900001234"))
    assert "139****1234" in agreed
    assert "文三路90号3幢502" in agreed
    await customer.ask("是的")
    after = (await first_order(server, customer)).address
    assert (after.name, after.phone) == (before.name, "13900001234")
    assert (after.city, after.district, after.street) == ("杭州市", "西湖区", "文三路90号3幢502")


async def test_a_broken_item_is_sent_again_against_a_photograph(server: RunningServer) -> None:
    customer = await Visitor.known(server.http, DELIVERED)
    asked = await customer.ask("收到的东西破了")
    item = asked[-1]["content"]["options"][0]["text"]
    assert "照片" in words(await customer.ask(item))
    assert "怎么处理" in words(await send_picture(server, customer))
    assert "补发" in words(await customer.ask("补发"))
    assert await deeds(server) == []
    await customer.ask("确认")
    [(kind, _)] = await deeds(server)
    assert kind == "reship"


async def test_nobody_elses_order_is_touched(server: RunningServer) -> None:
    other = await first_order(server, await Visitor.known(server.http, PAID))
    stranger = await Visitor.known(server.http, DELIVERED)
    assert "没有查到订单" in words(await stranger.ask(f"取消订单{other.order_no}"))
    await stranger.ask("确认")
    assert await deeds(server) == []
    visitor = await Visitor.open(server.http)
    assert "登录" in words(await visitor.ask(f"取消订单{other.order_no}"))


async def test_a_shop_that_falls_silent_is_waited_for_and_the_customer_told(
    server: RunningServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    customer = await Visitor.known(server.http, PAID)
    await customer.ask("取消订单")
    orders = type(server.runtime.stores["liuli"].orders)
    whole = orders.cancel

    async def silent(*_: object) -> None:
        raise ShopDown

    monkeypatch.setattr(orders, "cancel", silent)
    assert "等待确认" in words(await customer.ask("确认"))
    monkeypatch.setattr(orders, "cancel", whole)
    async with server.runtime.db.transaction() as tx:
        await tx.conn.execute("UPDATE deeds SET tried_at = tried_at - interval '1 hour'")
    seq = (await customer.thread())[-1]["seq"]
    await server.runtime.deeds.recover()
    assert "已经确认办好" in words(await customer.thread(seq))
    assert await deeds(server) == [("cancel_order", "done")]


async def test_a_process_that_dies_after_the_deed_is_followed_by_one_that_says_so(
    server: RunningServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    customer = await Visitor.known(server.http, PAID)
    await customer.ask("取消订单")
    whole = Answerer._store

    async def die(*_: object) -> bool:
        raise OSError("gone")

    monkeypatch.setattr(Answerer, "_store", die)
    seq = (await customer.post("确认")).json()["seq"]
    await server.runtime.answerer.drain()
    assert await customer.thread(seq) == []
    monkeypatch.setattr(Answerer, "_store", whole)
    await server.runtime.answerer.answer_job(AnswerTurn(await conversation_of(customer)))
    assert "已取消" in words(await customer.thread(seq))
    assert await deeds(server) == [("cancel_order", "done")]


async def test_a_person_who_takes_over_ends_what_was_under_way(server: RunningServer) -> None:
    customer = await Visitor.known(server.http, PAID)
    await customer.ask("取消订单")
    assert "handoff_waiting" in codes(await customer.ask("转人工"))
    async with server.runtime.db.reading() as conn:
        flows = await conn.fetchval("SELECT jsonb_array_length(memory -> 'state' -> 'flows') FROM dialogues")
    assert flows == 0


async def test_a_conversation_goes_on_to_its_end_with_the_version_with_which_it_began(
    server: RunningServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    customer = await Visitor.known(server.http, PAID)
    order = await first_order(server, customer)
    await customer.ask("我要取消订单")
    procedures = await newer(server)
    monkeypatch.setattr(server.runtime.answerer, "_procedures", procedures)
    old = shipped().for_intent("order.cancel")
    assert old
    assert not procedures.library.knows(old.digest)
    assert "换成新版" not in words(await customer.ask("你好"))
    assert "已取消" in words(await customer.ask("确认"))
    assert (await order_of(server, order.order_no)).state is OrderState.CANCELLED
    assert "换成新版" in words(await customer.ask(f"取消订单{order.order_no}"))
    async with server.runtime.db.reading() as conn:
        taken = await conn.fetch(
            "SELECT version, array_agg(step ORDER BY id) AS steps FROM procedure_steps "
            "WHERE process = 'cancel_order' GROUP BY version ORDER BY version"
        )
    assert [row["version"] for row in taken] == [old.process.version, old.process.version + 1]
    assert "cancel" in taken[0]["steps"]
    assert "cancel" not in taken[1]["steps"]


async def newer(server: RunningServer) -> Procedures:
    """A process that came up after the cancellation was rewritten: it knows the new version alone."""
    old = shipped().for_intent("order.cancel")
    assert old
    said = {**old.process.words, "already": Words(zh="换成新版：{order_no}", en="new: {order_no}")}
    process = msgspec.structs.replace(old.process, version=old.process.version + 1, words=said)
    body = msgspec.json.encode(process, order="deterministic")
    new = msgspec.structs.replace(old, process=process, body=body, digest="rewritten")
    library = Library([new if one is old else one for one in shipped().sources])
    return await Procedures.open(server.runtime.db, server.runtime.deeds, library)
