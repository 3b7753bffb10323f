"""Service levels through the public doors: what is due, who is warned, what managers may change."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.conftest import DemoTemplate
from tests.factories import Colleague, Visitor, eventually
from tests.server import RunningServer
from yingda.conversations import Author, AuthorKind, merge
from yingda.conversations import get as get_conversation
from yingda.kit.clock import SHANGHAI, frozen, now
from yingda.routing import levels
from yingda.routing.levels import DeadlineBreached, DeadlineNear, WarnReason

WEEK = [[{"opens": 540, "closes": 1080}]] * 5 + [[], []]


@pytest.fixture
async def supervisor(server: RunningServer, demo_template: DemoTemplate) -> AsyncIterator[Colleague]:
    colleague = await Colleague.sign_in(server.url, demo_template.account("demo.supervisor"))
    yield colleague
    await colleague.close()


@pytest.fixture
async def agent(server: RunningServer, demo_template: DemoTemplate) -> AsyncIterator[Colleague]:
    colleague = await Colleague.sign_in(server.url, demo_template.account("demo.agent1"))
    yield colleague
    await colleague.close()


async def do(who: Colleague, method: str, path: str, status: int = 200, **body: Any) -> Any:
    answer = await who.call(method, path, json=body or None)
    assert answer.status_code == status, answer.text
    return answer.json() if answer.content else None


async def begin(server: RunningServer) -> tuple[Visitor, str]:
    """A customer who waits for a person."""
    visitor = await Visitor.open(server.http)
    sent = await visitor.post("转人工")
    await eventually(lambda: visitor.thread(sent.json()["seq"]))
    return visitor, sent.json()["conversation_id"]


async def head(who: Colleague, conversation_id: str) -> dict[str, Any]:
    found: dict[str, Any] = (await who.get(f"/conversations/{conversation_id}"))["conversation"]
    return found


async def records(who: Colleague, conversation_id: str) -> list[tuple[str, str]]:
    """Code and text of what the thread's record says."""
    thread = (await who.get(f"/conversations/{conversation_id}/messages"))["messages"]
    return [(one["content"]["code"], one["content"]["text"]) for one in thread if one["kind"] == "note"]


async def test_somebody_is_warned_before_it_is_late_and_told_when_it_is(
    server: RunningServer, supervisor: Colleague, agent: Colleague
) -> None:
    heard: list[DeadlineNear | DeadlineBreached] = []

    async def hear(_tx: Any, event: DeadlineNear | DeadlineBreached) -> None:
        heard.append(event)

    for kind in (DeadlineNear, DeadlineBreached):
        server.runtime.db.bus.subscribe(kind, hear)
    _, conversation_id = await begin(server)
    due = datetime.fromisoformat((await head(supervisor, conversation_id))["due_at"])
    watch = server.runtime.watch
    for before in (timedelta(minutes=5), timedelta(minutes=2), timedelta(minutes=1)):
        with frozen(due - before):
            await watch.look()
    with frozen(due + timedelta(seconds=1)):
        await watch.look()
        await watch.look()
    assert [type(one) for one in heard] == [DeadlineNear, DeadlineBreached]
    near, late = heard
    assert (near.item.id, near.clock, near.due_at, near.owner_id) == (
        UUID(conversation_id),
        "first_response",
        due,
        None,
    )
    assert isinstance(near, DeadlineNear)
    assert near.reason is WarnReason.SHARE
    assert isinstance(late, DeadlineBreached)
    assert late.warned_at == due - timedelta(minutes=2)
    said = await records(supervisor, conversation_id)
    assert [code for code, _ in said] == ["deadline_near", "deadline_breached"]
    assert "首次响应" in said[0][1]
    told = (await supervisor.get("/notices"))["items"]
    assert [(one["kind"], one["text"]) for one in told] == [
        ("deadline_breached", "first_response"),
        ("deadline_near", "first_response"),
    ]
    assert (await agent.get("/notices"))["items"] == []  # it is in nobody's hands
    told_of = await supervisor.get(f"/conversations/{conversation_id}/deadlines")
    assert [one["happened"] for one in told_of["history"]] == ["breached", "near"]
    assert [one["breached"] for one in told_of["clocks"] if one["clock"] == "first_response"] == [True]


async def test_clocks_follow_the_conversation(server: RunningServer, supervisor: Colleague) -> None:
    visitor, conversation_id = await begin(server)
    path = f"/conversations/{conversation_id}"
    await do(supervisor, "POST", f"{path}/messages", 201, text="您好")
    assert (await head(supervisor, conversation_id))["due_clock"] is None  # level 1 waits for the customer
    await visitor.post("还在吗")
    waits = await head(supervisor, conversation_id)
    assert waits["due_clock"] == "next_update"
    await do(supervisor, "PUT", f"{path}/level", level=3, reason="客户投诉包装破损")
    raised = await head(supervisor, conversation_id)
    assert (raised["level"], raised["due_clock"]) == (3, "next_update")
    await do(supervisor, "POST", f"{path}/messages", 201, text="马上为您处理")
    assert (await head(supervisor, conversation_id))["due_clock"] == "resolution"  # a complaint does not rest
    until = (now() + timedelta(hours=3)).isoformat()
    await do(supervisor, "POST", f"{path}/snooze", until=until)
    assert (await head(supervisor, conversation_id))["due_at"] is None
    left = (await supervisor.get(f"{path}/deadlines"))["clocks"][-1]
    assert (left["clock"], left["over"], left["due_at"]) == ("resolution", False, None)
    assert 0 < left["left"] <= 24 * 3600
    await do(supervisor, "POST", f"{path}/resolve")
    assert (await head(supervisor, conversation_id))["due_at"] is None
    with frozen(now() + timedelta(days=30)):
        await server.runtime.watch.look()
    history = (await supervisor.get(f"{path}/deadlines"))["history"]
    assert {(one["clock"], one["happened"]) for one in history} == {
        ("first_response", "met"),
        ("next_update", "met"),
        ("resolution", "met"),
    }
    assert ("level_changed", "顾清和调整服务级别：普通咨询 → 投诉。原因：客户投诉包装破损") in await records(
        supervisor, conversation_id
    )


async def test_merged_conversations_have_one_set_of_clocks(server: RunningServer, supervisor: Colleague) -> None:
    _, one = await begin(server)
    _, other = await begin(server)
    runtime = server.runtime
    async with runtime.db.transaction() as tx:
        target = await get_conversation(tx.conn, UUID(one))
        await tx.conn.execute("UPDATE conversations SET state = 'resolved' WHERE id = $1", UUID(other))
        await tx.conn.execute(
            "UPDATE conversations SET customer_id = $2 WHERE id = $1", UUID(other), target.customer_id
        )
        await tx.conn.execute(
            "UPDATE conversations SET state = 'snoozed' WHERE id = $1", UUID(other)
        ) if False else None
        source = await get_conversation(tx.conn, UUID(other))
        await merge(tx, target, source, Author(AuthorKind.STAFF, None, "顾清和"))
    async with runtime.db.reading() as conn:
        items = await conn.fetch("SELECT DISTINCT item_id FROM service_clocks")
    assert [row["item_id"] for row in items] == [UUID(one)]
    assert (await head(supervisor, one))["due_clock"] == "first_response"


async def test_what_is_learnt_of_how_long_matters_take(server: RunningServer) -> None:
    async with server.runtime.db.transaction() as tx:
        await tx.conn.executemany(
            "INSERT INTO service_deadlines (id, item_kind, item_id, clock, happened, level, at, used) "
            "VALUES (gen_random_uuid(), 'conversation', gen_random_uuid(), 'resolution', 'met', $1, now(), $2)",
            [(1, 60 * minute) for minute in range(1, 22)] + [(2, 60)] * 3,
        )
        await levels.learn(tx)
        usual = await tx.conn.fetch("SELECT level, seconds FROM service_usual")
    assert [tuple(row) for row in usual] == [(1, 11 * 60)]


async def test_managers_change_limits_and_everybody_can_see_who_did(
    server: RunningServer, supervisor: Colleague, agent: Colleague, demo_template: DemoTemplate
) -> None:
    assert (await agent.call("GET", "/service-levels/limits")).status_code == 403
    found = {one["subject"]: one["limits"] for one in await supervisor.get("/service-levels/limits")}
    assert [one["first_response"] for one in found["conversation"]] == [10, 5, 5, 3, 1]
    changed = [{**one, "first_response": one["level"] * 2} for one in found["conversation"]]
    path = "/service-levels/limits/conversation"
    await do(supervisor, "PUT", path, 422, limits=[*changed[:4], changed[0]], reason="试试")
    await do(supervisor, "PUT", path, limits=changed, reason="大促期间放宽")
    _, conversation_id = await begin(server)
    waits = await head(supervisor, conversation_id)
    took = datetime.fromisoformat(waits["due_at"]) - datetime.fromisoformat(waits["waiting_since"])
    assert took == timedelta(minutes=2)
    await do(supervisor, "PUT", "/service-levels/limits/ticket:damaged", limits=changed, reason="破损件从快")
    await do(supervisor, "DELETE", "/service-levels/limits/ticket:damaged", 204)
    await do(supervisor, "DELETE", path, 409)
    admin = await Colleague.sign_in(server.url, demo_template.account("demo.admin"))
    trail = (await admin.get("/audit", object_kind="service_limits"))["items"]
    await admin.close()
    assert [one["action"] for one in trail][-1] == "service_levels.change_limits"
    assert (trail[-1]["reason"], trail[-1]["before"]["limits"][0]["first_response"]) == ("大促期间放宽", 10)


async def test_a_team_works_by_its_own_calendar(server: RunningServer, supervisor: Colleague) -> None:
    known = await supervisor.get("/service-levels/calendars")
    [always] = [one for one in known["calendars"] if one["default"]]
    async with server.runtime.db.reading() as conn:
        team_id = str(await conn.fetchval("SELECT id FROM teams WHERE name = '售后组'"))
    opens = now().astimezone(SHANGHAI).replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=3)
    week = [WEEK[0] if day == opens.weekday() else [] for day in range(7)]
    body = {"name": "售后工作时间", "weekly": week, "team_ids": [team_id], "public_holidays": False}
    made = await do(supervisor, "POST", "/service-levels/calendars", 201, **body)
    await do(supervisor, "POST", "/service-levels/calendars", 409, **body)
    await do(supervisor, "POST", "/service-levels/calendars", 422, **{**body, "name": "空", "weekly": [[]] * 7})
    await do(supervisor, "POST", "/service-levels/calendars", 404, **{**body, "name": "新", "team_ids": [str(uuid4())]})
    _, conversation_id = await begin(server)
    await do(supervisor, "POST", f"/routing/conversations/{conversation_id}/assign", team_id=team_id)
    due_at = (await head(supervisor, conversation_id))["due_at"]
    assert datetime.fromisoformat(due_at) == opens + timedelta(minutes=10)
    path = f"/service-levels/calendars/{made['id']}"
    await do(supervisor, "PUT", path, **{**body, "name": "售后日历"})
    await do(supervisor, "PUT", f"/service-levels/calendars/{always['id']}", 409, **{**body, "name": "全天候"})
    await do(supervisor, "DELETE", path, 204)
    await do(supervisor, "DELETE", path, 404)
    await do(supervisor, "DELETE", f"/service-levels/calendars/{always['id']}", 409)


async def test_a_month_shows_holidays_and_the_days_that_make_up_for_them(supervisor: Colleague) -> None:
    body = {"name": "新", "weekly": WEEK, "public_holidays": True}
    path = "/service-levels/calendars/month?year={}&month={}"
    month = await do(supervisor, "POST", path.format(2026, 10), **body)
    kinds = {day["date"]: (day["kind"], day["name"], bool(day["periods"])) for day in month["days"]}
    assert len(kinds) == 31
    assert kinds["2026-10-01"] == ("holiday", "国庆节", False)
    assert kinds["2026-10-10"] == ("makeup", "国庆节", True)
    assert month["announced"]
    assert not (await do(supervisor, "POST", path.format(2099, 1), **body))["announced"]
