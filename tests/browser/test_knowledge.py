"""The knowledge pages as people use them."""

import re
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, expect

from tests.browser.desk import Desk
from tests.conftest import DemoTemplate
from tests.server import RunningServer

pytestmark = pytest.mark.browser


@pytest.fixture
async def desk(browser: Browser, server: RunningServer, demo_template: DemoTemplate) -> AsyncIterator[Desk]:
    async with Desk.visited(browser, server.url) as desk:
        await desk.sign_in(demo_template.account("demo.supervisor"))
        yield desk
    desk.forgive("401 (Unauthorized)")
    assert desk.complaints == []


async def test_an_ingredient_is_found_followed_to_a_neighbour_and_asked_about(desk: Desk) -> None:
    page = desk.page
    await page.get_by_role("link", name="知识").click()
    await page.get_by_role("link", name="美妆图谱").click()
    await expect(page.get_by_text("选择一个成分")).to_be_visible()
    await page.get_by_label("成分名、INCI 名或俗称").fill("视黄醇")
    await page.get_by_role("region", name="成分").get_by_role("button", name=re.compile("视黄醇 ?RETINOL")).click()
    await expect(page.get_by_role("heading", name="视黄醇", exact=True)).to_be_visible()
    await expect(page.get_by_role("img", name="视黄醇的关联")).to_be_visible()
    await expect(page.get_by_role("heading", name="资料来源")).to_be_visible()
    assert await desk.accessibility_faults() == []
    links = page.get_by_role("article").get_by_role("button")
    name = await links.first.inner_text()
    await links.first.click()
    await expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible()
    await page.get_by_label("向图谱提问").fill("烟酰胺可以和视黄醇一起用吗？")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("region", name="回答")).to_contain_text("烟酰胺")
