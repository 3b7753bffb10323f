"""The agents' console as they use it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from playwright.async_api import Browser, ConsoleMessage, Locator, Page, expect

from tests.browser.shop import accessibility_faults, visit
from tests.factories import eventually
from yingda.identity import DemoAccount


class Desk:
    """One agent's tab. `complaints` are errors on the console, broken policies and exceptions."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    @classmethod
    @asynccontextmanager
    async def visited(cls, browser: Browser, url: str, **options: Any) -> AsyncIterator["Desk"]:
        """A new browser in front of the console; `options` are Playwright's for a context."""
        async with visit(browser, url, **options) as context:
            desk = cls(await context.new_page())
            await desk.page.goto("/desk/")
            yield desk

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def forgive(self, words: str) -> None:
        """Leave out complaints that the test itself caused."""
        self.complaints = [complaint for complaint in self.complaints if words not in complaint]

    async def enter(self, account: DemoAccount, password: str | None = None) -> None:
        """Fill in the log-in page and send it."""
        await self.page.get_by_label("账号").fill(account.login)
        await self.page.get_by_label("密码", exact=True).fill(password or account.password)
        await self.page.get_by_role("button", name="登录").click()

    async def sign_in(self, account: DemoAccount) -> None:
        await self.enter(account)
        await expect(self.page.get_by_role("tab").first).to_be_visible()

    async def prefer(self, **choices: str) -> None:
        """Choose language and appearance, as the settings do, and load the page anew."""
        keep = "choices => localStorage.setItem('yingda.console.preferences', JSON.stringify(choices))"
        await self.page.evaluate(keep, choices)
        await self.page.reload()

    async def view(self, name: str) -> None:
        """Choose one of the lists."""
        await self.page.get_by_role("tab", name=name).click()

    @property
    def rows(self) -> Locator:
        """The conversations of the list."""
        return self.page.get_by_test_id("conversations").get_by_role("listitem")

    @property
    def thread(self) -> Locator:
        return self.page.get_by_role("log")

    def message(self, text: str) -> Locator:
        return self.thread.get_by_role("article").filter(has_text=text)

    @property
    def story(self) -> Locator:
        """What the assistant tells whoever takes over."""
        return self.page.get_by_role("complementary", name="转接说明")

    @property
    def profile(self) -> Locator:
        return self.page.get_by_role("complementary", name="客户资料")

    @property
    def composer(self) -> Locator:
        return self.page.locator("form textarea").first

    async def reply(self, text: str) -> None:
        await self.page.keyboard.press("Alt+l")
        await self._write(text)

    async def note(self, text: str) -> None:
        await self.page.keyboard.press("Alt+p")
        await self._write(text)

    async def _write(self, text: str) -> None:
        await expect(self.composer).to_be_focused()
        await self.page.keyboard.type(text)
        await self.page.keyboard.press("Enter")
        await expect(self.message(text)).to_be_visible()

    async def come_to_rest(self) -> None:
        """Until nothing moves or fades, but for what turns for ever: what is half transparent has no contrast yet."""
        await self.page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        ends = "effect?.getComputedTiming().endTime !== Infinity"
        still = f"!document.getAnimations().some(({{ playState, effect }}) => playState === 'running' && {ends})"
        await eventually(lambda: self.page.evaluate(still))

    async def accessibility_faults(self) -> list[str]:
        """What axe finds serious or worse, once all has come to rest."""
        await self.come_to_rest()
        return await accessibility_faults(self.page.main_frame)
