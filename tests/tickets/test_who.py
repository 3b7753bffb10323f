"""Who sees a ticket, who may change it, and what of the customer they are shown."""

import json
from typing import Any
from uuid import uuid4

import pytest

from tests.api.test_visibility import newcomer
from tests.factories import Colleague, Visitor
from tests.server import RunningServer
from tests.shared import SHARED, Socket
from tests.tickets.desk import asked, change, department, do, me, open_ticket, refused

pytestmark = SHARED

SEEING = {
    "administrator": "changes",
    "supervisor": "changes",
    "agent": "changes",
    "other_agent": None,
    "analyst": "reads",
    "department_member": "changes",
}


@pytest.mark.parametrize("role", SEEING)
async def test_a_ticket_for_logistics_opened_by_an_agent(staff: dict[str, Colleague], role: str) -> None:
    view = await open_ticket(staff["agent"])
    path, person = f"/tickets/{view['ticket']['id']}", staff[role]
    sees, edits = SEEING[role] is not None, SEEING[role] == "changes"
    for part in ("", "/comments", "/history"):
        assert (await person.call("GET", path + part)).status_code == (200 if sees else 404)
    listed = json.dumps(
        [await person.get("/tickets", q=view["ticket"]["title"]), await person.get("/tickets/board", limit=100)]
    )
    assert (view["ticket"]["id"] in listed) is sees
    expected = 200 if edits else 403 if role == "analyst" else 404
    body = {"version": 1, "level": 4}
    assert (await person.call("PATCH", path, json=body)).status_code == expected
    expected = 201 if edits else expected
    assert (await person.call("POST", f"{path}/comments", json={"text": "收到"})).status_code == expected
    if sees:
        assert (await person.get(path))["may_change"] is edits


async def test_who_watches_reads_and_comments_only(staff: dict[str, Colleague]) -> None:
    watcher = staff["other_agent"]
    view = await open_ticket(staff["agent"])
    path = f"/tickets/{view['ticket']['id']}"
    assert await refused(watcher, "PUT", f"{path}/watch") == (404, "ticket_not_found")
    await do(staff["agent"], "POST", f"{path}/comments", text="麻烦看一下", mentions=[await me(watcher)])
    seen = await watcher.get(path)
    assert (seen["may_change"], seen["may_comment"], len(seen["watchers"])) == (False, True, 2)
    assert await refused(watcher, "PATCH", path, version=1, level=4) == (403, "forbidden")
    await do(watcher, "POST", f"{path}/comments", text="在看了")
    await do(watcher, "DELETE", f"{path}/watch")
    assert (await watcher.call("GET", path)).status_code == 404


async def test_who_works_for_one_team_sees_its_department(system: RunningServer, staff: dict[str, Colleague]) -> None:
    administrator = staff["administrator"]
    logistics = await department(administrator, "logistics")
    team = await do(administrator, "POST", f"/departments/{logistics}/teams", name=f"夜班{uuid4().hex[:4]}")
    person = await newcomer(system, staff, {"role": "department_member", "team_id": team["id"]})
    theirs, others = await open_ticket(staff["agent"]), await open_ticket(staff["agent"], "technical")
    assert (await person.call("GET", f"/tickets/{theirs['ticket']['id']}")).status_code == 200
    assert (await person.call("GET", f"/tickets/{others['ticket']['id']}")).status_code == 404
    assert (await change(person, theirs, level=3))["ticket"]["level"] == 3
    await person.close()


async def test_a_department_sees_the_customer_masked(system: RunningServer, staff: dict[str, Colleague]) -> None:
    agent, logistics = staff["agent"], staff["department_member"]
    known = await Visitor.known(system.http, "停滞")
    conversation_id = (await known.ask("转人工"))[0]["conversation_id"]
    await do(agent, "POST", f"/conversations/{conversation_id}/take")
    private = "请打13812345678，地址杭州市西湖区文三路478号3栋2单元"
    view = await open_ticket(agent, conversation_id=conversation_id, description=private, fields={"tracking_no": "SF1"})
    path = f"/tickets/{view['ticket']['id']}"
    await do(agent, "POST", f"{path}/comments", text=private)
    assert (view["ticket"]["description"], view["masked"]) == (private, False)
    seen = await logistics.get(path)
    everything = json.dumps([seen, await logistics.get(f"{path}/comments")], ensure_ascii=False)
    assert "13812345678" not in everything
    assert "文三路" not in everything
    assert (seen["masked"], seen["customer"]["name"][1]) == (True, "*")
    assert (await logistics.call("GET", f"/conversations/{conversation_id}/messages")).status_code == 404
    assert await refused(logistics, "PATCH", path, version=1, description="电话是〔电话〕") == (
        409,
        "ticket_text_masked",
    )
    assert (await change(logistics, seen, fields={"tracking_no": "SF2"}))["ticket"]["fields"] == {"tracking_no": "SF2"}
    trail = await staff["administrator"].get("/audit", object_kind="ticket", object_id=view["ticket"]["id"])
    assert [entry["action"] for entry in trail["items"]] == ["tickets.changed", "tickets.commented", "tickets.opened"]
    assert "13812345678" not in json.dumps(trail)


async def test_whoever_has_the_conversation_knows_of_its_tickets(
    system: RunningServer, staff: dict[str, Colleague]
) -> None:
    agent, colleague = staff["agent"], staff["other_agent"]
    _, conversation_id, _ = await asked(system, agent)
    view = await open_ticket(agent, conversation_id=conversation_id)
    path = f"/conversations/{conversation_id}/tickets"
    assert [one["number"] for one in await agent.get(path)] == [view["ticket"]["number"]]
    assert (await staff["department_member"].call("GET", path)).status_code == 404
    await do(
        staff["supervisor"], "POST", f"/routing/conversations/{conversation_id}/assign", staff_id=await me(colleague)
    )
    assert [one["title"] for one in await colleague.get(path)] == [view["ticket"]["title"]]


async def test_of_another_departments_ticket_one_is_told_that_it_does_not_open(
    system: RunningServer, staff: dict[str, Colleague]
) -> None:
    agent = staff["agent"]
    _, conversation_id, _ = await asked(system, agent)
    await open_ticket(agent, conversation_id=conversation_id)
    await open_ticket(staff["supervisor"], "technical", conversation_id=conversation_id)
    technical, own = await agent.get(f"/conversations/{conversation_id}/tickets")
    assert (technical["readable"], own["readable"]) == (False, True)
    assert (await agent.call("GET", f"/tickets/{technical['id']}")).status_code == 404


async def test_nothing_is_opened_from_what_one_may_not_see(system: RunningServer, staff: dict[str, Colleague]) -> None:
    _, conversation_id, seq = await asked(system, staff["agent"])
    logistics = staff["department_member"]
    body: dict[str, Any] = {"kind": "other", "conversation_id": conversation_id, "seq": seq}
    assert await refused(logistics, "POST", "/tickets", **body) == (404, "conversation_not_found")
    hidden = await open_ticket(staff["agent"], "technical")
    body = {"kind": "other", "title": "子任务", "parent_id": hidden["ticket"]["id"]}
    assert await refused(logistics, "POST", "/tickets", **body) == (404, "ticket_not_found")
    path = f"/tickets/{(await open_ticket(logistics))['ticket']['id']}"
    for method, part, more in (
        ("PATCH", "", {"version": 1, "parent_id": hidden["ticket"]["id"]}),
        ("POST", "/links", {"ticket_id": hidden["ticket"]["id"], "relation": "blocks"}),
        ("POST", "/links", {"conversation_id": conversation_id}),
        ("POST", "/merge", {"into_id": hidden["ticket"]["id"]}),
    ):
        assert (await refused(logistics, method, path + part, **more))[0] == 404, part


async def test_consoles_hear_of_what_they_may_see(system: RunningServer, staff: dict[str, Colleague]) -> None:
    agent, logistics = staff["agent"], staff["department_member"]
    theirs = await Socket.of_staff(system, logistics)
    openers = await Socket.of_staff(system, agent)
    hidden = await open_ticket(agent, "technical")
    view = await open_ticket(agent)
    ticket_id = view["ticket"]["id"]
    heard = await theirs.hear_until("ticket")
    assert heard[-1]["ticket"]["id"] == ticket_id
    assert "title" not in heard[-1]["ticket"]
    assert hidden["ticket"]["id"] not in json.dumps(heard)
    comment = await do(logistics, "POST", f"/tickets/{ticket_id}/comments", text="在催")
    assert (await openers.hear("ticket_comment"))["comment_id"] == comment["id"]
    await change(agent, view, department_id=await department(agent, "quality"))
    assert (await theirs.hear("ticket_left"))["ticket_id"] == ticket_id
    loader = system.runtime.hub.loaders["ticket"]
    await loader([f"{ticket_id}:{view['ticket']['department_id']}::", f"{ticket_id}:::{comment['id']}"])
    assert (await theirs.hear("ticket_left"))["ticket_id"] == ticket_id
    assert (await openers.hear("ticket_comment"))["comment_id"] == comment["id"]
    await change(agent, await agent.get(f"/tickets/{ticket_id}"), level=5)
    moved = await openers.hear("ticket")
    while moved["ticket"]["version"] < 3:
        moved = await openers.hear("ticket")
    assert moved["ticket"]["department_id"] == await department(agent, "quality")
    await theirs.close()
    await openers.close()
