"""An administrator connects another system, tries it, and looks after it."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.browser.desk import Desk
from tests.conftest import DemoTemplate
from tests.server import RunningServer
from tests.webhooks.test_webhooks import Receiver
from yingda.app.bootstrap import Runtime
from yingda.infra.settings import Settings, load_settings

pytestmark = pytest.mark.browser


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(data_dir=tmp_path, demo=True, webhook_private_addresses=True)


@pytest_asyncio.fixture
async def _worker(runtime: Runtime) -> AsyncIterator[None]:
    stop = asyncio.Event()
    worker = asyncio.create_task(runtime.jobs.run(concurrency=1, stop=stop))
    yield
    stop.set()
    await worker


@pytest.mark.usefixtures("_worker")
async def test_a_webhook_from_its_first_to_its_last_day(
    browser: Browser, server: RunningServer, demo_template: DemoTemplate
) -> None:
    receiver = Receiver()
    async with receiver.open() as url, Desk.visited(browser, server.url) as desk:
        page = desk.page
        await desk.sign_in(demo_template.account("demo.admin"))
        await page.get_by_role("link", name="集成").click()
        await expect(page.get_by_text("还没有 Webhook")).to_be_visible()
        assert await desk.accessibility_faults() == []
        await page.get_by_role("button", name="新建 Webhook").click()
        await page.get_by_label("名称").fill("仓库系统")
        await page.get_by_label("接收地址").fill(url)
        await page.get_by_label("事件").fill("操作完成")
        await expect(page.get_by_title("操作完成")).to_be_visible()
        await page.keyboard.press("Enter")  # a click may miss a list that still moves
        await page.keyboard.press("Escape")
        await page.get_by_role("button", name="创建").click()
        dialog = page.get_by_role("dialog", name="签名密钥")
        await expect(dialog.get_by_text("whsec_")).to_be_visible()
        await dialog.get_by_role("button", name="已保存好").click()
        await expect(dialog).to_be_hidden()
        await page.get_by_role("button", name="发送测试").click()
        log = page.get_by_role("region", name="投递记录")
        await expect(log.get_by_text("HTTP 204")).to_be_visible()
        await log.get_by_role("button", name="重新投递 测试").click()
        await expect(log.get_by_text("HTTP 204")).to_have_count(2)
        assert await desk.accessibility_faults() == []
        await page.get_by_role("button", name="更换密钥").click()
        await page.get_by_role("dialog").get_by_role("button", name="更换密钥").click()
        await dialog.get_by_role("button", name="已保存好").click()
        await expect(page.get_by_text("旧密钥在")).to_be_visible()
        await desk.prefer(locale="en", theme="dark")
        await page.get_by_role("button", name="仓库系统").click()
        await expect(page.get_by_text("The present secret ends in")).to_be_visible()
        assert await desk.accessibility_faults() == []
        await page.get_by_role("button", name="Remove").click()
        await page.get_by_role("dialog").get_by_role("button", name="Remove").click()
        await expect(page.get_by_text("No webhooks yet")).to_be_visible()
        desk.forgive("401")  # whether somebody is signed in
        assert desk.complaints == []
    assert receiver.told() == ["ping", "ping"]
