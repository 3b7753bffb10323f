"""A supervisor corrects what was misread, has a candidate taught, and publishes it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.browser.desk import Desk
from tests.conftest import DemoTemplate
from tests.factories import Visitor
from tests.server import RunningServer
from yingda.app.bootstrap import Runtime
from yingda.infra.settings import Settings, load_settings

pytestmark = pytest.mark.browser


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Taught in seconds."""
    return load_settings(data_dir=tmp_path, demo=True, encoder="none")


@asynccontextmanager
async def working(runtime: Runtime) -> AsyncIterator[None]:
    """A worker beside the web process."""
    stop = asyncio.Event()
    worker = asyncio.create_task(runtime.jobs.run(concurrency=1, stop=stop))
    try:
        yield
    finally:
        stop.set()
        await worker


async def test_from_a_misread_message_to_a_better_model(
    browser: Browser, server: RunningServer, runtime: Runtime, demo_template: DemoTemplate
) -> None:
    for text in ("那个弄一下呗", "空瓶换积分咋弄呀", "谢谢"):
        await (await Visitor.open(server.http)).ask(text)
    async with working(runtime), Desk.visited(browser, server.url) as desk:
        page = desk.page
        await desk.sign_in(demo_template.account("demo.supervisor"))
        await page.get_by_role("link", name="复核").click()
        queue = page.get_by_role("list", name="待复核")
        await expect(queue.get_by_role("listitem")).to_have_count(3)
        assert await desk.accessibility_faults() == []
        await page.get_by_role("combobox", name="“空瓶换积分咋弄呀”的正确意图").click()
        await page.keyboard.type("会员积分")
        await page.keyboard.press("Enter")
        await expect(queue.get_by_role("listitem")).to_have_count(2)
        await page.get_by_role("button", name="“谢谢”识别正确").click()
        await expect(queue.get_by_role("listitem")).to_have_count(1)
        await page.get_by_text("模型", exact=True).click()
        await page.get_by_role("button", name="用全部更正训练候选模型").click()
        await expect(page.get_by_text("待发布")).to_be_visible(timeout=90_000)
        await page.get_by_label("为什么发布？会写入发布记录").fill("客户这样问空瓶回收")
        await page.get_by_role("button", name="发布", exact=True).click()
        await expect(page.get_by_text("当前服务：第 1 版")).to_be_visible()
        entry = page.get_by_role("region", name="发布记录").get_by_role("listitem")
        await expect(entry).to_contain_text("客户这样问空瓶回收")
        await expect(entry).to_contain_text("顾清和")
        await desk.prefer(locale="en", theme="dark")
        await page.get_by_text("Models", exact=True).click()
        await expect(page.get_by_text("Version 1 serves")).to_be_visible()
        assert await desk.accessibility_faults() == []
        desk.forgive("401")  # whether somebody is signed in
        assert desk.complaints == []
