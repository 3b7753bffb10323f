"""Canned replies through their public door: whose they are, how they are found, and what they say in a conversation."""

from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.factories import Colleague, Visitor
from tests.server import RunningServer
from tests.workspace.conftest import Crew

REPLIES = "/canned-replies"
GREETING: dict[str, Any] = {"code": "Hello", "title": "我的问候", "text": "您好，我是{{agent.name}}"}


async def save(who: Colleague, **changes: Any) -> httpx.Response:
    return await who.call("POST", REPLIES, json={**GREETING, **changes})


async def codes(who: Colleague, **query: str) -> list[str]:
    return [reply["code"] for reply in await who.get(REPLIES, **query)]


async def team_id(who: Colleague, name: str) -> str:
    departments = await who.get("/departments")
    return next(team["id"] for department in departments for team in department["teams"] if team["name"] == name)


@pytest.fixture
async def handed_over(server: RunningServer) -> tuple[Visitor, str]:
    """A customer with a parcel that does not move, who waits for a person; and the conversation's id."""
    visitor = await Visitor.known(server.http, "停滞")
    await visitor.ask("我的快递到哪了")
    return visitor, (await visitor.ask("转人工"))[0]["conversation_id"]


async def test_a_reply_comes_back_tidy(crew: Crew) -> None:
    saved = (await save(crew["agent1"], title=" 我的问候 ", category="接待")).json()
    assert (saved["code"], saved["title"], saved["scope"]) == ("hello", "我的问候", "personal")
    assert saved in await crew["agent1"].get(REPLIES)


@pytest.mark.parametrize(
    ("scope", "of_team", "creators", "seers", "editors"),
    [
        ("personal", None, {"agent1", "supervisor", "logistics"}, {"agent1"}, {"agent1"}),
        (
            "team",
            "售前组",
            {"supervisor", "admin"},
            {"agent1", "agent2", "supervisor", "admin"},
            {"supervisor", "admin"},
        ),
        ("team", "售后组", {"supervisor", "admin"}, {"agent4", "supervisor", "admin"}, {"supervisor", "admin"}),
        (
            "shared",
            None,
            {"supervisor", "admin"},
            {"agent1", "agent2", "agent4", "logistics", "supervisor", "admin"},
            {"supervisor", "admin"},
        ),
    ],
)
async def test_who_may_do_what(
    crew: Crew, scope: str, of_team: str | None, creators: set[str], seers: set[str], editors: set[str]
) -> None:
    draft = {**GREETING, "scope": scope, "team_id": of_team and await team_id(crew["admin"], of_team)}
    for login, who in crew.items():
        made = await save(who, **draft | {"code": f"by-{login}"})
        assert made.status_code == (201 if scope == "personal" or login in creators else 403)
    maker = "agent1" if scope == "personal" else "supervisor"
    reply = (await save(crew[maker], **draft)).json()
    assert {login for login, who in crew.items() if "hello" in await codes(who)} == seers
    for login, who in crew.items():
        expected = 200 if login in editors else 403 if login in seers else 404
        answer = await who.call("PUT", f"{REPLIES}/{reply['id']}", json={**draft, "title": f"由{login}改"})
        assert answer.status_code == expected, login
        if login not in editors:
            assert (await who.call("DELETE", f"{REPLIES}/{reply['id']}")).status_code == expected
    assert (await crew[maker].call("DELETE", f"{REPLIES}/{reply['id']}")).status_code == 204
    assert "hello" not in await codes(crew[maker])


async def test_ones_own_cannot_be_slipped_to_everybody(crew: Crew) -> None:
    path = f"{REPLIES}/{(await save(crew['agent1'])).json()['id']}"
    assert (await crew["agent1"].call("PUT", path, json={**GREETING, "scope": "shared"})).status_code == 403
    common = (await save(crew["supervisor"], scope="shared")).json()
    stolen = await crew["agent1"].call("PUT", f"{REPLIES}/{common['id']}", json=GREETING)
    assert stolen.status_code == 403


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        ({"text": "{{order.number}}"}, "variable_unknown"),
        ({"text": "  \n"}, "validation_failed"),
        ({"text": "长" * 3001}, "validation_failed"),
        ({"code": "有 空格"}, "validation_failed"),
        ({"code": ""}, "validation_failed"),
        ({"title": " "}, "validation_failed"),
        ({"language": "fr"}, "validation_failed"),
        ({"scope": "team"}, "team_missing"),
        ({"team_id": str(uuid4())}, "team_missing"),
        ({"scope": "team", "team_id": str(uuid4())}, "team_missing"),
        ({"colour": "red"}, "validation_failed"),
    ],
)
async def test_what_makes_no_reply(crew: Crew, draft: dict[str, Any], code: str) -> None:
    answer = await save(crew["supervisor"], **draft)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    if code == "variable_unknown":
        assert "{{order.number}}" in answer.json()["detail"]


async def test_a_code_names_one_reply_in_each_place(crew: Crew) -> None:
    presale = await team_id(crew["admin"], "售前组")
    places: list[dict[str, Any]] = [{}, {"scope": "team", "team_id": presale}, {"scope": "shared"}]
    for place in places:
        assert (await save(crew["supervisor"], **place)).status_code == 201
        again = await save(crew["supervisor"], code="HELLO", **place)
        assert (again.status_code, again.json()["code"]) == (409, "reply_code_taken")
    assert (await save(crew["agent1"])).status_code == 201
    assert (await codes(crew["agent1"])).count("hello") == 3


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("wl", "wl"),
        ("WLCX", "wl"),
        ("wuliuch", "wl"),
        ("物流查", "wl"),
        ("停滞 更新", "wltz"),
        ("tracking order", "en-track"),
    ],
)
async def test_found_by_code_initials_pinyin_and_words(crew: Crew, query: str, found: str) -> None:
    assert found in await codes(crew["agent1"], q=query)
    assert await codes(crew["agent1"], q=f"{query} 不存在的词") == []


async def test_the_demo_has_good_replies(crew: Crew) -> None:
    everything = await crew["supervisor"].get(REPLIES)
    assert len([reply for reply in everything if reply["language"] == "zh"]) >= 30
    assert len([reply for reply in everything if reply["language"] == "en"]) >= 10
    assert "th" in await codes(crew["agent4"])
    assert "th" not in await codes(crew["agent1"])


async def render(who: Colleague, code: str, conversation_id: str) -> httpx.Response:
    (reply_id,) = [reply["id"] for reply in await who.get(REPLIES) if reply["code"] == code]
    return await who.call("POST", f"{REPLIES}/{reply_id}/render", json={"conversation_id": conversation_id})


async def test_a_reply_says_what_is_known_of_the_conversation(crew: Crew, handed_over: tuple[Visitor, str]) -> None:
    _, conversation_id = handed_over
    order = (await crew["agent1"].get(f"/conversations/{conversation_id}/profile"))["orders"][0]
    said = (await render(crew["agent1"], "wl", conversation_id)).json()
    assert said["missing"] == []
    for fact in (order["order_no"], "已发货", order["parcel"]["carrier"], order["parcel"]["tracking_no"]):
        assert fact in said["text"]
    greeting = (await render(crew["agent1"], "nh", conversation_id)).json()["text"]
    assert "琉璃美妆的客服小雅" in greeting


async def test_a_name_is_told_no_further_than_it_is_shown(crew: Crew, handed_over: tuple[Visitor, str]) -> None:
    _, conversation_id = handed_over
    shown = (await crew["agent1"].get(f"/conversations/{conversation_id}"))["customer"]["name"]
    assert shown.endswith("*")
    apology = (await render(crew["supervisor"], "dq", conversation_id)).json()["text"]
    assert apology.startswith(f"{shown.rstrip('*')}女士/先生，")


async def test_it_is_the_order_that_was_talked_about(server: RunningServer, crew: Crew) -> None:
    visitor = await Visitor.known(server.http, "停滞")
    older = (await visitor.get("/orders"))["orders"][-1]["order_no"]
    await visitor.ask(f"订单 {older} 什么时候到")
    conversation_id = (await visitor.ask("转人工"))[0]["conversation_id"]
    newest = (await crew["agent1"].get(f"/conversations/{conversation_id}/profile"))["orders"][0]["order_no"]
    said = (await render(crew["agent1"], "hddh", conversation_id)).json()["text"]
    assert older in said
    assert newest not in said


async def test_what_is_unknown_is_told_and_marked(server: RunningServer, crew: Crew) -> None:
    visitor = await Visitor.open(server.http)
    conversation_id = (await visitor.ask("转人工"))[0]["conversation_id"]
    said = (await render(crew["agent1"], "cf", conversation_id)).json()
    assert said["missing"] == [{"variable": "order.no", "label": "订单号"}]
    assert "订单【订单号】" in said["text"].replace(" ", "")
    english = (await render(crew["agent1"], "en-return", conversation_id)).json()
    assert "【order number】" in english["text"]


async def test_the_most_used_come_first(crew: Crew, handed_over: tuple[Visitor, str]) -> None:
    _, conversation_id = handed_over
    assert (await codes(crew["agent1"]))[0] != "zp"
    assert (await render(crew["agent1"], "zp", conversation_id)).status_code == 200
    assert (await codes(crew["agent2"]))[0] == "zp"


async def test_only_who_may_write_there_is_told(crew: Crew, handed_over: tuple[Visitor, str]) -> None:
    _, conversation_id = handed_over
    assert (await render(crew["logistics"], "nh", conversation_id)).status_code == 403
    answer = await render(crew["agent1"], "nh", str(uuid4()))
    assert answer.json()["code"] == "conversation_not_found"
    own = (await save(crew["agent2"])).json()
    path = f"{REPLIES}/{own['id']}/render"
    answer = await crew["agent1"].call("POST", path, json={"conversation_id": conversation_id})
    assert (answer.status_code, answer.json()["code"]) == (404, "canned_reply_not_found")


async def test_the_list_of_ones_own_has_an_end(crew: Crew) -> None:
    for number in range(300):
        assert (await save(crew["agent1"], code=f"c{number}")).status_code == 201
    answer = await save(crew["agent1"])
    assert (answer.status_code, answer.json()["code"]) == (409, "too_many_canned_replies")


async def test_variables_are_told_with_their_words(crew: Crew) -> None:
    told = {variable["name"]: variable for variable in await crew["logistics"].get(f"{REPLIES}/variables")}
    assert told["order.no"]["zh"]["label"] == "订单号"
    assert told["order.no"]["en"]["label"] == "order number"
