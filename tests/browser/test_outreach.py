"""A supervisor turns proactive service on and sees what customers were told; a customer reads it before asking."""

from datetime import timedelta

import pytest
from playwright.async_api import Browser, expect

from tests.browser.desk import Desk
from tests.browser.shop import Shop
from tests.conftest import DemoTemplate
from tests.factories import Visitor
from tests.outreach.world import World, noon
from tests.server import RunningServer
from yingda.app import demo
from yingda.commerce import ShipmentState

pytestmark = pytest.mark.browser


async def test_turned_on_worded_and_accounted_for(
    browser: Browser, server: RunningServer, demo_template: DemoTemplate
) -> None:
    world = World(server)
    await world.only_showcases()
    visitor = await Visitor.known(server.http, "派送中停滞")
    parcel = await world.parcel_of(visitor, "out_for_delivery")
    async with Desk.visited(browser, server.url) as desk:
        page = desk.page
        await desk.sign_in(demo_template.account("demo.supervisor"))
        await page.get_by_role("link", name="管理").click()
        await page.get_by_role("link", name="主动服务").click()
        await expect(page.get_by_text("现在不会检查包裹")).to_be_visible()
        await expect(page.get_by_text("还没有发现异常包裹。")).to_be_visible()

        await page.get_by_text("规则与时间", exact=True).click()
        await page.get_by_role("switch", name="开启主动服务").click()
        await page.get_by_role("spinbutton", name="派送停滞：阈值").fill("20")
        await page.get_by_role("button", name="措辞 · 默认 派送停滞").click()
        words = page.get_by_role("textbox", name="中文")
        await words.fill("{carrier}的{tracking_no}停在派送中，我们正在催。")
        await expect(page.locator("blockquote").first).to_contain_text("停在派送中，我们正在催。")
        await words.fill("{nobody}")
        await expect(page.get_by_role("alert")).to_contain_text("占位符无效")
        desk.forgive("422")
        await words.fill("{carrier}的{tracking_no}停在派送中，我们正在催。")
        await expect(page.locator("blockquote").first).to_contain_text("我们正在催。")
        assert await desk.accessibility_faults() == []
        await page.get_by_role("textbox", name="修改原因").fill("双十一后包裹多")
        await page.get_by_role("button", name="保存", exact=True).click()
        await expect(page.get_by_text("已保存，正在途中的包裹")).to_be_visible()

        await world.sweep(noon())
        await world.move(parcel, ShipmentState.DELIVERED, noon(1))
        await world.sweep(noon(1) + timedelta(minutes=5))
        await page.get_by_text("告知记录", exact=True).click()
        await page.get_by_role("searchbox", name="订单号或运单号").fill(parcel.tracking_no)
        await page.keyboard.press("Enter")
        line = page.get_by_role("listitem").filter(has_text=parcel.tracking_no)
        await expect(line).to_contain_text("已签收")
        await expect(line).to_contain_text("属实")
        await line.get_by_text("查看原文").click()
        await expect(line).to_contain_text("我们正在催。")
        assert await desk.accessibility_faults() == []
        await page.get_by_text("准确率", exact=True).click()
        await expect(page.get_by_role("row", name="派送停滞")).to_contain_text("100%")
        await expect(page.get_by_text("琉璃美妆")).to_be_visible()
        await page.get_by_text("告知记录", exact=True).click()
        await line.get_by_role("link", name="工单").click()
        await expect(page.get_by_text("包裹已恢复").first).to_be_visible()
        desk.forgive("401")
        assert desk.complaints == []


async def test_a_customer_reads_it_before_asking_and_may_want_no_more(shop: Shop, server: RunningServer) -> None:
    world = World(server)
    await world.only_showcases()
    await demo.watch_parcels(server.runtime.db.url)
    await world.sweep(noon())
    await shop.open()
    await shop.be("派送中停滞")
    await shop.open_chat()
    await expect(shop.theirs("小时没有新进展")).to_be_visible()
    await shop.chat.get_by_role("button", name="更多").click()
    reminders = shop.chat.get_by_role("menuitemcheckbox", name="物流异常提醒")
    await expect(reminders).to_be_checked()
    await reminders.click()
    await expect(reminders).not_to_be_checked()
    assert await shop.accessibility_faults() == []
    await shop.composer.click()
    await shop.chat.get_by_role("button", name="更多").click()
    await expect(reminders).not_to_be_checked()
