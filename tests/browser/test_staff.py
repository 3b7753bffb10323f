"""Who administers adds a colleague, who may do what their role says; programs get keys; devices are signed out."""

import httpx
import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.desk import Desk
from tests.conftest import DemoTemplate
from tests.factories import Colleague
from tests.server import RunningServer
from yingda.identity import DemoAccount

pytestmark = pytest.mark.browser

PASSWORD = "青山-quiet-harbour-7"
NEXT = "河岸-plain-lantern-8"
NAME = "闻一百与他那个怎么也写不完的很长很长的名字还没有到头呢"
WEN = DemoAccount("wen.yibai@service.example", NAME, "agent", PASSWORD)


async def _secret(page: Page, done: str) -> str:
    """What a dialog shows this once."""
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_be_visible()
    secret = await dialog.get_by_role("textbox").input_value()
    await dialog.get_by_role("button", name=done).click()
    await expect(dialog).to_be_hidden()
    return secret


async def test_a_colleague_is_invited_comes_in_and_is_shut_out(
    browser: Browser, server: RunningServer, demo_template: DemoTemplate
) -> None:
    async with Desk.visited(browser, server.url) as desk, Desk.visited(browser, server.url) as theirs:
        page = desk.page
        await desk.sign_in(demo_template.account("demo.admin"))
        await page.goto("/desk/manage/staff")
        await expect(page.get_by_text("demo.agent1")).to_be_visible()
        assert await desk.accessibility_faults() == []
        await page.get_by_role("button", name="邀请成员").click()
        await page.get_by_label("姓名", exact=True).fill(NAME)
        await page.get_by_label("登录名", exact=True).fill("demo.agent1")
        await page.get_by_role("combobox", name="角色 1 的范围").click()
        await page.get_by_title("客服 / 售前组").click()
        await page.get_by_role("button", name="创建并生成邀请链接").click()
        await expect(page.get_by_text("这个登录名已被使用")).to_be_visible()
        await page.get_by_label("登录名", exact=True).fill(WEN.login)
        await page.get_by_role("button", name="创建并生成邀请链接").click()
        link = await _secret(page, "已发给本人")
        assert await desk.accessibility_faults() == []
        row = page.get_by_role("region", name="成员").get_by_role("listitem").filter(has_text=WEN.login)
        await expect(row).to_contain_text("待加入")
        await page.get_by_role("button", name="停用", exact=True).click()
        await page.get_by_role("dialog").get_by_role("button", name="停用").click()
        await page.get_by_role("button", name="恢复").click()
        await expect(page.get_by_text("还没有设置过密码")).to_be_visible()
        await page.get_by_role("button", name="重新生成邀请链接").click()
        sure = page.get_by_role("dialog", name="重新生成邀请链接")
        await sure.get_by_role("button", name="重新生成邀请链接").click()
        await expect(sure).to_be_hidden()
        link = await _secret(page, "已发给本人")

        guest = theirs.page
        await guest.route("**/invitation/holder", lambda route: route.abort())
        await guest.goto(link)
        await expect(guest.get_by_text("连不上服务器")).to_be_visible()
        await expect(guest.get_by_text("这个链接不能用了")).to_be_hidden()
        await guest.unroute("**/invitation/holder")
        await guest.get_by_role("button", name="重试").click()
        await expect(guest.get_by_text("您好。请为您的账号设置密码")).to_be_visible()
        assert await theirs.accessibility_faults() == []
        for password, again in (("1234567890", "1234567890"), (PASSWORD, NEXT), (PASSWORD, PASSWORD)):
            await guest.get_by_label("新密码").fill(password)
            await guest.get_by_label("再输一次").fill(again)
            await guest.get_by_role("button", name="设置密码并登录").click()
            if password != PASSWORD:
                await expect(guest.get_by_text("密码不符合要求")).to_be_visible()
            elif again != PASSWORD:
                await expect(guest.get_by_text("两次输入的密码不一样")).to_be_visible()
        await expect(guest.get_by_role("tab", name="我的")).to_be_visible()
        await expect(guest.get_by_role("link", name="集成")).to_be_hidden()
        await guest.goto("/desk/manage/replies")
        await expect(guest.get_by_role("link", name="快捷回复")).to_be_visible()
        for closed in ("成员与团队", "接口密钥", "操作记录"):
            await expect(guest.get_by_role("link", name=closed)).to_be_hidden()
        await guest.goto(link)
        await expect(guest.get_by_text("这个链接不能用了")).to_be_visible()

        await page.get_by_label("搜索姓名或登录名").fill("wen.")
        await expect(page.get_by_text("demo.agent1")).to_be_hidden()
        await expect(row).to_contain_text("在职")
        await page.get_by_role("button", name="停用", exact=True).click()
        await page.get_by_role("dialog").get_by_role("button", name="停用").click()
        await expect(row).to_contain_text("已停用")
        await guest.goto("/desk/")
        await theirs.enter(WEN)
        await expect(guest.get_by_text("账号或密码不正确")).to_be_visible()
        await page.get_by_role("button", name="恢复").click()
        await expect(row).to_contain_text("在职")
        await page.get_by_role("link", name="操作记录").click()
        entry = page.get_by_role("row").filter(has_text="邀请成员")
        await entry.locator("summary").click()
        await expect(entry).to_contain_text("客服 @ 客服 / 售前组")
        for words in ("401", "status of 409", "status of 422", "status of 400", "ERR_FAILED"):
            desk.forgive(words)
            theirs.forgive(words)
        assert desk.complaints == theirs.complaints == []


async def test_departments_roles_and_the_trail(
    browser: Browser, server: RunningServer, demo_template: DemoTemplate
) -> None:
    async with Desk.visited(browser, server.url) as desk:
        page = desk.page
        await desk.sign_in(demo_template.account("demo.admin"))
        await page.goto("/desk/manage/staff")
        await page.get_by_text("部门与小组", exact=True).click()
        await page.get_by_role("button", name="新建部门").click()
        dialog = page.get_by_role("dialog")
        await dialog.get_by_label("名称").fill("市场")
        await dialog.get_by_label("代码").fill("service")
        await dialog.get_by_role("button", name="保存").click()
        await expect(dialog.get_by_text("已有同名或同代码的记录")).to_be_visible()
        await dialog.get_by_label("代码").fill("marketing")
        await dialog.get_by_role("button", name="保存").click()
        card = page.get_by_role("region", name="市场")
        await card.get_by_role("button", name="新建小组").click()
        await dialog.get_by_label("名称").fill("直播组")
        await dialog.get_by_role("button", name="保存").click()
        await card.get_by_role("button", name="修改“直播组”的名称").click()
        await dialog.get_by_label("名称").fill("活动组")
        await dialog.get_by_role("button", name="保存").click()
        await expect(card.get_by_text("活动组")).to_be_visible()
        assert await desk.accessibility_faults() == []
        await card.get_by_role("button", name="查看“活动组”的成员").click()
        await expect(page.get_by_text("没有符合条件的成员")).to_be_visible()

        await page.get_by_role("link", name="角色").click()
        await page.get_by_role("region", name="全部角色").get_by_role("button", name="客服").first.click()
        read = page.get_by_role("region", name="客服", exact=True)
        await expect(read.get_by_text("接入会话并回复客户")).to_be_visible()
        assert await desk.accessibility_faults() == []
        await page.get_by_role("link", name="操作记录").click()
        trail = page.get_by_role("table", name="操作记录")
        await expect(trail.get_by_role("row")).to_have_count(4)
        assert await desk.accessibility_faults() == []
        await trail.get_by_role("button", name="直播组").click()
        await expect(trail.get_by_role("row")).to_have_count(3)
        renamed = trail.get_by_role("row").nth(1)
        await expect(renamed).to_contain_text("修改小组名称")
        await renamed.locator("summary").click()
        await expect(renamed).to_contain_text("直播组 → 活动组")

        await desk.prefer(locale="en", theme="dark")
        await expect(page.get_by_role("table", name="Audit trail")).to_contain_text("Department added")
        assert await desk.accessibility_faults() == []
        desk.forgive("401")
        desk.forgive("status of 409")
        assert desk.complaints == []


async def test_a_key_lets_a_program_in_until_it_is_revoked(
    browser: Browser, server: RunningServer, demo_template: DemoTemplate
) -> None:
    async with Desk.visited(browser, server.url) as desk:
        page = desk.page
        await desk.sign_in(demo_template.account("demo.admin"))
        await page.goto("/desk/manage/keys")
        await expect(page.get_by_text("还没有接口密钥")).to_be_visible()
        await page.get_by_role("button", name="新建密钥").click()
        dialog = page.get_by_role("dialog")
        await dialog.get_by_label("用途").fill("通讯录同步")
        await dialog.get_by_label("查看同事、角色和团队").check()
        assert await desk.accessibility_faults() == []
        await dialog.get_by_role("button", name="创建").click()
        await expect(dialog.get_by_role("button", name="复制密钥")).to_be_visible()
        key = await _secret(page, "已保存好")
        await expect(page.get_by_text("从未使用")).to_be_visible()
        assert await desk.accessibility_faults() == []

        headers = {"Authorization": f"Bearer {key}"}
        async with httpx.AsyncClient(base_url=server.url, headers=headers) as program:
            assert (await program.get("/api/v1/staff")).status_code == 200
            assert (await program.get("/api/v1/audit")).status_code == 403
            await page.get_by_role("button", name="吊销“通讯录同步”").click()
            await dialog.get_by_role("button", name="吊销").click()
            await page.get_by_role("button", name="显示已失效的 1 个").click()
            await expect(page.get_by_text("已吊销", exact=True)).to_be_visible()
            assert (await program.get("/api/v1/staff")).status_code == 401
        desk.forgive("401")
        assert desk.complaints == []


async def test_one_changes_the_password_and_signs_devices_out(
    browser: Browser, server: RunningServer, demo_template: DemoTemplate
) -> None:
    account = demo_template.account("demo.agent1")
    tablet, phone, other = [await Colleague.sign_in(server.url, account) for _ in range(3)]

    async def signed_in(device: Colleague) -> bool:
        return (await device.call("GET", "/auth/me")).is_success

    async with Desk.visited(browser, server.url) as desk:
        page = desk.page
        await desk.sign_in(account)
        await page.get_by_role("button", name="设置").click()
        await page.get_by_role("menuitem", name="我的账号").click()
        devices = page.get_by_role("region", name="已登录的设备")
        await expect(devices.get_by_role("listitem")).to_have_count(4)
        await expect(devices.get_by_role("listitem").filter(has_text="本机")).to_contain_text("Chrome")
        await expect(page.get_by_role("menu")).to_be_hidden()
        assert await desk.accessibility_faults() == []
        await devices.get_by_role("button", name="让").first.click()
        await page.get_by_role("dialog").get_by_role("button", name="退出").click()
        await expect(devices.get_by_role("listitem")).to_have_count(3)
        assert [await signed_in(device) for device in (tablet, phone, other)].count(True) == 2
        await devices.get_by_role("button", name="退出其他所有设备").click()
        await page.get_by_role("dialog").get_by_role("button", name="退出").click()
        await expect(devices.get_by_text("没有在其他设备登录")).to_be_visible()
        assert not any([await signed_in(device) for device in (tablet, phone, other)])

        for current, told in ((PASSWORD, "当前密码不正确"), (account.password, "密码已修改")):
            await page.get_by_label("当前密码").fill(current)
            await page.get_by_label("新密码", exact=True).fill(NEXT)
            await page.get_by_label("再输一次新密码").fill(NEXT)
            await page.get_by_role("button", name="修改密码").click()
            await expect(page.get_by_text(told)).to_be_visible()
        await expect(page.get_by_label("当前密码")).to_have_value("")
        desk.forgive("401")
        desk.forgive("status of 422")
        assert desk.complaints == []
    for device in (tablet, phone, other):
        await device.close()
