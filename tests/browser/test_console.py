"""What an agent sees and does in the console while the customer chats."""

import re
from collections.abc import AsyncIterator
from uuid import UUID

import pytest
from playwright.async_api import Browser, Route, expect

from tests.browser.desk import Desk
from tests.conftest import DemoTemplate
from tests.factories import Visitor, eventually
from tests.server import RunningServer
from yingda.app.main import WEB
from yingda.identity import DemoAccount

pytestmark = pytest.mark.browser


@pytest.fixture
def account(demo_template: DemoTemplate) -> DemoAccount:
    return demo_template.account("demo.agent1")


@pytest.fixture
async def desk(browser: Browser, server: RunningServer) -> AsyncIterator[Desk]:
    """The console's log-in page."""
    assert (WEB / "desk" / "index.html").is_file(), "the console is not built: make web"
    async with Desk.visited(browser, server.url) as desk:
        yield desk
    desk.forgive("401 (Unauthorized)")  # browsers log that nobody was signed in
    assert desk.complaints == []


async def said(visitor: Visitor, text: str) -> bool:
    """Whether the customer has been told this."""
    return any(message["content"].get("text") == text for message in await visitor.thread())


async def test_from_the_queue_to_the_end(desk: Desk, server: RunningServer, account: DemoAccount) -> None:
    visitor = await Visitor.known(server.http, "停滞")
    await visitor.ask("我的快递到哪了")
    await desk.sign_in(account)
    await desk.view("待接入")
    await expect(desk.rows).to_have_count(0)
    await visitor.post("转人工")
    await expect(desk.rows).to_have_count(1)
    await expect(desk.rows.first).to_contain_text("首次响应")

    await desk.rows.first.click()
    await expect(desk.story).to_contain_text("查询物流")
    await expect(desk.message("我的快递到哪了")).to_contain_text("查物流")
    await expect(desk.profile).to_contain_text("最近订单")
    await desk.reply("您好，我来帮您查")
    await expect(desk.rows).to_have_count(0)  # it waits no more: the reply took it
    await eventually(lambda: said(visitor, "您好，我来帮您查"))
    await expect(desk.message("您好，我来帮您查")).to_contain_text("未读")
    await server.http.post("/api/v1/chat/read", json={"seq": 99}, headers=visitor.headers)
    await expect(desk.message("您好，我来帮您查")).to_contain_text("已读")

    await visitor.post("好的，谢谢")
    await expect(desk.message("好的，谢谢")).to_be_visible()
    await desk.note("客户很着急")
    await desk.view("我的")
    await expect(desk.rows).to_have_count(1)
    await desk.page.keyboard.press("Alt+e")
    await desk.page.get_by_role("button", name="确认并结束").click()
    await expect(desk.rows).to_have_count(0)
    assert (await visitor.thread())[-1]["content"]["code"] == "resolved"
    assert not await said(visitor, "客户很着急")


async def test_who_is_signed_out_comes_back_to_where_they_were(desk: Desk, account: DemoAccount) -> None:
    await desk.enter(account, password="not-the-password")
    await expect(desk.page.get_by_role("alert")).to_have_text("账号或密码不正确。")
    await desk.sign_in(account)
    await desk.view("全部")
    await expect(desk.page.get_by_text("还没有会话")).to_be_visible()

    async def end_session(route: Route) -> None:
        await desk.page.context.clear_cookies()
        await route.continue_()

    await desk.page.route(re.compile(r"view=assistant"), end_session, times=1)
    await desk.view("智能接待")
    await expect(desk.page.get_by_text("登录已过期")).to_be_visible()
    await desk.enter(account)
    await expect(desk.page).to_have_url(re.compile(r"/desk/inbox\?view=assistant$"))


async def test_what_could_not_be_sent_is_sent_again_once(
    desk: Desk, server: RunningServer, account: DemoAccount
) -> None:
    visitor = await Visitor.open(server.http)
    await visitor.ask("转人工")
    await desk.sign_in(account)
    await desk.view("待接入")
    await desk.rows.first.click()
    await expect(desk.message("转人工").first).to_be_visible()
    await desk.page.context.set_offline(True)
    await desk.reply("稍等，我看一下")
    await expect(desk.message("稍等，我看一下")).to_contain_text("发送失败")
    await visitor.post("在吗？")
    await desk.page.context.set_offline(False)
    await desk.page.get_by_role("button", name="重发").click()
    await eventually(lambda: said(visitor, "稍等，我看一下"))
    await expect(desk.message("在吗？")).to_be_visible()
    await expect(desk.message("稍等，我看一下")).to_have_count(1)
    desk.forgive("ERR_INTERNET_DISCONNECTED")


async def test_drafts_stay_with_their_conversation(desk: Desk, server: RunningServer, account: DemoAccount) -> None:
    for _ in range(2):
        await (await Visitor.open(server.http)).ask("转人工")
    await desk.sign_in(account)
    await desk.view("待接入")
    await desk.rows.first.click()
    await desk.composer.fill("写到一半")
    await desk.page.keyboard.press("Alt+j")
    await expect(desk.composer).to_have_value("")
    await desk.page.reload()
    await expect(desk.composer).to_be_editable()
    await expect(desk.rows).to_have_count(2)
    await desk.page.keyboard.press("Alt+k")
    await expect(desk.composer).to_have_value("写到一半")


async def test_a_long_thread_opens_at_its_end_and_goes_back(
    desk: Desk, server: RunningServer, account: DemoAccount
) -> None:
    visitor = await Visitor.open(server.http)
    conversation = (await visitor.ask("转人工"))[0]["conversation_id"]
    await lengthen(server, conversation, 5000)
    await desk.sign_in(account)
    await desk.page.goto(f"/desk/inbox/{conversation}")
    await expect(desk.message("第5000句")).to_be_in_viewport()
    assert await desk.thread.get_by_role("article").count() < 60
    await desk.thread.evaluate("thread => { thread.scrollTop = 0 }")
    await expect(desk.page.get_by_text("正在加载更早的消息")).to_have_count(0)
    await expect(desk.thread).to_contain_text(re.compile(r"第49[0-4]\d句"))
    await desk.thread.evaluate("thread => { thread.scrollTop = 0 }")
    await expect(desk.thread).to_contain_text(re.compile(r"第48\d\d句"))
    await desk.page.get_by_role("button", name="回到最新").click()
    await expect(desk.message("第5000句")).to_be_in_viewport()


async def lengthen(server: RunningServer, conversation: str, count: int) -> None:
    """Give a conversation this many messages more, as a year of chatting would."""
    async with server.runtime.db.transaction() as tx:
        await tx.conn.execute(
            "INSERT INTO messages (conversation_id, seq, id, kind, author_kind, channel, content, terms, created_at) "
            "SELECT c.id, c.last_seq + n, gen_random_uuid(), 'text', 'customer', 'web', "
            "jsonb_build_object('type', 'text', 'text', '第' || n || '句'), '{}', now() "
            "FROM conversations c, generate_series(1, $2) AS n WHERE c.id = $1",
            UUID(conversation),
            count,
        )
        await tx.conn.execute(
            "UPDATE conversations SET last_seq = last_seq + $2 WHERE id = $1", UUID(conversation), count
        )


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing_serious(
    browser: Browser, server: RunningServer, account: DemoAccount, scheme: str
) -> None:
    visitor = await Visitor.known(server.http, "停滞")
    await visitor.ask("气死我了，我要投诉你们")
    async with Desk.visited(browser, server.url, color_scheme=scheme) as desk:
        assert await desk.accessibility_faults() == []
        await desk.sign_in(account)
        await desk.view("待接入")
        await desk.rows.first.click()
        await expect(desk.profile).to_contain_text("最近订单")
        assert await desk.accessibility_faults() == []
