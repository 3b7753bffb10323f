"""The shop page and its chat as a customer uses them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Frame, FrameLocator, Locator, Page, expect

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
#: Policies that a page breaks are told to its own scripts only; this makes them heard.
TELL_VIOLATIONS = """
addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
  console.error(`policy: ${violatedDirective} ${blockedURI}`))
"""


@asynccontextmanager
async def visit(browser: Browser, url: str, **options: Any) -> AsyncIterator[BrowserContext]:
    """A new browser whose system asks for less motion: a click may miss what still moves into place."""
    usual = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", "reduced_motion": "reduce"}
    context = await browser.new_context(base_url=url, **(usual | options))
    context.set_default_timeout(15_000)
    await context.add_init_script(TELL_VIOLATIONS)
    try:
        yield context
    finally:
        await context.close()


class Shop:
    """One customer's tab. `complaints` are errors on the console, broken policies and exceptions of all its frames."""

    def __init__(self, context: BrowserContext, page: Page) -> None:
        self.context = context
        self.page = page
        self.complaints: list[str] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    @classmethod
    @asynccontextmanager
    async def visited(cls, browser: Browser, url: str, **options: Any) -> AsyncIterator["Shop"]:
        """A new customer's browser; `options` are Playwright's for a context."""
        async with visit(browser, url, **options) as context:
            yield cls(context, await context.new_page())

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def forgive(self, words: str) -> None:
        """Leave out complaints that the test itself caused."""
        self.complaints = [complaint for complaint in self.complaints if words not in complaint]

    # The page

    async def open(self, path: str = "/") -> None:
        """Until the products and the customers to choose from are there."""
        await self.page.goto(path)
        await expect(self.products.first).to_be_visible()
        await expect(self.page.locator("#accounts li button").nth(1)).to_be_attached()

    @property
    def products(self) -> Locator:
        return self.page.locator(".grid .card")

    async def be(self, note: str) -> None:
        """Choose the customer whose note has these words."""
        await self.page.locator(".account").click()
        await self.page.locator("#accounts button", has_text=note).click()

    # The chat

    @property
    def launcher(self) -> Locator:
        """The round button at the corner."""
        return self.page.locator("button[aria-expanded] >> nth=-1")

    @property
    def chat(self) -> FrameLocator:
        return self.page.frame_locator("iframe:not([hidden])")

    @property
    def composer(self) -> Locator:
        return self.chat.locator("textarea")

    @property
    def thread(self) -> Locator:
        return self.chat.get_by_role("log")

    @property
    def rows(self) -> Locator:
        """Bubbles and notices in the order of the thread, the greeting first."""
        return self.thread.locator(".bubble, .system")

    @property
    def status(self) -> Locator:
        """Who answers, as the head of the chat says."""
        return self.chat.locator("header .who p")

    async def open_chat(self) -> None:
        """Until the customer can type."""
        await self.launcher.click()
        await expect(self.thread.locator(".bubble").first).to_be_visible()

    async def say(self, text: str) -> None:
        await self.composer.fill(text)
        await self.composer.press("Enter")
        await expect(self.own(text)).to_be_visible()

    def own(self, text: str) -> Locator:
        """What the customer said."""
        return self.thread.locator(".row.own", has_text=text)

    def theirs(self, text: str) -> Locator:
        """What somebody answered."""
        return self.thread.locator(".row.theirs", has_text=text)

    async def accessibility_faults(self) -> list[str]:
        """What axe finds serious or worse, in the page and in the chat."""
        faults: list[str] = []
        for frame in self.page.frames:
            if "/peek.html" in frame.url:  # never seen, and gone as soon as it has counted
                continue
            faults += await accessibility_faults(frame)
        return faults


async def accessibility_faults(frame: Frame) -> list[str]:
    """What axe finds serious or worse in one frame."""
    await frame.evaluate(AXE.read_text("utf-8"))
    found = await frame.evaluate("axe.run(document, {resultTypes: ['violations'], iframes: false})")
    return [
        f"{violation['id']}: {node['html'][:160]}"
        for violation in found["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]
