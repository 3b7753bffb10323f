"""What staff see of a customer beside the thread, and the supervisor's board, in a real browser."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import Browser, Locator, expect

from tests.browser.desk import Desk
from tests.conftest import DemoTemplate
from tests.factories import Colleague, Visitor, eventually
from tests.server import RunningServer

pytestmark = pytest.mark.browser


@pytest.fixture
async def desk(browser: Browser, server: RunningServer) -> AsyncIterator[Desk]:
    async with Desk.visited(browser, server.url, viewport={"width": 1440, "height": 1000}) as desk:
        yield desk
    desk.forgive("401 (Unauthorized)")
    assert desk.complaints == []


@pytest.fixture
async def administrator(server: RunningServer, demo_template: DemoTemplate) -> AsyncIterator[Colleague]:
    colleague = await Colleague.sign_in(server.url, demo_template.account("demo.admin"))
    yield colleague
    await colleague.close()


async def open_waiting(desk: Desk, server: RunningServer, note: str = "派送中停滞") -> Visitor:
    """A known customer waits; the agent opens and answers, so that they have them in hand."""
    visitor = await Visitor.known(server.http, note)
    await visitor.ask("转人工")
    await desk.view("待接入")
    await desk.rows.first.click()
    await expect(desk.composer).to_be_editable()
    await desk.reply("您好，我来帮您")
    await expect(desk.page.get_by_role("button", name="接入", exact=True)).to_have_count(0)
    return visitor


async def test_a_phone_is_shown_for_a_minute_to_who_says_why(
    desk: Desk, server: RunningServer, demo_template: DemoTemplate, administrator: Colleague
) -> None:
    await desk.page.clock.install()
    await desk.sign_in(demo_template.account("demo.agent1"))
    await open_waiting(desk, server)
    order = desk.profile.get_by_role("article").first
    await order.get_by_role("button", expanded=False).click()
    phone = order.get_by_role("definition").filter(has_text="****").filter(has_text="199")
    await expect(phone).to_have_count(1)
    await phone.get_by_role("button", name="查看收货人 电话").click()
    await desk.page.get_by_role("radio", name="其他").press("Space")  # a click may miss what still moves into place
    await desk.page.get_by_role("button", name="查看", exact=True).click()
    await expect(desk.page.get_by_role("alert")).to_have_text("请写明原因")
    await desk.page.get_by_placeholder("补充说明").fill("快递员联系不上收货人")
    await desk.page.get_by_role("button", name="查看", exact=True).click()
    clear = order.get_by_role("definition").filter(has_text="秒后隐藏")
    await expect(clear).to_contain_text("199")
    await expect(clear).not_to_contain_text("*")
    assert await desk.accessibility_faults() == []
    await desk.page.clock.fast_forward(61_000)
    await expect(clear).to_have_count(0)
    await expect(phone).to_have_count(1)
    (entry,) = (await administrator.get("/audit", action="order.reveal"))["items"]
    assert (entry["actor_name"], entry["reason"]) == ("小雅", "other: 快递员联系不上收货人")
    assert entry["after"]["field"] == "phone"


async def test_notes_skin_and_remarks_are_written_beside_the_thread(
    desk: Desk, server: RunningServer, demo_template: DemoTemplate, administrator: Colleague
) -> None:
    await desk.sign_in(demo_template.account("demo.agent1"))
    await open_waiting(desk, server)
    panel = desk.profile
    notes = panel.get_by_role("region", name="共享备注")
    await notes.get_by_role("textbox").fill("喜欢小样，电话请打下午")
    await notes.get_by_role("button", name="添加备注").click()
    await expect(notes).to_contain_text("小雅")

    await panel.get_by_role("button", name="编辑肤质档案").click()
    editor = desk.page.get_by_role("dialog")
    await editor.get_by_role("button", name="混合性").click()
    await editor.get_by_role("group", name="敏感肌").get_by_role("button", name="是").click()
    await editor.get_by_role("combobox").fill("酒精")
    await desk.page.keyboard.press("Enter")
    await editor.get_by_role("button", name="保存", exact=True).click()
    skin = panel.get_by_role("region", name="肤质档案")
    await expect(skin).to_contain_text("混合性")
    await expect(skin).to_contain_text("酒精")

    order = panel.get_by_role("article").first
    await order.get_by_role("button", expanded=False).click()
    await order.get_by_role("textbox").fill("站点催件")
    await order.get_by_role("button", name="添加备注").click()
    await expect(order).to_contain_text("小雅：站点催件")

    await panel.get_by_role("button", name="最近订单").click()
    await expect(order).to_have_count(0)
    await desk.page.reload()
    await expect(notes).to_contain_text("喜欢小样，电话请打下午")
    await expect(skin).to_contain_text("敏感肌")
    await expect(order).to_have_count(0)  # folded, and it stays so
    await notes.get_by_role("button", name="删除这条备注").click()
    await expect(notes.get_by_role("listitem")).to_have_count(0)
    actions = [entry["action"] for entry in (await administrator.get("/audit"))["items"]]
    assert actions == ["customer.note_deleted", "order.remark", "customer.skin"]


async def test_an_order_is_looked_up_by_its_number(
    desk: Desk, server: RunningServer, demo_template: DemoTemplate
) -> None:
    await desk.sign_in(demo_template.account("demo.agent1"))
    visitor = await open_waiting(desk, server, "高价值")
    orders = desk.profile.get_by_role("region", name="最近订单")
    number = (await visitor.get("/orders"))["orders"][3]["order_no"]
    search = orders.get_by_role("searchbox", name="按订单号查询")
    await search.fill("LM209901010001")
    await search.press("Enter")
    await expect(orders.get_by_role("alert")).to_contain_text("没有查到这个订单")
    await search.fill(number.lower())
    await search.press("Enter")
    await expect(orders.get_by_role("article").first).to_contain_text(number)
    await expect(orders.get_by_role("article").first).to_contain_text("商品金额")
    desk.forgive("404 (Not Found)")


async def test_axe_finds_nothing_serious_in_the_dark(
    browser: Browser, server: RunningServer, demo_template: DemoTemplate
) -> None:
    async with Desk.visited(browser, server.url, color_scheme="dark") as desk:
        await desk.sign_in(demo_template.account("demo.agent1"))
        await open_waiting(desk, server)
        await desk.profile.get_by_role("article").first.get_by_role("button", expanded=False).click()
        await expect(desk.profile).to_contain_text("商品金额")
        await desk.profile.get_by_role("button", name="编辑肤质档案").click()
        await expect(desk.page.get_by_role("dialog")).to_be_visible()
        assert await desk.accessibility_faults() == []
        await desk.page.get_by_role("button", name="取消").click()
        await desk.page.get_by_role("link", name="看板").click()
        await desk.page.get_by_test_id("agents").get_by_role("button", name="小雅").click()
        await expect(desk.page.get_by_test_id("agents")).to_contain_text("您好，我来帮您")
        assert await desk.accessibility_faults() == []


def line_of(board: Locator, text: str) -> Locator:
    return board.get_by_role("listitem").filter(has_text=text)


async def test_a_supervisor_sees_who_waits_and_gives_them_to_somebody(
    desk: Desk, server: RunningServer, demo_template: DemoTemplate
) -> None:
    agent = await Colleague.sign_in(server.url, demo_template.account("demo.agent4"))
    await agent.call("PUT", "/routing/presence", json={"status": "busy", "capacity": 3})
    await (await Visitor.open(server.http)).ask("转人工")
    await desk.sign_in(demo_template.account("demo.supervisor"))
    await desk.page.get_by_role("link", name="看板").click()
    queue, agents = desk.page.get_by_test_id("queue"), desk.page.get_by_test_id("agents")
    await expect(queue.get_by_role("listitem")).to_have_count(1)
    await expect(queue.get_by_role("listitem")).to_contain_text("首次响应")
    assert await desk.accessibility_faults() == []

    visitor = await Visitor.open(server.http)
    conversation_id = (await visitor.ask("转人工"))[0]["conversation_id"]
    await visitor.post("口红色号选错了")
    line = line_of(queue, "口红色号选错了")
    await expect(line).to_have_count(1, timeout=15_000)  # without a reload, though not more often than all 5 s

    await line.get_by_role("button", name="写备注").click()
    await desk.page.get_by_role("textbox").fill("老客户，优先处理")
    await desk.page.get_by_role("button", name="保存备注").click()
    await eventually(lambda: noted(agent, conversation_id, "老客户，优先处理"))

    await line.get_by_role("button", name="分配").click()
    await desk.page.get_by_role("menuitem", name="语桐").click()
    await expect(line).to_have_count(0)
    await expect(agents).to_contain_text("1/3", timeout=15_000)
    await agents.get_by_role("button", name="语桐").click()
    await line_of(agents, "口红色号选错了").last.get_by_role("button", name="口红色号选错了").click()
    await expect(desk.message("口红色号选错了")).to_be_visible()
    await agent.close()


async def noted(colleague: Colleague, conversation_id: str, text: str) -> bool:
    messages: list[dict[str, Any]] = (await colleague.get(f"/conversations/{conversation_id}/messages"))["messages"]
    return any(message["kind"] == "note" and message["content"]["text"] == text for message in messages)


async def test_what_was_told_to_the_assistant_is_seen_mended_and_erased(
    desk: Desk, server: RunningServer, demo_template: DemoTemplate
) -> None:
    visitor = await Visitor.known(server.http, "派送中停滞")
    await visitor.ask("我是敏感肌，在备孕，对香精过敏，喜欢清爽一点的，推荐一款面霜")
    await visitor.ask("可以记住")
    await desk.sign_in(demo_template.account("demo.admin"))
    await visitor.ask("转人工")
    await desk.view("待接入")
    await desk.rows.first.click()
    skin = desk.profile.get_by_role("region", name="肤质档案")
    for words in ("敏感肌", "备孕", "喜欢清爽", "香精", "客户告诉智能助手并同意保留", "保留至"):
        await expect(skin).to_contain_text(words)
    await skin.get_by_role("button", name="编辑肤质档案").click()
    editor = desk.page.get_by_role("dialog")
    await editor.get_by_role("button", name="孕期", exact=True).click()
    await editor.get_by_role("button", name="保存").click()
    await expect(skin).to_contain_text("孕期")

    rights = desk.profile.get_by_role("region", name="个人信息权利")
    await rights.get_by_role("button", name="删除…").click()
    asked = desk.page.get_by_role("dialog", name="永久删除这位客户的个人信息")
    await expect(asked.get_by_role("button", name="永久删除")).to_be_disabled()
    await asked.get_by_label("原因").fill("客户来函要求删除")
    assert await desk.accessibility_faults() == []
    await asked.get_by_role("button", name="永久删除").click()
    await expect(asked).to_have_count(0)
    await expect(skin).to_contain_text("还没有记录")
