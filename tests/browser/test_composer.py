"""What an agent sends besides text: pictures by paste and drop, emoji."""

import base64
import json
import re
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, expect

from tests.browser.desk import Desk
from tests.conftest import DemoTemplate
from tests.factories import PNG, Visitor, eventually
from tests.server import RunningServer

pytestmark = pytest.mark.browser

#: What a browser does when somebody pastes or drops this picture.
BRING = """([selector, type, base64]) => {
  const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  const data = new DataTransfer();
  data.items.add(new File([bytes], '瓶身.png', { type: 'image/png' }));
  const event = type === 'paste' ? new ClipboardEvent(type, { clipboardData: data, bubbles: true, cancelable: true })
    : new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true });
  document.querySelector(selector).dispatchEvent(event);
}"""


@pytest.fixture
async def visitor(server: RunningServer) -> Visitor:
    visitor = await Visitor.open(server.http)
    await visitor.ask("转人工")
    return visitor


@pytest.fixture
async def desk(
    browser: Browser,
    server: RunningServer,
    demo_template: DemoTemplate,
    visitor: Visitor,
    request: pytest.FixtureRequest,
) -> AsyncIterator[Desk]:
    """An agent who has the conversation open; `request` may say which motion their system asks for."""
    motion = getattr(request, "param", "reduce")
    async with Desk.visited(browser, server.url, reduced_motion=motion) as desk:
        await desk.sign_in(demo_template.account("demo.agent1"))
        await desk.view("待接入")
        await desk.rows.first.click()
        await expect(desk.message("转人工").first).to_be_visible()
        yield desk
    desk.forgive("401 (Unauthorized)")
    assert desk.complaints == []


async def bring(desk: Desk, how: str) -> None:
    await desk.page.evaluate(BRING, ["form textarea", how, base64.b64encode(PNG).decode()])


async def test_pictures_go_along_with_the_reply(desk: Desk, visitor: Visitor) -> None:
    await bring(desk, "paste")
    await bring(desk, "drop")
    waiting = desk.page.get_by_role("list", name="将随回复发送的文件").get_by_role("listitem")
    await expect(waiting).to_have_count(2)
    await desk.page.get_by_role("button", name="移除瓶身.png").first.click()
    await expect(waiting).to_have_count(1)
    assert await desk.accessibility_faults() == []
    await desk.composer.fill("请看瓶身上的批号")
    await desk.page.get_by_role("button", name="发送", exact=True).click()
    await expect(desk.thread.get_by_role("img", name="瓶身.png")).to_have_count(1)
    await expect(waiting).to_have_count(0)

    async def arrived() -> list[str]:
        kinds = [message["kind"] for message in await visitor.thread() if message["author"]["kind"] == "staff"]
        return kinds if len(kinds) > 1 else []

    assert await eventually(arrived) == ["text", "image"]


async def test_what_cannot_be_sent_says_why(desk: Desk) -> None:
    chooser = desk.page.locator("form input[type=file]")
    await chooser.set_input_files({"name": "合同.pdf", "mimeType": "application/pdf", "buffer": b"not a document"})
    await expect(desk.page.get_by_role("alert").filter(has_text="只能发送")).to_be_visible()
    await desk.composer.fill("您好")
    await expect(desk.page.get_by_role("button", name="发送", exact=True)).to_be_disabled()
    await desk.page.get_by_role("button", name="移除合同.pdf").click()
    await expect(desk.page.get_by_role("button", name="发送", exact=True)).to_be_enabled()
    desk.forgive("415")


async def test_an_emoji_is_put_where_the_caret_is(desk: Desk) -> None:
    await desk.composer.fill("您好！")
    await desk.composer.press("ArrowLeft")
    await desk.page.get_by_role("button", name="表情").click()
    await desk.page.get_by_role("button", name="🌸").click()
    await expect(desk.composer).to_have_value("您好🌸！")


async def test_a_colleague_is_mentioned_in_a_note(desk: Desk, server: RunningServer) -> None:
    await desk.page.keyboard.press("Alt+p")
    await expect(desk.composer).to_be_focused()
    await desk.page.keyboard.type("请@小")
    option = desk.page.get_by_role("listbox", name="提醒同事").get_by_role("option", name="小舟")
    await expect(option).to_be_visible()
    assert await desk.accessibility_faults() == []
    await desk.page.keyboard.press("Enter")
    await expect(desk.composer).to_have_value("请@小舟 ")
    await desk.page.keyboard.type("看下批号")
    await desk.page.keyboard.press("Enter")
    note = desk.message("看下批号")
    await expect(note.locator("b", has_text="@小舟")).to_be_visible()
    async with server.runtime.db.reading() as conn:
        asked = await conn.fetchval("SELECT content->'mentions' FROM messages WHERE kind = 'note'")
        (colleague,) = await conn.fetchrow("SELECT id FROM staff WHERE login = 'demo.agent2'")
    assert json.loads(asked) == [{"id": str(colleague), "name": "小舟"}]


async def test_what_is_written_stays_with_its_conversation(desk: Desk, server: RunningServer) -> None:
    await (await Visitor.open(server.http)).ask("转人工")
    await expect(desk.rows).to_have_count(2)
    await bring(desk, "paste")
    waiting = desk.page.get_by_role("list", name="将随回复发送的文件").get_by_role("listitem")
    await expect(waiting).to_have_count(1)
    await desk.page.keyboard.press("Alt+p")
    await desk.page.keyboard.type("请@小舟看下批号")
    await desk.rows.nth(1).click()
    await expect(desk.composer).to_have_value("")
    await expect(waiting).to_have_count(0)
    await desk.rows.nth(0).click()
    await expect(waiting).to_have_count(1)
    await desk.page.keyboard.press("Alt+p")
    await expect(desk.composer).to_have_value("请@小舟看下批号")
    await bring(desk, "paste")
    await expect(desk.page.get_by_text("备注不能附文件")).to_be_visible()
    await desk.page.keyboard.press("Enter")
    await expect(desk.message("看下批号").locator("b", has_text="@小舟")).to_be_visible()


@pytest.mark.parametrize("desk", ["reduce", "no-preference"], indirect=True)
async def test_a_closed_dialog_gives_the_focus_back(desk: Desk) -> None:
    keyboard, dialog = desk.page.keyboard, desk.page.get_by_role("dialog")
    await desk.composer.focus()
    await keyboard.press("Alt+e")
    await expect(dialog.get_by_role("button", name="确认并结束")).to_be_focused()
    await keyboard.press("Escape")
    await expect(desk.composer).to_be_focused()

    more = desk.page.get_by_role("button", name="更多操作")
    await more.focus()
    await keyboard.press("Enter")
    await desk.page.get_by_role("menuitem", name="请求升级…").click()
    await expect(dialog.get_by_label("为什么需要升级")).to_be_focused()
    await keyboard.press("Escape")
    await expect(more).to_be_focused()


async def test_a_thread_that_could_not_be_loaded_goes_on_after_another_try(desk: Desk, visitor: Visitor) -> None:
    await desk.page.route(re.compile(r"/messages\?"), lambda route: route.abort(), times=1)
    await desk.page.reload()
    await desk.page.get_by_role("button", name="重试").click()
    await expect(desk.message("转人工").first).to_be_visible()
    await visitor.post("还在吗")
    await expect(desk.message("还在吗")).to_be_visible()
    desk.forgive("ERR_FAILED")
