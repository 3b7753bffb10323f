"""What the assistant did, as an agent who takes over reads it."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, expect

from tests.browser.desk import Desk
from tests.conftest import DemoTemplate
from tests.factories import Visitor
from tests.server import RunningServer

pytestmark = pytest.mark.browser


@pytest.fixture
async def desk(browser: Browser, server: RunningServer, demo_template: DemoTemplate) -> AsyncIterator[Desk]:
    async with Desk.visited(browser, server.url) as desk:
        await desk.sign_in(demo_template.account("demo.agent1"))
        yield desk
    desk.forgive("401 (Unauthorized)")
    assert desk.complaints == []


async def test_the_assistants_work_unfolds_with_its_steps_and_what_came_of_it(
    desk: Desk, server: RunningServer
) -> None:
    customer = await Visitor.known(server.http, "等待发货")
    await customer.ask("我要取消订单")
    await customer.ask("确认")
    await customer.ask("转人工")
    await desk.view("待接入")
    await desk.rows.first.click()
    trace = desk.page.get_by_role("region", name="助手做了什么")
    fold = trace.get_by_role("button", name="助手做了什么")
    await expect(fold).to_have_attribute("aria-expanded", "false")
    await fold.click()
    cancellation = trace.get_by_text("取消订单 LM").first
    await expect(cancellation).to_contain_text("成功")
    await expect(trace.get_by_text("已办好", exact=True)).to_be_visible()
    await trace.get_by_text("取消订单", exact=True).first.click()
    await expect(trace.get_by_text("客户已确认")).to_be_visible()
    assert await desk.accessibility_faults() == []
    await desk.prefer(locale="en")
    told = desk.page.get_by_role("region", name="What the assistant did")
    await told.get_by_role("button", name="What the assistant did").click()
    await told.get_by_text("cancelling an order").first.click()
    await expect(told.get_by_text("the customer agreed")).to_be_visible()
    await expect(desk.page.get_by_role("complementary", name="Hand-over")).to_contain_text("Cancel the order")
