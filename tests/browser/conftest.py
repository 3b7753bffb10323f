"""A real browser in front of a real web process. What pages complain about fails the test."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, async_playwright, expect

from tests.browser.shop import Shop
from tests.conftest import DemoTemplate
from tests.factories import Colleague
from tests.server import RunningServer
from tools.browser import ARGUMENTS, MISSING, find
from yingda.app.main import WEB

# two busy cores pause a page for seconds now and then; what passes waits no longer for it
expect.set_options(timeout=20_000)


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    path = find()
    assert path, MISSING
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest.fixture
async def shop(browser: Browser, server: RunningServer) -> AsyncIterator[Shop]:
    """The shop page on a desktop, not yet opened."""
    assert (WEB / "index.html").is_file(), "the pages are not built: make web"
    async with Shop.visited(browser, server.url) as shop:
        yield shop
    assert shop.complaints == []


@pytest.fixture
async def colleague(server: RunningServer, demo_template: DemoTemplate) -> AsyncIterator[Colleague]:
    """An agent who has signed in and is not yet present."""
    account = next(account for account in demo_template.accounts if account.role == "agent")
    colleague = await Colleague.sign_in(server.url, account)
    yield colleague
    await colleague.close()
