"""Nothing sticks out of its place, in the language with the longer words and in the narrowest windows that count."""

import asyncio
import re
from collections.abc import Iterable

import pytest
from playwright.async_api import Browser, Locator, expect

from tests.browser.desk import Desk
from tests.browser.shop import Shop
from tests.conftest import DemoTemplate
from tests.factories import Visitor
from tests.server import RunningServer

pytestmark = pytest.mark.browser

PLACES = (
    *("inbox", "account", "review", "integrations", "board", "tickets", "tickets?layout=table", "tickets/meeting"),
    *(f"knowledge/{page}" for page in ("articles", "proposals", "overview", "graph", "labels")),
    *(f"manage/{page}" for page in ("replies", "macros", "levels", "triage", "chain", "skills")),
    *(f"manage/{page}" for page in ("outreach", "kinds", "staff", "roles", "keys", "audit")),
)
TABS = 5
#: As long as names may be.
LONG = "International Premium Membership and Cross-Border Care"

#: Texts that reach over the end of their box or of the window, where nothing scrolls to them.
STICKING_OUT = """() => {
  const scrolls = (element) => element && (['auto', 'scroll'].includes(getComputedStyle(element).overflowX)
    || scrolls(element.parentElement));
  const found = [...document.querySelectorAll('#root *, main *')].filter((element) => {
    const { right, width } = element.getBoundingClientRect();
    const { display, overflowX } = getComputedStyle(element);
    const says = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!says || width < 2 || element.closest('svg')) return false;
    const spills = display !== 'inline' && overflowX === 'visible' && element.scrollWidth > element.clientWidth + 1;
    return spills || (right > innerWidth + 1 && !scrolls(element.parentElement));
  });
  const texts = found.map((element) => `${element.className}: ${element.textContent.slice(0, 60)}`);
  return document.scrollingElement.scrollWidth > innerWidth ? ['the page itself', ...texts] : texts;
}"""


async def arrive(desk: Desk) -> None:
    """Until what was asked for stands where it stays: nothing is still to come, its letters have their shape."""
    await expect(desk.page.get_by_role("main").first).to_have_text(re.compile(r"\S"))
    coming = desk.page.locator(".ant-skeleton, .ant-spin-spinning").filter(visible=True)
    await expect(coming).to_have_count(0)
    await desk.page.evaluate("document.fonts.ready.then(() => true)")
    await desk.come_to_rest()


async def sticking_out_of(desk: Desk, places: Iterable[str]) -> dict[str, list[str]]:
    """What sticks out of each of these places, in a tab of its own: most of it is waiting until nothing more comes."""
    tab = await desk.page.context.new_page()
    found: dict[str, list[str]] = {}
    for place in places:
        await tab.goto(f"/desk/{place}", wait_until="networkidle")
        await expect(tab).to_have_url(f"/desk/{place}")
        await arrive(Desk(tab))
        found[place] = await tab.evaluate(STICKING_OUT)
    return found


async def end_of(part: Locator) -> float:
    """Where it ends on the right."""
    box = await part.bounding_box()
    assert box
    return box["x"] + box["width"]


async def test_every_page_fits_a_narrow_window(
    browser: Browser, server: RunningServer, demo_template: DemoTemplate
) -> None:
    async with server.runtime.db.transaction() as tx:
        await tx.conn.execute("UPDATE teams SET name = name || $1", LONG)
        await tx.conn.execute("UPDATE staff SET display_name = display_name || $1", LONG)
    await (await Visitor.open(server.http)).ask("我要打12315投诉你们，转人工")
    async with Desk.visited(browser, server.url, viewport={"width": 1024, "height": 768}) as desk:
        await desk.sign_in(demo_template.account("demo.admin"))
        await desk.prefer(locale="en")
        found = await asyncio.gather(*(sticking_out_of(desk, PLACES[tab::TABS]) for tab in range(TABS)))
        assert {place: texts for one in found for place, texts in one.items() if texts} == {}
        assert sum(map(len, found)) == len(PLACES)


async def test_a_conversation_on_its_way_up_fits_beside_the_customer(
    browser: Browser, server: RunningServer, demo_template: DemoTemplate
) -> None:
    await (await Visitor.known(server.http, "停滞")).ask("我要打12315投诉你们，转人工")
    async with Desk.visited(browser, server.url, viewport={"width": 1280, "height": 768}) as desk:
        await desk.sign_in(demo_template.account("demo.supervisor"))
        await desk.prefer(locale="en")
        await desk.view("Waiting")
        await expect(desk.page.get_by_role("tab", name="Waiting")).to_have_attribute("aria-selected", "true")
        await expect(desk.rows).to_have_count(1)
        await desk.rows.click()
        await expect(desk.page.get_by_role("complementary", name="Customer", exact=True)).to_be_visible()
        confirm = desk.page.get_by_role("button", name="I have it in hand")
        await expect(confirm).to_be_visible()
        await expect(desk.message("12315")).to_be_visible()
        await arrive(desk)
        assert await end_of(confirm) <= await end_of(desk.thread)


async def test_the_shop_fits_the_narrowest_telephone(browser: Browser, server: RunningServer) -> None:
    phone = {"viewport": {"width": 320, "height": 640}, "is_mobile": True, "has_touch": True}
    async with Shop.visited(browser, server.url, **phone) as shop:
        await shop.open("/?lang=en")
        await expect(shop.launcher).to_be_visible()
        await shop.page.evaluate("document.fonts.ready.then(() => true)")
        assert await shop.page.evaluate("[innerWidth, document.documentElement.scrollWidth]") == [320, 320]
