"""Kinds of tickets, and the meetings of the departments."""

import tomllib
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest

from tests.factories import Colleague
from tests.server import RunningServer
from tests.shared import SHARED
from tests.tickets.desk import change, department, do, open_ticket, refused
from yingda.kit.clock import now
from yingda.kit.paths import data_dir
from yingda.tickets import set_due

pytestmark = SHARED

STATES = [
    {"code": "new", "name": "新建", "category": "open"},
    {"code": "done", "name": "完成", "category": "resolved"},
]


async def test_a_kind_of_ones_own(staff: dict[str, Colleague]) -> None:
    supervisor = staff["supervisor"]
    body: dict[str, Any] = {
        "code": f"gift_{uuid4().hex[:6]}",
        "name": "赠品补寄",
        "department_id": await department(supervisor, "logistics"),
        "states": STATES,
        "fields": [{"code": "gift", "name": "赠品", "required": True}],
    }
    made = await do(supervisor, "POST", "/ticket-kinds", **body)
    assert await refused(supervisor, "POST", "/ticket-kinds", **body) == (409, "ticket_kind_code_taken")
    view = await open_ticket(staff["agent"], body["code"])
    path = f"/ticket-kinds/{made['id']}"
    change_body = {name: value for name, value in body.items() if name != "code"} | {"version": made["version"]}
    without = change_body | {"states": [STATES[1] | {"category": "open", "code": "other"}, STATES[1]]}
    assert await refused(supervisor, "PUT", path, **without) == (409, "ticket_state_in_use")
    changed = await do(supervisor, "PUT", path, **change_body | {"archived": True, "fields": []})
    assert (changed["version"], changed["archived"]) == (2, True)
    assert await refused(supervisor, "PUT", path, **change_body) == (409, "ticket_kind_outdated")
    answer = await refused(staff["agent"], "POST", "/tickets", kind=body["code"], title="补寄")
    assert answer == (409, "ticket_kind_archived")
    assert (await change(staff["agent"], view, state="done"))["ticket"]["category"] == "resolved"
    trail = await staff["administrator"].get("/audit", object_kind="ticket_kind", object_id=made["id"])
    assert [entry["action"] for entry in trail["items"]] == ["tickets.kind_changed", "tickets.kind_created"]


async def test_the_shipped_kinds(staff: dict[str, Colleague]) -> None:
    """As they stand in the file, and each can be brought to an end."""
    shipped = tomllib.loads((data_dir() / "tickets" / "kinds.toml").read_text("utf-8"))["kind"]
    kinds = await staff["agent"].get("/ticket-kinds")
    names = [
        "物流问题",
        "快递核查",
        "破损/质量",
        "退款",
        "技术故障",
        "不良反应",
        "投诉",
        "其他",
        "非工作时间咨询",
        "危机事件",
    ]
    assert [kind["name"] for kind in kinds if kind["name"] in names] == names == [kind["name"] for kind in shipped]
    for kind in kinds[: len(names)]:
        for state in kind["states"]:
            rest = state["customer_text"].replace("{number}", "").replace("{kind}", "")
            assert "{" not in rest
        assert any(state["category"] == "resolved" for state in kind["states"])


async def late(system: RunningServer, view: dict[str, Any]) -> str:
    async with system.runtime.db.transaction() as tx:
        await set_due(tx, UUID(view["ticket"]["id"]), now() - timedelta(hours=1))
    return str(view["ticket"]["id"])


async def test_from_the_agenda_to_the_minutes(system: RunningServer, staff: dict[str, Colleague]) -> None:
    agent, logistics, supervisor = staff["agent"], staff["department_member"], staff["supervisor"]
    overdue = await late(system, await open_ticket(agent, level=5))
    blocked = (await open_ticket(agent, level=4))["ticket"]["id"]
    blocker = await open_ticket(agent, "technical", level=1)
    await do(agent, "POST", f"/tickets/{blocker['ticket']['id']}/links", ticket_id=blocked, relation="blocks")
    high = (await open_ticket(agent, level=4))["ticket"]["id"]
    plain = (await open_ticket(agent, level=1))["ticket"]["id"]
    done = await late(system, await change(agent, await open_ticket(agent, "other"), state="done"))
    agenda = await logistics.get("/ticket-meetings/agenda", department_id=await department(agent, "logistics"))
    shown = {section["topic"]: [card["id"] for card in section["cards"]] for section in agenda["sections"]}
    for topic, ticket_id in {"overdue": overdue, "blocked": blocked, "high_level": high, "oldest": plain}.items():
        assert [name for name, ids in shown.items() if ticket_id in ids] == [topic]
    assert done not in msgspec.json.encode(agenda).decode()
    body: dict[str, Any] = {
        "held_on": "2026-11-25",
        "title": "物流周会",
        "notes": "到会齐全",
        "decisions": [
            {"ticket_id": overdue, "text": "今天补发"},
            {"ticket_id": blocker["ticket"]["id"], "text": "修复"},
        ],
    }
    refusal = await refused(logistics, "POST", "/ticket-meetings", **body)
    assert refusal == (404, "ticket_not_found")
    minutes = await do(supervisor, "POST", "/ticket-meetings", **body)
    assert len(minutes["decisions"]) == 2
    comment = (await logistics.get(f"/tickets/{overdue}/comments"))["items"][-1]
    assert (comment["text"], comment["meeting_id"], comment["public"]) == ("今天补发", minutes["id"], False)
    theirs = await logistics.get(f"/ticket-meetings/{minutes['id']}")
    assert [decision["text"] for decision in theirs["decisions"]] == ["今天补发"]
    heads = (await logistics.get("/ticket-meetings"))["items"]
    assert [(head["title"], head["decisions"]) for head in heads] == [("物流周会", 2)]
    assert (await logistics.get("/ticket-meetings", limit=1))["next_cursor"] is None


@pytest.mark.parametrize("changes", [{"title": " "}, {"held_on": "明天"}, {"decisions": [{"text": "x"}]}])
async def test_minutes_that_are_none(staff: dict[str, Colleague], changes: dict[str, Any]) -> None:
    body = {"held_on": "2026-11-25", "title": "例会"} | changes
    answer = await staff["supervisor"].call("POST", "/ticket-meetings", json=body)
    assert answer.status_code == 422
