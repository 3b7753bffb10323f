"""What a customer sees and does on the shop page."""

import re

import pytest
from playwright.async_api import Browser, FilePayload, expect

from tests.browser.console import Conversation
from tests.browser.shop import Shop
from tests.factories import Colleague, eventually
from tests.server import RunningServer
from tests.shared import Socket

pytestmark = pytest.mark.browser

STALLED = "停滞"
WHERE = "我的快递到哪了"


async def test_a_parcel_is_explained_and_a_reload_keeps_the_conversation(shop: Shop) -> None:
    await shop.open()
    await shop.be(STALLED)
    await shop.open_chat()
    await shop.say(WHERE)
    await expect(shop.theirs("最新动态")).to_be_visible()
    await expect(shop.thread.locator(".order")).to_contain_text("派送中")
    before = await shop.rows.all_inner_texts()

    await shop.page.reload()
    await shop.open_chat()
    await expect(shop.own(WHERE)).to_be_visible()
    assert await shop.rows.all_inner_texts() == before


async def test_a_customer_waits_for_a_person_who_then_answers(shop: Shop, colleague: Colleague) -> None:
    await shop.open()
    await shop.open_chat()
    await shop.chat.get_by_role("button", name="转人工").click()
    await expect(shop.chat.locator(".banner")).to_contain_text("您排在第一位")
    await expect(shop.chat.get_by_role("button", name="正在转人工")).to_be_disabled()

    conversation = await Conversation.next_waiting(colleague)
    await conversation.take()
    await expect(shop.status).to_have_text("小雅 正在为您服务")
    await conversation.reply("您好，我来帮您看看")
    await expect(shop.theirs("您好，我来帮您看看")).to_contain_text("小雅")
    await conversation.resolve()
    await expect(shop.status).to_have_text("本次咨询已结束")


async def test_typing_is_seen_on_the_other_side(shop: Shop, colleague: Colleague, server: RunningServer) -> None:
    conversation = await _with_a_person(shop, colleague)
    console = await Socket.of_staff(server, colleague)
    await console.say(type="watch", conversation_id=conversation.id, after_seq=0)
    await console.hear("message")
    await console.say(type="typing", conversation_id=conversation.id)
    await expect(shop.thread).to_contain_text("小雅正在输入")
    await shop.composer.press_sequentially("我")
    await console.hear("typing")
    await console.close()


async def test_what_was_said_while_offline_arrives_once(shop: Shop, colleague: Colleague) -> None:
    conversation = await _with_a_person(shop, colleague)
    await shop.context.set_offline(True)
    await expect(shop.chat.locator(".banner")).to_contain_text("网络已断开")
    await conversation.reply("第一句")
    await conversation.reply("第二句")
    await shop.say("我在地铁上")
    await expect(shop.own("我在地铁上")).to_contain_text("稍后自动重发")

    await shop.context.set_offline(False)
    await expect(shop.own("我在地铁上")).to_contain_text("已送达")
    await conversation.reply("第三句")
    await expect(shop.theirs("第三句")).to_be_visible()
    for text in ("第一句", "第二句", "第三句"):
        await expect(shop.theirs(text)).to_have_count(1)
    await expect(shop.own("我在地铁上")).to_have_count(1)
    shop.forgive("ERR_INTERNET_DISCONNECTED")  # browsers log every request that has no line


async def _with_a_person(shop: Shop, colleague: Colleague) -> Conversation:
    """The customer's conversation, after they asked for a person and got one."""
    await shop.open()
    await shop.open_chat()
    await shop.say("转人工")
    await expect(shop.chat.get_by_role("button", name="正在转人工")).to_be_visible()
    conversation = await Conversation.next_waiting(colleague)
    await conversation.take()
    await expect(shop.status).to_contain_text("小雅")
    return conversation


async def test_the_launcher_counts_what_came_while_the_chat_was_closed(shop: Shop, colleague: Colleague) -> None:
    conversation = await _with_a_person(shop, colleague)
    await shop.chat.get_by_role("button", name="收起对话").click()
    await conversation.reply("包裹明天就到")
    await expect(shop.launcher.locator("b")).to_have_text("1")
    await shop.launcher.click()
    await expect(shop.theirs("包裹明天就到")).to_be_visible()
    await expect(shop.launcher.locator("b")).to_be_empty()


async def test_a_message_is_text_whatever_is_in_it(shop: Shop) -> None:
    trick = "<img src=x onerror=alert(1)><script>alert(2)</script>'; DROP TABLE messages"
    await shop.open()
    await shop.open_chat()
    await shop.say(trick)
    await expect(shop.thread.locator(".row.own .text")).to_have_text(trick)


async def test_a_picture_is_sent_and_enlarged(shop: Shop) -> None:
    await shop.open()
    await shop.open_chat()
    picture = FilePayload(name="外箱破损.png", mimeType="image/png", buffer=await shop.page.screenshot())
    await shop.chat.locator("input[type=file]").set_input_files(picture)
    await expect(shop.thread.locator(".row.own")).to_contain_text(re.compile("已送达|已读"))
    image = shop.thread.get_by_role("img", name="外箱破损.png")
    assert await image.evaluate("async (image) => { await image.decode(); return image.naturalWidth }") == 1280
    await shop.thread.get_by_role("button", name="查看大图").click()
    await expect(shop.chat.get_by_role("dialog").get_by_role("img")).to_be_visible()


async def test_a_product_is_sent_from_the_page(shop: Shop) -> None:
    await shop.open()
    title = await shop.products.first.locator(".card-title").inner_text()
    await shop.products.first.click()
    await shop.page.get_by_role("button", name="咨询这件商品").click()
    await shop.chat.get_by_role("button", name="发送商品").click()
    await expect(shop.thread.locator(".row.own .product")).to_contain_text(title)


async def test_an_order_is_chosen_from_the_list(shop: Shop) -> None:
    await shop.open()
    await shop.be(STALLED)
    await shop.open_chat()
    await shop.chat.get_by_role("button", name="更多").click()
    await shop.chat.get_by_role("menuitem", name="发送订单").click()
    await shop.chat.get_by_role("dialog").locator(".pick").first.click()
    await expect(shop.thread.locator(".row.own .order")).to_be_visible()


async def test_everything_is_reached_by_keyboard(shop: Shop) -> None:
    await shop.open()
    await shop.launcher.focus()
    await shop.page.keyboard.press("Enter")
    await expect(shop.composer).to_be_focused()
    await shop.page.keyboard.type("你好")
    await shop.page.keyboard.press("Enter")
    await expect(shop.own("你好")).to_be_visible()
    await expect(shop.composer).to_be_focused()
    await shop.page.keyboard.press("Escape")
    await expect(shop.launcher).to_have_attribute("aria-expanded", "false")
    await expect(shop.launcher).to_be_focused()


async def test_english_from_the_page_to_the_answer(shop: Shop) -> None:
    await shop.open("/?lang=en")
    await expect(shop.page.locator("h1")).to_contain_text("Clear as glass")
    await shop.be(STALLED)
    await shop.open_chat()
    await expect(shop.status).to_contain_text("Assistant")
    await expect(shop.thread.locator(".bubble").first).to_contain_text("Welcome to Liuli Beauty")
    await shop.say("Where is my parcel?")
    await expect(shop.theirs("Latest")).to_be_visible()


async def test_a_phone_shows_the_chat_over_the_whole_page(browser: Browser, server: RunningServer) -> None:
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    async with Shop.visited(browser, server.url, **phone) as shop:
        await shop.open()
        overflow = "document.documentElement.scrollWidth - innerWidth"
        assert await shop.page.evaluate(overflow) <= 0
        await shop.open_chat()
        chat = shop.page.locator("iframe:not([hidden])")

        async def covers_all() -> bool:
            return await chat.bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 844}

        await eventually(covers_all)  # it slides in
        await shop.chat.get_by_role("button", name="收起对话").tap()
        await expect(shop.launcher).to_be_visible()
        assert shop.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing_serious(browser: Browser, server: RunningServer, scheme: str) -> None:
    async with Shop.visited(browser, server.url, color_scheme=scheme, reduced_motion="reduce") as shop:
        await shop.open()
        await shop.be(STALLED)
        assert await shop.launcher.evaluate("one => getComputedStyle(one).animationName") == "none"
        assert await shop.accessibility_faults() == []
        await shop.open_chat()
        await shop.say(WHERE)
        await expect(shop.thread.locator(".order")).to_be_visible()
        await shop.chat.get_by_role("button", name="更多").click()
        assert await shop.accessibility_faults() == []
