"""What the assistant does for customers, asked through the real API on the demo store."""

from tests.dialogue.test_assistant import words
from tests.factories import Visitor
from tests.server import RunningServer


async def test_an_order_is_cancelled_once_the_customer_agreed(server: RunningServer) -> None:
    customer = await Visitor.known(server.http, "等待发货")
    number = (await customer.get("/orders"))["orders"][0]["order_no"]
    asked = await customer.ask("我要取消订单")
    assert number in words(asked)
    done = await customer.ask("确认")
    assert "已取消" in words(done)
    [first, *_] = (await customer.get("/orders"))["orders"]
    assert first["status"] == "已取消"
