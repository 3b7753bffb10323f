"""Memory across conversations, as customers meet it: asked for once, used, shown, forgotten; and what staff see."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import pytest

from tests.conftest import DemoTemplate
from tests.dialogue.test_assistant import words
from tests.factories import Colleague, Visitor
from tests.server import RunningServer
from yingda.conversations import resolve
from yingda.customers import forget_expired


@pytest.fixture
async def agent(server: RunningServer, demo_template: DemoTemplate) -> AsyncIterator[Colleague]:
    colleague = await Colleague.sign_in(server.url, demo_template.account("demo.supervisor"))
    yield colleague
    await colleague.close()


async def begin_anew(server: RunningServer, conversation_id: str) -> None:
    """The conversation ends, and so long ago that the next word begins another."""
    async with server.runtime.db.transaction() as tx:
        await resolve(tx, UUID(conversation_id))
        await tx.conn.execute(
            "UPDATE conversations SET resolved_at = resolved_at - interval '3 days', "
            "last_message_at = last_message_at - interval '3 days' WHERE id = $1",
            UUID(conversation_id),
        )


async def skin_of(agent: Colleague, conversation_id: str) -> dict[str, Any] | None:
    skin: dict[str, Any] | None = (await agent.get(f"/conversations/{conversation_id}/profile"))["customer"]["skin"]
    return skin


async def test_a_bare_yes_to_something_else_allows_nothing(server: RunningServer, agent: Colleague) -> None:
    visitor = await Visitor.known(server.http, "停滞")
    await visitor.ask("我的快递到哪了")
    heard = await visitor.ask("好的记下")
    assert "记住" not in words(heard)
    async with server.runtime.db.reading() as conn:
        assert not await conn.fetchval("SELECT count(*) FROM consents")


async def test_what_was_allowed_is_kept_used_shown_and_forgotten(server: RunningServer, agent: Colleague) -> None:
    visitor = await Visitor.known(server.http, "停滞")
    heard = await visitor.ask("我是敏感肌，对香精过敏，推荐一款面霜")
    first = heard[0]["conversation_id"]
    assert "不含香精" in words(heard)
    assert "要我记住您的情况（敏感性皮肤、避开香精）吗" in words(heard)
    assert await skin_of(agent, first) is None
    assert "已经记住：敏感性皮肤、避开香精" in words(await visitor.ask("可以记住"))
    await begin_anew(server, first)

    again = await visitor.ask("推荐一款面霜")
    second = again[0]["conversation_id"]
    assert second != first
    assert "结合您告诉过我的情况" in words(again)
    assert "要我记住" not in words(again)
    kept = await skin_of(agent, second)
    assert kept
    assert (kept["skin"]["sensitive"], kept["skin"]["avoid"], kept["by_name"]) == (True, ["香精"], "客户本人")

    assert "（已为您记下：干性皮肤。）" in words(await visitor.ask("我是干皮，推荐个精华"))
    shown = words(await visitor.ask("你记得我什么"))
    assert "我记得您的情况：干性皮肤、敏感性皮肤、避开香精。" in shown
    assert "已经删除" in words(await visitor.ask("忘掉我的信息"))
    assert await skin_of(agent, second) is None
    assert "没有另外记住" in words(await visitor.ask("你记得我什么"))
    assert "要我记住" not in words(await visitor.ask("我是干皮，推荐个精华"))


async def test_who_says_no_is_not_asked_again_and_nothing_is_kept(server: RunningServer, agent: Colleague) -> None:
    visitor = await Visitor.open(server.http)
    first = (await visitor.ask("我是油皮，推荐洗面奶"))[0]["conversation_id"]
    assert "不会保留" in words(await visitor.ask("不用了"))
    assert "油性皮肤" in words(await visitor.ask("推荐一款面霜")), "it is still good for this conversation"
    await begin_anew(server, first)
    assert "油性" not in words(await visitor.ask("推荐一款面霜"))
    again = await visitor.ask("我是油皮，推荐洗面奶")
    assert "要我记住" not in words(again)
    assert await skin_of(agent, again[0]["conversation_id"]) is None


async def test_who_asks_first_what_is_remembered_may_still_allow_it(server: RunningServer, agent: Colleague) -> None:
    visitor = await Visitor.known(server.http, "停滞")
    first = (await visitor.ask("我是敏感肌，推荐一款防晒"))[0]["conversation_id"]
    assert "可以记住" in str(await visitor.ask("你记得我什么"))
    assert "已经记住：敏感性皮肤" in words(await visitor.ask("好的记住吧"))
    assert await skin_of(agent, first) is not None


async def test_health_is_asked_for_by_itself(server: RunningServer, agent: Colleague) -> None:
    visitor = await Visitor.open(server.http)
    await visitor.ask("我是干皮，推荐面霜")
    await visitor.ask("好的")
    asked = await visitor.ask("我怀孕了，推荐一款面霜")
    assert "要我记住您的情况（孕期）吗" in words(asked)
    await visitor.ask("不用")
    kept = await skin_of(agent, asked[0]["conversation_id"])
    assert kept
    assert (kept["skin"]["type"], kept["skin"]["expecting"]) == ("dry", None)
    assert "您说过在孕期" in words(await visitor.ask("时光瓷视黄醇紧致精华乳怎么用"))


async def test_who_takes_over_reads_what_was_told(server: RunningServer, agent: Colleague) -> None:
    visitor = await Visitor.open(server.http)
    await visitor.ask("我是油皮，对酒精过敏，推荐面霜")
    here = (await visitor.ask("转人工"))[0]["conversation_id"]
    story = (await agent.get(f"/conversations/{here}"))["conversation"]["handoff"]
    assert story["slots"]["profile"] == "油性皮肤、避开酒精"
    assert story["tried"]


async def given(server: RunningServer) -> set[str]:
    async with server.runtime.db.reading() as conn:
        rows = await conn.fetch("SELECT DISTINCT ON (purpose) purpose, state FROM consents ORDER BY purpose, id DESC")
    return {row["purpose"] for row in rows if row["state"] == "given"}


@pytest.mark.parametrize(
    ("wish", "asked", "told", "kept", "kind"),
    [
        ("帮我记一下我的肤质", "请告诉我您的肤质", "干皮", "已经记住：干性皮肤", "dry"),
        ("记住我的皮肤情况", "请告诉我您的肤质", "混合性皮肤", "已经记住：混合性皮肤", "combination"),
        ("please remember my skin", "tell me your skin type", "oily skin", "I will remember: oily skin", "oily"),
    ],
)
async def test_who_wants_something_kept_and_has_told_nothing_is_asked_for_it(
    server: RunningServer, agent: Colleague, wish: str, asked: str, told: str, kept: str, kind: str
) -> None:
    visitor = await Visitor.open(server.http)
    question = await visitor.ask(wish)
    assert asked in words(question)
    assert await given(server) == {"memory"}
    assert kept in words(await visitor.ask(told))
    profile = await skin_of(agent, question[0]["conversation_id"])
    assert profile
    assert profile["skin"]["type"] == kind
    assert await given(server) == {"memory"}, "nothing was said of their health"


async def test_a_wish_to_keep_the_skin_is_none_to_keep_what_concerns_health(
    server: RunningServer, agent: Colleague
) -> None:
    visitor = await Visitor.open(server.http)
    asked = await visitor.ask("帮我记一下我的肤质，我是干皮，对酒精过敏")
    assert "已经记住：干性皮肤。" in words(asked)
    assert "要我记住您的情况（避开酒精）吗" in words(asked)
    here = asked[0]["conversation_id"]
    kept = await skin_of(agent, here)
    assert kept
    assert (kept["skin"]["type"], kept["skin"]["avoid"]) == ("dry", [])
    assert await given(server) == {"memory"}
    await visitor.ask("可以记住")
    kept = await skin_of(agent, here)
    assert kept
    assert kept["skin"]["avoid"] == ["酒精"]


async def test_who_is_asked_for_it_may_say_more_or_something_else(server: RunningServer, agent: Colleague) -> None:
    visitor = await Visitor.known(server.http, "停滞")
    here = (await visitor.ask("帮我记一下我的肤质"))[0]["conversation_id"]
    assert "最新动态" in words(await visitor.ask("我的快递到哪了"))
    heard = words(await visitor.ask("我是油皮，对酒精过敏，推荐一款面霜"))
    assert "已为您记下：油性皮肤。" in heard
    assert "要我记住您的情况（避开酒精）吗" in heard
    kept = await skin_of(agent, here)
    assert kept
    assert (kept["skin"]["type"], kept["skin"]["avoid"]) == ("oily", [])


async def test_the_temper_in_which_it_is_told_is_heard(server: RunningServer) -> None:
    visitor = await Visitor.open(server.http)
    here = (await visitor.ask("帮我记一下我的肤质"))[0]["conversation_id"]
    await visitor.ask("干皮，气死我了")
    async with server.runtime.db.reading() as conn:
        emotion = await conn.fetchval("SELECT emotion FROM conversations WHERE id = $1", UUID(here))
    assert emotion == "angry"


async def test_who_is_asked_for_it_may_leave_it(server: RunningServer) -> None:
    visitor = await Visitor.open(server.http)
    await visitor.ask("帮我记一下我的肤质")
    assert "不会保留" in words(await visitor.ask("算了"))
    assert await given(server) == set()


async def test_a_gift_is_not_chosen_for_who_buys_it(server: RunningServer) -> None:
    visitor = await Visitor.open(server.http)
    await visitor.ask("我是油皮，推荐面霜")
    await visitor.ask("可以记住")
    assert "油性" not in words(await visitor.ask("想给我妈买面霜，有推荐吗"))


async def test_what_a_conversation_ended_without_is_offered_the_next_time(server: RunningServer) -> None:
    visitor = await Visitor.known(server.http, "等待发货")
    await visitor.ask("帮我记一下我的肤质，我是干皮")
    first = (await visitor.ask("我想取消订单"))[0]["conversation_id"]
    await begin_anew(server, first)
    assert "上次您问的“取消订单" in words(await visitor.ask("你好"))
    assert "还没有办完" not in words(await visitor.ask("你好"))


async def test_it_expires(server: RunningServer, agent: Colleague) -> None:
    visitor = await Visitor.open(server.http)
    await visitor.ask("我是油皮，推荐面霜")
    here = (await visitor.ask("可以记住"))[0]["conversation_id"]
    async with server.runtime.db.transaction() as tx:
        assert await forget_expired(tx) == 0
        await tx.conn.execute(
            "UPDATE customers SET attributes = jsonb_set(attributes, '{skin,until}', '\"2020-01-01T00:00:00Z\"') "
            "WHERE attributes ? 'skin'"
        )
    assert await skin_of(agent, here) is None
    async with server.runtime.db.transaction() as tx:
        assert await forget_expired(tx) == 1
        assert await tx.conn.fetchval("SELECT count(*) FROM customers WHERE attributes ? 'skin'") == 0


async def test_a_visitor_who_turns_out_to_be_known_is_still_remembered(server: RunningServer) -> None:
    visitor = await Visitor.open(server.http)
    await visitor.ask("我是油皮，推荐面霜")
    await visitor.ask("可以记住")
    shown = (await server.http.get("/api/v1/demo/customers")).json()["customers"][0]
    answer = await server.http.post(
        "/api/v1/chat/sessions",
        json={
            "shop": "liuli",
            "token": visitor.session["token"],
            "identity": {name: shown[name] for name in ("user_id", "signature", "name")},
        },
    )
    known = Visitor(server.http, answer.json())
    assert "我记得您的情况：油性皮肤" in words(await known.ask("你记得我什么"))
