"""What customers hear, asked through the real API on the demo store."""

from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest

from tests.conftest import DemoTemplate
from tests.factories import Colleague, Visitor
from tests.server import RunningServer
from yingda.conversations import get, understood_message
from yingda.dialogue import repository
from yingda.dialogue.memory import Memory
from yingda.dialogue.tasks import AnswerTurn
from yingda.kit.clock import now


def words(messages: list[dict[str, Any]]) -> str:
    return "\n".join(str(message["content"].get("text", "")) for message in messages)


def codes(messages: list[dict[str, Any]]) -> list[str]:
    return [message["content"]["code"] for message in messages if message["kind"] == "system"]


@pytest.mark.parametrize(
    ("note", "question", "expected"),
    [
        ("停滞", "我的快递到哪了", "最新动态"),
        ("停滞", "物流三天没动了怎么回事", "最新动态"),
        ("等待发货", "什么时候发货", "最晚"),
        ("退款处理中", "退款到哪了", "正在处理"),
        ("发票", "发票开好了吗", "发票"),
        ("等待发货", "帮我查一下订单状态", "已付款"),
        ("新客户", "我的快递到哪了", "没有查到订单"),
        ("停滞", "你好", "智能助手"),
        ("停滞", "谢谢", "不客气"),
        ("停滞", "Where is my parcel?", "latest"),
    ],
)
async def test_standard_questions(server: RunningServer, note: str, question: str, expected: str) -> None:
    customer = await Visitor.known(server.http, note)
    assert expected in words(await customer.ask(question))


async def test_a_visitor_hears_how_to_prove_who_they_are(server: RunningServer) -> None:
    visitor = await Visitor.open(server.http)
    assert "登录" in words(await visitor.ask("我的订单到哪了"))


async def test_another_customers_order_is_as_unknown_as_a_wrong_number(server: RunningServer) -> None:
    stranger = await Visitor.known(server.http, "停滞")
    other = await Visitor.known(server.http, "退款处理中")
    order_no = (await other.get("/orders"))["orders"][0]["order_no"]
    theirs = words(await stranger.ask(f"查一下订单{order_no}"))
    wrong = words(await stranger.ask("查一下订单LM202001010001"))
    assert theirs.replace(order_no, "") == wrong.replace("LM202001010001", "")
    assert "没有查到订单" in theirs


async def test_the_order_named_is_the_order_told(server: RunningServer) -> None:
    customer = await Visitor.known(server.http, "停滞")
    for order in (await customer.get("/orders"))["orders"][:3]:
        assert order["order_no"] in str(await customer.ask(f"订单{order['order_no']}什么状态"))


async def test_goods_of_no_order_leave_it_at_the_order_being_talked_about(server: RunningServer) -> None:
    customer = await Visitor.known(server.http, "停滞")
    orders = (await customer.get("/orders"))["orders"]
    bought = " ".join(item["title"] for order in orders for item in order["items"])
    goods = next(one for one in ("香水", "洗发水", "卸妆", "腮红", "眼霜") if one[:2] not in bought)
    number = orders[1]["order_no"]
    await customer.ask(f"订单{number}什么状态")
    assert f"没有找到“{goods}”，下面按我们刚才说的订单 {number}" in words(await customer.ask(f"{goods}那单退了吧"))


async def test_a_bare_number_after_a_question_is_its_answer(server: RunningServer) -> None:
    customer = await Visitor.known(server.http, "停滞")
    await customer.ask("订单LM202001010001的发票开了吗")
    order_no = (await customer.get("/orders"))["orders"][0]["order_no"]
    assert "发票" in words(await customer.ask(order_no))


async def test_bare_information_is_taken_and_asked_about(server: RunningServer, demo_template: DemoTemplate) -> None:
    """It is no gap of the shop's knowledge, and nobody's name and number go into the list of those."""
    customer = await Visitor.open(server.http)
    assert "收到您提供的信息" in words(await customer.ask("我叫王小明，手机号13800138000，地址北京市朝阳区建国路1号"))
    supervisor = await Colleague.sign_in(server.url, demo_template.account("demo.supervisor"))
    await server.runtime.library.write_down()
    assert (await supervisor.get("/knowledge/proposals"))["items"] == []
    await supervisor.close()


async def test_what_touches_health_is_urgent_by_whatever_it_was_found(
    server: RunningServer, demo_template: DemoTemplate
) -> None:
    """No rule knows these words, but the beauty graph does; what was talked about before is no longer the matter."""
    customer = await Visitor.known(server.http, "停滞")
    await customer.ask("我的快递到哪了")
    assert "不要催吐" in words(await customer.ask("护手霜吃进去三天了有事吗"))
    supervisor = await Colleague.sign_in(server.url, demo_template.account("demo.supervisor"))
    [line] = (await supervisor.get("/conversations", view="waiting"))["items"]
    await supervisor.close()
    story = line["conversation"]["handoff"]
    assert (story["reason"], line["conversation"]["level"]) == ("safety", 2)
    assert story["summary"].startswith("不良反应")
    assert (story["slots"]["product"], story["slots"]["duration"]) == ("护手霜", "三天")


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        ("转人工", "requested"),
        ("我要投诉你们客服态度太差", "complaint"),
        ("用了你们家精华脸上过敏起红疹了", "safety"),
        ("你们是骗子吧！！气死我了，垃圾店铺", "emotion"),
    ],
)
async def test_what_goes_to_a_person_at_once(
    server: RunningServer, demo_template: DemoTemplate, message: str, reason: str
) -> None:
    customer = await Visitor.known(server.http, "停滞")
    heard = await customer.ask(message)
    assert "handoff_waiting" in codes(heard)
    supervisor = await Colleague.sign_in(server.url, demo_template.account("demo.supervisor"))
    [line] = (await supervisor.get("/conversations", view="waiting"))["items"]
    await supervisor.close()
    assert line["conversation"]["handoff"]["reason"] == reason
    assert message[:4] in line["conversation"]["handoff"]["summary"]


async def test_not_understood_twice_goes_to_a_person_with_what_was_tried(
    server: RunningServer, demo_template: DemoTemplate
) -> None:
    visitor = await Visitor.open(server.http)
    first = await visitor.ask("咕噜咕噜哔哔啵")
    assert first[0]["kind"] == "quick_replies"
    second = await visitor.ask("嘟嘟囔囔叽叽歪")
    assert "handoff_waiting" in codes(second)
    supervisor = await Colleague.sign_in(server.url, demo_template.account("demo.supervisor"))
    [line] = (await supervisor.get("/conversations", view="waiting"))["items"]
    await supervisor.close()
    handoff = line["conversation"]["handoff"]
    assert handoff["reason"] == "not_understood"
    assert handoff["tried"] == ["请客户换个说法"]


async def test_who_takes_over_from_a_general_answer_is_told_what_was_tried(
    server: RunningServer, demo_template: DemoTemplate
) -> None:
    visitor = await Visitor.open(server.http)
    [told] = await visitor.ask("满多少送赠品")
    assert "出自《" in str(told)
    await visitor.ask("转人工")
    supervisor = await Colleague.sign_in(server.url, demo_template.account("demo.supervisor"))
    [line] = (await supervisor.get("/conversations", view="waiting"))["items"]
    await supervisor.close()
    process, article, *_ = line["conversation"]["handoff"]["tried"]
    assert not process.startswith("知识库")
    assert article.startswith("知识库")


async def test_what_it_does_not_know_it_says_and_yes_brings_a_person(server: RunningServer) -> None:
    visitor = await Visitor.open(server.http)
    offered = await visitor.ask("能用数字货币付款吗")
    assert "没有可靠的资料" in words(offered)
    assert "handoff_waiting" in codes(await visitor.ask("好的"))


async def test_questions_of_beauty_are_answered_from_the_graph_with_sources(server: RunningServer) -> None:
    visitor = await Visitor.open(server.http)
    together = words(await visitor.ask("A醇和水杨酸能一起用吗"))
    assert "不要一起用" in together
    assert "依据：" in together
    assert "不要使用" in words(await visitor.ask("时光瓷视黄醇紧致精华乳孕妇能用吗"))
    assert "handoff_waiting" not in codes(await visitor.thread())


async def test_what_is_a_matter_for_a_doctor_goes_to_a_person(server: RunningServer) -> None:
    visitor = await Visitor.open(server.http)
    answered = await visitor.ask("在用阿达帕林，能和水杨酸一起用吗")
    assert "医生或药师" in words(answered)
    assert "handoff_waiting" in codes(await visitor.thread())


async def test_a_burst_is_answered_whole_and_no_message_twice(server: RunningServer) -> None:
    visitor = await Visitor.open(server.http)
    for _ in range(8):
        assert (await visitor.post("谢谢")).status_code == 201
    await server.runtime.answerer.drain()
    thread = await visitor.thread()
    answers = [message for message in thread if message["author"]["kind"] == "assistant"]
    assert 1 <= len(answers) <= 8
    async with server.runtime.db.reading() as conn:
        head = await get(conn, UUID(thread[0]["conversation_id"]))
        jobs = await conn.fetchval("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'dialogue.answer'")
    assert (head.answered_seq, jobs) == (head.customer_seq, 0)


async def test_of_a_burst_it_is_kept_which_message_said_what(
    server: RunningServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor, answerer, texts = await Visitor.open(server.http), server.runtime.answerer, dict[int, str]()
    with monkeypatch.context() as patch:
        patch.setattr(answerer, "kick", lambda *_: None)
        for text in ("在吗", "查一下LM202611200001", "急死我了"):
            sent = (await visitor.post(text)).json()
            texts[sent["seq"]] = text
    conversation_id = UUID(sent["conversation_id"])
    await answerer.answer_job(AnswerTurn(conversation_id))
    async with server.runtime.db.reading() as conn:
        kept = msgspec.json.decode((await understood_message(conn, conversation_id, sent["seq"])).understanding)
    [order] = kept["entities"]
    assert texts[order["seq"]][order["start"] : order["end"]] == "LM202611200001"
    assert all(one["end"] <= len(texts[one["seq"]]) for one in kept["spans"])


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000a49444154789c6300010000050001"
    "0d0a2db40000000049454e44ae426082"
)


async def test_a_picture_is_received_and_its_name_is_not_read_as_words(server: RunningServer) -> None:
    visitor = await Visitor.open(server.http)
    upload = await server.http.post(
        "/api/v1/chat/uploads", files={"file": ("我要投诉.png", PNG)}, headers=visitor.headers
    )
    body = {"client_id": str(uuid4()), "kind": "image", "content": {"file_id": upload.json()["file_id"]}}
    sent = await server.http.post("/api/v1/chat/messages", json=body, headers=visitor.headers)
    await server.runtime.answerer.drain()
    heard = await visitor.thread(sent.json()["seq"])
    assert "已收到" in words(heard)
    assert codes(heard) == []


async def test_a_picture_is_taken_that_comes_with_the_question_whether_it_is_a_machine(
    server: RunningServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor, answerer = await Visitor.open(server.http), server.runtime.answerer
    upload = await server.http.post("/api/v1/chat/uploads", files={"file": ("a.png", PNG)}, headers=visitor.headers)
    body = {"client_id": str(uuid4()), "kind": "image", "content": {"file_id": upload.json()["file_id"]}}
    with monkeypatch.context() as patch:
        patch.setattr(answerer, "kick", lambda *_: None)
        asked = (await visitor.post("你是机器人吗")).json()
        await server.http.post("/api/v1/chat/messages", json=body, headers=visitor.headers)
    await answerer.answer_job(AnswerTurn(UUID(asked["conversation_id"])))
    heard = words(await visitor.thread(asked["seq"]))
    assert "不是真人" in heard
    assert "已收到" in heard


async def test_a_yes_to_what_was_said_of_itself_brings_no_person(server: RunningServer) -> None:
    visitor = await Visitor.open(server.http)
    here = UUID((await visitor.ask("你好"))[0]["conversation_id"])
    async with server.runtime.db.transaction() as tx:
        await repository.remember(tx.conn, here, Memory(offers_human=True), now())
    await visitor.ask("你是机器人吗")
    assert "handoff_waiting" not in codes(await visitor.ask("好的"))


async def test_a_product_card_is_known_by_its_title(server: RunningServer) -> None:
    visitor = await Visitor.open(server.http)
    card = {"product_id": "P1101", "title": "晨露氨基酸洁面乳", "price": "¥89.00"}
    body = {"client_id": str(uuid4()), "kind": "product_card", "content": card}
    sent = await server.http.post("/api/v1/chat/messages", json=body, headers=visitor.headers)
    await server.runtime.answerer.drain()
    assert "晨露氨基酸洁面乳" in words(await visitor.thread(sent.json()["seq"]))
    assert "晨露氨基酸洁面乳请谨慎" in words(await visitor.ask("这款孕妇能用吗"))


async def test_a_person_is_not_interrupted_by_the_assistant(server: RunningServer, demo_template: DemoTemplate) -> None:
    visitor = await Visitor.open(server.http)
    await visitor.ask("转人工")
    agent = await Colleague.sign_in(server.url, demo_template.account("demo.agent1"))
    [line] = (await agent.get("/conversations", view="waiting"))["items"]
    await agent.call("POST", f"/conversations/{line['conversation']['id']}/messages", json={"text": "在的"})
    seq = (await visitor.post("谢谢")).json()["seq"]
    await server.runtime.answerer.drain()
    assert await visitor.thread(seq) == []
    await agent.close()


async def test_a_store_that_is_down_brings_a_person(server: RunningServer, monkeypatch: pytest.MonkeyPatch) -> None:
    customer = await Visitor.known(server.http, "停滞")

    async def refuse(*_: object) -> None:
        raise TimeoutError

    monkeypatch.setattr(type(server.runtime.stores["liuli"].orders), "recent", refuse)
    heard = await customer.ask("我的快递到哪了")
    assert "订单系统" in words(heard)
    assert "handoff_waiting" in codes(heard)
