"""What customers and agents say of an answer from an article, until it stands in the queue and in the figures."""

from typing import Any
from uuid import uuid4

import httpx

from tests.factories import Colleague, Visitor, eventually
from tests.server import RunningServer
from tests.shared import SHARED, Socket

pytestmark = SHARED

Staff = dict[str, Colleague]


async def do(who: Colleague, method: str, path: str, **json: Any) -> Any:
    answer = await who.call(method, path, json=json)
    assert answer.is_success, answer.text
    return answer.json() if answer.content else None


async def live(writer: Colleague, title: str, *questions: str, body: str) -> str:
    """The id of an article that customers are told."""
    content = {"title": title, "tier": "general", "topic": "试用", "questions": [title, *questions], "body": body}
    view = await do(writer, "POST", "/knowledge/articles", slug=f"f-{uuid4().hex[:8]}", content=content)
    where = f"/knowledge/articles/{view['article']['id']}/moves"
    for move in ("submit", "approve"):
        await do(writer, "POST", where, move=move, version=1)

    async def is_found() -> bool:
        found = await do(writer, "POST", "/knowledge/articles/search", text=title, shop="liuli")
        return bool(found["hits"]) and found["hits"][0]["title"] == title

    await eventually(is_found)
    return str(view["article"]["id"])


async def rate(system: RunningServer, visitor: Visitor, message: dict[str, Any], verdict: str) -> httpx.Response:
    body = {"conversation_id": message["conversation_id"], "seq": message["seq"], "verdict": verdict}
    return await system.http.put("/api/v1/chat/ratings", json=body, headers=visitor.headers)


async def queue(writer: Colleague, kind: str, article_id: str) -> list[tuple[str, int]]:
    items = (await writer.get("/knowledge/proposals", kind=kind))["items"]
    return [(one["question"], one["count"]) for one in items if one["article_id"] == article_id]


async def figures(system: RunningServer, article_id: str) -> tuple[int, int]:
    async with system.runtime.db.reading() as conn:
        row = await conn.fetchrow(
            "SELECT sum(useful) AS useful, sum(useless) AS useless FROM article_uses WHERE article_id = $1", article_id
        )
    return (row["useful"] or 0, row["useless"] or 0) if row else (0, 0)


async def test_a_verdict_is_seen_at_once_where_the_thread_is_open(system: RunningServer, staff: Staff) -> None:
    title, writer = "香氛小样会过期吗", staff["supervisor"]
    await live(writer, title, body="未开封三年。")
    visitor = await Visitor.open(system.http)
    [answer] = await visitor.ask(title)
    tab, console = await Socket.of(system, visitor, answer["seq"]), await Socket.of_staff(system, writer)
    await console.say(type="watch", conversation_id=answer["conversation_id"], after_seq=answer["seq"])
    await console.hear("viewers")
    for verdict in ("useless", "useful"):
        await rate(system, visitor, answer, verdict)
        for socket in (tab, console):
            told = (await socket.hear("message"))["message"]
            assert (told["seq"], told["rating"]) == (answer["seq"], verdict)
    for one in (tab, console):
        await one.close()


async def test_a_customer_rates_an_answer_and_changes_their_mind(system: RunningServer, staff: Staff) -> None:
    title, writer = "香氛小样可以单独购买吗", staff["supervisor"]
    article_id = await live(writer, title, body="香氛小样只随正装赠送，不单卖。")
    visitor = await Visitor.open(system.http)
    [answer] = await visitor.ask(title)
    assert (answer["rateable"], answer["rating"], "citation" in answer["content"]) == (True, None, False)
    asked = (await visitor.thread())[0]
    assert asked["rateable"] is False

    for _ in range(2):
        assert (await rate(system, visitor, answer, "useless")).status_code == 204
    assert await queue(writer, "low_rating", article_id) == [(title, 1)]
    assert await figures(system, article_id) == (0, 1)
    assert [one["rating"] for one in await visitor.thread(asked["seq"])] == ["useless"]

    again = await Visitor.open(system.http)
    [other] = await again.ask(title)
    await rate(system, again, other, "useless")
    assert await queue(writer, "low_rating", article_id) == [(title, 2)]
    for person, message in ((visitor, answer), (again, other)):
        assert (await rate(system, person, message, "useful")).status_code == 204
    assert await queue(writer, "low_rating", article_id) == []
    assert await figures(system, article_id) == (2, 0)

    assert (await rate(system, again, answer, "useless")).json()["code"] == "conversation_not_found"
    assert (await rate(system, visitor, asked, "useless")).json()["code"] == "nothing_to_rate"
    nowhere = answer | {"seq": 9999}
    assert (await rate(system, visitor, nowhere, "useless")).json()["code"] == "message_not_found"
    assert await figures(system, article_id) == (2, 0)


async def test_a_customer_cannot_pretend_to_cite(system: RunningServer) -> None:
    visitor = await Visitor.open(system.http)
    forged = {"article_id": str(uuid4()), "title": "伪造", "version": 1, "passage": 0}
    sent = (await visitor.post("您好", citation=forged)).json()
    assert sent["rateable"] is False


async def test_an_agent_corrects_what_the_assistant_said(system: RunningServer, staff: Staff) -> None:
    title, writer, agent = "香薰蜡烛能燃多久", staff["supervisor"], staff["agent"]
    article_id = await live(writer, title, body="约 20 小时。")
    visitor = await Visitor.open(system.http)
    [answer] = await visitor.ask(title)
    conversation_id = answer["conversation_id"]
    await visitor.ask("转人工")
    await do(agent, "POST", f"/conversations/{conversation_id}/take")
    thread = (await agent.get(f"/conversations/{conversation_id}/messages"))["messages"]
    [cited] = [one for one in thread if one["content"].get("citation")]
    expected = {"article_id": article_id, "title": title, "version": 1, "passage": 0}
    assert cited["content"]["citation"] == expected

    where = f"/conversations/{conversation_id}/messages"
    await do(agent, "POST", f"{where}/{answer['seq']}/correction", text="新版约 40 小时，收件人李雷 13812345678")
    [proposal] = [
        one
        for one in (await writer.get("/knowledge/proposals", kind="correction"))["items"]
        if one["article_id"] == article_id
    ]
    assert proposal["question"] == title
    assert proposal["detail"].startswith("新版约 40 小时")
    assert proposal["detail"].endswith("收件人〔姓名〕 〔电话〕")
    refused = await agent.call("POST", f"{where}/1/correction", json={"text": "不对"})
    assert (refused.status_code, refused.json()["code"]) == (409, "nothing_cited")

    seq = (await visitor.post("蜡烛能燃多久呢")).json()["seq"]
    outcome = {"seq": seq, "key": "article:candle", "fate": "edited"}
    path = f"/conversations/{conversation_id}/suggestions/outcomes"
    await do(agent, "POST", path, **outcome)
    assert await queue(writer, "correction", article_id) == [(title, 1)]
    better = {"article_id": article_id, "text": "约 40 小时"}
    await do(agent, "POST", path, **outcome, correction=better)
    assert sorted(await queue(writer, "correction", article_id)) == [("蜡烛能燃多久呢", 1), (title, 1)]


async def test_a_general_answer_comes_instead_of_the_request_to_sign_in(system: RunningServer, staff: Staff) -> None:
    question = "退款多久能到账"
    await live(staff["supervisor"], question, body="退款在 1 至 3 个工作日内原路退回。")
    visitor = await Visitor.open(system.http)
    [general] = await visitor.ask(question)
    assert general["content"]["text"].startswith("退款在 1 至 3 个工作日内原路退回。")
    assert general["rateable"]
    [own] = await visitor.ask("我的退款到哪了")
    assert "店铺登录" in own["content"]["text"]
    known = await Visitor.known(system.http)
    assert not any(one["rateable"] for one in await known.ask(question)), "whose orders are known is told of these"
