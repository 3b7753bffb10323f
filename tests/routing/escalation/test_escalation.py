"""Up the chain: every step has an owner who confirms it, and nobody is forgotten on the way."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.conftest import DemoTemplate
from tests.factories import Colleague, Visitor
from tests.server import RunningServer
from yingda.kit.clock import frozen, now
from yingda.routing import escalation, warning

ANGRY = ("你们就是骗子，气死我了", "什么垃圾服务，太恶心了！", "气死了，垃圾店铺，骗子！")


class Floor:
    """The people of the demo at work, and a customer whom one of them serves."""

    def __init__(self, server: RunningServer, template: DemoTemplate) -> None:
        self.server, self._template = server, template
        self._known: dict[str, Colleague] = {}
        self.visitor: Visitor
        self.conversation_id = ""

    async def sign_in(self, login: str) -> Colleague:
        if login not in self._known:
            account = self._template.account(f"demo.{login}")
            self._known[login] = await Colleague.sign_in(self.server.url, account)
        return self._known[login]

    async def come(self, *logins: str) -> None:
        for login in logins:
            await self.do(login, "PUT", "/routing/presence", json={"status": "online"})

    async def do(self, login: str, method: str, path: str, expected: int | None = None, **options: Any) -> Any:
        answer = await (await self.sign_in(login)).call(method, path, **options)
        assert answer.status_code == (expected or answer.status_code), answer.text
        assert expected or answer.is_success, answer.text
        return answer.json() if answer.content else None

    async def on(self, login: str, action: str, method: str = "POST", expected: int | None = None, **body: Any) -> Any:
        path = f"/conversations/{self.conversation_id}/{action}"
        options = {"json": body} if body else {}
        return await self.do(login, method, path, expected, **options)

    async def serve(self, login: str, words: str = "转人工") -> None:
        """A customer asks for a person, and gets this one."""
        self.visitor = await Visitor.open(self.server.http)
        await self.visitor.ask("你好")
        self.conversation_id = (await self.visitor.thread())[0]["conversation_id"]
        await self.visitor.ask(words)
        await self.on(login, "take")

    async def ask_for_help(self, login: str, expected: int = 201) -> Any:
        return await self.on(login, "escalations", expected=expected, reason="需要专员处理退款")

    async def steps(self) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = (await self.on("supervisor", "escalations", "GET"))["items"]
        return items

    async def notices(self, login: str) -> list[str]:
        return [item["kind"] for item in (await self.do(login, "GET", "/notices"))["items"]]

    async def let_time_pass(self) -> None:
        """The time to confirm is over."""
        async with self.server.runtime.db.transaction() as tx:
            earlier = now() - timedelta(minutes=1)
            await tx.conn.execute("UPDATE routing_escalations SET receipt_due_at = $1 WHERE closed_at IS NULL", earlier)
        await escalation.watch(self.server.runtime.db)

    async def close(self) -> None:
        for colleague in self._known.values():
            await colleague.close()


@pytest.fixture
async def floor(server: RunningServer, demo_template: DemoTemplate) -> AsyncIterator[Floor]:
    floor = Floor(server, demo_template)
    yield floor
    await floor.close()


async def test_help_comes_step_by_step_and_ends_with_the_supervisors(floor: Floor) -> None:
    await floor.serve("agent1")
    await floor.come("agent2")
    step = await floor.ask_for_help("agent1")
    assert (step["step"], step["owner_name"], step["by_name"]) == ("specialist", "小舟", "小雅")
    assert "escalated" in await floor.notices("agent2")
    await floor.do("agent3", "POST", f"/escalations/{step['id']}/confirm", 403)
    confirmed = await floor.do("agent2", "POST", f"/escalations/{step['id']}/confirm")
    assert confirmed["receipted_by_name"] == "小舟"
    await floor.do("agent2", "POST", f"/escalations/{step['id']}/confirm", 409)

    await floor.come("agent3")
    team = await floor.ask_for_help("agent2")
    assert (team["step"], team["owner_id"]) == ("specialists", None)
    taken = await floor.do("agent3", "POST", f"/escalations/{team['id']}/confirm")
    assert taken["receipted_by_name"] == "晓彤"
    head = await floor.do("agent3", "GET", f"/conversations/{floor.conversation_id}")
    assert head["conversation"]["assignee_name"] == "晓彤"

    assert (await floor.ask_for_help("agent3"))["owner_name"] == "主管"
    assert "escalated" in await floor.notices("supervisor")
    assert (await floor.ask_for_help("agent3", expected=409))["code"] == "escalation_top"
    outcomes = [(step["step"], step["outcome"]) for step in await floor.steps()]
    assert outcomes == [("supervisors", None), ("specialists", "passed_on"), ("specialist", "passed_on")]
    assert any("升级到专员：小舟" in words for words in await floor_record(floor))

    await floor.on("agent3", "resolve")
    assert (await floor.steps())[0]["outcome"] == "resolved"
    trail = (await floor.do("admin", "GET", "/audit", params={"object_id": floor.conversation_id}))["items"]
    done = [entry["action"] for entry in trail if entry["action"].startswith("escalation.")]
    assert (done.count("escalation.request"), done.count("escalation.confirm")) == (3, 2)


async def floor_record(floor: Floor) -> list[str]:
    thread = await floor.on("supervisor", "messages", "GET")
    return [message["content"].get("text", "") for message in thread["messages"]]


async def test_who_does_not_confirm_is_passed_over_until_the_supervisors_are_asked_again(floor: Floor) -> None:
    await floor.serve("agent1")
    await floor.come("agent2", "agent3")
    await floor.ask_for_help("agent1")
    asked = []
    for _ in range(3):
        await floor.let_time_pass()
        asked.append((await floor.steps())[0]["step"])
    assert asked == ["specialists", "supervisors", "supervisors"]
    assert [step["outcome"] for step in await floor.steps()] == [None, "fell_through", "fell_through"]
    assert (await floor.notices("supervisor")).count("escalated") == 2


async def test_the_supervisors_are_asked_again_after_the_same_pause_each_time(floor: Floor) -> None:
    await floor.serve("agent1")
    await floor.ask_for_help("agent1")  # nobody else is there
    begun = now()
    for minutes in (30, 60, 120):
        moment = begun + timedelta(minutes=minutes)
        with frozen(moment):
            await floor.let_time_pass()
        step = (await floor.steps())[0]
        assert step["step"] == "supervisors"
        assert datetime.fromisoformat(step["receipt_due_at"]) == moment + timedelta(minutes=10)


async def test_who_answers_the_customer_has_confirmed_by_that(floor: Floor) -> None:
    await floor.serve("agent1")
    await floor.come("agent2")
    await floor.ask_for_help("agent1")
    await floor.on("agent2", "messages", text="您好，我来帮您处理")
    await floor.let_time_pass()
    (step,) = await floor.steps()
    assert step["receipted_at"]


async def test_a_grave_complaint_goes_to_a_specialist_at_once_and_a_crisis_pages_the_supervisors(floor: Floor) -> None:
    await floor.come("agent1", "agent2")
    await floor.serve("agent1", "我要打12315投诉你们，找律师起诉")
    (step,) = await floor.steps()
    assert (step["trigger"], step["level"]) == ("level", 4)
    for _ in range(2):
        await floor.on("supervisor", "level", "PUT", level=5, reason="媒体已经报道")
        await floor.on("supervisor", "level", "PUT", level=4, reason="核实后降级")
    assert (await floor.notices("supervisor")).count("crisis") == 1
    tickets = (await floor.do("supervisor", "GET", "/tickets"))["items"]
    grave = [(ticket["level"], ticket["title"]) for ticket in tickets if ticket["title"] != "客户投诉"]
    assert grave == [(5, "危机事件处理")]


async def test_a_parcel_goes_to_logistics_as_a_ticket_which_they_confirm_by_working_on_it(floor: Floor) -> None:
    await floor.serve("agent1", "我的快递一直没动静，转人工")
    async with floor.server.runtime.db.transaction() as tx:
        await tx.conn.execute("UPDATE conversations SET intent = 'logistics.stalled'")
    step = await floor.ask_for_help("agent1")  # nobody else is there: neither specialist nor team
    assert (step["step"], step["owner_name"]) == ("logistics", "物流")
    view = await floor.do("logistics", "GET", f"/tickets/{step['ticket_id']}")
    change = {"version": view["ticket"]["version"], "state": "checking"}
    await floor.do("logistics", "PATCH", f"/tickets/{step['ticket_id']}", json=change)
    assert (await floor.steps())[0]["receipted_by_name"] == "江远"


async def test_three_bad_messages_in_a_row_call_for_help(floor: Floor) -> None:
    await floor.serve("agent1")
    await floor.come("agent2")
    for words in ANGRY:
        assert await floor.steps() == []
        await floor.visitor.post(words)
        await floor.server.runtime.listener.drain()
    (step,) = await floor.steps()
    assert (step["trigger"], step["owner_name"]) == ("emotion", "小舟")


async def test_a_chain_is_published_by_who_may_and_nobody_overwrites_anothers(floor: Floor) -> None:
    shipped = await floor.do("agent1", "GET", "/escalations/chain")
    chain = shipped["chain"] | {"crisis_level": 4}
    body = {"chain": chain, "base_version": 0, "reason": "四级也算危机"}
    await floor.do("agent1", "PUT", "/escalations/chain", 403, json=body)
    published = await floor.do("admin", "PUT", "/escalations/chain", json=body)
    assert (published["version"], published["by_name"]) == (1, "林知夏")
    stale = await floor.do("admin", "PUT", "/escalations/chain", 409, json=body)
    assert "林知夏" in stale["detail"]
    chain["steps"][2]["department"] = "nowhere"
    unknown = await floor.do("admin", "PUT", "/escalations/chain", 404, json=body | {"base_version": 1, "chain": chain})
    assert "nowhere" in unknown["detail"]
    trail = await floor.do("admin", "GET", "/audit", params={"action": "escalation.publish"})
    assert trail["items"][0]["after"]["crisis_level"] == 4


async def test_what_may_go_wrong_is_flagged_once_shown_with_reasons_and_measured(floor: Floor) -> None:
    db = floor.server.runtime.db
    await floor.serve("agent1", "我要投诉你们客服态度差")
    await floor.visitor.post(ANGRY[0])
    await floor.server.runtime.listener.drain()
    for _ in range(2):
        async with db.transaction() as tx:
            await tx.conn.execute(
                "UPDATE conversations SET due_at = now(), waiting_since = now() - interval '9 minutes'"
            )
            assert await warning.look_ahead(tx) == 2, "the conversation, and the ticket of the complaint"
    (risk,) = (await floor.do("agent1", "GET", "/warnings"))["items"]
    assert (risk["kind"], risk["id"]) == ("conversation", floor.conversation_id)
    assert risk["reasons"][0]["feature"] == "elapsed"
    assert (await floor.do("agent4", "GET", "/warnings"))["items"] in ([], [risk])
    assert (await floor.notices("agent1")).count("warned") == 1
    await floor.come("agent2")
    await floor.ask_for_help("agent1")
    await floor.on("agent2", "resolve")
    quality = await floor.do("supervisor", "GET", "/warnings/quality")
    assert (quality["ended"], quality["precision"], quality["recall"]) == (1, 1.0, 1.0)
    assert (await floor.do("agent1", "GET", "/warnings"))["items"] == []
