"""An agent ends a conversation with what it came to, hears what concerns them, and keeps what they promised."""

import re
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, expect

from tests.browser.desk import Desk
from tests.conftest import DemoTemplate
from tests.factories import Colleague, Visitor
from tests.server import RunningServer
from yingda.identity import DemoAccount

pytestmark = pytest.mark.browser


@pytest.fixture
def account(demo_template: DemoTemplate) -> DemoAccount:
    return demo_template.account("demo.agent1")


@pytest.fixture
async def desk(browser: Browser, server: RunningServer, account: DemoAccount) -> AsyncIterator[Desk]:
    """The console, signed in."""
    async with Desk.visited(browser, server.url) as desk:
        await desk.sign_in(account)
        yield desk
    desk.forgive("401 (Unauthorized)")
    desk.forgive("409 (Conflict)")  # browsers log what the dialog says better
    assert desk.complaints == []


async def in_hand(desk: Desk, server: RunningServer, question: str) -> Visitor:
    """A customer whose question has reached this agent, who takes it."""
    visitor = await Visitor.open(server.http)
    await visitor.ask("转人工")
    await visitor.post(question)
    await desk.view("待接入")
    await desk.rows.first.click()
    await expect(desk.message(question)).to_be_visible()
    take = desk.page.get_by_role("button", name="接入", exact=True)
    await take.click()
    await expect(take).to_have_count(0)
    return visitor


async def test_one_key_confirms_what_was_drafted_and_opens_the_next(desk: Desk, server: RunningServer) -> None:
    await in_hand(desk, server, "我想开发票，怎么开")
    visitor = await in_hand(desk, server, "面霜漏了一半，我要退款")
    await desk.view("我的")
    await expect(desk.rows).to_have_count(2)
    await desk.rows.filter(has_text="退款").click()
    await desk.reply("已为您提交退款99元，3天内会短信通知您结果")
    await desk.page.keyboard.press("Alt+e")
    dialog = desk.page.get_by_role("dialog", name="服务小结")
    await expect(dialog.get_by_label("小结")).to_have_value(
        "客户诉求：面霜漏了一半，我要退款\n处理结果：已为您提交退款99元\n承诺：3天内会短信通知您结果"
    )
    await expect(dialog.get_by_text(re.compile("^(退款|破损漏液)$"))).to_be_visible()
    await expect(dialog.get_by_label("承诺内容")).to_have_value("3天内会短信通知您结果")
    assert await desk.accessibility_faults() == []
    await expect(dialog.get_by_role("button", name="确认并结束")).to_be_focused()
    await desk.page.keyboard.press("Enter")
    await expect(dialog).to_have_count(0)
    await expect(desk.message("我想开发票")).to_be_visible()
    await expect(desk.rows).to_have_count(1)
    assert (await visitor.thread())[-1]["content"]["code"] == "resolved"


async def test_what_the_customer_writes_meanwhile_is_read_first(desk: Desk, server: RunningServer) -> None:
    visitor = await in_hand(desk, server, "我想开发票，怎么开")
    await desk.page.keyboard.press("Alt+e")
    dialog = desk.page.get_by_role("dialog", name="服务小结")
    confirm = dialog.get_by_role("button", name="确认并结束")
    await expect(confirm).to_be_focused()
    await visitor.post("抬头填错了能改吗？")
    await confirm.click()
    await expect(dialog.get_by_role("alert")).to_contain_text("客户又发来了消息")
    await dialog.get_by_role("button", name="已看过").click()
    await expect(dialog.get_by_label("小结")).to_have_value(re.compile("抬头填错了能改吗"))
    await dialog.get_by_label("小结").press("Control+Enter")
    await expect(dialog).to_have_count(0)


async def test_a_wrap_up_is_read_and_corrected_later(desk: Desk, server: RunningServer) -> None:
    await in_hand(desk, server, "我想开发票，怎么开")
    address = desk.page.url
    await desk.page.keyboard.press("Alt+e")
    await desk.page.get_by_role("button", name="确认并结束").click()
    await expect(desk.page.get_by_role("dialog")).to_have_count(0)
    await desk.page.goto(address)
    await desk.page.get_by_role("button", name="查看小结").click()
    dialog = desk.page.get_by_role("dialog", name="服务小结")
    await dialog.get_by_label("小结").fill("教客户在订单里申请")
    await dialog.get_by_text("部分解决").click()
    await dialog.get_by_role("button", name="保存更正").click()
    await dialog.get_by_text("更早的版本").click()
    await expect(dialog.get_by_role("listitem")).to_contain_text("开发票 · 未解决")
    await expect(dialog.get_by_label("小结")).to_have_value("教客户在订单里申请")
    assert await desk.accessibility_faults() == []


async def test_a_promise_is_made_and_kept(desk: Desk, server: RunningServer) -> None:
    await in_hand(desk, server, "我想开发票，怎么开")
    await desk.page.get_by_role("button", name="承诺", exact=True).click()
    dialog = desk.page.get_by_role("dialog", name="对客户的承诺")
    await dialog.get_by_label("承诺内容").fill("开好发票后告诉客户")
    await dialog.get_by_label("承诺内容").press("Enter")  # a click may miss a dialog that still moves into place
    await expect(dialog.get_by_role("listitem")).to_contain_text("开好发票后告诉客户")
    assert await desk.accessibility_faults() == []
    await desk.page.keyboard.press("Escape")
    await desk.page.get_by_role("button", name="通知").click()
    await desk.page.get_by_text("我的承诺").click()
    mine = desk.page.get_by_role("region", name="通知")
    await expect(mine).to_contain_text("开好发票后告诉客户")
    assert await desk.accessibility_faults() == []
    await desk.page.keyboard.press("Escape")
    await expect(mine).to_be_hidden()
    await desk.page.get_by_role("button", name="承诺", exact=True).click()
    await dialog.get_by_role("button", name="已兑现").click()
    await expect(dialog.get_by_role("button", name="已兑现")).to_have_count(0)
    await expect(dialog.get_by_role("listitem")).to_contain_text("已兑现")


async def test_what_a_colleague_hands_over_rings_at_once(
    browser: Browser, desk: Desk, server: RunningServer, demo_template: DemoTemplate
) -> None:
    account = demo_template.account("demo.agent2")
    await in_hand(desk, server, "我想开发票，怎么开")
    colleague = await Colleague.sign_in(server.url, account)
    me = (await colleague.get("/auth/me"))["staff"]
    await colleague.close()
    async with Desk.visited(browser, server.url) as other:
        await other.sign_in(account)
        await expect(other.page.get_by_role("button", name="通知", exact=True)).to_be_visible()
        await desk.page.get_by_role("button", name="转接").click()
        await desk.page.get_by_role("radio", name=me["display_name"]).check()
        await desk.page.get_by_role("button", name=f"转接到：{me['display_name']}").click()
        bell = other.page.get_by_role("button", name="1 条未读通知")
        await bell.click()
        notice = other.page.get_by_role("button", name="会话分配给了您")
        await expect(notice).to_be_visible()
        assert await other.accessibility_faults() == []
        await notice.click()
        await expect(other.message("我想开发票")).to_be_visible()
        await expect(other.page.get_by_role("button", name="通知", exact=True)).to_be_visible()
        other.forgive("401 (Unauthorized)")
        assert other.complaints == []


SPY = """
window.shown = [];
window.Notification = class { static permission = 'granted'; static requestPermission = async () => 'granted';
  constructor(title, options) { window.shown.push(`${title}|${options.body}`); } close() {} };
Object.defineProperty(document, 'hidden', { get: () => true });
"""


async def test_who_looks_elsewhere_is_called_by_the_system(
    browser: Browser, server: RunningServer, account: DemoAccount
) -> None:
    async with Desk.visited(browser, server.url) as desk:
        await desk.page.add_init_script(SPY)
        await desk.page.reload()
        await desk.sign_in(account)
        visitor = await in_hand(desk, server, "我想开发票，怎么开")
        await desk.page.get_by_role("button", name="设置").click()
        await desk.page.get_by_role("menuitem", name="桌面通知").click()
        await visitor.post("还在吗，帮我看看")
        await desk.page.wait_for_function("window.shown.some(one => one.includes('还在吗，帮我看看'))")
        assert await desk.page.evaluate("window.shown.length") == 1
