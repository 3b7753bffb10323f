"""Takes the pictures of `docs/guide/` from a demo of its own, in the browser that the tests use."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Browser, async_playwright, expect

from tests.browser.console import Conversation
from tests.browser.desk import Desk
from tests.browser.shop import Shop
from tests.factories import Colleague, Visitor
from tests.server import RunningServer, serving
from tools.browser import ARGUMENTS, find
from tools.scratch import scratch_database
from yingda.app import demo
from yingda.app.bootstrap import assemble
from yingda.app.migrate import migrate
from yingda.identity import DemoAccount
from yingda.infra.settings import load_settings

GUIDE = Path("docs/guide")
#: Showcase customers by words of their notes; each has one picture's story.
STUCK, REFUNDING, DAMAGED, UNSENT = "派送中停滞", "退款处理中", "包裹破损", "等待发货"
#: Kind, title, level and the state it has come to, of what departments have on their boards.
TICKETS = (
    ("damage", "面霜瓶盖破裂，外箱有明显压痕", 3, None),
    ("logistics", "显示签收，客户说没有收到", 2, "checking"),
    ("logistics", "包裹停在中转站超过 72 小时", 3, "waiting_carrier"),
    ("refund", "退货已签收，退款还没有到账", 2, None),
    ("technical", "付款后订单仍显示待付款", 2, "analysing"),
    ("reaction", "使用面膜后脸颊泛红", 3, None),
    ("other", "礼盒缺一张贺卡", 1, "done"),
)
#: One of the shipped articles.
ARTICLE = "7 天无理由退货怎么算"
DESKTOP = {"viewport": {"width": 1280, "height": 860}}
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 1.5, "is_mobile": True, "has_touch": True}


async def main() -> None:
    """One picture after the other."""
    async with _demo() as (server, accounts), async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find(), args=ARGUMENTS)
        await _desktop(browser, server)
        await _errand(browser, server)
        await _english(browser, server)
        await _phones(browser, server, next(account for account in accounts if account.role == "agent"))
        staff = {account.login.removeprefix("demo."): account for account in accounts}
        await _console(browser, server, staff["agent1"])
        await _board(browser, server, staff["supervisor"])
        await _replies(browser, server, staff["supervisor"])
        await _wrap_up(browser, server, staff["agent1"])
        await _tickets(browser, server, staff["supervisor"])
        await _managed(browser, server, staff["supervisor"])
        await _knowledge(browser, server, staff["supervisor"])
        await browser.close()


@asynccontextmanager
async def _demo() -> AsyncIterator[tuple[RunningServer, list[DemoAccount]]]:
    with scratch_database() as url, tempfile.TemporaryDirectory() as home:
        settings = load_settings(data_dir=Path(home), demo=True)
        await migrate(url)
        accounts = await demo.seed(url, settings)
        runtime = await assemble(settings, url)
        async with serving(runtime) as server:
            yield server, accounts
        await runtime.close()


async def _desktop(browser: Browser, server: RunningServer) -> None:
    """The shop, and the question about a parcel answered."""
    async with Shop.visited(browser, server.url, **DESKTOP) as shop:
        await shop.open()
        await shop.be(STUCK)
        await shop.open_chat()
        await shop.say("我的快递到哪了")
        await _save(shop, "shop")


async def _errand(browser: Browser, server: RunningServer) -> None:
    """Something done for a customer: asked back, confirmed, carried out."""
    async with Shop.visited(browser, server.url, **PHONE) as shop:
        await shop.open()
        await shop.be(UNSENT)
        await shop.open_chat()
        await shop.say("帮我取消订单，不想要了")
        await shop.say("确认")
        await _save(shop, "phone-errand")
        await shop.say("孕妇能用视黄醇吗")
        await _save(shop, "phone-advice")


async def _english(browser: Browser, server: RunningServer) -> None:
    async with Shop.visited(browser, server.url, **DESKTOP) as shop:
        await shop.open("/?lang=en")
        await shop.be(REFUNDING)
        await shop.open_chat()
        await shop.say("When will I get my refund?")
        await _save(shop, "shop-english")


async def _phones(browser: Browser, server: RunningServer, account: DemoAccount) -> None:
    """The same question on a phone; then a person, who answers."""
    async with Shop.visited(browser, server.url, **PHONE) as shop:
        await shop.open()
        await shop.page.screenshot(path=GUIDE / "phone-shop.png")
        await shop.be(DAMAGED)
        await shop.open_chat()
        await shop.say("我的快递到哪了")
        await _save(shop, "phone-assistant")
        await shop.say("转人工")
        colleague = await Colleague.sign_in(server.url, account)
        conversation = await Conversation.next_waiting(colleague)
        await conversation.take()
        await conversation.reply("您好，我是小雅。破损的情况我看到了，这就为您补发一件，旧件不用寄回。")
        await expect(shop.theirs("我是小雅")).to_be_visible()
        await _save(shop, "phone-person")
        await colleague.close()


async def _console(browser: Browser, server: RunningServer, account: DemoAccount) -> None:
    """A parcel that does not move, in the hands of an agent; the same for readers of English, in the dark."""
    customer = await Visitor.known(server.http, STUCK)
    await customer.ask("我的快递到哪了")
    await customer.ask("三天没动了，急死我了，转人工")
    async with Desk.visited(browser, server.url, viewport={"width": 1440, "height": 900}) as desk:
        await desk.sign_in(account)
        await desk.view("待接入")
        await desk.rows.first.click()
        await expect(desk.thread).to_contain_text("转人工")
        await desk.reply("您好，我是小雅。包裹卡在站点了，我已联系快递公司，今天内给您答复。")
        await desk.note("站点答应 18 点前派送")
        await desk.view("我的")
        await expect(desk.profile).to_contain_text("最近订单")
        await _in_both(desk, "console", theme="dark")


async def _board(browser: Browser, server: RunningServer, account: DemoAccount) -> None:
    """Who waits, who is there."""
    for text in ("转人工", "用了面霜脸又红又痒，怎么办", "我要打12315投诉你们"):
        await (await Visitor.open(server.http)).ask(text)
    async with Desk.visited(browser, server.url, viewport={"width": 1440, "height": 900}) as desk:
        await desk.sign_in(account)
        await desk.page.goto("/desk/board")
        await expect(desk.page.get_by_text("重大投诉").first).to_be_visible()
        await _in_both(desk, "board")


async def _replies(browser: Browser, server: RunningServer, account: DemoAccount) -> None:
    """Where canned replies are kept."""
    async with Desk.visited(browser, server.url, viewport={"width": 1440, "height": 900}) as desk:
        await desk.sign_in(account)
        await desk.page.goto("/desk/manage/replies")
        await desk.page.get_by_role("button").filter(has_text="/nh").first.click()
        await _in_both(desk, "replies")


async def _tickets(browser: Browser, server: RunningServer, account: DemoAccount) -> None:
    """What several departments work on."""
    supervisor = await Colleague.sign_in(server.url, account)
    for kind, title, level, done in TICKETS:
        answer = await supervisor.call("POST", "/tickets", json={"kind": kind, "title": title, "level": level})
        ticket = answer.json()["ticket"]
        if done:
            change = {"version": ticket["version"], "state": done}
            await supervisor.call("PATCH", f"/tickets/{ticket['id']}", json=change)
    await supervisor.close()
    async with Desk.visited(browser, server.url, viewport={"width": 1440, "height": 900}) as desk:
        await desk.sign_in(account)
        await desk.page.goto("/desk/tickets")
        await expect(desk.page.get_by_text(TICKETS[0][1])).to_be_visible()
        await _in_both(desk, "tickets")


async def _managed(browser: Browser, server: RunningServer, account: DemoAccount) -> None:
    """What decides who answers, by when, and who takes over."""
    for name, path in (("triage", "triage"), ("levels", "levels"), ("chain", "chain")):
        async with Desk.visited(browser, server.url, viewport={"width": 1440, "height": 900}) as desk:
            await desk.sign_in(account)
            await desk.page.goto(f"/desk/manage/{path}")
            await expect(desk.page.get_by_role("heading").first).to_be_visible()
            await desk.page.wait_for_timeout(1500)
            await _in_both(desk, name)


async def _knowledge(browser: Browser, server: RunningServer, account: DemoAccount) -> None:
    """What the shop knows: an article as it is written and read, and an ingredient with its sources."""
    async with Desk.visited(browser, server.url, viewport={"width": 1440, "height": 900}) as desk:
        page = desk.page
        await desk.sign_in(account)
        await page.goto("/desk/knowledge/articles?tier=general")
        await page.get_by_role("button", name=ARTICLE).first.click()
        await expect(page.get_by_role("heading", name=ARTICLE)).to_be_visible()
        await _in_both(desk, "articles")
    async with Desk.visited(browser, server.url, viewport={"width": 1440, "height": 900}) as desk:
        page = desk.page
        await desk.sign_in(account)
        await page.goto("/desk/knowledge/graph")
        await page.get_by_role("button", name="视黄醇 RETINOL", exact=True).click()
        await page.get_by_role("img", name="视黄醇的关联").scroll_into_view_if_needed()
        await _in_both(desk, "graph")


async def _wrap_up(browser: Browser, server: RunningServer, account: DemoAccount) -> None:
    """What is filled in already when a conversation ends."""
    async with Desk.visited(browser, server.url, viewport={"width": 1440, "height": 900}) as desk:
        await desk.sign_in(account)
        await desk.view("我的")
        await desk.rows.first.click()
        await expect(desk.thread).to_contain_text("转人工")
        await desk.reply("站点正在核实，明天12点前给您回电告知结果")
        for name in ("wrap-up", "wrap-up-english"):
            await desk.page.keyboard.press("Alt+e")
            await expect(desk.page.get_by_role("dialog")).to_be_visible()
            await desk.page.wait_for_timeout(900)
            await desk.page.screenshot(path=GUIDE / f"{name}.png")
            await desk.prefer(locale="en")
            await expect(desk.thread).to_be_visible()


async def _in_both(desk: Desk, name: str, theme: str = "light") -> None:
    """The same screen for readers of Chinese and of English."""
    await desk.page.mouse.move(0, 0)
    await desk.page.wait_for_timeout(600)
    await desk.page.screenshot(path=GUIDE / f"{name}.png")
    await desk.prefer(locale="en", theme=theme)
    await desk.page.wait_for_timeout(1200)
    await desk.page.screenshot(path=GUIDE / f"{name}-english.png")


async def _save(shop: Shop, name: str) -> None:
    """As soon as the latest answer has stopped moving."""
    await expect(shop.thread.locator(".row.theirs").last).to_be_visible()
    await shop.page.wait_for_timeout(600)
    await shop.page.screenshot(path=GUIDE / f"{name}.png")


if __name__ == "__main__":
    GUIDE.mkdir(parents=True, exist_ok=True)
    asyncio.run(main())
