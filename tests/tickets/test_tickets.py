"""A ticket's way through the departments, by the doors that people use."""

import pytest

from tests.factories import Colleague
from tests.server import RunningServer
from tests.shared import SHARED
from tests.tickets.desk import asked, change, do, open_ticket, refused

pytestmark = SHARED


async def test_a_ticket_from_a_message(system: RunningServer, staff: dict[str, Colleague]) -> None:
    agent, logistics = staff["agent"], staff["department_member"]
    visitor, conversation_id, seq = await asked(system, agent)
    made = await do(agent, "POST", "/tickets", kind="logistics", conversation_id=conversation_id, seq=seq)
    ticket = made["ticket"]
    assert ticket["title"] == "物流问题：快递停了三天，电话〔电话〕"
    assert made["conversations"][0] | {"link_id": ""} == {
        "link_id": "",
        "conversation_id": conversation_id,
        "seq": seq,
        "readable": True,
    }
    assert ticket["number"] in (await visitor.thread())[-1]["content"]["text"]
    path = f"/tickets/{ticket['id']}"
    seen = await logistics.get(path)
    assert (seen["may_change"], seen["conversations"][0]["readable"]) == (True, False)
    await do(logistics, "POST", f"{path}/comments", text="已催派送，今天送达", public=True)
    assert (await visitor.thread())[-1]["content"]["text"] == f"工单 {ticket['number']} 有新进展：已催派送，今天送达"
    assert await refused(logistics, "PATCH", path, version=ticket["version"], state="resolved") == (
        409,
        "ticket_checklist_undone",
    )
    done = [item | {"done": True} for item in ticket["checklist"]]
    resolved = await change(
        logistics, seen, state="resolved", checklist=done, fields={"result": "已送达"}, reason="已签收"
    )
    assert resolved["ticket"]["category"] == "resolved"
    assert "已处理完成" in (await visitor.thread())[-1]["content"]["text"]
    thread = (await agent.get(f"/conversations/{conversation_id}/messages"))["messages"]
    assert [one["content"]["code"] for one in thread if one["kind"] == "note"][-2:] == ["ticket_opened", "ticket_state"]
    history = (await agent.get(f"{path}/history"))["items"]
    history = [entry for entry in history if entry["action"] != "due"]
    assert [entry["action"] for entry in history] == ["state", "commented", "opened"]
    assert history[0]["reason"] == "已签收"
    assert (history[0]["before"]["state"], history[0]["after"]["state"]) == ("new", "resolved")


@pytest.mark.parametrize("path", ["", "/board", "/counts"])
async def test_lists(staff: dict[str, Colleague], path: str) -> None:
    view = await open_ticket(staff["agent"])
    answer = await staff["supervisor"].get(f"/tickets{path}")
    if path == "":
        assert view["ticket"]["id"] in [card["id"] for card in answer["items"]]
    elif path == "/board":
        assert [column["category"] for column in answer["columns"]] == ["open", "waiting", "resolved", "closed"]
        assert answer["columns"][0]["count"] >= 1
    else:
        assert answer["all"] >= answer["unowned"] >= 1
