"""A parcel that came broken: from the customer's message to the department that answers, and back to the customer."""

import re
from typing import Any

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.browser.desk import Desk
from tests.browser.shop import Shop
from tests.conftest import DemoTemplate
from tests.factories import Colleague
from tests.server import RunningServer

pytestmark = pytest.mark.browser

COMPLAINT = "收到的包裹压破了，精华漏了一半，我要投诉快递"


def card(page: Page, text: str) -> Locator:
    """A ticket on the board."""
    return page.get_by_test_id("board").get_by_role("listitem").filter(has_text=text)


def column(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


async def choose(page: Page, field: Locator, option: str) -> None:
    """Of a field with a list."""
    await field.click()
    shown = page.locator(".ant-select-dropdown:not(.ant-select-dropdown-hidden)")
    await expect(shown).to_have_count(1)  # the list before it has gone
    found = shown.locator(".ant-select-item-option").filter(has_text=option).first
    await found.wait_for()
    await page.keyboard.press("ArrowDown")
    active = shown.locator(".ant-select-item-option-active")
    for _ in range(await shown.locator(".ant-select-item-option").count()):  # a click is lost where the list changes
        if option in (await active.text_content() or ""):
            break
        await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")


async def signed_out(desk: Desk) -> None:
    """Browsers log that nobody was signed in; nothing else was to be complained about."""
    desk.forgive("401 (Unauthorized)")
    assert desk.complaints == []


async def test_a_damaged_parcel_goes_to_the_logistics_department_and_back(
    browser: Browser, shop: Shop, server: RunningServer, demo_template: DemoTemplate
) -> None:
    await shop.open()
    await shop.be("包裹破损")
    await shop.open_chat()
    await shop.say("转人工")
    await expect(shop.theirs("转人工")).to_be_visible()
    await shop.say(COMPLAINT)
    async with Desk.visited(browser, server.url) as agent, Desk.visited(browser, server.url) as logistics:
        await logistics.sign_in(demo_template.account("demo.logistics"))
        await logistics.page.get_by_role("link", name="工单", exact=True).click()
        await expect(column(logistics.page, "待处理")).to_contain_text("没有工单")

        await agent.sign_in(demo_template.account("demo.agent1"))
        await agent.view("全部")
        await agent.rows.first.click()
        line = agent.message(COMPLAINT)
        await line.hover()
        await line.get_by_role("button", name="消息操作").click()
        await agent.page.get_by_role("menuitem", name="建工单").click()
        dialog = agent.page.get_by_role("dialog", name="从消息建工单")
        await expect(dialog).to_contain_text(COMPLAINT)
        await choose(agent.page, dialog.get_by_label("类型", exact=True), "物流问题")
        await choose(agent.page, dialog.get_by_label("级别", exact=True), "投诉")
        await choose(agent.page, dialog.get_by_label("关联订单"), " · ")
        await dialog.get_by_label("标题").fill("包裹压破，精华漏液")
        await agent.come_to_rest()
        assert await agent.accessibility_faults() == []
        await dialog.get_by_role("button", name="创建").click()
        await expect(agent.profile).to_contain_text("包裹压破，精华漏液")
        await expect(shop.thread).to_contain_text("您反馈的物流问题已经登记")

        page = logistics.page
        await expect(column(page, "待处理")).to_contain_text("包裹压破，精华漏液")
        await expect(card(page, "包裹压破")).to_contain_text("投诉")
        assert await logistics.accessibility_faults() == []
        await card(page, "包裹压破").get_by_role("link").focus()
        await page.keyboard.press("m")
        await page.get_by_role("menuitem", name="核查中").click()
        await expect(agent.profile).to_contain_text("核查中")
        await card(page, "包裹压破").drag_to(column(page, "等待中"))
        await page.get_by_role("dialog", name=re.compile("改为“等快递回复”")).get_by_role("button", name="确定").click()
        await expect(column(page, "等待中")).to_contain_text("包裹压破")
        await expect(agent.profile).to_contain_text("等快递回复")

        await card(page, "包裹压破").get_by_role("link").click()
        drawer = page.get_by_role("dialog")
        await expect(drawer).to_contain_text(COMPLAINT)
        await drawer.get_by_role("textbox", name="内部评论").fill("@小雅 已让站点拍照，走理赔")
        await drawer.get_by_role("button", name="发表评论").click()
        await expect(drawer.get_by_role("article").filter(has_text="走理赔")).to_be_visible()
        await drawer.get_by_text("回复客户", exact=True).click()
        await expect(drawer).to_contain_text("会告诉客户")
        await drawer.get_by_role("textbox", name="回复客户").fill("快递公司已确认破损，今天为您补发一瓶。")
        await drawer.get_by_role("button", name="发送给客户").click()
        await expect(drawer.get_by_role("article").filter(has_text="今天为您补发")).to_contain_text("已告诉客户")
        await logistics.come_to_rest()
        assert await logistics.accessibility_faults() == []
        await expect(shop.thread).to_contain_text("今天为您补发一瓶")
        await expect(shop.thread).not_to_contain_text("走理赔")

        await expect(agent.thread).to_contain_text("今天为您补发一瓶")
        await agent.profile.get_by_role("button", name=re.compile("包裹压破")).click()
        opened = agent.page.get_by_role("dialog")
        await expect(opened.get_by_role("article").filter(has_text="走理赔")).to_contain_text("@小雅")
        await opened.get_by_role("button", name="查看变更记录").click()
        await expect(opened).to_contain_text("江远修改了状态")
        for desk in (agent, logistics):
            await signed_out(desk)


async def opened(colleague: Colleague, **body: Any) -> dict[str, Any]:
    """A ticket that was opened elsewhere."""
    answer = await colleague.call("POST", "/tickets", json={"kind": "logistics", **body})
    assert answer.is_success, answer.text
    view: dict[str, Any] = answer.json()
    return view


async def test_many_are_changed_at_once_kinds_are_kept_and_a_meeting_decides(
    browser: Browser, server: RunningServer, demo_template: DemoTemplate
) -> None:
    account = demo_template.account("demo.supervisor")
    colleague = await Colleague.sign_in(server.url, account)
    for number in range(3):
        await opened(colleague, title=f"第 {number} 件丢失的包裹", level=4)
    refund = (await opened(colleague, kind="refund", title="退款没有到账"))["ticket"]
    async with Desk.visited(browser, server.url) as desk:
        page = desk.page
        await desk.sign_in(account)
        await page.get_by_role("link", name="工单", exact=True).click()
        await expect(card(page, "丢失的包裹")).to_have_count(3)
        await page.get_by_text("列表", exact=True).click()
        rows = page.get_by_role("table", name="工单").locator("tbody tr")
        await expect(rows).to_have_count(4)
        await page.get_by_label("搜索编号、标题、描述、评论").fill("丢失")
        await page.keyboard.press("Enter")
        await expect(rows).to_have_count(3)
        await page.reload()  # the address keeps what is listed
        await expect(rows).to_have_count(3)
        await page.get_by_role("button", name="导出").click()
        async with page.expect_download() as loading:
            await page.get_by_role("link", name="导出 CSV").click()
        sheet = await (await loading.value).path()
        assert sheet.read_text("utf-8-sig").count("丢失的包裹") == 3
        await page.keyboard.press("Escape")
        await page.get_by_label("全选本页").check()
        bulk = page.get_by_role("region", name="批量操作")
        await choose(page, bulk.get_by_label("改级别"), "危机事件")
        await expect(rows.filter(has_text="危机")).to_have_count(3)
        await page.get_by_label("全选本页").check()
        await choose(page, bulk.get_by_label("改状态"), "已解决")
        report = page.get_by_role("dialog", name="批量操作结果")
        await expect(report).to_contain_text("3 张没有完成")
        await expect(report).to_contain_text("还未完成")
        await desk.come_to_rest()
        assert await desk.accessibility_faults() == []
        await report.get_by_role("button", name="关闭", exact=True).last.click()

        await page.get_by_label("搜索编号、标题、描述、评论").fill("")
        await rows.get_by_role("link", name="退款没有到账").click()
        drawer = page.get_by_role("dialog")
        await drawer.get_by_role("button", name="编辑").click()
        await drawer.get_by_label("标题", exact=True).fill("退款三天没有到账")
        changed = {"version": refund["version"], "title": "退款没有到账（微信支付）"}
        await colleague.call("PATCH", f"/tickets/{refund['id']}", json=changed)
        await expect(drawer.get_by_role("alert")).to_contain_text("退款没有到账（微信支付）")
        await expect(drawer.get_by_role("button", name="保存")).to_be_disabled()
        await drawer.get_by_role("button", name="继续改我的").click()
        await drawer.get_by_role("button", name="保存").click()
        await expect(drawer.get_by_role("heading", name="退款三天没有到账")).to_be_visible()
        await page.keyboard.press("Escape")
        await expect(drawer).to_have_count(0)

        await page.get_by_role("link", name="管理", exact=True).click()
        await page.get_by_role("link", name="工单类型").click()
        await page.get_by_role("button", name="新建类型").click()
        await page.get_by_label("名称", exact=True).first.fill("发票问题")
        await page.get_by_label("编码").fill("invoice_trouble")
        states = page.get_by_role("region", name="状态")
        await states.get_by_label("名称", exact=True).nth(0).fill("待开票")
        await states.get_by_label("名称", exact=True).nth(1).fill("已开票")
        assert await desk.accessibility_faults() == []
        await page.get_by_role("button", name="保存").click()
        await expect(page.get_by_role("region", name="工单类型")).to_contain_text("待开票 → 已开票")

        await page.get_by_role("link", name="工单", exact=True).click()
        await page.get_by_role("link", name="跨部门例会").click()
        high = page.get_by_role("region", name="级别高")
        await high.get_by_role("textbox").first.fill("江远今天 18 点前联系快递公司总部")
        await page.get_by_label("会议名称").fill("第 48 周例会")
        await page.get_by_role("button", name="保存纪要").click()
        past = page.get_by_role("region", name="以往纪要")
        await past.get_by_role("button", name="第 48 周例会").click()
        await expect(past).to_contain_text("联系快递公司总部")
        await desk.prefer(locale="en", theme="dark")
        await expect(page.get_by_role("heading", name="Cross-department meeting")).to_be_visible()
        await desk.come_to_rest()
        assert await desk.accessibility_faults() == []
        await colleague.close()
        await page.goto("/desk/tickets")
        await expect(card(page, "丢失的包裹")).to_have_count(3)
        assert await desk.accessibility_faults() == []
        await card(page, "第 0 件").get_by_role("link").click()
        await expect(page.get_by_role("dialog").get_by_role("heading", name="Checklist")).to_be_visible()
        await desk.come_to_rest()
        assert await desk.accessibility_faults() == []
        await signed_out(desk)
