"""Tickets that are late go up, tickets that will be are flagged, and nothing of it is forgotten."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.conftest import DemoTemplate
from tests.routing.escalation.test_escalation import Floor
from tests.server import RunningServer
from tests.tickets.desk import change, me, open_ticket, watched
from yingda.kit.clock import frozen
from yingda.routing import warning


@pytest.fixture
async def floor(server: RunningServer, demo_template: DemoTemplate) -> AsyncIterator[Floor]:
    floor = Floor(server, demo_template)
    yield floor
    await floor.close()


async def opened(floor: Floor, **more: Any) -> tuple[dict[str, Any], datetime]:
    """A ticket for logistics of level 3, and when it is due."""
    view = await open_ticket(await floor.sign_in("agent1"), level=3, **more)
    return view, datetime.fromisoformat(view["ticket"]["due_at"])


async def let_it_be_late(floor: Floor, due: datetime) -> None:
    await watched(floor.server, due)


async def steps(floor: Floor, view: dict[str, Any]) -> list[dict[str, Any]]:
    path = f"/tickets/{view['ticket']['id']}/escalations"
    items: list[dict[str, Any]] = (await floor.do("supervisor", "GET", path))["items"]
    return items


async def test_a_late_ticket_goes_to_who_directs_it_and_then_to_the_supervisors(floor: Floor) -> None:
    view, due = await opened(floor)
    async with floor.server.runtime.db.transaction() as tx:
        await tx.conn.execute(
            "INSERT INTO memberships (id, staff_id, department_id) SELECT gen_random_uuid(), s.id, d.id "
            "FROM staff s, departments d WHERE s.login = 'demo.supervisor' AND d.code = 'logistics'"
        )
    await let_it_be_late(floor, due)
    (step,) = await steps(floor, view)
    assert (step["step"], step["trigger"], step["details"]) == (
        "department_heads",
        "deadline_breached",
        {"clock": "first_response"},
    )
    (notice,) = [
        one for one in (await floor.do("supervisor", "GET", "/notices"))["items"] if one["kind"] == "escalated"
    ]
    assert (notice["ticket_id"], notice["details"]["clock"]) == (view["ticket"]["id"], "first_response")
    with frozen(due + timedelta(hours=3)):
        await floor.let_time_pass()
    asked = [one["step"] for one in await steps(floor, view)]
    assert asked == ["supervisors", "department_heads"]
    with frozen(due + timedelta(hours=6)):
        await floor.let_time_pass()
    assert len(await steps(floor, view)) == 2
    assert (await floor.notices("admin")).count("escalated") == 2
    assert (await floor.notices("supervisor")).count("escalated") == 3


async def test_who_is_asked_confirms_and_has_the_ticket_from_then_on(floor: Floor) -> None:
    view, due = await opened(floor)
    await let_it_be_late(floor, due)
    (step,) = await steps(floor, view)  # nobody directs logistics
    assert step["step"] == "supervisors"
    assert step["id"] in [one["id"] for one in (await floor.do("supervisor", "GET", "/escalations"))["items"]]
    confirm = f"/escalations/{step['id']}/confirm"
    await floor.do("logistics", "POST", confirm, 403)
    assert (await floor.do("supervisor", "POST", confirm))["receipted_by_name"]
    await floor.do("supervisor", "POST", confirm, 409)
    path = f"/tickets/{view['ticket']['id']}"
    latest = await floor.do("supervisor", "GET", path)
    assert latest["ticket"]["owner_id"] == await me(await floor.sign_in("supervisor"))
    told = [one["action"] for one in (await floor.do("supervisor", "GET", f"{path}/history"))["items"]]
    assert {"escalated", "escalation_confirmed"} <= set(told)
    await change(await floor.sign_in("supervisor"), latest, state="checking")
    latest = await floor.do("supervisor", "GET", path)
    await change(await floor.sign_in("supervisor"), latest, state="closed")
    assert (await steps(floor, view))[0]["outcome"] == "resolved"


async def test_who_takes_the_ticket_up_has_confirmed_by_that(floor: Floor) -> None:
    view, due = await opened(floor)
    await let_it_be_late(floor, due)
    logistics = await floor.sign_in("logistics")
    await change(logistics, await logistics.get(f"/tickets/{view['ticket']['id']}"), owner_id=await me(logistics))
    assert (await steps(floor, view))[0]["receipted_by_name"] == "江远"


async def test_a_ticket_of_the_lowest_level_does_not_go_up(floor: Floor) -> None:
    view = await open_ticket(await floor.sign_in("agent1"), level=1)
    await let_it_be_late(floor, datetime.fromisoformat(view["ticket"]["due_at"]))
    assert await steps(floor, view) == []


async def test_a_ticket_that_may_go_wrong_is_flagged_for_who_may_see_it_and_measured(floor: Floor) -> None:
    view, due = await opened(floor)
    calm, _ = await opened(floor, owner_id=await me(await floor.sign_in("logistics")))
    with frozen(due - timedelta(minutes=5)):
        async with floor.server.runtime.db.transaction() as tx:
            assert await warning.look_ahead(tx) == 2
    (risk,) = (await floor.do("logistics", "GET", "/warnings"))["items"]
    assert (risk["kind"], risk["id"]) == ("ticket", view["ticket"]["id"])
    assert [reason["feature"] for reason in risk["reasons"]] == ["elapsed", "level", "unassigned"]
    assert (await floor.do("agent4", "GET", "/warnings"))["items"] == []
    await let_it_be_late(floor, due)
    logistics = await floor.sign_in("logistics")
    for one in (view, calm):
        latest = await logistics.get(f"/tickets/{one['ticket']['id']}")
        latest = await change(logistics, latest, state="checking")
        await change(logistics, latest, state="closed")
    assert (await floor.do("logistics", "GET", "/warnings"))["items"] == []
    quality = await floor.do("supervisor", "GET", "/warnings/quality", params={"kind": "ticket"})
    assert (quality["ended"], quality["went_wrong"], quality["precision"], quality["recall"]) == (2, 1, 1.0, 1.0)
    other = await floor.do("supervisor", "GET", "/warnings/quality")
    assert other["ended"] == 0
