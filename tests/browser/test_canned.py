"""Canned replies and macros as an agent uses them: called up while writing, kept in the management pages."""

import asyncio
import re
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Locator, Page, Route, expect

from tests.browser.desk import Desk
from tests.conftest import DemoTemplate
from tests.factories import Visitor, eventually
from tests.server import RunningServer

pytestmark = pytest.mark.browser


@pytest.fixture
async def visitor(server: RunningServer) -> Visitor:
    """A customer whose parcel does not move, waiting for a person."""
    visitor = await Visitor.known(server.http, "停滞")
    await visitor.ask("我的快递到哪了")
    await visitor.ask("转人工")
    return visitor


@pytest.fixture
async def desk(
    browser: Browser, server: RunningServer, demo_template: DemoTemplate, visitor: Visitor
) -> AsyncIterator[Desk]:
    """An agent of the team 售前组, signed in."""
    async with Desk.visited(browser, server.url) as desk:
        await desk.sign_in(demo_template.account("demo.agent1"))
        yield desk
    desk.forgive("401 (Unauthorized)")
    assert desk.complaints == []


async def open_waiting(desk: Desk) -> None:
    await desk.view("待接入")
    await desk.rows.first.click()
    await expect(desk.message("转人工").first).to_be_visible()
    await desk.composer.focus()


def picker(page: Page) -> Locator:
    return page.get_by_role("listbox", name="快捷回复")


async def told(visitor: Visitor, words: str) -> bool:
    return any(words in message["content"].get("text", "") for message in await visitor.thread())


async def test_a_reply_is_called_up_filled_in_and_sent(desk: Desk, visitor: Visitor) -> None:
    await open_waiting(desk)
    keyboard, options = desk.page.keyboard, picker(desk.page).get_by_role("option")
    await keyboard.type("/")
    await expect(options).to_have_count(30)
    await keyboard.type("wl")
    await expect(options.first).to_contain_text("物流查询")
    await keyboard.press("ArrowDown")
    await expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    await expect(desk.composer).to_have_attribute("aria-activedescendant", re.compile("-1$"))
    assert await desk.accessibility_faults() == []
    await keyboard.press("ArrowUp")
    await keyboard.press("Enter")
    await expect(desk.composer).to_have_value(re.compile(r"^您的订单 LM\d+ 目前已发货，由\S+承运，运单号 \w+。"))
    await expect(picker(desk.page)).to_have_count(0)
    assert not await told(visitor, "/wl")
    await keyboard.press("Enter")
    await eventually(lambda: told(visitor, "目前已发货"))


async def test_what_calls_a_reply_is_never_sent_itself(desk: Desk, visitor: Visitor) -> None:
    """Not even by somebody who is faster than the network."""
    arrived = asyncio.Event()

    async def late(route: Route) -> None:
        await arrived.wait()
        await route.continue_()

    await desk.page.route("**/api/v1/canned-replies", late)
    await open_waiting(desk)
    await desk.page.keyboard.type("/sd")
    await desk.page.keyboard.press("Enter")
    await desk.page.keyboard.press("Tab")
    await expect(desk.composer).to_have_value("/sd")
    await expect(desk.composer).to_be_focused()
    arrived.set()
    await expect(picker(desk.page)).to_be_visible()
    await desk.page.keyboard.press("Enter")
    await expect(desk.composer).to_have_value(re.compile("我正在帮您核实"))
    assert not await told(visitor, "/sd")


async def test_escape_lets_one_write_what_one_means(desk: Desk, visitor: Visitor) -> None:
    await open_waiting(desk)
    await desk.page.keyboard.type("/wl")
    await expect(picker(desk.page)).to_be_visible()
    await desk.page.keyboard.press("Escape")
    await expect(picker(desk.page)).to_have_count(0)
    await desk.page.keyboard.press("Enter")
    await eventually(lambda: told(visitor, "/wl"))


async def test_a_gap_is_marked_and_asked_about(desk: Desk, server: RunningServer) -> None:
    known = asyncio.Event()

    async def late(route: Route) -> None:
        await known.wait()
        await route.continue_()

    await desk.page.route("**/api/v1/canned-replies/variables", late)
    stranger = await Visitor.open(server.http)
    await stranger.ask("转人工")
    await desk.view("待接入")
    await desk.rows.filter(has_text="访客").first.click()
    await desk.composer.focus()
    await desk.page.keyboard.type("/cf")
    await expect(picker(desk.page)).to_be_visible()
    await desk.page.keyboard.press("Tab")
    await expect(desk.page.get_by_text("没有查到：订单号")).to_be_visible()
    await expect(desk.composer).to_have_value(re.compile("【订单号】"))
    await desk.page.keyboard.press("Enter")
    assert not await told(stranger, "【订单号】")  # not even while the names of the gaps are on their way
    known.set()
    dialog = desk.page.get_by_role("dialog", name="还有内容没有填写：订单号")
    await expect(dialog.get_by_role("button", name="返回补充")).to_be_focused()
    await desk.page.keyboard.press("Enter")
    await expect(dialog).to_have_count(0)
    assert not await told(stranger, "【订单号】")
    await desk.composer.evaluate("box => box.setSelectionRange(box.value.indexOf('【'), box.value.indexOf('】') + 1)")
    await desk.composer.focus()
    await desk.page.keyboard.type("LM202611180421")
    await desk.page.keyboard.press("Enter")
    await eventually(lambda: told(stranger, "LM202611180421"))


async def test_a_reply_is_made_used_changed_and_dropped(desk: Desk, visitor: Visitor) -> None:
    page = desk.page
    await page.get_by_role("link", name="管理").click()
    await expect(page).to_have_url(re.compile("/manage/replies$"))
    await page.get_by_role("button", name="新建").click()
    form = page.get_by_role("form", name="新建快捷回复")
    await form.get_by_label("标题").fill("赠品说明")
    await form.get_by_label("短码").fill("zpsm")
    await form.get_by_label("内容").fill("您好，，小样随单附赠。")
    await form.get_by_label("内容").evaluate("box => box.setSelectionRange(3, 3)")
    await form.get_by_role("button", name="客户称呼").click()
    await expect(form.get_by_label("内容")).to_have_value("您好，{{customer.name}}，小样随单附赠。")
    await expect(form.get_by_role("region", name="预览")).to_contain_text("您好，陈女士/先生，小样随单附赠。")
    assert await desk.accessibility_faults() == []
    await form.get_by_label("内容").fill("您好，{{customer.nick}}")
    await form.get_by_role("button", name="保存").click()
    await expect(form.get_by_role("alert")).to_contain_text("没有“{{customer.nick}}”这个变量")
    desk.forgive("422 (Unprocessable")
    await form.get_by_label("内容").fill("您好，{{customer.name}}，小样随单附赠。")
    await form.get_by_role("button", name="保存").click()
    await expect(page.get_by_text("已保存“赠品说明”")).to_be_visible()

    await page.get_by_role("link", name="会话").click()
    await open_waiting(desk)
    await page.keyboard.type("/zpsm")
    await expect(picker(page).get_by_role("option")).to_have_count(1)
    await page.keyboard.press("Enter")
    await expect(desk.composer).to_have_value(re.compile("小样随单附赠"))
    await page.keyboard.press("Enter")
    await eventually(lambda: told(visitor, "小样随单附赠"))

    await page.get_by_role("link", name="管理").click()
    await page.get_by_label("搜索短码、标题、拼音或内容").fill("zpsm")
    await page.get_by_role("region", name="快捷回复").get_by_role("button", name=re.compile("赠品说明")).click()
    form = page.get_by_role("form", name="赠品说明")
    await form.get_by_label("标题").fill("赠品规则")
    await page.get_by_role("link", name="宏").click()
    await page.get_by_role("button", name="继续编辑").click()
    await form.get_by_role("button", name="保存").click()
    await expect(page.get_by_text("已保存“赠品规则”")).to_be_visible()
    form = page.get_by_role("form", name="赠品规则")
    await form.get_by_role("button", name="删除").click()
    await page.get_by_role("tooltip").get_by_role("button", name="删除").click()
    await expect(page.get_by_text("没有匹配的结果")).to_be_visible()


async def test_what_others_share_can_be_read_and_copied(desk: Desk) -> None:
    page = desk.page
    await page.goto("/desk/manage/replies")
    await page.get_by_role("button", name=re.compile("开场问候")).click()
    shown = page.get_by_role("article", name="开场问候")
    await expect(shown).to_contain_text("修改需要知识编辑权限")
    await expect(shown.get_by_role("region", name="预览")).to_contain_text("我是琉璃美妆的客服小雅")
    assert await desk.accessibility_faults() == []
    await shown.get_by_role("button", name="复制为我的").click()
    form = page.get_by_role("form", name="新建快捷回复")
    await expect(form.get_by_label("短码")).to_have_value("nh")
    await form.get_by_role("button", name="保存").click()
    await expect(page.get_by_role("button", name=re.compile("开场问候"))).to_have_count(2)


async def test_a_macro_is_made_and_run(desk: Desk, visitor: Visitor) -> None:
    page = desk.page
    await page.goto("/desk/manage/macros")
    await page.get_by_role("button", name="新建").click()
    form = page.get_by_role("form", name="新建宏")
    await form.get_by_label("名称").fill("致歉并结束")
    await form.get_by_label("内容").fill("抱歉让您久等，{{order.no}} 已经处理好。")
    await form.get_by_role("button", name="添加步骤").click()
    await form.get_by_role("combobox", name="第 2 步", exact=True).click()
    await page.get_by_title("结束会话", exact=True).click()
    await expect(page.get_by_role("listbox")).to_have_count(0)
    assert await desk.accessibility_faults() == []
    await form.get_by_role("button", name="第 2 步 上移").click()
    await form.get_by_role("button", name="保存").click()
    await expect(form.get_by_role("alert")).to_contain_text("第 2 步与前面的步骤矛盾")
    desk.forgive("422 (Unprocessable")
    await form.get_by_role("button", name="第 2 步 上移").click()
    await form.get_by_role("button", name="保存").click()
    await expect(page.get_by_text("已保存“致歉并结束”")).to_be_visible()

    await page.get_by_role("link", name="会话").click()
    await open_waiting(desk)
    await page.get_by_role("button", name="宏", exact=True).click()
    await page.get_by_role("menuitem", name="致歉并结束").click()
    dialog = page.get_by_role("dialog", name="执行“致歉并结束”？")
    await expect(dialog).to_contain_text("结束会话")
    await dialog.get_by_role("button", name="执行").click()
    await expect(page.get_by_text("已执行“致歉并结束”")).to_be_visible()
    await expect(desk.rows).to_have_count(0)
    await eventually(lambda: told(visitor, "已经处理好"))
    assert (await visitor.thread())[-1]["content"]["code"] == "resolved"
