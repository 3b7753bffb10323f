"""A customer says that an answer did not help, an agent says what is right: both stand in the queue."""

from collections.abc import AsyncIterator
from uuid import uuid4

import pytest
from playwright.async_api import Browser, expect

from tests.browser.desk import Desk
from tests.browser.shop import Shop
from tests.conftest import DemoTemplate
from tests.factories import Colleague, eventually
from tests.server import RunningServer

pytestmark = pytest.mark.browser

TITLE = "香薰蜡烛能燃多久"


@pytest.fixture
async def desk(browser: Browser, server: RunningServer, demo_template: DemoTemplate) -> AsyncIterator[Desk]:
    async with Desk.visited(browser, server.url) as desk:
        await desk.sign_in(demo_template.account("demo.supervisor"))
        yield desk
    desk.forgive("401 (Unauthorized)")
    assert desk.complaints == []


@pytest.fixture
async def article(server: RunningServer, demo_template: DemoTemplate) -> str:
    """The title of an article that is live and found."""
    writer = await Colleague.sign_in(server.url, demo_template.account("demo.supervisor"))
    content = {"title": TITLE, "tier": "general", "topic": "香氛", "questions": [TITLE], "body": "约 20 小时。"}
    made = await writer.call("POST", "/knowledge/articles", json={"slug": f"c-{uuid4().hex[:8]}", "content": content})
    where = f"/knowledge/articles/{made.json()['article']['id']}/moves"
    for move in ("submit", "approve"):
        assert (await writer.call("POST", where, json={"move": move, "version": 1})).status_code == 200

    async def is_found() -> bool:
        found = await writer.call("POST", "/knowledge/articles/search", json={"text": TITLE, "shop": "liuli"})
        return bool(found.json()["hits"]) and found.json()["hits"][0]["title"] == TITLE

    await eventually(is_found)
    await writer.close()
    return TITLE


async def test_a_low_rating_and_a_correction_reach_the_queue(shop: Shop, desk: Desk, article: str) -> None:
    await shop.open()
    await shop.open_chat()
    await shop.say(article)
    answer = shop.theirs("约 20 小时")
    useless = answer.get_by_role("button", name="没用")
    await expect(answer.get_by_role("group", name="这个回答有帮助吗")).to_be_visible()
    async with shop.page.expect_response("**/chat/ratings"):
        await useless.click()
    await expect(useless).to_have_attribute("aria-pressed", "true")
    assert await shop.accessibility_faults() == []
    await shop.say("转人工")

    page = desk.page
    await desk.view("待接入")
    await desk.rows.first.click()
    wrong = desk.message("约 20 小时")
    await expect(wrong).to_contain_text(f"出自《{article}》第 1 版")
    await expect(wrong).to_contain_text("客户评价：没用")
    for verdict in ("有用", "没用"):  # they change their mind while the thread is open
        await answer.get_by_role("button", name=verdict).click()
        await expect(wrong).to_contain_text(f"客户评价：{verdict}")
    await wrong.hover()
    await wrong.get_by_role("button", name="消息操作").click()
    await page.get_by_role("menuitem", name="更正知识").click()
    dialog = page.get_by_role("dialog", name="更正知识")
    await dialog.get_by_label("正确的说法").fill("新版约 40 小时。")
    assert await desk.accessibility_faults() == []
    await dialog.get_by_role("button", name="提交").click()
    await expect(page.get_by_text("已提交，可在")).to_be_visible()
    await expect(dialog).to_have_count(0)

    await page.get_by_role("link", name="知识").click()
    await page.get_by_role("link", name="待改进").click()
    lines = page.get_by_role("listitem", name=article)
    await expect(lines).to_have_count(2)
    await expect(lines.filter(has_text="新版约 40 小时。")).to_have_count(1)
    await expect(lines.filter(has_text="约 20 小时。")).to_have_count(1)
