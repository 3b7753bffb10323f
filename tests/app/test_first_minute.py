"""From nothing to an answered customer, in one process."""

from tests.factories import Visitor
from tests.server import RunningServer


async def test_a_known_customer_hears_where_the_parcel_is(server: RunningServer) -> None:
    customer = await Visitor.known(server.http, "停滞")
    answers = await customer.ask("我的快递到哪了")
    assert answers[0]["author"] == {"kind": "assistant", "name": None}
    assert "最新动态" in answers[0]["content"]["text"]
