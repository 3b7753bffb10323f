"""The test bench of ingredient photographs, and a customer's photograph with both looking at the card."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, FilePayload, expect

from bench.label_images import as_jpeg, label
from tests.browser.desk import Desk
from tests.conftest import DemoTemplate
from tests.server import RunningServer

pytestmark = pytest.mark.browser

NAMES = ("水", "甘油", "烟酰胺", "视黄醇", "水杨酸", "神经酰胺NP", "香精", "天宫一号萃取物")
PHOTO = FilePayload(name="成分表.jpg", mimeType="image/jpeg", buffer=as_jpeg(label(NAMES)))


@pytest.fixture
async def working(server: RunningServer) -> AsyncIterator[RunningServer]:
    """A worker beside the web process."""
    stop = asyncio.Event()
    worker = asyncio.create_task(server.runtime.jobs.run(concurrency=2, stop=stop))
    yield server
    stop.set()
    await worker


async def test_a_picture_on_the_bench(browser: Browser, working: RunningServer, demo_template: DemoTemplate) -> None:
    async with Desk.visited(browser, working.url) as desk:
        page = desk.page
        await desk.sign_in(demo_template.account("demo.admin"))
        await page.goto("/desk/knowledge/labels")
        await expect(page.get_by_text("点击或拖入图片")).to_be_visible()
        await page.get_by_label("点击或拖入图片").set_input_files(PHOTO)
        await expect(page.get_by_text("是成分表", exact=True)).to_be_visible(timeout=60_000)
        names = page.get_by_role("table", name="名称对照")
        await expect(names.get_by_role("row", name="烟酰胺 NIACINAMIDE")).to_contain_text("一致")
        await expect(names.get_by_role("row", name="天宫一号萃取物")).to_contain_text("未收录")
        assert await desk.accessibility_faults() == []
        await page.get_by_text("解读", exact=True).click()
        await expect(page.get_by_text("孕期不要使用：视黄醇")).to_be_visible()
        await page.get_by_text("逐行文字", exact=True).click()
        await expect(page.get_by_role("table", name="逐行文字")).to_contain_text("净含量")
        desk.forgive("401")  # whether somebody is signed in
        assert desk.complaints == []
