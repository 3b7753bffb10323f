"""What is done with a conversation in the console, as agents, their colleagues and the customer see it."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

import pytest
from playwright.async_api import Browser, expect

from tests.browser.desk import Desk
from tests.browser.shop import Shop
from tests.browser.test_console import lengthen
from tests.conftest import DemoTemplate
from tests.factories import Colleague, Visitor, eventually
from tests.server import RunningServer
from yingda.app.main import WEB

pytestmark = pytest.mark.browser


class Floor:
    """The room in which colleagues sit: signs them in, each in a browser of their own."""

    def __init__(self, browser: Browser, server: RunningServer, template: DemoTemplate) -> None:
        self._browser, self._server, self._template = browser, server, template
        self._colleagues: list[Colleague] = []

    @asynccontextmanager
    async def desk(self, login: str, view: str = "全部") -> AsyncIterator[Desk]:
        async with Desk.visited(self._browser, self._server.url) as desk:
            await desk.sign_in(self._template.account(f"demo.{login}"))
            await desk.view(view)
            yield desk
            desk.forgive("401 (Unauthorized)")  # browsers log that nobody was signed in
            desk.forgive("404 (Not Found)")  # and that a conversation is out of sight now
            assert desk.complaints == []

    async def colleague(self, login: str) -> Colleague:
        colleague = await Colleague.sign_in(self._server.url, self._template.account(f"demo.{login}"))
        self._colleagues.append(colleague)
        return colleague

    async def close(self) -> None:
        for colleague in self._colleagues:
            await colleague.close()


@pytest.fixture
async def floor(browser: Browser, server: RunningServer, demo_template: DemoTemplate) -> AsyncIterator[Floor]:
    assert (WEB / "desk" / "index.html").is_file(), "the console is not built: make web"
    floor = Floor(browser, server, demo_template)
    yield floor
    await floor.close()


async def waiting(server: RunningServer, text: str = "这个面霜我想退货") -> Visitor:
    """A customer who waits for a person."""
    visitor = await Visitor.open(server.http)
    await visitor.ask("转人工")
    await visitor.post(text)
    return visitor


async def test_a_team_gets_a_conversation_with_the_note(floor: Floor, server: RunningServer) -> None:
    visitor = await waiting(server)
    async with floor.desk("agent1") as presale, floor.desk("agent4", "我的") as aftersale:
        there = await floor.colleague("agent4")
        await there.call("PUT", "/routing/presence", json={"status": "online", "capacity": 3})
        await eventually(lambda: aftersale.rows.count())
        await presale.view("我的")
        await expect(presale.rows).to_have_count(0)
        await aftersale.rows.first.click()
        await expect(aftersale.message("退货")).to_be_visible()
        await aftersale.reply("您好，这边先看一下")
        await aftersale.page.get_by_role("button", name="转接").click()
        dialog = aftersale.page.get_by_role("dialog", name="转接会话")
        await dialog.get_by_label("搜索同事").fill("售前")
        await dialog.get_by_role("radio", name="售前组").check()
        await dialog.get_by_label("给接手人的备注").fill("客户要退货，订单已核对")
        await dialog.get_by_role("button", name="转接到：售前组").click()
        await expect(aftersale.rows).to_have_count(0)
        await expect(aftersale.page.get_by_text("从左侧选择一个会话")).to_be_visible()

        await presale.view("待接入")
        await presale.rows.first.click()
        await expect(presale.message("客户要退货，订单已核对")).to_contain_text("内部备注")
        await expect(presale.thread).to_contain_text("语桐转接到：售前组")
        await presale.page.get_by_role("button", name="接入", exact=True).click()
        await expect(presale.thread).to_contain_text("客服小雅为您服务")
    told = str(await visitor.thread())
    assert "正在为您转接其他客服" in told
    assert "客服小雅为您服务" in told
    assert "订单已核对" not in told


async def test_what_is_edited_and_taken_back_the_customer_sees_at_once(
    floor: Floor, shop: Shop, server: RunningServer
) -> None:
    await shop.open()
    await shop.open_chat()
    await shop.say("转人工")
    async with floor.desk("agent1") as desk:
        await desk.rows.first.click()
        await expect(desk.message("转人工").first).to_be_visible()
        await desk.reply("明天发货")
        await expect(shop.theirs("明天发货")).to_be_visible()
        line = desk.message("明天发货")
        await line.hover()
        await line.get_by_role("button", name="消息操作").click()
        await desk.page.get_by_role("menuitem", name="编辑").click()
        await desk.page.get_by_label("编辑", exact=True).fill("后天发货")
        await desk.page.keyboard.press("Enter")
        await expect(shop.theirs("后天发货")).to_contain_text("已修改")
        await expect(shop.theirs("明天发货")).to_have_count(0)
        line = desk.message("后天发货")
        await line.get_by_role("button", name="已修改").click()
        await expect(desk.page.get_by_label("查看原文")).to_contain_text("明天发货")
        await desk.page.keyboard.press("Escape")
        await line.hover()
        await line.get_by_role("button", name="消息操作").click()
        await desk.page.get_by_role("menuitem", name="撤回").click()
        await expect(shop.thread).to_contain_text("消息已撤回")
        await expect(shop.thread).not_to_contain_text("发货")
        await expect(desk.rows.first).to_contain_text("[已撤回]")
        await shop.page.reload()
        await shop.open_chat()
        await expect(shop.thread).to_contain_text("消息已撤回")


async def test_a_label_is_put_on_seen_by_others_and_filtered_by(floor: Floor, server: RunningServer) -> None:
    await waiting(server, "第一位")
    await waiting(server, "第二位")
    async with floor.desk("agent1") as desk, floor.desk("supervisor") as other:
        await desk.rows.filter(has_text="第一位").click()
        await desk.page.get_by_role("button", name="会话标签").click()
        await desk.page.get_by_role("menuitemcheckbox", name="待补发").click()
        await expect(other.rows.filter(has_text="第一位")).to_contain_text("待补发")
        await other.page.get_by_role("button", name="筛选").click()
        await other.page.get_by_role("combobox", name="标签").click()
        await other.page.get_by_title("待补发").last.click()
        await expect(other.rows).to_have_count(1)
        await expect(other.rows.first).to_contain_text("第一位")
        await other.page.get_by_role("button", name="筛选", exact=True).click()
        await other.page.get_by_role("button", name="取消筛选：待补发").click()
        await expect(other.rows).to_have_count(2)


async def test_labels_are_managed_by_who_may(floor: Floor, server: RunningServer) -> None:
    await waiting(server)
    async with floor.desk("supervisor") as desk:
        await desk.rows.first.click()
        await desk.page.get_by_role("button", name="会话标签").click()
        await desk.page.get_by_role("button", name="管理标签").click()
        dialog = desk.page.get_by_role("dialog", name="管理标签")
        await dialog.get_by_label("新标签名称").fill("双十一")
        await dialog.get_by_role("button", name="新建").click()
        await expect(dialog.get_by_label("标签“双十一”的名称")).to_be_visible()
        await desk.come_to_rest()
        assert await desk.accessibility_faults() == []
        await desk.page.keyboard.press("Escape")
        await desk.page.get_by_role("button", name="会话标签").click()
        await desk.page.get_by_role("menuitemcheckbox", name="双十一").click()
        await expect(desk.rows.first).to_contain_text("双十一")


async def test_merged_conversations_are_read_as_one(floor: Floor, server: RunningServer) -> None:
    visitor = await waiting(server, "上周的问题")
    agent = await floor.colleague("agent1")
    old = (await visitor.thread())[0]["conversation_id"]
    await agent.call("POST", f"/conversations/{old}/take")
    await agent.call("POST", f"/conversations/{old}/resolve")
    async with server.runtime.db.transaction() as tx:
        await tx.conn.execute(
            "UPDATE conversations SET resolved_at = resolved_at - interval '2 days' WHERE id = $1", UUID(old)
        )
    await visitor.ask("转人工")
    new = (await visitor.post("还是上周那件事")).json()["conversation_id"]
    async with floor.desk("agent1") as desk, floor.desk("supervisor") as other:
        for one in (desk, other):
            await one.page.goto(f"/desk/inbox/{new}?view=all")
            await expect(one.message("还是上周那件事")).to_be_visible()
        await desk.page.get_by_role("button", name="更多操作").click()
        await desk.page.get_by_role("menuitem", name="合并会话").click()
        dialog = desk.page.get_by_role("dialog", name="合并会话")
        await dialog.get_by_role("radio").check()
        await dialog.get_by_role("button", name="合并").click()
        for one in (desk, other):
            await expect(one.page).to_have_url(re.compile(old))
            await expect(one.message("上周的问题")).to_be_visible()
            await expect(one.message("还是上周那件事")).to_be_visible()
            await expect(one.rows).to_have_count(1)


async def test_spam_is_out_of_sight_until_it_is_taken_back(floor: Floor, server: RunningServer) -> None:
    visitor = await waiting(server, "加微信领红包")
    async with floor.desk("agent1") as desk:
        await desk.rows.first.click()
        await desk.page.get_by_role("button", name="更多操作").click()
        await desk.page.get_by_role("menuitem", name="标记为垃圾会话").click()
        await expect(desk.rows).to_have_count(0)
        await visitor.post("快来领")
        await desk.page.goto("/desk/inbox?view=all&spam=true")
        await expect(desk.rows.first).to_contain_text("快来领")
        await desk.rows.first.click()
        await desk.page.get_by_role("button", name="更多操作").click()
        await desk.page.get_by_role("menuitem", name="不是垃圾会话").click()
        await expect(desk.rows).to_have_count(0)
        await desk.page.get_by_role("button", name="取消筛选：垃圾会话").click()
        await expect(desk.rows).to_have_count(1)


async def test_who_else_looks_and_who_else_types(floor: Floor, server: RunningServer) -> None:
    await waiting(server)
    async with floor.desk("agent1") as desk, floor.desk("supervisor") as other:
        for one in (desk, other):
            await one.rows.first.click()
            await expect(one.message("退货")).to_be_visible()
        await expect(desk.page.get_by_role("img", name="正在查看：顾清和")).to_be_visible()
        await other.composer.fill("我来回")
        await expect(desk.page.get_by_role("alert")).to_have_text("顾清和也在输入回复")
        await other.page.get_by_role("button", name="关注此会话").click()
        await expect(other.page.get_by_role("button", name="取消关注")).to_have_attribute("aria-pressed", "true")
        await other.page.goto("/desk/inbox?view=all&followed=true")
        await expect(other.rows).to_have_count(1)
        await expect(desk.page.get_by_role("img", name="正在查看")).to_have_count(0)


async def test_a_long_thread_stays_in_place_while_a_message_is_edited(floor: Floor, server: RunningServer) -> None:
    visitor = await waiting(server)
    conversation = (await visitor.thread())[0]["conversation_id"]
    await lengthen(server, conversation, 5000)
    async with floor.desk("agent1") as desk:
        await desk.page.goto(f"/desk/inbox/{conversation}")
        await expect(desk.message("第5000句")).to_be_in_viewport()
        await desk.reply("第一稿")
        line = desk.message("第一稿")
        await line.hover()
        await line.get_by_role("button", name="消息操作").click()
        await desk.page.get_by_role("menuitem", name="编辑").click()
        field = desk.page.get_by_label("编辑", exact=True)
        await field.fill("第二稿\n多一行")
        await visitor.post("在吗")
        await expect(desk.message("在吗")).to_be_in_viewport()
        await desk.thread.evaluate("thread => { thread.scrollTop = 0 }")
        await expect(field).to_have_count(0)
        await (
            desk.page.get_by_role("button", name="回到最新")
            .or_(desk.page.get_by_role("button", name="有新消息"))
            .click()
        )
        await expect(field).to_have_value("第二稿\n多一行")  # what was begun is not lost
        await desk.page.get_by_role("button", name="保存修改").click()
        await expect(desk.message("第二稿")).to_be_in_viewport()
        assert await desk.thread.get_by_role("article").count() < 60


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing_serious_in_the_dialogs(
    browser: Browser, server: RunningServer, demo_template: DemoTemplate, scheme: str
) -> None:
    await waiting(server)
    async with Desk.visited(browser, server.url, color_scheme=scheme) as desk:
        await desk.sign_in(demo_template.account("demo.supervisor"))
        await desk.view("全部")
        await desk.rows.first.click()
        await expect(desk.message("退货")).to_be_visible()
        await desk.reply("您好")
        await desk.page.get_by_role("button", name="会话标签").click()
        for name in ("待补发", "敏感肌"):
            await desk.page.get_by_role("menuitemcheckbox", name=name).click()
        await desk.come_to_rest()
        assert await desk.accessibility_faults() == []
        await desk.page.keyboard.press("Escape")
        await desk.page.get_by_role("button", name="转接").click()
        await expect(desk.page.get_by_role("radio", name="售后组")).to_be_visible()
        await desk.come_to_rest()
        assert await desk.accessibility_faults() == []
