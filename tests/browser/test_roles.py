"""An administrator makes a role of what people need, gives it, takes part of it back, and deletes it."""

import pytest
from playwright.async_api import Browser, expect

from tests.browser.desk import Desk
from tests.conftest import DemoTemplate
from tests.factories import Colleague
from tests.server import RunningServer

pytestmark = pytest.mark.browser

NAME = "见习客服（夜班，前三个月，只看不改，由老同事带）"


async def test_a_role_is_copied_given_cut_down_and_deleted(
    browser: Browser, server: RunningServer, demo_template: DemoTemplate
) -> None:
    agent = demo_template.account("demo.agent1")
    async with Desk.visited(browser, server.url) as desk, Desk.visited(browser, server.url) as theirs:
        page, guest = desk.page, theirs.page
        await desk.sign_in(demo_template.account("demo.admin"))
        await page.goto("/desk/manage/roles")
        roles = page.get_by_role("region", name="全部角色")
        await roles.get_by_role("button", name="主管").first.click()
        card = page.get_by_role("region", name="主管", exact=True)
        await expect(card.get_by_text("接入会话并回复客户")).to_be_visible()
        await expect(page.get_by_role("button", name="删除")).to_be_hidden()
        assert await desk.accessibility_faults() == []
        await page.get_by_role("button", name="复制").click()
        name = page.get_by_label("名称", exact=True)
        await expect(name).to_have_value("主管 副本")
        await name.fill("客服")
        await page.get_by_role("button", name="创建角色").click()
        await expect(page.get_by_text("已有同名或同代码的记录")).to_be_visible()
        await name.fill(NAME)
        await page.get_by_label("选择“工单”的全部权限").uncheck()
        await page.get_by_label("选择“知识库”的全部权限").uncheck()
        assert await desk.accessibility_faults() == []
        await page.get_by_role("button", name="创建角色").click()
        await expect(page.get_by_text("暂无成员使用")).to_be_visible()
        await expect(roles.get_by_role("button", name=NAME)).to_be_visible()

        await page.goto("/desk/manage/staff")
        await page.get_by_text(agent.login).click()
        await page.get_by_role("combobox", name="角色 1", exact=True).click()
        await page.get_by_title(NAME).click()
        await page.get_by_role("button", name="保存").click()
        await expect(page.get_by_text("已保存“小雅”")).to_be_visible()
        await theirs.sign_in(agent)
        await expect(guest.get_by_role("link", name="复核")).to_be_visible()

        await page.get_by_role("link", name="角色").click()
        await roles.get_by_role("button", name=NAME).click()
        await page.get_by_label("复核助手的识别，训练和发布模型").uncheck()
        await page.get_by_role("button", name="保存").click()
        sure = page.get_by_role("dialog")
        await expect(sure).to_contain_text("1 位成员会立即失去：复核助手的识别，训练和发布模型")
        assert await desk.accessibility_faults() == []
        await sure.get_by_role("button", name="保存并收回").click()
        await expect(guest.get_by_role("link", name="复核")).to_be_hidden()

        await page.get_by_role("button", name="删除").click()
        await page.get_by_role("dialog").get_by_role("button", name="删除").click()
        await expect(page.get_by_text("还有 1 位成员（包括已停用的）使用这个角色")).to_be_visible()
        assert await desk.accessibility_faults() == []
        await page.get_by_role("link", name="查看这些成员").click()
        people = page.get_by_role("region", name="成员").get_by_role("listitem")
        await expect(people).to_have_count(1)
        await expect(people).to_contain_text(agent.login)
        administrator = await Colleague.sign_in(server.url, demo_template.account("demo.admin"))
        [person] = (await administrator.get("/staff", q=agent.login))["items"]
        body = {"roles": [{"role": "agent"}]}
        assert (await administrator.call("PATCH", f"/staff/{person['id']}", json=body)).is_success
        await administrator.close()

        await page.get_by_role("link", name="角色").click()
        await roles.get_by_role("button", name=NAME).click()
        await page.get_by_role("button", name="删除").click()
        await page.get_by_role("dialog").get_by_role("button", name="删除").click()
        await expect(roles.get_by_role("button", name=NAME)).to_be_hidden()
        await page.get_by_role("link", name="操作记录").click()
        changed = page.get_by_role("row").filter(has_text="修改角色")
        await changed.locator("summary").click()
        await expect(changed).to_contain_text("复核助手的识别，训练和发布模型")
        await desk.prefer(locale="en", theme="dark")
        await page.goto("/desk/manage/roles")
        await page.get_by_role("button", name="New role").click()
        await expect(page.get_by_label("What it is for")).to_be_visible()
        assert await desk.accessibility_faults() == []
        for one in (desk, theirs):
            one.forgive("401")
            one.forgive("status of 409")
            assert one.complaints == []
