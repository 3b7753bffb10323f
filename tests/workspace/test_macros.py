"""Macros through their public door: what makes one, who may, and that all of it is done or nothing."""

from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.factories import Colleague, Visitor
from tests.server import RunningServer
from tests.workspace.conftest import Crew

MACROS = "/macros"
SAY, NOTE, TAKE, QUEUE, END = (
    {"type": "reply", "text": "您好"},
    {"type": "note", "text": "备注：{{order.no}}"},
    {"type": "take"},
    {"type": "queue"},
    {"type": "resolve"},
)
LATER = {"type": "snooze", "minutes": 30}


async def save(who: Colleague, *actions: dict[str, Any], **changes: Any) -> httpx.Response:
    return await who.call("POST", MACROS, json={"name": "常用", "actions": actions, **changes})


async def run(who: Colleague, macro: dict[str, Any], conversation_id: str, **options: Any) -> httpx.Response:
    body = {"conversation_id": conversation_id, **options}
    return await who.call("POST", f"{MACROS}/{macro['id']}/run", json=body)


async def waiting(server: RunningServer) -> tuple[Visitor, str]:
    visitor = await Visitor.open(server.http)
    return visitor, (await visitor.ask("转人工"))[0]["conversation_id"]


async def head(who: Colleague, conversation_id: str) -> dict[str, Any]:
    found: dict[str, Any] = (await who.get(f"/conversations/{conversation_id}"))["conversation"]
    return found


async def said(visitor: Visitor) -> list[str]:
    return [message["content"].get("text") for message in await visitor.thread()]


@pytest.mark.parametrize(
    ("actions", "code"),
    [
        ([SAY, NOTE, END], None),
        ([TAKE, SAY, NOTE, LATER], None),
        ([SAY, QUEUE, END, NOTE], None),
        ([NOTE, NOTE], None),
        ([END, SAY], "macro_contradiction"),
        ([LATER, END], "macro_contradiction"),
        ([TAKE, QUEUE], "macro_contradiction"),
        ([QUEUE, SAY], "macro_contradiction"),
        ([{"type": "note", "text": "{{order.number}}"}], "variable_unknown"),
        ([{"type": "assign", "staff_id": str(uuid4())}], "not_found"),
        ([], "validation_failed"),
        ([NOTE] * 11, "validation_failed"),
        ([{"type": "snooze", "minutes": 0}], "validation_failed"),
        ([{"type": "refund"}], "validation_failed"),
        ([{**END, "loudly": True}], "validation_failed"),
        ([{"type": "reply", "text": " "}], "validation_failed"),
    ],
)
async def test_what_makes_a_macro(crew: Crew, actions: list[dict[str, Any]], code: str | None) -> None:
    answer = await save(crew["agent1"], *actions)
    if code:
        assert answer.is_client_error
        assert answer.json()["code"] == code
    else:
        (kept,) = [macro for macro in await crew["agent1"].get(MACROS) if macro["name"] == "常用"]
        assert kept == answer.json()
        assert [action["type"] for action in kept["actions"]] == [action["type"] for action in actions]


@pytest.mark.parametrize(
    ("scope", "seers", "editors"),
    [
        ("personal", {"supervisor"}, {"supervisor"}),
        ("team", {"agent1", "agent2", "supervisor", "admin"}, {"supervisor", "admin"}),
        (
            "shared",
            {"agent1", "agent2", "agent4", "logistics", "supervisor", "admin"},
            {"supervisor", "admin"},
        ),
    ],
)
async def test_who_may_do_what(crew: Crew, scope: str, seers: set[str], editors: set[str]) -> None:
    departments = await crew["admin"].get("/departments")
    teams = {one["name"]: one["id"] for department in departments for one in department["teams"]}
    place = {"scope": scope, "team_id": teams["售前组"] if scope == "team" else None}
    for login, who in crew.items():
        allowed = scope == "personal" or login in ("supervisor", "admin")
        assert (await save(who, NOTE, name=f"由{login}建", **place)).status_code == (201 if allowed else 403)
    macro = (await save(crew["supervisor"], NOTE, **place)).json()
    for login, who in crew.items():
        assert ("常用" in [one["name"] for one in await who.get(MACROS)]) == (login in seers)
        expected = 200 if login in editors else 403 if login in seers else 404
        body = {"name": "常用", "actions": [SAY], **place}
        assert (await who.call("PUT", f"{MACROS}/{macro['id']}", json=body)).status_code == expected
        if login not in editors:
            assert (await who.call("DELETE", f"{MACROS}/{macro['id']}")).status_code == expected
    assert (await crew["supervisor"].call("DELETE", f"{MACROS}/{macro['id']}")).status_code == 204


async def test_all_of_it_is_done_in_order(server: RunningServer, crew: Crew) -> None:
    visitor, conversation_id = await waiting(server)
    macro = (await save(crew["agent1"], TAKE, SAY, NOTE, LATER)).json()
    ran = (await run(crew["agent1"], macro, conversation_id)).json()
    assert [done["action"] for done in ran["done"]] == ["take", "reply", "note", "snooze"]
    assert ran["conversation"]["state"] == "snoozed"
    assert ran["done"][3]["until"] == ran["conversation"]["snoozed_until"]
    assert ran["done"][2]["seq"] == ran["done"][1]["seq"] + 1
    assert (await said(visitor))[-1] == "您好"
    notes = (await crew["agent1"].get(f"/conversations/{conversation_id}/messages"))["messages"]
    assert notes[-1]["content"]["text"] == "备注：【订单号】"


async def test_a_colleague_or_the_queue(server: RunningServer, crew: Crew) -> None:
    _, conversation_id = await waiting(server)
    colleague = (await crew["agent2"].get("/auth/me"))["staff"]["id"]
    give = (await save(crew["agent1"], NOTE, {"type": "assign", "staff_id": colleague})).json()
    back = (await save(crew["agent1"], QUEUE)).json()
    refused = await run(crew["agent1"], give, conversation_id)
    assert refused.json()["code"] == "macro_step_failed"  # nobody's yet: passing on takes having it in hand
    await crew["agent1"].call("POST", f"/conversations/{conversation_id}/take")
    assert (await run(crew["agent1"], give, conversation_id)).json()["conversation"]["assignee_id"] == colleague
    assert (await run(crew["agent2"], back, conversation_id)).status_code == 404  # it is agent1's own
    shared = (await save(crew["supervisor"], QUEUE, scope="shared")).json()
    assert (await run(crew["agent2"], shared, conversation_id)).json()["conversation"]["assignee_id"] is None


async def test_what_fails_undoes_all_and_says_where(server: RunningServer, crew: Crew) -> None:
    visitor, conversation_id = await waiting(server)
    before, thread = await head(crew["agent1"], conversation_id), await visitor.thread()
    macro = (await save(crew["agent1"], TAKE, SAY, {"type": "reply", "text": "您的{{order.no}}"}, END)).json()
    answer = await run(crew["agent1"], macro, conversation_id)
    assert (answer.status_code, answer.json()["code"]) == (409, "macro_step_failed")
    assert answer.json()["detail"] == "第 3 步未能执行，整个宏已撤销：不知道订单号，没有发给客户。"
    assert await head(crew["agent1"], conversation_id) == before
    assert await visitor.thread() == thread
    assert [macro["used_count"] for macro in await crew["agent1"].get(MACROS)] == [0] * 6


async def test_each_step_takes_its_permission(server: RunningServer, crew: Crew) -> None:
    visitor, conversation_id = await waiting(server)
    colleague = (await crew["agent2"].get("/auth/me"))["staff"]["id"]
    give = {"type": "assign", "staff_id": colleague}
    await crew["agent4"].call("POST", f"/conversations/{conversation_id}/take")
    macro = (await save(crew["supervisor"], SAY, give, scope="shared")).json()
    answer = await run(crew["agent1"], macro, conversation_id)
    assert "第 2 步" in answer.json()["detail"]
    assert "权限" in answer.json()["detail"]
    assert "您好" not in await said(visitor)
    assert (await run(crew["supervisor"], macro, conversation_id)).json()["conversation"]["assignee_id"] == colleague
    assert (await run(crew["logistics"], macro, conversation_id)).status_code == 403


async def test_sent_twice_it_writes_once(server: RunningServer, crew: Crew) -> None:
    visitor, conversation_id = await waiting(server)
    macro = (await save(crew["agent1"], SAY)).json()
    first, second = [
        (await run(crew["agent1"], macro, conversation_id, client_id=client)).json() for client in [str(uuid4())] * 2
    ]
    assert first["done"] == second["done"]
    assert (await said(visitor)).count("您好") == 1


async def test_the_demo_has_macros_that_run(server: RunningServer, crew: Crew) -> None:
    macros = {macro["name"]: macro for macro in await crew["agent1"].get(MACROS)}
    assert len(macros) == 5
    visitor = await Visitor.known(server.http, "停滞")
    conversation_id = (await visitor.ask("转人工"))[0]["conversation_id"]
    ran = await run(crew["agent1"], macros["物流停滞：安抚并两小时后跟进"], conversation_id)
    assert ran.json()["conversation"]["state"] == "snoozed"
    assert "【" not in (await said(visitor))[-1]
