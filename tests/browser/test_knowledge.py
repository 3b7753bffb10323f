"""The knowledge pages as people use them."""

import re
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.browser.desk import Desk
from tests.conftest import DemoTemplate
from tests.server import RunningServer
from yingda.knowledge import ProposalKind, propose

pytestmark = pytest.mark.browser


@pytest.fixture
async def desk(browser: Browser, server: RunningServer, demo_template: DemoTemplate) -> AsyncIterator[Desk]:
    async with Desk.visited(browser, server.url) as desk:
        await desk.sign_in(demo_template.account("demo.supervisor"))
        yield desk
    desk.forgive("401 (Unauthorized)")
    assert desk.complaints == []


async def test_an_ingredient_is_found_followed_to_a_neighbour_and_asked_about(desk: Desk) -> None:
    page = desk.page
    await page.get_by_role("link", name="知识").click()
    await page.get_by_role("link", name="美妆图谱").click()
    await expect(page.get_by_text("选择一个成分")).to_be_visible()
    await page.get_by_label("成分名、INCI 名或俗称").fill("视黄醇")
    await page.get_by_role("region", name="成分").get_by_role("button", name=re.compile("视黄醇 ?RETINOL")).click()
    await expect(page.get_by_role("heading", name="视黄醇", exact=True)).to_be_visible()
    await expect(page.get_by_role("img", name="视黄醇的关联")).to_be_visible()
    await expect(page.get_by_role("heading", name="资料来源")).to_be_visible()
    assert await desk.accessibility_faults() == []
    links = page.get_by_role("article").get_by_role("button")
    name = await links.first.inner_text()
    await links.first.click()
    await expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible()
    await page.get_by_label("向图谱提问").fill("烟酰胺可以和视黄醇一起用吗？")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("region", name="回答")).to_contain_text("烟酰胺")


def field(page: Page, name: str) -> Locator:
    """Of the article that is being written."""
    return page.get_by_role("article").get_by_role("textbox", name=re.compile(f"^{name}"))


async def test_an_article_is_written_reviewed_by_another_and_found(desk: Desk) -> None:
    page = desk.page
    await page.goto(f"{desk.page.url.split('/desk')[0]}/desk/knowledge/articles")
    await expect(page.get_by_role("navigation", name="分类")).to_contain_text("通用")
    assert await desk.accessibility_faults() == []
    await page.get_by_role("button", name="新建文章").click()
    await field(page, "标题").fill("香水可以带上飞机吗")
    await field(page, "编号").fill("perfume-on-planes")
    await field(page, "主题").fill("商品使用")
    await field(page, "客户的问法").fill("香水能带上飞机吗\n坐飞机可以带香水吗")
    await field(page, "正文").fill("小于 100 毫升的香水可以随身携带。\n\n超过的请办理托运。")
    await expect(page.get_by_role("region", name="预览")).to_contain_text("超过的请办理托运。")
    await page.get_by_role("button", name="保存草稿").click()
    await expect(page.get_by_role("heading", name="香水可以带上飞机吗")).to_be_visible()
    await field(page, "正文").fill("小于 100 毫升的香水可以随身携带。<script>")
    await expect(page.get_by_role("region", name="预览").get_by_role("alert")).to_be_visible()
    desk.forgive("422")
    await field(page, "正文").fill("不超过 100 毫升的香水可以随身携带。\n\n超过的请办理托运。")
    await page.get_by_role("button", name="保存新版本").click()
    await expect(page.get_by_text("第 2 版", exact=True).first).to_be_visible()
    await page.get_by_role("tab", name="版本").click()
    await expect(page.get_by_role("region", name="第 1 版 → 第 2 版")).to_contain_text("不超过 100 毫升")
    for move in ("提交审核", "批准上线"):
        await page.get_by_role("button", name=move).click()
        asked = page.get_by_role("tooltip", name=move)
        await expect(asked).to_be_visible()
        await desk.come_to_rest()  # a click on what still moves is lost
        await asked.get_by_role("button", name="确定").focus()
        await page.keyboard.press("Enter")
        await expect(page.get_by_text(f"已{move}")).to_be_visible()
    await expect(page.get_by_text("客户看到第 2 版")).to_be_visible()
    assert await desk.accessibility_faults() == []

    await page.get_by_role("link", name="概况").click()
    await page.get_by_label("像客户那样提问").fill("坐飞机可以带香水吗")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("region", name="试搜").get_by_role("listitem").first).to_contain_text(
        "香水可以带上飞机吗"
    )
    assert await desk.accessibility_faults() == []


async def test_what_was_asked_in_vain_becomes_an_article(desk: Desk, server: RunningServer) -> None:
    async with server.runtime.db.transaction() as tx:
        await propose(tx, ProposalKind.MISS, "你们的礼盒可以刻字吗")
    page = desk.page
    await page.get_by_role("link", name="知识").click()
    await page.get_by_role("link", name="待改进").click()
    line = page.get_by_role("listitem", name="你们的礼盒可以刻字吗")
    await expect(line).to_contain_text("没有找到")
    assert await desk.accessibility_faults() == []
    await line.get_by_role("button", name="写成文章").click()
    await expect(field(page, "客户的问法")).to_have_value("你们的礼盒可以刻字吗")
    await field(page, "标题").fill("礼盒刻字服务")
    await field(page, "编号").fill("gift-box-engraving")
    await field(page, "主题").fill("商品使用")
    await field(page, "正文").fill("礼盒目前不提供刻字。")
    await page.get_by_role("button", name="保存草稿").click()
    await expect(page.get_by_role("heading", name="礼盒刻字服务")).to_be_visible()
    await page.get_by_role("link", name="待改进").click()
    await expect(page.get_by_text("没有待处理的建议。")).to_be_visible()
