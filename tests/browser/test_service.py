"""One customer and two agents, from the first question to the wrap-up: everybody sees at once what concerns them."""

import re

import pytest
from playwright.async_api import Browser, expect

from tests.browser.desk import Desk
from tests.browser.shop import Shop
from tests.conftest import DemoTemplate
from tests.server import RunningServer

pytestmark = pytest.mark.browser


async def test_from_the_assistant_over_two_agents_to_the_wrap_up(
    browser: Browser, server: RunningServer, demo_template: DemoTemplate
) -> None:
    async with (
        Shop.visited(browser, server.url) as shop,
        Desk.visited(browser, server.url) as first,
        Desk.visited(browser, server.url) as second,
    ):
        await first.sign_in(demo_template.account("demo.agent1"))
        await second.sign_in(demo_template.account("demo.agent2"))
        await shop.open()
        await shop.be("停滞")
        await shop.open_chat()
        await shop.say("我的快递到哪了")
        await expect(shop.theirs("最新动态")).to_be_visible()
        await shop.say("一直不动，转人工")

        # Handed over with all that was said
        await first.view("待接入")
        await first.rows.first.click()
        await expect(first.story).to_contain_text("查询物流")
        await expect(first.message("我的快递到哪了")).to_contain_text("查物流")
        await expect(first.message("最新动态")).to_be_visible()
        await expect(first.profile).to_contain_text("最近订单")

        # Typing both ways, reply
        await first.page.keyboard.press("Alt+l")
        await first.page.keyboard.type("您好，我看一下")
        await expect(shop.thread).to_contain_text("小雅正在输入")
        await first.page.keyboard.press("Enter")
        await expect(shop.theirs("您好，我看一下")).to_contain_text("小雅")
        await expect(shop.status).to_have_text("小雅 正在为您服务")
        await shop.composer.press_sequentially("好的，那我等着您的消息", delay=300)
        await expect(first.page.get_by_text("正在输入")).to_be_visible()
        await shop.say("好的，麻烦快点")
        await expect(first.message("好的，麻烦快点")).to_be_visible()

        # A note that the customer never sees, and over to a colleague with a word
        await first.note("已联系站点，等回电")
        await first.page.get_by_role("button", name="转接").click()
        dialog = first.page.get_by_role("dialog", name="转接会话")
        await dialog.get_by_label("给接手人的备注").fill("站点答应一小时内回电")
        assert await first.accessibility_faults() == []
        await dialog.get_by_role("radio", name=re.compile("小舟")).check()
        await dialog.get_by_role("button", name="转接到：小舟").click()
        await expect(second.page.get_by_role("button", name=re.compile("1 条未读通知"))).to_be_visible()
        await second.view("我的")
        await second.rows.first.click()
        await expect(second.message("站点答应一小时内回电")).to_be_visible()
        await expect(second.message("已联系站点，等回电")).to_be_visible()
        await second.reply("您好，我是小舟，已为您加急")
        await expect(shop.theirs("您好，我是小舟，已为您加急")).to_contain_text("小舟")
        await expect(shop.thread.get_by_text("站点答应一小时内回电")).to_have_count(0)
        await expect(shop.thread.get_by_text("已联系站点，等回电")).to_have_count(0)
        await shop.say("谢谢")
        await expect(second.message("谢谢").first).to_be_visible()

        # Wrapped up
        await second.page.keyboard.press("Alt+e")
        wrap_up = second.page.get_by_role("dialog")
        await expect(wrap_up.get_by_label("小结")).to_have_value(re.compile("快递"))
        assert await second.accessibility_faults() == []
        await wrap_up.get_by_role("button", name="确认并结束").click()
        await expect(shop.status).to_have_text("本次咨询已结束")
        await expect(second.rows).to_have_count(0)
    for page in (shop, first, second):
        page.forgive("401 (Unauthorized)")  # browsers log that nobody was signed in
        assert page.complaints == []
