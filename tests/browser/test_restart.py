"""The web process goes away in mid-conversation and comes back: two agents and a customer notice, and miss nothing."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, expect

from tests.browser.desk import Desk
from tests.browser.shop import Shop
from tests.conftest import DemoTemplate
from tests.server import RunningServer, serving
from yingda.app.bootstrap import assemble
from yingda.infra.settings import Settings
from yingda.language import Engine

pytestmark = pytest.mark.browser


@asynccontextmanager
async def process(settings: Settings, url: str, engine: Engine, port: int = 0) -> AsyncIterator[RunningServer]:
    """A web process of its own on that database."""
    runtime = await assemble(settings, url, engine=engine)
    async with serving(runtime, port) as server:
        yield server
    await runtime.close()


async def test_nothing_is_lost_when_the_server_restarts(
    browser: Browser, settings: Settings, demo_url: str, engine: Engine, demo_template: DemoTemplate
) -> None:
    async with AsyncExitStack() as server, AsyncExitStack() as tabs:
        url = (await server.enter_async_context(process(settings, demo_url, engine))).url
        shop = await tabs.enter_async_context(Shop.visited(browser, url))
        first, second = [await tabs.enter_async_context(Desk.visited(browser, url)) for _ in range(2)]
        await shop.open()
        await shop.open_chat()
        await shop.say("转人工")
        for desk, login in ((first, "demo.agent1"), (second, "demo.supervisor")):
            await desk.sign_in(demo_template.account(login))
            await desk.view("待接入")
            await desk.rows.first.click()
            await expect(desk.message("转人工").first).to_be_visible()
        await first.reply("您好，请说")
        await expect(shop.theirs("您好，请说")).to_be_visible()
        await expect(second.message("您好，请说")).to_be_visible()

        await server.aclose()
        for desk in (first, second):
            await expect(desk.page.get_by_text("连接中断，正在重连")).to_be_visible()
        await first.reply("正在为您查询")
        await expect(first.message("正在为您查询")).to_contain_text("发送失败")
        await shop.say("我等着")
        await expect(shop.own("我等着")).to_contain_text("稍后自动重发")

        await server.enter_async_context(process(settings, demo_url, engine, urlsplit(url).port or 0))
        for desk in (first, second):
            await expect(desk.page.get_by_text("连接中断，正在重连")).to_have_count(0)
        await first.page.get_by_role("button", name="重发").click()
        await expect(shop.own("我等着")).to_contain_text("已读")
        for text in ("您好，请说", "正在为您查询"):
            await expect(shop.theirs(text)).to_have_count(1)
        for desk in (first, second):
            for text in ("您好，请说", "正在为您查询", "我等着"):
                await expect(desk.message(text)).to_have_count(1)
        await second.note("重启之后")
        await expect(first.message("重启之后")).to_be_visible()
        await expect(shop.thread.get_by_text("重启之后")).to_have_count(0)
    for page in (shop, first, second):
        page.forgive("401 (Unauthorized)")  # browsers log that nobody was signed in,
        page.forgive("ERR_CONNECTION_REFUSED")  # and every request that found no server
        assert page.complaints == []
