"""From a parcel that stands still to the good news, as the customer, the agent and the supervisor see it."""

from datetime import timedelta

from tests.factories import Colleague, Visitor
from tests.outreach.world import World, finding_of, noon, turn_on
from yingda.commerce import ShipmentState

_STUCK_NOTE = "派送中停滞"


async def test_a_stuck_parcel_is_told_of_once_gets_a_ticket_and_ends_with_good_news(
    world: World, admin: Colleague
) -> None:
    visitor = await Visitor.known(world.server.http, _STUCK_NOTE)
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
