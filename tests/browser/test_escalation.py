"""Help is asked for and comes; who routes changes the chain along which it is asked for."""

import re
from datetime import datetime, timedelta

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.browser.desk import Desk
from tests.conftest import DemoTemplate
from tests.factories import Colleague, Visitor
from tests.server import RunningServer
from tests.tickets.desk import open_ticket, watched
from yingda.kit.clock import frozen
from yingda.routing import warning

pytestmark = pytest.mark.browser

WHY = "客户要求赔付，超出我的权限"


async def served(server: RunningServer, template: DemoTemplate) -> str:
    """A customer whom 小雅 serves, while 小舟 is there too: the conversation's id."""
    visitor = await Visitor.open(server.http)
    await visitor.ask("你好")
    conversation_id: str = (await visitor.thread())[0]["conversation_id"]
    await visitor.ask("我要投诉你们客服态度差")
    first = await Colleague.sign_in(server.url, template.account("demo.agent1"))
    assert (await first.call("POST", f"/conversations/{conversation_id}/take")).is_success
    second = await Colleague.sign_in(server.url, template.account("demo.agent2"))
    assert (await second.call("PUT", "/routing/presence", json={"status": "online"})).is_success
    await visitor.post("你们就是骗子，气死我了")
    await server.runtime.listener.drain()
    await first.close()
    await second.close()
    return conversation_id


async def flag(server: RunningServer) -> None:
    """Nearly late: so that it may go wrong."""
    async with server.runtime.db.transaction() as tx:
        await tx.conn.execute("UPDATE conversations SET due_at = now(), waiting_since = now() - interval '9 minutes'")
        await warning.look_ahead(tx)


async def ask_dialog(page: Page) -> Locator:
    await page.get_by_role("button", name="更多操作").click()
    await page.get_by_role("menuitem", name="请求升级").click()
    return page.get_by_role("dialog", name="请求升级")


async def test_an_agent_asks_for_help_and_a_colleague_takes_over(
    browser: Browser, server: RunningServer, demo_template: DemoTemplate
) -> None:
    conversation_id = await served(server, demo_template)
    await flag(server)
    async with Desk.visited(browser, server.url) as desk, Desk.visited(browser, server.url) as other:
        page = desk.page
        await desk.sign_in(demo_template.account("demo.agent1"))
        await page.goto(f"/desk/inbox/{conversation_id}")
        risk = page.get_by_role("region", name="会话内容").get_by_role("button", name="出问题的可能")
        await expect(risk).to_be_visible()
        await expect(desk.rows.first.get_by_label("出问题的可能")).to_be_visible()
        await risk.focus()
        await expect(page.get_by_role("tooltip")).to_contain_text("等待已用")
        dialog = await ask_dialog(page)
        await expect(dialog.get_by_role("button", name="请求升级")).to_be_disabled()
        await dialog.get_by_label("为什么需要升级").fill(WHY)
        assert await desk.accessibility_faults() == []
        await dialog.get_by_role("button", name="请求升级").click()
        banner = page.get_by_role("complementary", name="升级")
        await expect(banner).to_contain_text("专员 · 小舟")
        await expect(banner).to_contain_text("内确认")
        await expect(banner.get_by_role("button", name="确认接手")).to_have_count(0)

        await other.sign_in(demo_template.account("demo.agent2"))
        await other.page.get_by_role("button", name="条未读通知").click()
        await other.page.get_by_role("button", name="小雅请您接手升级的会话").click()
        asked = other.page.get_by_role("complementary", name="升级")
        await expect(asked).to_contain_text(WHY)
        await asked.get_by_role("button", name="确认接手").click()
        await expect(asked).to_contain_text("小舟")
        await expect(asked.get_by_role("button", name="确认接手")).to_have_count(0)

        await expect(banner).to_contain_text("已确认接手")
        await banner.get_by_role("button", name="共 1 步").click()
        await expect(page.get_by_role("list", name="升级过程")).to_contain_text("小雅请求升级")
        await desk.come_to_rest()
        assert await desk.accessibility_faults() == []
        assert await other.accessibility_faults() == []
        desk.forgive("401")  # whether somebody is signed in
        assert desk.complaints == []


async def test_the_board_shows_what_goes_up_and_a_crisis_stays_until_somebody_looks(
    browser: Browser, server: RunningServer, demo_template: DemoTemplate
) -> None:
    conversation_id = await served(server, demo_template)
    await flag(server)
    agent = await Colleague.sign_in(server.url, demo_template.account("demo.agent1"))
    asked = await agent.call("POST", f"/conversations/{conversation_id}/escalations", json={"reason": WHY})
    assert asked.is_success
    async with Desk.visited(browser, server.url) as desk:
        page = desk.page
        await desk.sign_in(demo_template.account("demo.supervisor"))
        await page.goto("/desk/board")
        part = page.get_by_role("region", name="升级与预警")
        await expect(part.get_by_role("list", name="升级中")).to_contain_text("专员 · 小舟")
        await expect(part.get_by_role("list", name="可能出问题")).to_contain_text("等待已用")
        await expect(part.get_by_text("数据还不够").first).to_be_visible()
        assert await desk.accessibility_faults() == []

        level = {"level": 5, "reason": "媒体已经报道"}
        assert (await agent.call("PUT", f"/conversations/{conversation_id}/level", json=level)).is_success
        crisis = page.get_by_role("alert").filter(has_text="危机事件，请立即处理")
        await expect(crisis).to_be_visible()
        await page.reload()
        await expect(crisis).to_be_visible()
        await desk.come_to_rest()
        assert await desk.accessibility_faults() == []
        await crisis.get_by_role("button", name="立即查看").click()
        await expect(crisis).to_be_hidden()
        await expect(page.get_by_role("complementary", name="升级")).to_contain_text("小舟")
        await page.reload()
        await expect(page.get_by_role("complementary", name="升级")).to_be_visible()
        await expect(crisis).to_have_count(0)

        for answer in ("已请主管接手", "已经升级到主管，没有更高一级了"):  # nobody else of the team is there
            dialog = await ask_dialog(page)
            await dialog.get_by_label("为什么需要升级").fill(WHY)
            await dialog.get_by_role("button", name="请求升级").click()
            await expect(page.get_by_text(answer)).to_be_visible()
        await dialog.get_by_role("button", name="取消").click()
        await page.get_by_role("button", name="确认接手").click()
        await expect(page.get_by_role("complementary", name="升级")).to_contain_text("已确认接手")
    await agent.close()


async def test_a_chain_is_changed_and_published(
    browser: Browser, server: RunningServer, demo_template: DemoTemplate
) -> None:
    async with Desk.visited(browser, server.url) as desk:
        page = desk.page
        await desk.sign_in(demo_template.account("demo.supervisor"))
        await page.goto("/desk/manage/chain")
        picture = page.get_by_role("region", name="链路图")
        await expect(picture.get_by_role("listitem")).to_have_count(5)
        await expect(picture).to_contain_text("物流类全部")
        publish = page.get_by_role("button", name="发布")
        await page.get_by_label("发布原因").fill("技术问题先找客服部核实")
        await expect(publish).to_be_disabled()  # nothing was changed

        specialist = page.get_by_role("listitem", name="专员", exact=True)
        await specialist.get_by_label("确认时限").fill("3")
        await expect(picture).to_contain_text("3 分钟内确认")
        technology = page.get_by_role("listitem", name="技术", exact=True)
        for kind in ("整个团队", "其他部门（建工单）"):
            await technology.get_by_role("combobox", name="由谁接手").click()
            await page.locator(".ant-select-dropdown").get_by_title(kind).click()
        await publish.click()
        await expect(technology.get_by_role("alert")).to_contain_text("“技术”要选部门")
        assert await desk.accessibility_faults() == []

        await technology.get_by_role("combobox", name="部门", exact=True).click()
        await page.locator(".ant-select-dropdown").get_by_title("技术", exact=True).click()
        await publish.click()
        await expect(page.get_by_text("正在使用第 1 版")).to_be_visible()
        await expect(page.get_by_text("技术问题先找客服部核实")).to_be_visible()
        await expect(specialist.get_by_label("确认时限")).to_have_value("3")

        admin = await Colleague.sign_in(server.url, demo_template.account("demo.admin"))
        chain = (await admin.call("GET", "/escalations/chain")).json()["chain"] | {"crisis_level": 4}
        body = {"chain": chain, "base_version": 1, "reason": "四级也算危机"}
        assert (await admin.call("PUT", "/escalations/chain", json=body)).is_success
        await admin.close()
        await specialist.get_by_label("确认时限").fill("4")
        await page.get_by_label("发布原因").fill("再放宽一分钟")
        await publish.click()
        await expect(page.get_by_role("alert").filter(has_text="刚刚发布了新的升级链路")).to_be_visible()
        await page.get_by_role("button", name="载入最新版本").click()
        await expect(page.get_by_text("正在使用第 2 版")).to_be_visible()

        await desk.prefer(locale="en", theme="dark")
        await expect(page.get_by_text("Version 2 is in force")).to_be_visible()
        assert await desk.accessibility_faults() == []


async def test_a_late_ticket_rings_and_whoever_is_asked_takes_it_on(
    browser: Browser, server: RunningServer, demo_template: DemoTemplate
) -> None:
    agent = await Colleague.sign_in(server.url, demo_template.account("demo.agent1"))
    view = await open_ticket(agent, level=3, title="包裹三天没动，客户催了两次")
    await agent.close()
    due = datetime.fromisoformat(view["ticket"]["due_at"])
    with frozen(due - timedelta(minutes=2)):
        async with server.runtime.db.transaction() as tx:
            await warning.look_ahead(tx)
    await watched(server, due)
    async with Desk.visited(browser, server.url) as desk:
        page = desk.page
        await desk.sign_in(demo_template.account("demo.supervisor"))
        await expect(page.get_by_role("button", name="条未读通知")).to_be_visible()
        await page.get_by_role("button", name="条未读通知").click()
        notices = page.get_by_role("region", name="通知")
        await expect(notices).to_contain_text(f"工单 {view['ticket']['number']} 已超时")
        await notices.get_by_role("button", name=re.compile("请您接手升级的工单")).click()
        drawer = page.get_by_role("dialog", name=view["ticket"]["number"])
        banner = drawer.get_by_role("complementary", name="升级")
        await expect(banner).to_contain_text("首次响应已超时")
        await expect(drawer.get_by_role("button", name=re.compile("出问题的可能"))).to_be_visible()
        await desk.come_to_rest()
        assert await desk.accessibility_faults() == []
        await banner.get_by_role("button", name="确认接手").click()
        await expect(banner).to_contain_text("已确认接手")
        await drawer.get_by_role("button", name="查看变更记录").click()
        await expect(drawer).to_contain_text("升级到主管。首次响应已超时")
        await page.goto("/desk/board")
        await expect(page.get_by_role("region", name="升级与预警")).to_contain_text("包裹三天没动")
        desk.forgive("401 (Unauthorized)")
        assert desk.complaints == []
