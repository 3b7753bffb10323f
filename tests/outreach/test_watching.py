"""From a parcel that stands still to the good news, as the customer, the agent and the supervisor see it."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from tests.factories import Colleague, Visitor
from tests.outreach.world import World, at, finding_of, noon, turn_on
from yingda.commerce import ShipmentState, ShopDown
from yingda.outreach import Watcher

STUCK = "派送中停滞"


async def down(*_: Any) -> None:
    raise ShopDown


async def test_a_stuck_parcel_is_told_of_once_gets_a_ticket_and_ends_with_good_news(
    world: World, admin: Colleague
) -> None:
    visitor = await Visitor.known(world.server.http, STUCK)
    parcel = await world.parcel_of(visitor, "out_for_delivery")
    await world.sweep(noon())
    assert await world.told(visitor) == []

    await turn_on(admin)
    await world.sweep(noon())
    await world.sweep(noon() + timedelta(minutes=1))
    [text] = await world.told(visitor)
    finding = await finding_of(admin, parcel)
    assert parcel.tracking_no in text
    assert finding["ticket_no"] in text
    assert (finding["rule"], finding["held"]) == ("stuck", None)
    ticket = (await admin.get(f"/tickets/{finding['ticket_id']}"))["ticket"]
    assert (ticket["source"], ticket["category"]) == ("outreach", "open")
    assert ticket["fields"]["tracking_no"] == parcel.tracking_no

    await world.sweep(noon(1) + timedelta(hours=1))
    story = await admin.get(f"/tickets/{finding['ticket_id']}/history")
    assert "parcel_follow_up" in str(story)

    await world.move(parcel, ShipmentState.DELIVERED, noon(2))
    await world.sweep(noon(2) + timedelta(minutes=5))
    assert len(await world.told(visitor)) == 2
    assert "已签收" in (await world.told(visitor))[1]
    closed = await finding_of(admin, parcel)
    assert (closed["outcome"], closed["truth"]) == ("delivered", "right")
    ticket = (await admin.get(f"/tickets/{finding['ticket_id']}"))["ticket"]
    assert ticket["category"] == "resolved"


async def test_what_happens_to_a_parcel_has_its_own_words(world: World, admin: Colleague) -> None:
    unmoved = await Visitor.known(world.server.http, "三天没有更新")
    broken = await Visitor.known(world.server.http, "包裹破损")
    late = await Visitor.known(world.server.http, "天气延误")
    back = await Visitor.known(world.server.http, "等待寄回")
    await world.move(await world.parcel_of(back, "in_transit"), ShipmentState.RETURNING, noon(-1))
    await turn_on(admin)
    await world.sweep(noon())
    for visitor, words in ((unmoved, "没有新的物流记录"), (broken, "破损"), (late, "晚到"), (back, "退回仓库")):
        [text] = await world.told(visitor)
        assert words in text
    unwritten = await admin.get("/outreach/findings", rule="late")
    assert {one["ticket_no"] for one in unwritten["items"]} == {None}


async def test_nobody_is_told_in_quiet_hours_or_twice_a_day(world: World, admin: Colleague) -> None:
    visitor = await Visitor.known(world.server.http, STUCK)
    parcel = await world.parcel_of(visitor, "out_for_delivery")
    await turn_on(admin)
    await world.sweep(noon(1) + timedelta(hours=11))
    assert await world.told(visitor) == []
    assert (await finding_of(admin, parcel))["held"] == "quiet_hours"
    await world.sweep(noon(1) + timedelta(hours=20, minutes=1))
    assert len(await world.told(visitor)) == 1

    await world.move(parcel, ShipmentState.DAMAGED, noon(2) + timedelta(hours=1))
    await world.sweep(noon(2) + timedelta(hours=2))
    assert len(await world.told(visitor)) == 1
    assert (await finding_of(admin, parcel))["held"] == "one_a_day"
    await world.sweep(noon(2) + timedelta(hours=20, minutes=1))
    assert "破损" in (await world.told(visitor))[1]


async def test_whoever_wants_no_reminders_gets_none_until_they_want_them_again(world: World, admin: Colleague) -> None:
    visitor = await Visitor.known(world.server.http, STUCK)
    with at(noon()):
        [answer] = await visitor.ask("以后不要再给我发物流提醒了。")
    assert "不再主动发" in answer["content"]["text"]
    assert await visitor.get("/reminders") == {"available": True, "wanted": False}
    await turn_on(admin)
    await world.sweep(noon() + timedelta(hours=1))
    assert await world.told(visitor) == []
    assert (await admin.get("/outreach/overview"))["opted_out"] == 1

    with at(noon() + timedelta(hours=2)):
        wish = await world.server.http.put("/api/v1/chat/reminders", headers=visitor.headers)
    assert wish.json() == {"available": True, "wanted": True}
    await world.sweep(noon() + timedelta(hours=3))
    assert len(await world.told(visitor)) == 1


async def test_a_wish_beside_a_question_leaves_the_question_to_the_assistant(world: World) -> None:
    visitor = await Visitor.known(world.server.http, STUCK)
    answers = await visitor.ask("不要再提醒我了，我的快递到哪了")
    assert "主动发" not in answers[0]["content"]["text"]
    stranger = await Visitor.open(world.server.http)
    assert await stranger.get("/reminders") == {"available": False, "wanted": False}


async def test_whoever_serves_the_customer_is_told_instead(world: World, admin: Colleague, agent: Colleague) -> None:
    visitor = await Visitor.known(world.server.http, STUCK)
    parcel = await world.parcel_of(visitor, "out_for_delivery")
    await visitor.ask("转人工")
    [head] = (await agent.get("/conversations", view="waiting"))["items"]
    taken = await agent.call("POST", f"/conversations/{head['conversation']['id']}/take")
    assert taken.status_code in (200, 201), taken.text
    await turn_on(admin)
    await world.sweep(noon())
    await world.sweep(noon() + timedelta(minutes=1))
    assert await world.told(visitor) == []
    notes = await world.notes(head["conversation"]["id"])
    assert [parcel.tracking_no in text for text in notes] == [True]
    assert "mentioned" in [one["kind"] for one in (await agent.get("/notices"))["items"]]
    finding = await finding_of(admin, parcel)
    assert (finding["held"], finding["told_at"]) == ("person", None)


async def test_nothing_is_told_from_memory(world: World, admin: Colleague, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = await Visitor.known(world.server.http, STUCK)
    await turn_on(admin)
    await world.sweep(noon(1) + timedelta(hours=11))
    door = type(world.runtime.stores["liuli"].shipments)
    with monkeypatch.context() as ill:
        ill.setattr(door, "get", down)
        ill.setattr(door, "moved", down)
        await world.sweep(noon(1) + timedelta(hours=20, minutes=1))
        assert await world.told(visitor) == []
        [shop] = (await admin.get("/outreach/overview"))["shops"]
        assert shop["failing_since"]
    await world.sweep(noon(1) + timedelta(hours=20, minutes=10))
    assert len(await world.told(visitor)) == 1
    [shop] = (await admin.get("/outreach/overview"))["shops"]
    assert (shop["failing_since"], shop["lists"]) == (None, True)


async def test_two_processes_tell_it_once(world: World, admin: Colleague) -> None:
    visitor = await Visitor.known(world.server.http, STUCK)
    parcel = await world.parcel_of(visitor, "out_for_delivery")
    await turn_on(admin)
    other = Watcher(world.runtime.db, world.runtime.stores)
    with at(noon()):
        await asyncio.gather(world.runtime.outreach.sweep(), other.sweep(), other.sweep())
    assert len(await world.told(visitor)) == 1
    tickets = await admin.get("/tickets", q=parcel.tracking_no)
    assert len(tickets["items"]) == 1


async def test_who_has_never_been_in_touch_is_told_once_they_are(world: World, admin: Colleague) -> None:
    await turn_on(admin)
    await world.sweep(noon())
    overview = await admin.get("/outreach/overview")
    assert [one["held"] for one in overview["waiting"]] == ["unreachable"]
    visitor = await Visitor.known(world.server.http, STUCK)
    await world.sweep(noon() + timedelta(hours=3))
    assert len(await world.told(visitor)) == 1
