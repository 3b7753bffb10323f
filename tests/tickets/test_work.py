"""Working on tickets: parts, merging, many at once, two at a time, links, files, clocks."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.factories import PNG, Colleague, Visitor
from tests.server import RunningServer
from tests.shared import SHARED
from tests.tickets.desk import asked, change, department, do, me, open_ticket, refused
from yingda.conversations import SYSTEM, author_of, get, merge
from yingda.identity import principals_of
from yingda.kit.clock import now
from yingda.tickets import NewTicket, OrderRef, TicketChanged, get_ticket, set_due
from yingda.tickets import open_ticket as open_by_rule

pytestmark = SHARED


async def test_two_who_change_the_same(staff: dict[str, Colleague]) -> None:
    agent, logistics = staff["agent"], staff["department_member"]
    view = await open_ticket(agent)
    await change(agent, view, level=4)
    path = f"/tickets/{view['ticket']['id']}"
    answer = await logistics.call("PATCH", path, json={"version": 1, "level": 1})
    assert (answer.status_code, answer.json()["code"]) == (409, "ticket_outdated")
    assert "第 2 版" in answer.json()["detail"]
    assert (await agent.get(path))["ticket"]["level"] == 4


async def test_what_changes_nothing_is_no_change(staff: dict[str, Colleague]) -> None:
    view = await open_ticket(staff["agent"])
    assert (await change(staff["agent"], view, level=view["ticket"]["level"]))["ticket"]["version"] == 1
    assert len((await staff["agent"].get(f"/tickets/{view['ticket']['id']}/history"))["items"]) == 2


async def test_sent_twice_opened_once(staff: dict[str, Colleague]) -> None:
    agent, key = staff["agent"], str(uuid4())
    sent = [agent.call("POST", "/tickets", json={"kind": "other", "title": "重复", "client_id": key}) for _ in range(3)]
    numbers = {answer.json()["ticket"]["number"] for answer in await asyncio.gather(*sent)}
    assert len(numbers) == 1
    path = f"/tickets/{(await open_ticket(agent))['ticket']['id']}/comments"
    ids = {(await do(agent, "POST", path, text="在催", client_id=key))["id"] for _ in range(2)}
    assert len(ids) == 1


async def test_parts_of_other_departments(staff: dict[str, Colleague]) -> None:
    agent = staff["agent"]
    parent = await open_ticket(agent, "other")
    parent_id = parent["ticket"]["id"]
    technology = await department(agent, "technology")
    part = await open_ticket(agent, "other", parent_id=parent_id, department_id=technology)
    await open_ticket(agent, "other", parent_id=parent_id)
    body = {"kind": "other", "title": "孙任务", "parent_id": part["ticket"]["id"]}
    assert await refused(agent, "POST", "/tickets", **body) == (409, "ticket_parent_refused")
    refusal = await refused(agent, "PATCH", f"/tickets/{parent_id}", version=1, state="done")
    assert refusal == (409, "ticket_parts_undone")
    assert (await card(agent, parent_id))["blocked"] is True
    await change(agent, part, state="done")
    shown = await card(agent, parent_id)
    assert (shown["parts"], shown["blocked"]) == ({"total": 2, "done": 1}, False)
    view = await agent.get(f"/tickets/{parent_id}")
    assert [one["category"] for one in view["parts"]] == ["resolved", "open"]
    assert (await agent.get(f"/tickets/{part['ticket']['id']}"))["parent"]["number"] == parent["ticket"]["number"]


async def card(colleague: Colleague, ticket_id: str) -> dict[str, Any]:
    items = (await colleague.get("/tickets", limit=200))["items"]
    found: dict[str, Any] = next(one for one in items if one["id"] == ticket_id)
    return found


async def test_to_another_department_it_goes_without_its_owner(staff: dict[str, Colleague]) -> None:
    agent, logistics = staff["agent"], staff["department_member"]
    view = await open_ticket(agent, owner_id=await me(logistics))
    assert view["owner_name"] == "江远"
    passed = await change(agent, view, department_id=await department(agent, "quality"))
    assert passed["ticket"]["owner_id"] is None
    kept = await change(agent, passed, department_id=view["ticket"]["department_id"], owner_id=await me(logistics))
    assert kept["owner_name"] == "江远"
    nobody = {"version": kept["ticket"]["version"], "owner_id": str(uuid4())}
    assert await refused(agent, "PATCH", f"/tickets/{view['ticket']['id']}", **nobody) == (
        422,
        "ticket_reference_missing",
    )


async def test_a_resolved_ticket_is_taken_up_again(staff: dict[str, Colleague]) -> None:
    agent = staff["agent"]
    done = await change(agent, await open_ticket(agent, "other"), state="done")
    assert done["ticket"]["resolved_at"] is not None
    assert (await change(agent, done, state="doing"))["ticket"]["resolved_at"] is None


# Merging


async def test_two_tickets_become_one(system: RunningServer, staff: dict[str, Colleague]) -> None:
    agent = staff["agent"]
    _, conversation_id, seq = await asked(system, agent)
    source = await open_ticket(agent, conversation_id=conversation_id, seq=seq, level=4)
    target = await open_ticket(agent, conversation_id=conversation_id)
    ids = source["ticket"]["id"], target["ticket"]["id"]
    part = await open_ticket(agent, "other", parent_id=ids[0])
    await do(agent, "POST", f"/tickets/{ids[0]}/comments", text="第一单的进展")
    await do(agent, "POST", f"/tickets/{ids[0]}/links", ticket_id=ids[1], relation="duplicates")
    assert await refused(agent, "POST", f"/tickets/{ids[0]}/merge", into_id=ids[0]) == (409, "ticket_merge_refused")
    merged = await do(agent, "POST", f"/tickets/{ids[0]}/merge", into_id=ids[1], reason="同一件事")
    assert (merged["ticket"]["level"], merged["comments"], merged["related"]) == (4, 1, [])
    assert [one["id"] for one in merged["parts"]] == [part["ticket"]["id"]]
    places = {(one["conversation_id"], one["seq"]) for one in merged["conversations"]}
    assert places == {(conversation_id, None), (conversation_id, seq)}
    former = await agent.get(f"/tickets/{ids[0]}")
    assert (former["ticket"]["category"], former["merged_into"]["id"]) == ("closed", ids[1])
    version = former["ticket"]["version"]
    assert await refused(agent, "PATCH", f"/tickets/{ids[0]}", version=version, level=1) == (409, "ticket_merged")
    assert await refused(agent, "POST", f"/tickets/{ids[0]}/comments", text="还有") == (409, "ticket_merged")
    assert await refused(agent, "POST", f"/tickets/{ids[0]}/merge", into_id=ids[1]) == (409, "ticket_merge_refused")
    history = (await agent.get(f"/tickets/{ids[1]}/history"))["items"]
    (joined,) = (one for one in history if one["action"] == "merged")
    assert joined["after"]["merged"] == source["ticket"]["number"]


async def test_parts_get_no_parts_by_merging(staff: dict[str, Colleague]) -> None:
    agent = staff["agent"]
    parent, whole = await open_ticket(agent, "other"), await open_ticket(agent, "other")
    part = await open_ticket(agent, "other", parent_id=parent["ticket"]["id"])
    await open_ticket(agent, "other", parent_id=whole["ticket"]["id"])
    path = f"/tickets/{whole['ticket']['id']}/merge"
    assert await refused(agent, "POST", path, into_id=part["ticket"]["id"]) == (409, "ticket_parent_refused")
    path = f"/tickets/{part['ticket']['id']}/merge"
    assert await refused(agent, "POST", path, into_id=parent["ticket"]["id"]) == (409, "ticket_merge_refused")


async def test_tickets_of_two_customers_stay_two(system: RunningServer, staff: dict[str, Colleague]) -> None:
    agent, tickets = staff["agent"], []
    for _ in range(2):
        _, conversation_id, _ = await asked(system, agent)
        tickets.append(await open_ticket(agent, conversation_id=conversation_id))
    one, other = (view["ticket"]["id"] for view in tickets)
    assert await refused(agent, "POST", f"/tickets/{one}/merge", into_id=other) == (409, "ticket_merge_refused")
    link = {"conversation_id": tickets[1]["conversations"][0]["conversation_id"]}
    assert await refused(agent, "POST", f"/tickets/{one}/links", **link) == (422, "ticket_link_refused")


# Many at once


async def test_many_at_once_each_by_its_own(staff: dict[str, Colleague]) -> None:
    agent, other = staff["agent"], staff["other_agent"]
    label = (await agent.get("/labels"))[0]["id"]
    mine, theirs = await open_ticket(agent, "other"), await open_ticket(agent)
    stale = await open_ticket(agent, "other")
    ids = [view["ticket"]["id"] for view in (mine, theirs, stale)]
    items = [{"id": ids[0]}, {"id": ids[1]}, {"id": ids[2], "version": 7}, {"id": ids[0]}, {"id": str(uuid4())}]
    results = await do(other, "POST", "/tickets/bulk", items=items, action={"type": "add_label", "label_id": label})
    codes = {result["ticket_id"]: result["code"] for result in results}
    assert [codes[one] for one in ids] == [None, "ticket_not_found", "ticket_outdated"]
    assert len(results) == 4
    assert results[2]["zh"].startswith("工单 YD-")
    assert (await agent.get(f"/tickets/{ids[0]}"))["ticket"]["label_ids"] == [label]
    state = {"type": "state", "state": "done"}
    results = await do(
        agent, "POST", "/tickets/bulk", items=[{"id": one} for one in ids[:2]], action=state, reason="清理"
    )
    assert [result["code"] for result in results] == [None, "ticket_state_refused"]
    bad = {"type": "assign", "owner_id": str(uuid4())}
    results = await do(agent, "POST", "/tickets/bulk", items=[{"id": ids[0]}], action=bad)
    assert results[0]["code"] == "ticket_reference_missing"


# Links, files


async def test_links_can_be_made_and_taken_off(staff: dict[str, Colleague]) -> None:
    agent = staff["agent"]
    view, other = await open_ticket(agent), await open_ticket(agent, "technical")
    path = f"/tickets/{view['ticket']['id']}/links"
    linked = await do(agent, "POST", path, order={"shop": "liuli", "order_no": "LM2026"})
    linked = await do(agent, "POST", path, order={"shop": "liuli", "order_no": "LM2026"})
    assert [one["order_no"] for one in linked["orders"]] == ["LM2026"]
    assert [one["id"] for one in (await agent.get("/tickets", order_no="LM2026"))["items"]] == [view["ticket"]["id"]]
    await do(
        agent, "POST", f"/tickets/{other['ticket']['id']}/links", ticket_id=view["ticket"]["id"], relation="blocks"
    )
    seen = await staff["department_member"].get(f"/tickets/{view['ticket']['id']}")
    assert [(one["relation"], one["ticket"]["title"]) for one in seen["related"]] == [("blocked_by", None)]
    assert (await card(agent, view["ticket"]["id"]))["blocked"] is True
    for link in (linked["orders"][0], seen["related"][0]):
        after = await do(agent, "DELETE", f"{path}/{link['link_id']}")
    assert (after["orders"], after["related"]) == ([], [])
    assert await refused(agent, "DELETE", f"{path}/{uuid4()}") == (404, "ticket_link_not_found")
    unfit: list[dict[str, Any]] = [{}, {"seq": 1}, {"ticket_id": str(uuid4())}, {"relation": "blocks"}]
    for body in unfit:
        assert await refused(agent, "POST", path, **body) == (422, "ticket_link_refused")


async def test_a_photo_goes_along_with_a_public_comment(system: RunningServer, staff: dict[str, Colleague]) -> None:
    agent = staff["agent"]
    visitor, conversation_id, _ = await asked(system, agent)
    view = await open_ticket(agent, "damage", conversation_id=conversation_id)
    path = f"/tickets/{view['ticket']['id']}"
    uploaded = (await agent.call("POST", f"{path}/uploads", files={"file": ("补发.png", PNG, "image/png")})).json()
    comment = await do(agent, "POST", f"{path}/comments", text="已补发", public=True, file_ids=[uploaded["file_id"]])
    assert comment["attachments"][0]["name"] == "补发.png"
    assert [one["kind"] for one in (await visitor.thread())[-2:]] == ["system", "image"]
    link = await staff["supervisor"].call("GET", f"{path}/files/{uploaded['file_id']}", follow_redirects=True)
    assert link.content == PNG
    assert (await staff["department_member"].call("GET", f"{path}/files/{uploaded['file_id']}")).status_code == 404
    assert await refused(staff["supervisor"], "POST", f"{path}/comments", file_ids=[uploaded["file_id"]]) == (
        404,
        "attachment_not_found",
    )
    assert await refused(agent, "POST", f"{path}/comments", text=" ") == (422, "ticket_comment_empty")
    alone = await open_ticket(agent)
    answer = await refused(agent, "POST", f"/tickets/{alone['ticket']['id']}/comments", text="好了", public=True)
    assert answer == (409, "ticket_nobody_to_tell")


# Rules, clocks, conversations


async def test_a_rule_opens_a_ticket_once_and_a_clock_sets_its_time(
    system: RunningServer, staff: dict[str, Colleague]
) -> None:
    db, due = system.runtime.db, now() + timedelta(hours=2)
    new = NewTicket(
        kind="logistics",
        title="",
        author=SYSTEM,
        source="rule",
        template="包裹停滞",
        order=OrderRef("liuli", "LM1"),
        idempotency_key=f"rule:{uuid4()}",
    )
    async with db.transaction() as tx:
        first = await open_by_rule(tx, new)
        await set_due(tx, first.id, due, "级别 2")
    async with db.transaction() as tx:
        assert (await open_by_rule(tx, new)).id == first.id
    view = await staff["department_member"].get(f"/tickets/{first.id}")
    ticket = view["ticket"]
    assert (ticket["title"], ticket["fields"]) == ("包裹长时间没有更新", {"problem": "长时间未更新"})
    assert (ticket["opened_by_name"], ticket["due_at"][:16], ticket["version"]) == ("系统", due.isoformat()[:16], 1)
    history = (await staff["agent"].call("GET", f"/tickets/{first.id}/history")).status_code
    assert history == 404
    entries = (await staff["supervisor"].get(f"/tickets/{first.id}/history"))["items"]
    assert [(entry["action"], entry["actor_id"]) for entry in entries] == [
        ("due", None),
        ("due", None),
        ("opened", None),
    ]


async def test_whoever_keeps_the_clocks_hears_before_and_after(
    system: RunningServer, staff: dict[str, Colleague]
) -> None:
    heard: list[tuple[int, int, str | None]] = []

    async def note(_tx: object, event: TicketChanged) -> None:
        heard.append((event.before.level, event.after.level, event.by.name))

    system.runtime.db.bus.subscribe(TicketChanged, note)
    await change(staff["agent"], await open_ticket(staff["agent"]), level=5)
    assert heard == [(2, 5, "小雅")]


async def test_tickets_follow_conversations_that_become_one(system: RunningServer, staff: dict[str, Colleague]) -> None:
    agent, db = staff["agent"], system.runtime.db
    visitor, first, _ = await asked(system, agent, "第一个问题")
    await do(agent, "POST", f"/conversations/{first}/resolve")
    async with db.transaction() as tx:
        await tx.conn.execute("UPDATE conversations SET resolved_at = now() - interval '3 days' WHERE id = $1", first)
    sent = (await visitor.post("第二个问题")).json()
    second, seq = sent["conversation_id"], sent["seq"]
    await do(agent, "POST", f"/conversations/{second}/take")
    view = await open_ticket(agent, conversation_id=second, seq=seq)
    whole = await open_ticket(agent, conversation_id=second)
    async with db.transaction() as tx:
        offset = (await get(tx.conn, UUID(first))).last_seq
        author = author_of((await principals_of(tx.conn, [UUID(await me(agent))]))[0])
        await merge(tx, await get(tx.conn, UUID(first)), await get(tx.conn, UUID(second)), author)
    linked = (await agent.get(f"/tickets/{view['ticket']['id']}"))["conversations"][0]
    assert (linked["conversation_id"], linked["seq"]) == (first, seq + offset)
    assert (await agent.get(f"/tickets/{whole['ticket']['id']}"))["conversations"][0]["conversation_id"] == first


async def test_a_visitor_who_turns_out_to_be_known_keeps_their_ticket(
    system: RunningServer, staff: dict[str, Colleague]
) -> None:
    agent = staff["agent"]
    visitor, conversation_id, _ = await asked(system, agent)
    view = await open_ticket(agent, conversation_id=conversation_id)
    assert view["customer"]["name"] is None
    shown = (await system.http.get("/api/v1/demo/customers")).json()["customers"][-1]
    identity = {name: shown[name] for name in ("user_id", "signature", "name")}
    await Visitor.open(system.http, token=visitor.session["token"], identity=identity)
    after = await agent.get(f"/tickets/{view['ticket']['id']}")
    assert after["customer"]["name"][0] == shown["name"][0]
    async with system.runtime.db.reading() as conn:
        assert (await get_ticket(conn, UUID(view["ticket"]["id"]))).version == 1


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"kind": "nothing"}, 404, "ticket_kind_not_found"),
        ({"kind": "other", "fields": {"x": "1"}}, 422, "ticket_field_invalid"),
        ({"kind": "refund", "fields": {"amount": "12"}}, 422, "ticket_field_invalid"),
        ({"kind": "other", "department_id": str(uuid4())}, 422, "ticket_reference_missing"),
        ({"kind": "other", "owner_id": str(uuid4())}, 422, "ticket_reference_missing"),
        ({"kind": "other", "label_ids": [str(uuid4())]}, 422, "ticket_reference_missing"),
        ({"kind": "other", "template": "没有"}, 422, "ticket_field_invalid"),
        ({"kind": "other", "parent_id": str(uuid4())}, 404, "ticket_not_found"),
        ({"kind": "other", "conversation_id": str(uuid4())}, 404, "conversation_not_found"),
    ],
)
async def test_what_cannot_be_opened(staff: dict[str, Colleague], body: dict[str, Any], status: int, code: str) -> None:
    assert await refused(staff["agent"], "POST", "/tickets", title="标题", **body) == (status, code)
