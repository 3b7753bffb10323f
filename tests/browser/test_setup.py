"""The page on which the first administrator is made; it is there without the demo."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.browser.shop import Shop
from tests.factories import Colleague
from tests.server import serving
from yingda.app.bootstrap import assemble
from yingda.identity import DemoAccount, create_setup_link, ensure_builtin_roles
from yingda.infra.settings import load_settings
from yingda.language import Engine

pytestmark = pytest.mark.browser

PASSWORD = "quiet-harbour-青山"


async def test_the_printed_link_leads_to_the_first_administrator(
    browser: Browser, db_url: str, engine: Engine, tmp_path: Path
) -> None:
    runtime = await assemble(load_settings(data_dir=tmp_path), db_url, engine=engine)
    async with runtime.db.transaction() as tx:
        await ensure_builtin_roles(tx)
        token = await create_setup_link(tx)

    async with serving(runtime) as server, Shop.visited(browser, server.url) as visit:
        page = visit.page
        await page.goto(f"/setup/#{token}")
        await page.get_by_label("登录名或邮箱").fill("root.admin")
        await page.get_by_label("同事和顾客看到的名字").fill("林知夏")
        await page.get_by_label("密码").fill(PASSWORD)
        assert await visit.accessibility_faults() == []
        await page.get_by_role("button", name="创建").click()
        await expect(page.get_by_role("alert")).to_have_text("已创建。去登录")
        administrator = DemoAccount("root.admin", "林知夏", "administrator", PASSWORD)
        await (await Colleague.sign_in(server.url, administrator)).close()
        await page.get_by_role("link", name="去登录").click()
        await expect(page.get_by_label("账号")).to_be_visible()
        visit.forgive("status of 401")  # the console asks who is there, and nobody is yet

        await page.goto(f"/setup/#{token}")
        await page.get_by_label("登录名或邮箱").fill("second.admin")
        await page.get_by_label("同事和顾客看到的名字").fill("第二位")
        await page.get_by_label("密码").fill(PASSWORD)
        await page.get_by_role("button", name="创建").click()
        await expect(page.get_by_role("alert")).not_to_be_empty()
        await expect(page.get_by_role("button", name="创建")).to_be_enabled()
        visit.forgive("status of 400")  # the second attempt is refused, as it should be
        assert visit.complaints == []
    await runtime.close()
