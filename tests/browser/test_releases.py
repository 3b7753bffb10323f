"""A lead sees what a new release brings, takes some of it over and declines the rest."""

import pytest
from playwright.async_api import Browser, expect

from tests.browser.desk import Desk
from tests.conftest import DemoTemplate
from tests.routing.triage.test_news import earlier, installed_earlier
from tests.server import RunningServer
from tests.tickets.test_kind_news import installed_earlier as kinds_installed_earlier

pytestmark = pytest.mark.browser


async def test_what_a_release_brings_is_taken_over_or_declined(
    browser: Browser, server: RunningServer, demo_template: DemoTemplate
) -> None:
    await installed_earlier(server.runtime.db, earlier)
    await kinds_installed_earlier(server)
    async with Desk.visited(browser, server.url) as desk:
        page = desk.page
        await desk.sign_in(demo_template.account("demo.supervisor"))
        await page.goto("/desk/manage/triage")
        news = page.get_by_role("region", name="新版本带来的内容")
        await expect(news.get_by_role("heading", name="新版本带来了 2 条新的或改过的规则")).to_be_visible()
        await expect(news.get_by_role("alert")).to_contain_text("有 1 条关系到人身安全的规则现在没有生效")
        assert await desk.accessibility_faults() == []

        words = news.get_by_role("listitem", name="可能危及健康的紧急情况")
        await expect(words.get_by_text("增加：")).to_be_visible()
        await words.get_by_role("button", name="不采用").click()
        await words.get_by_role("textbox").fill("我们的词更合适")
        await words.get_by_role("button", name="不采用").click()
        await expect(news.get_by_text("已决定不采用的（1）")).to_be_visible()

        await news.get_by_role("listitem", name="孩子误食").get_by_role("button", name="采用到草稿").click()
        await expect(page.get_by_text("草稿：基于第 1 版")).to_be_visible()
        await expect(page.get_by_role("list", name="规则", exact=True).get_by_text("孩子误食").first).to_be_visible()
        await expect(news.get_by_role("alert")).to_be_hidden()

        await page.goto("/desk/manage/kinds")
        await expect(news.get_by_role("heading", name="新版本带来了 2 个新的或改过的工单类型")).to_be_visible()
        assert await desk.accessibility_faults() == []
        await news.get_by_role("listitem", name="物流问题").get_by_role("button", name="采用到表单").click()
        await expect(page.get_by_label("进入时告诉客户（英文）").first).not_to_be_empty()
        await page.get_by_role("button", name="保存").click()
        await expect(page.get_by_text("已保存“物流问题”")).to_be_visible()
        await page.get_by_role("button", name="新版本带来的内容").click()
        await expect(news.get_by_role("heading", name="新版本带来了 1 个新的或改过的工单类型")).to_be_visible()
        desk.forgive("401")
        assert desk.complaints == []
