"""Suggestions as an agent uses them: one key, a word changed, sent; one that does not fit is put aside."""

import re
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, expect

from tests.browser.desk import Desk
from tests.conftest import DemoTemplate
from tests.factories import Visitor, eventually
from tests.server import RunningServer

pytestmark = pytest.mark.browser


@pytest.fixture
async def desk(browser: Browser, server: RunningServer, demo_template: DemoTemplate) -> AsyncIterator[Desk]:
    async with Desk.visited(browser, server.url) as desk:
        await desk.sign_in(demo_template.account("demo.agent1"))
        yield desk
    desk.forgive("401 (Unauthorized)")
    assert desk.complaints == []


async def fates(server: RunningServer) -> list[tuple[str, str]]:
    async with server.runtime.db.reading() as conn:
        rows = await conn.fetch("SELECT key, fate FROM suggestion_outcomes ORDER BY at")
    return [(row["key"], row["fate"]) for row in rows]


async def test_a_suggestion_is_put_aside_and_another_inserted_and_sent(desk: Desk, server: RunningServer) -> None:
    visitor = await Visitor.open(server.http)
    await visitor.ask("转人工")
    await visitor.post("七天无理由退货怎么退")
    await desk.view("待接入")
    await desk.rows.first.click()
    bar = desk.page.get_by_role("region", name="回复建议")
    items = bar.get_by_role("listitem")
    await expect(items.first).to_contain_text("草稿")
    await expect(desk.message("七天无理由退货怎么退").last).to_be_in_viewport(ratio=1)
    assert await desk.accessibility_faults() == []
    await items.first.get_by_role("button", name=re.compile("不合适")).click()
    await expect(items.first).to_contain_text("文章")
    await eventually(lambda: fates(server))

    await desk.composer.focus()
    await desk.page.keyboard.press("Alt+1")
    await expect(desk.composer).not_to_have_value("")
    text = await desk.composer.input_value()
    await bar.get_by_role("checkbox", name=re.compile("提议更正")).check()
    await desk.composer.focus()
    await desk.page.keyboard.press("End")
    await desk.page.keyboard.type("有问题随时找我哦")
    await desk.page.keyboard.press("Enter")
    await expect(desk.message("有问题随时找我哦")).to_be_visible()
    await expect(bar).to_have_count(0)
    await expect(desk.page.get_by_text("已提交更正建议")).to_be_visible()

    async def both() -> list[tuple[str, str]] | None:
        found = await fates(server)
        return found if len(found) == 2 else None

    assert [(key.split(":")[0], fate) for key, fate in await eventually(both)] == [
        ("draft", "rejected"),
        ("article", "edited"),
    ]
    async with server.runtime.db.reading() as conn:
        proposed = await conn.fetchrow("SELECT question, detail FROM article_proposals WHERE kind = 'correction'")
    assert proposed
    assert tuple(proposed) == ("七天无理由退货怎么退", f"{text}有问题随时找我哦")
    told = [message["content"].get("text", "") for message in await visitor.thread()]
    assert f"{text}有问题随时找我哦" in told
