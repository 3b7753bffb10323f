"""A supervisor keeps skills; a customer who waits sees where they stand and asks to be called."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.browser.desk import Desk
from tests.browser.shop import Shop
from tests.conftest import DemoTemplate
from tests.factories import Colleague, Visitor, eventually
from tests.server import RunningServer

pytestmark = pytest.mark.browser


async def test_skills_are_kept_and_graded(
    browser: Browser, server: RunningServer, demo_template: DemoTemplate, tmp_path: Path
) -> None:
    async with Desk.visited(browser, server.url, viewport={"width": 1280, "height": 800}) as desk:
        page = desk.page
        await desk.sign_in(demo_template.account("demo.supervisor"))
        await page.get_by_role("link", name="管理").click()
        await page.get_by_role("link", name="技能").click()
        await page.get_by_label("名称").fill("直播售后")
        await page.get_by_label("代码").fill("after_sale.live")
        await page.get_by_role("button", name="添加技能").click()
        grade = page.get_by_role("combobox", name="小雅的“直播售后”等级")
        await expect(grade).to_be_visible()
        await grade.click()
        await page.locator(".ant-select-item-option", has_text="5").click()
        limit = page.get_by_role("spinbutton", name="小雅的电话同时接待上限")
        await limit.fill("1")
        await limit.blur()

        async def kept() -> bool:
            staff = await server.runtime.db.pool.fetch(
                "SELECT g.grade, l.most FROM routing_staff_skills g JOIN routing_channel_limits l USING (staff_id) "
                "WHERE g.skill = 'after_sale.live'"
            )
            return [tuple(row) for row in staff] == [(5, 1)]

        await eventually(kept)
        await desk.come_to_rest()
        await page.screenshot(path=tmp_path / "skills.png")
        assert await desk.accessibility_faults() == []
        await page.get_by_text("派单规则", exact=True).click()
        seconds = page.get_by_label("分配后多少秒内必须回复")
        await seconds.fill("60")
        await page.get_by_role("button", name="保存规则").click()
        await expect(page.get_by_text("已保存").last).to_be_visible()
        await desk.prefer(locale="en", theme="dark")
        await page.get_by_text("Dispatch rules", exact=True).click()
        await expect(page.get_by_label("Seconds within which an assignment is answered")).to_have_value("60")
        await desk.come_to_rest()
        await page.screenshot(path=tmp_path / "rules.png")
        assert await desk.accessibility_faults() == []
        await page.get_by_role("link", name="Board").click()
        await expect(page.get_by_test_id("queues").get_by_role("listitem")).to_have_count(1)
        await desk.come_to_rest()
        await page.screenshot(path=tmp_path / "board.png")
        assert await desk.accessibility_faults() == []
        desk.forgive("401")  # whether somebody is signed in
        assert desk.complaints == []


async def test_who_waits_sees_their_place_and_is_called_instead(
    browser: Browser, server: RunningServer, demo_template: DemoTemplate, tmp_path: Path
) -> None:
    await (await Visitor.open(server.http)).ask("转人工")
    async with Shop.visited(browser, server.url) as shop:
        await shop.open()
        await shop.open_chat()
        await shop.say("转人工")
        banner = shop.chat.get_by_role("status")
        await expect(banner).to_contain_text("前面还有 1 位")
        await expect(banner).not_to_contain_text("预计等待")  # nobody is at work
        await shop.chat.get_by_role("button", name="不想等？请客服回电").click()
        await shop.chat.get_by_label("联系电话").fill("138 0013 8000")
        await shop.page.screenshot(path=tmp_path / "callback.png")
        await shop.chat.get_by_role("button", name="提交").click()
        await expect(banner).to_contain_text("已登记，客服会给您回电")
        await expect(shop.own("请给我回电：138 0013 8000，越快越好。")).to_be_visible()
        assert await shop.accessibility_faults() == []
        agent = await Colleague.sign_in(server.url, demo_template.account("demo.agent1"))
        await agent.call("PUT", "/routing/presence", json={"status": "online"})

        async def owed() -> list[dict[str, str]]:
            return list((await agent.get("/promises"))["items"])

        [promise] = await eventually(owed)
        assert promise["text"] == "给客户回电（号码见客户留言）"
        await agent.close()
