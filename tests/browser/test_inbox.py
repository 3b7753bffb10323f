"""How an agent finds their way: filters, saved views, the command palette."""

import asyncio
import re
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Route, expect

from tests.browser.desk import Desk
from tests.conftest import DemoTemplate
from tests.factories import Visitor
from tests.server import RunningServer

pytestmark = pytest.mark.browser


@pytest.fixture
async def desk(browser: Browser, server: RunningServer, demo_template: DemoTemplate) -> AsyncIterator[Desk]:
    """A supervisor's console, with a grave and an ordinary conversation waiting."""
    await (await Visitor.open(server.http)).ask("我要打12315投诉你们，找律师起诉")
    await (await Visitor.open(server.http)).ask("转人工")
    async with Desk.visited(browser, server.url) as desk:
        await desk.sign_in(demo_template.account("demo.supervisor"))
        yield desk
    desk.forgive("401 (Unauthorized)")
    assert desk.complaints == []


async def choose(desk: Desk, field: str, option: str) -> None:
    await desk.page.locator("label").filter(has_text=re.compile(f"^{field}")).get_by_role("combobox").click()
    await desk.page.get_by_title(option, exact=True).click()
    await expect(desk.page.locator(".ant-select-dropdown:visible")).to_have_count(0)


async def test_a_view_is_saved_and_comes_back(desk: Desk) -> None:
    await desk.view("待接入")
    await expect(desk.rows).to_have_count(2)
    await expect(desk.rows.first).to_contain_text("重大投诉")
    await desk.page.get_by_role("button", name="筛选").click()
    await choose(desk, "级别", "重大投诉")
    await choose(desk, "排序", "最先到期")
    await choose(desk, "店铺", "琉璃美妆")
    await expect(desk.rows).to_have_count(1)
    await desk.page.get_by_role("button", name="存为视图").click()
    await desk.page.get_by_label("视图名称").fill("重大投诉")
    await desk.page.get_by_label("所有同事可见").check()
    assert await desk.accessibility_faults() == []
    await desk.page.keyboard.press("Enter")
    await expect(desk.page.get_by_text("已保存视图“重大投诉”")).to_be_visible()

    await desk.page.goto("/desk/inbox?view=waiting")
    await expect(desk.rows).to_have_count(2)
    await desk.page.get_by_role("button", name="保存的视图").click()
    await desk.page.get_by_role("button", name=re.compile("^重大投诉")).click()
    await expect(desk.rows).to_have_count(1)
    await expect(desk.page).to_have_url(re.compile(r"level=4"))
    await expect(desk.page.get_by_role("button", name="当前视图：重大投诉")).to_be_visible()


async def test_a_slow_list_does_not_undo_what_happened_meanwhile(desk: Desk, server: RunningServer) -> None:
    asked, arrived = asyncio.Event(), asyncio.Event()

    async def late(route: Route) -> None:
        answer = await route.fetch()
        asked.set()
        await arrived.wait()
        await route.fulfill(response=answer)

    await desk.page.route(re.compile("/conversations.*view=waiting"), late, times=1)
    await desk.view("待接入")
    await asked.wait()
    third = await Visitor.open(server.http)
    conversation_id = (await third.post("你好")).json()["conversation_id"]
    async with desk.page.expect_response(re.compile(f"/conversations/{conversation_id}$")):
        await third.ask("转人工")
    arrived.set()
    await expect(desk.rows).to_have_count(3)


async def test_the_palette_runs_commands_and_finds_messages(desk: Desk) -> None:
    await desk.page.keyboard.press("Control+k")
    field = desk.page.get_by_role("combobox", name="输入命令，或搜索消息")
    await field.fill("打开 待接入")
    await expect(desk.page.get_by_role("option")).to_have_count(1)
    assert await desk.accessibility_faults() == []
    await field.press("Enter")
    await expect(desk.page).to_have_url(re.compile(r"view=waiting"))
    await expect(field).to_have_count(0)

    await desk.page.keyboard.press("Control+k")
    await field.fill("起诉")
    found = desk.page.get_by_role("option", name="找律师起诉")
    await expect(found).to_contain_text("访客")
    await found.click()
    await expect(desk.message("找律师起诉")).to_be_visible()
    await desk.page.keyboard.press("Control+k")
    await field.fill("内部备注")
    await field.press("Enter")
    await expect(desk.composer).to_be_focused()
    await expect(desk.composer).to_have_attribute("aria-label", "内部备注")
    await desk.page.keyboard.press("Control+k")
    await field.fill("english")
    await field.press("Enter")
    await expect(desk.page.get_by_role("tab", name="Waiting")).to_be_visible()
