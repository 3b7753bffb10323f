"""Service levels of tickets through the public doors: when they are due, rest, are late, and are done."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.conftest import DemoTemplate
from tests.factories import Colleague
from tests.server import RunningServer
from tests.tickets.desk import change, department, do, me, open_ticket, watched
from yingda.kit.clock import frozen
from yingda.routing.levels import DeadlineBreached, DeadlineNear, ItemKind


@pytest.fixture
async def agent(server: RunningServer, demo_template: DemoTemplate) -> AsyncIterator[Colleague]:
    colleague = await Colleague.sign_in(server.url, demo_template.account("demo.agent1"))
    yield colleague
    await colleague.close()


@pytest.fixture
async def logistics(server: RunningServer, demo_template: DemoTemplate) -> AsyncIterator[Colleague]:
    colleague = await Colleague.sign_in(server.url, demo_template.account("demo.logistics"))
    yield colleague
    await colleague.close()


def minutes(view: dict[str, Any]) -> float | None:
    """From its opening until it is due."""
    ticket = view["ticket"]
    if ticket["due_at"] is None:
        return None
    took = datetime.fromisoformat(ticket["due_at"]) - datetime.fromisoformat(ticket["created_at"])
    return round(took / timedelta(minutes=1), 2)


async def acted(colleague: Colleague, view: dict[str, Any]) -> list[str]:
    """What its history says, the earliest first."""
    entries = (await colleague.get(f"/tickets/{view['ticket']['id']}/history"))["items"]
    return [entry["action"] for entry in reversed(entries)]


async def test_a_ticket_is_due_from_its_opening_until_it_is_done(
    server: RunningServer, agent: Colleague, logistics: Colleague, demo_template: DemoTemplate
) -> None:
    view = await open_ticket(agent, level=3)
    path = f"/tickets/{view['ticket']['id']}"
    opened = datetime.fromisoformat(view["ticket"]["created_at"])
    assert (minutes(view), await acted(agent, view)) == (60, ["opened", "due"])
    with frozen(opened + timedelta(minutes=10)):
        await do(agent, "POST", f"{path}/comments", text="客户又问了一次")
    assert minutes(await agent.get(path)) == 60  # its opener does not answer it
    with frozen(opened + timedelta(minutes=20)):
        raised = await change(agent, await agent.get(path), level=4)
        assert minutes(raised) == 30
    with frozen(opened + timedelta(minutes=25)):
        await do(logistics, "POST", f"{path}/comments", text="已联系快递公司核实")
    assert minutes(await agent.get(path)) == 25 + 240
    with frozen(opened + timedelta(minutes=100)):
        assert minutes(await change(logistics, await logistics.get(path), state="waiting_carrier")) is None
    with frozen(opened + timedelta(hours=6)):
        await server.runtime.watch.look()
        later = await Colleague.sign_in(server.url, demo_template.account("demo.logistics"))
        back = await change(later, await later.get(path), state="checking")
        assert minutes(back) == 360 + 240
        assert "deadline_near" not in await acted(later, view)
    with frozen(opened + timedelta(hours=6, minutes=10)):
        done = await change(later, await later.get(path), state="closed")
        assert minutes(done) is None
        await later.close()
    with frozen(opened + timedelta(days=30)):
        await server.runtime.watch.look()
    assert "deadline_breached" not in await acted(agent, view)
    async with server.runtime.db.reading() as conn:
        met = await conn.fetch("SELECT clock FROM service_deadlines WHERE happened = 'met' ORDER BY at, clock")
    assert [row["clock"] for row in met] == ["first_response", "next_update", "resolution"]


async def test_somebody_is_warned_of_a_ticket_and_told_when_it_is_late(
    server: RunningServer, agent: Colleague, logistics: Colleague
) -> None:
    heard: list[DeadlineNear | DeadlineBreached] = []

    async def hear(_tx: Any, event: DeadlineNear | DeadlineBreached) -> None:
        heard.append(event)

    for kind in (DeadlineNear, DeadlineBreached):
        server.runtime.db.bus.subscribe(kind, hear)
    view = await open_ticket(agent, level=3, owner_id=await me(logistics))
    assert minutes(view) == 480  # with an owner it has been taken up
    due = datetime.fromisoformat(view["ticket"]["due_at"])
    for moment in (due - timedelta(hours=3), due - timedelta(hours=2), due):
        await watched(server, moment)
    assert [(type(one), one.item.kind, one.clock) for one in heard] == [
        (DeadlineNear, ItemKind.TICKET, "next_update"),
        (DeadlineBreached, ItemKind.TICKET, "next_update"),
    ]
    assert str(heard[0].owner_id) == await me(logistics)
    assert await acted(agent, view) == ["opened", "due", "deadline_near", "deadline_breached", "escalated"]


async def test_a_kind_and_a_department_have_terms_of_their_own(
    server: RunningServer, agent: Colleague, demo_template: DemoTemplate
) -> None:
    supervisor = await Colleague.sign_in(server.url, demo_template.account("demo.supervisor"))
    known = {one["subject"]: one["limits"] for one in await supervisor.get("/service-levels/limits")}
    limits = [{**one, "first_response": 7} for one in known["ticket"]]
    await do(supervisor, "PUT", "/service-levels/limits/ticket:logistics", limits=limits, reason="物流从快")
    async with server.runtime.db.reading() as conn:
        team_id = str(await conn.fetchval("SELECT id FROM teams WHERE name = '售后组'"))
    week = [[] for _ in range(7)]
    week[datetime.fromisoformat((await open_ticket(agent))["ticket"]["created_at"]).weekday() - 3] = [
        {"opens": 540, "closes": 1080}
    ]
    body = {"name": "售后", "weekly": week, "team_ids": [team_id], "public_holidays": False}
    await do(supervisor, "POST", "/service-levels/calendars", **body)
    await supervisor.close()
    view = await open_ticket(agent)
    assert minutes(view) == 7
    moved = await change(agent, view, department_id=await department(agent, "service"))
    assert (minutes(moved) or 0) > 24 * 60
    assert minutes(await open_ticket(agent, "damage", level=3)) == 60
