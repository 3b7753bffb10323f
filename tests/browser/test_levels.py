"""A supervisor sets what the levels promise and when a team works; what is due shows in the inbox."""

import pytest
from playwright.async_api import Browser, expect

from tests.browser.desk import Desk
from tests.conftest import DemoTemplate
from tests.factories import Visitor
from tests.server import RunningServer

pytestmark = pytest.mark.browser


async def test_limits_and_calendars(browser: Browser, server: RunningServer, demo_template: DemoTemplate) -> None:
    await (await Visitor.open(server.http)).ask("转人工")
    async with Desk.visited(browser, server.url) as desk:
        page = desk.page
        await desk.sign_in(demo_template.account("demo.supervisor"))
        await page.get_by_role("link", name="管理").click()
        await page.get_by_role("link", name="服务级别").click()
        first = page.get_by_role("spinbutton", name="投诉：首次响应", exact=True)
        await expect(first).to_have_value("5")
        save = page.get_by_role("button", name="保存时限")
        await first.fill("4")
        await expect(save).to_be_disabled()  # not without a reason
        await page.get_by_role("textbox", name="修改原因").fill("投诉从快")
        await save.click()
        await expect(page.get_by_text("时限已保存")).to_be_visible()
        await expect(first).to_have_value("4")

        await page.get_by_role("button", name="新建日历").click()
        form = page.get_by_role("form", name="新的工作日历")
        await form.get_by_role("textbox", name="名称", exact=True).fill("售后工作时间")
        await form.get_by_role("combobox", name="使用团队").click()
        await page.keyboard.type("售后组")
        await page.keyboard.press("Enter")
        await page.keyboard.press("Escape")
        await form.get_by_label("周五第 1 段结束").fill("00:00")
        await form.get_by_role("button", name="添加日期").click()
        await form.get_by_label("特殊日期 1的日期").fill("2026-10-03")
        await form.get_by_label("特殊日期 1的名称").fill("国庆值班")
        await form.get_by_role("button", name="特殊日期 1 添加时段").click()
        month = page.get_by_role("region", name="月历预览")
        await expect(month.get_by_role("listitem").first).to_be_visible()
        for _ in range(14):
            if await month.get_by_text("2026 年 10 月").count():
                break
            await month.get_by_role("button", name="上个月").click()
        days = month.get_by_role("listitem")
        await expect(days.nth(0)).to_contain_text("国庆节")
        await expect(days.nth(2)).to_contain_text("国庆值班")
        await expect(days.nth(8)).to_contain_text("09:00–24:00")
        await expect(days.nth(9)).to_contain_text("班")  # worked to make up for the holiday
        assert await desk.accessibility_faults() == []
        await form.get_by_role("button", name="保存", exact=True).click()
        await expect(page.get_by_role("button", name="售后工作时间 售后组")).to_be_visible()

        await page.get_by_role("link", name="会话", exact=True).click()
        await page.get_by_role("tab", name="待接入").click()
        await expect(desk.rows.first).to_contain_text("首次响应")


async def test_a_raised_level_shows_in_the_thread(
    browser: Browser, server: RunningServer, demo_template: DemoTemplate
) -> None:
    await (await Visitor.open(server.http)).ask("转人工")
    async with Desk.visited(browser, server.url) as desk:
        page = desk.page
        await desk.sign_in(demo_template.account("demo.supervisor"))
        await page.get_by_role("tab", name="待接入").click()
        await desk.rows.first.click()
        await page.get_by_role("button", name="更多操作").click()
        await page.get_by_role("menuitem", name="级别与时限").click()
        dialog = page.get_by_role("dialog", name="服务级别与时限")
        await expect(dialog.get_by_role("list", name="计时")).to_contain_text("首次响应")
        assert await desk.accessibility_faults() == []
        await dialog.get_by_role("combobox", name="服务级别").click()
        await page.get_by_title("重大投诉").click()
        await dialog.get_by_label("调整原因").fill("客户称要向媒体曝光")
        await dialog.get_by_role("button", name="调整级别").click()
        await expect(dialog).to_be_hidden()
        await expect(page.get_by_role("region", name="会话内容").get_by_text("重大投诉").first).to_be_visible()
        await expect(page.get_by_text("原因：客户称要向媒体曝光")).to_be_visible()
