"""Who may decide on proactive service, what is refused, and what the page shows."""

from datetime import timedelta
from typing import Any

import pytest

from tests.factories import Colleague, Visitor
from tests.outreach.world import World, finding_of, noon, turn_on
from yingda.app import demo
from yingda.commerce import ParcelMoved, ShipmentState


async def change(colleague: Colleague, version: int = 0, **settings: Any) -> tuple[int, str]:
    answer = await colleague.call("PUT", "/outreach/settings", json={"version": version, "settings": settings})
    return answer.status_code, answer.json().get("code", "")


async def test_settings_are_for_those_who_manage_routing_and_are_accounted_for(
    admin: Colleague, agent: Colleague
) -> None:
    assert await change(agent) == (403, "forbidden")
    for path in ("settings", "overview", "findings"):
        assert (await agent.call("GET", f"/outreach/{path}")).status_code == 403
    assert (await change(admin, enabled=True, stuck_hours=12))[0] == 200
    assert await change(admin, enabled=False) == (409, "outreach_settings_outdated")
    kept = await admin.get("/outreach/settings")
    assert (kept["version"], kept["settings"]["stuck_hours"]) == (1, 12)
    [entry] = (await admin.get("/audit", action="outreach.change_settings"))["items"]
    assert (entry["before"]["stuck_hours"], entry["after"]["stuck_hours"]) == (24, 12)


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"zone": "Mars/Olympus"}, "outreach_zone_unknown"),
    ({"zone": "../etc/passwd"}, "outreach_zone_unknown"),
    ({"ticket_kind": "nothing"}, "outreach_ticket_kind_unknown"),
    ({"wording": {"late": {"zh": "{carrier.__class__}", "en": "late"}}}, "outreach_wording_invalid"),
    ({"wording": {"late": {"zh": "晚了", "en": "{who}"}}}, "outreach_wording_invalid"),
    ({"wording": {"late": {"zh": "{", "en": "late"}}}, "outreach_wording_invalid"),
    ({"stuck_hours": 1}, "validation_failed"),
    ({"quiet_from": "25:00"}, "validation_failed"),
]


async def test_what_is_refused(admin: Colleague) -> None:
    for wanted, code in REFUSED:
        status, told = await change(admin, **wanted)
        assert (status // 100, told) == (4, code), wanted


async def test_the_words_can_be_ones_own_and_are_shown_before_they_are_sent(world: World, admin: Colleague) -> None:
    own = {"zh": "{carrier}的{tracking_no}卡住了。", "en": "{tracking_no} is stuck."}
    settings = (await admin.get("/outreach/settings"))["settings"] | {"wording": {"stuck": own}}
    shown = (await admin.call("POST", "/outreach/previews", json=settings)).json()
    stuck = next(one for one in shown if one["rule"] == "stuck")
    assert "顺行速运的SX000000000000卡住了。" in stuck["zh"]
    assert "{hours}" in stuck["default"]["zh"]
    assert "{" not in "".join(one["zh"] + one["en"] for one in shown)
    visitor = await Visitor.known(world.server.http, "派送中停滞")
    await turn_on(admin, wording={"stuck": own})
    await world.sweep(noon())
    [text] = await world.told(visitor)
    assert "卡住了。" in text


async def test_a_shop_that_cannot_list_its_parcels_is_watched_by_what_it_tells(
    world: World, admin: Colleague, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def cannot(*_: Any) -> None:
        return None

    visitor = await Visitor.known(world.server.http, "派送中停滞")
    parcel = await world.parcel_of(visitor, "out_for_delivery")
    monkeypatch.setattr(type(world.runtime.stores["liuli"].shipments), "moved", cannot)
    event = ParcelMoved("liuli", parcel.owner, parcel.order_no, parcel.tracking_no, ShipmentState.OUT_FOR_DELIVERY)
    await world.tell(event, noon())
    await turn_on(admin)
    await world.sweep(noon())
    [shop] = (await admin.get("/outreach/overview"))["shops"]
    assert (shop["lists"], shop["under_way"]) == (False, 0)
    await world.tell(event, noon())
    await world.sweep(noon())
    assert len(await world.told(visitor)) == 1
    assert (await finding_of(admin, parcel))["rule"] == "stuck"
    await world.pool.execute("DELETE FROM demo_shipments WHERE tracking_no = $1", parcel.tracking_no)
    await world.sweep(noon(1))
    assert (await finding_of(admin, parcel))["outcome"] == "gone"


async def test_accuracy_and_the_model_are_shown(world: World, admin: Colleague) -> None:
    visitor = await Visitor.known(world.server.http, "派送中停滞")
    parcel = await world.parcel_of(visitor, "out_for_delivery")
    await turn_on(admin)
    await world.sweep(noon())
    await world.move(parcel, ShipmentState.DELIVERED, noon(-1))
    await world.pool.execute(
        "UPDATE demo_shipments SET moved_at = $2 WHERE tracking_no = $1", parcel.tracking_no, noon(1)
    )
    await world.sweep(noon(1))
    overview = await admin.get("/outreach/overview")
    stuck = next(one for one in overview["accuracy"] if one["rule"] == "stuck")
    assert (stuck["found"], stuck["told"], stuck["right"], stuck["wrong"]) == (1, 1, 0, 1)
    [shop] = overview["shops"]
    assert shop["demo"]
    assert shop["journeys"] > 20


async def test_a_demo_shows_it_before_anybody_asks(world: World, admin: Colleague, demo_url: str) -> None:
    await demo.watch_parcels(demo_url)
    await world.sweep(noon(1) + timedelta(hours=12))
    visitor = await Visitor.known(world.server.http, "派送中停滞")
    [text] = await world.told(visitor)
    assert "派送中" in text
    assert visitor.session["unread"] == 1
    told = await admin.get("/outreach/findings", told=True)
    assert {one["held"] for one in told["items"]} == {None}
    await demo.watch_parcels(demo_url)
    assert (await admin.get("/outreach/settings"))["version"] == 1
