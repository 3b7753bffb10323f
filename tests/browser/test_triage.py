"""A supervisor changes a rule of triage: tries it, dry-runs it, publishes it, and rolls it back."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, expect

from tests.browser.desk import Desk
from tests.conftest import DemoTemplate
from tests.factories import Visitor
from tests.server import RunningServer
from yingda.app.bootstrap import Runtime

pytestmark = pytest.mark.browser

INVOICE = "发票什么时候开"


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


async def test_a_rule_is_dry_run_published_and_rolled_back(
    browser: Browser, server: RunningServer, runtime: Runtime, demo_template: DemoTemplate
) -> None:
    await (await Visitor.open(server.http)).ask(INVOICE)
    async with working(runtime), Desk.visited(browser, server.url) as desk:
        page = desk.page
        await desk.sign_in(demo_template.account("demo.supervisor"))
        await page.goto("/desk/manage/triage")
        rules = page.get_by_role("list", name="规则", exact=True)
        await expect(rules.get_by_text("其余由助手回答")).to_be_visible()
        assert await desk.accessibility_faults() == []

        await page.get_by_role("button", name="新建规则").click()
        editor = page.get_by_role("dialog")
        await expect(editor).to_be_visible()
        await desk.come_to_rest()
        assert await desk.accessibility_faults() == []
        await editor.get_by_label("名称", exact=True).fill("发票转人工")
        await editor.get_by_role("combobox", name="添加条件").click()
        await page.get_by_title("关键词", exact=True).click()
        await editor.get_by_role("combobox", name="关键词").fill("发票")
        await page.keyboard.press("Enter")
        await editor.get_by_role("combobox", name="由谁回答").click()
        await page.get_by_title("转人工", exact=True).click()
        await editor.get_by_role("combobox", name="级别").click()
        await page.get_by_title("投诉", exact=True).click()
        await editor.get_by_role("button", name="保存到草稿").click()
        await expect(editor).to_be_hidden()
        await expect(rules.get_by_text("转人工的规则需要选择转接原因。")).to_be_visible()
        await expect(page.get_by_text("还有 1 处错误，改好后才能发布。")).to_be_visible()

        await page.get_by_role("button", name="编辑“发票转人工”").click()
        await editor.get_by_role("combobox", name="转接原因").click()
        await page.get_by_title("需要专人跟进", exact=True).click()
        await editor.get_by_role("button", name="保存到草稿").click()
        await expect(page.get_by_label("为什么发布？会写入历史和审计")).to_be_visible()
        await page.get_by_role("button", name="上移“发票转人工”").click()

        await page.get_by_label("客户消息").fill(INVOICE)
        await page.get_by_role("button", name="试一下").click()
        await expect(page.get_by_role("status").get_by_text("发票转人工")).to_be_visible()

        await page.get_by_text("试运行", exact=True).click()
        await page.get_by_role("button", name="在过去的会话上试运行").click()
        changes = page.get_by_role("table", name="会有变化的消息")
        await expect(changes.get_by_text(INVOICE)).to_be_visible()
        await expect(changes.get_by_text("发票转人工")).to_be_visible()

        await page.get_by_text("规则", exact=True).first.click()
        await page.get_by_label("为什么发布？会写入历史和审计").fill("月末发票集中")
        await page.get_by_role("button", name="发布", exact=True).click()
        await expect(page.get_by_text("第 2 版正在使用")).to_be_visible()

        await (await Visitor.open(server.http)).ask(INVOICE)
        await page.get_by_text("历史", exact=True).click()
        await expect(page.get_by_text("月末发票集中")).to_be_visible()
        await page.get_by_role("button", name="与使用中的版本比较").click()
        await expect(page.get_by_role("list", name="历史").get_by_text("发票转人工")).to_be_visible()
        await page.get_by_label("为什么恢复？会写入历史和审计").fill("先退回")
        await page.get_by_role("button", name="恢复此版本").click()
        await expect(page.get_by_text("恢复自第 1 版")).to_be_visible()
        assert runtime.triage.triage.version == 3

        await desk.prefer(locale="en", theme="dark")
        await expect(page.get_by_text("Version 3 serves")).to_be_visible()
        assert await desk.accessibility_faults() == []
        desk.forgive("401")  # whether somebody is signed in
        assert desk.complaints == []
