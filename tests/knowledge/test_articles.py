"""Articles over HTTP: from draft to what the assistant says, and what customers asked in vain."""

import io
import zipfile
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import httpx
import pytest
import pytest_asyncio

from tests.factories import Colleague, Visitor, eventually
from tests.server import RunningServer, serving
from tests.shared import SHARED
from yingda.app.bootstrap import assemble
from yingda.knowledge import seed_demo
from yingda.language import Engine

pytestmark = SHARED

PATH = "/knowledge/articles"
Staff = dict[str, Colleague]


def content(title: str = "礼盒怎么叠加丝带", **more: Any) -> dict[str, Any]:
    questions = [title, "丝带颜色可以选吗"]
    return {
        "title": title,
        "tier": "general",
        "topic": "礼盒",
        "questions": questions,
        "body": "丝带有三种颜色。",
    } | more


async def do(who: Colleague, method: str, path: str, **json: Any) -> Any:
    answer = await who.call(method, path, json=json)
    assert answer.is_success, answer.text
    return answer.json() if answer.content else None


async def refused(who: Colleague, method: str, path: str, **json: Any) -> tuple[int, str]:
    answer = await who.call(method, path, json=json)
    return answer.status_code, answer.json()["code"]


async def drafted(who: Colleague, **more: Any) -> dict[str, Any]:
    made: dict[str, Any] = await do(who, "POST", PATH, slug=f"a-{uuid4().hex[:8]}", content=content(**more))
    return made


async def moved(who: Colleague, view: dict[str, Any], *moves: str) -> dict[str, Any]:
    for move in moves:
        article = view["article"]
        view = await do(who, "POST", f"{PATH}/{article['id']}/moves", move=move, version=article["version"])
    return view


async def titles(who: Colleague, text: str) -> list[str]:
    found = await do(who, "POST", f"{PATH}/search", text=text, shop="liuli")
    return [hit["title"] for hit in found["hits"]]


async def test_from_draft_to_what_the_assistant_says(system: RunningServer, staff: Staff) -> None:
    writer = staff["supervisor"]
    body = "丝带有三种颜色，下单时备注即可；满 {{policy.free_shipping_over}} 元包邮。"
    view = await drafted(writer, title="礼盒丝带颜色怎么选", body=body)
    assert view["moves"] == ["edit", "submit", "retire"]
    assert "礼盒丝带颜色怎么选" not in await titles(writer, "礼盒丝带颜色怎么选")
    view = await moved(writer, view, "submit", "approve")
    assert view["article"]["state"] == "live"
    assert [one["move"] for one in view["history"]] == ["approve", "submit"]

    async def is_found() -> bool:
        return "礼盒丝带颜色怎么选" in await titles(writer, "礼盒丝带颜色怎么选")

    await eventually(is_found)
    visitor = await Visitor.open(system.http)
    said = (await visitor.ask("礼盒丝带颜色怎么选"))[0]["content"]["text"]
    assert said == "丝带有三种颜色，下单时备注即可；满 99 元包邮。\n\n（出自《礼盒丝带颜色怎么选》）"

    article = view["article"]
    edited = await do(writer, "PUT", f"{PATH}/{article['id']}", version=1, content=content("礼盒丝带颜色怎么选"))
    assert (edited["article"]["state"], edited["article"]["live_version"]) == ("draft", 1)
    told = await writer.get(f"{PATH}/{article['id']}/diff", before=1, after=2)
    assert [line["kind"] for line in told["lines"]] == ["removed", "added"]
    assert await is_found()
    await moved(writer, edited, "retire")

    async def is_gone() -> bool:
        return not await is_found()

    await eventually(is_gone)


async def test_a_professional_article_takes_two(staff: Staff) -> None:
    writer, other = staff["supervisor"], staff["administrator"]
    view = await drafted(writer, title="双人审核", tier="professional")
    view = await moved(writer, view, "submit")
    where = f"{PATH}/{view['article']['id']}/moves"
    assert await refused(writer, "POST", where, move="approve", version=1) == (403, "article_second_person")
    view = await moved(other, view, "approve")
    assert view["article"]["state"] == "live"
    lowered = await do(
        writer, "PUT", f"{PATH}/{view['article']['id']}", version=1, content=content("双人审核", tier="general")
    )
    await moved(writer, lowered, "submit")
    assert await refused(writer, "POST", where, move="approve", version=2) == (403, "article_second_person")


async def test_what_is_out_of_date_or_out_of_turn_is_refused(staff: Staff) -> None:
    writer = staff["supervisor"]
    view = await drafted(writer)
    where = f"{PATH}/{view['article']['id']}"
    await do(writer, "PUT", where, version=1, content=content(body="另一个说法。"))
    assert await refused(writer, "PUT", where, version=1, content=content()) == (409, "article_outdated")
    assert await refused(writer, "POST", f"{where}/moves", move="edit", version=2) == (422, "validation_failed")
    assert await refused(writer, "POST", f"{where}/moves", move="submit", version=1) == (409, "article_outdated")
    assert await refused(writer, "POST", f"{where}/moves", move="approve", version=2) == (409, "article_move_refused")
    taken = view["article"]["slug"]
    assert await refused(writer, "POST", PATH, slug=taken, content=content()) == (409, "article_slug_taken")
    unknown = {"version": 2, "content": content(), "owner_id": str(uuid4())}
    assert await refused(writer, "PUT", where, **unknown) == (422, "article_owner_missing")
    assert await refused(writer, "GET", f"{PATH}/{uuid4()}") == (404, "article_not_found")
    assert await refused(writer, "GET", f"{where}/versions/9") == (404, "article_version_not_found")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("一行\n" * 10_000, "article_too_long"),
        ("<script>alert(1)</script>", "article_html"),
        ("{{shop.__class__}}", "article_variable_unknown"),
        ("", "article_empty"),
    ],
)
async def test_bad_texts_are_refused_in_words(staff: Staff, body: str, code: str) -> None:
    writer = staff["supervisor"]
    assert await refused(writer, "POST", PATH, slug="bad", content=content(body=body)) == (422, code)
    if body:
        assert await refused(writer, "POST", f"{PATH}/preview", body=body) == (422, code)


async def test_preview(staff: Staff) -> None:
    shown = await do(staff["agent"], "POST", f"{PATH}/preview", body="**{{policy.return_days}}** 天", shop="liuli")
    assert shown == {"html": "<p><strong>7</strong> 天</p>\n", "passages": ["7 天"], "missing": []}
    variables = {one["name"]: one["value"] for one in await staff["agent"].get(f"{PATH}/variables", shop="liuli")}
    assert variables["shop.name"] == "琉璃美妆"


async def test_lists_and_the_tree(staff: Staff) -> None:
    writer = staff["supervisor"]
    topic = f"话题{uuid4().hex[:6]}"
    for number in range(3):
        await drafted(writer, title=f"{topic} 之{number}", topic=topic, tier="rare")
    first = await writer.get(PATH, topic=topic, limit=2)
    assert [one["title"] for one in first["items"]] == [f"{topic} 之2", f"{topic} 之1"]
    rest = await writer.get(PATH, topic=topic, limit=2, cursor=first["next_cursor"])
    assert [one["title"] for one in rest["items"]] == [f"{topic} 之0"]
    assert [one["title"] for one in (await writer.get(PATH, q=f"{topic} 之1"))["items"]] == [f"{topic} 之1"]
    assert (await writer.get(PATH, topic=topic, state="live"))["items"] == []
    tree = {(one["tier"], one["topic"]): one["draft"] for one in await writer.get(f"{PATH}/topics")}
    assert tree["rare", topic] == 3


async def brought(who: Colleague, name: str, raw: bytes, **query: Any) -> httpx.Response:
    return await who.call("POST", f"{PATH}/import", files={"file": (name, raw)}, params=query)


@pytest.mark.parametrize(("kind", "name"), [("markdown", "a.zip"), ("csv", "a.csv"), ("xlsx", "a.xlsx")])
async def test_what_is_taken_away_can_be_brought_back(staff: Staff, kind: str, name: str) -> None:
    writer = staff["supervisor"]
    scope = {"products": ["P1402"], "channels": [], "shops": ["liuli"]}
    mine = await drafted(writer, title=f"往返 {kind}", body="- 一\n- 二", scope=scope, valid_until="2027-01-01")
    raw = (await writer.call("GET", f"{PATH}/export/{kind}")).content
    report = (await brought(writer, name, raw)).json()
    assert {item["outcome"] for item in report["items"]} == {"unchanged"}
    where = f"{PATH}/{mine['article']['id']}"
    await do(writer, "PUT", where, version=1, content=content(f"往返 {kind}"))
    again = (await brought(writer, name, raw, check=True)).json()
    assert [one["slug"] for one in again["items"] if one["outcome"] == "updated"] == [mine["article"]["slug"]]
    assert not again["done"]
    await brought(writer, name, raw)
    view = await writer.get(where)
    assert (view["article"]["version"], view["article"]["state"]) == (3, "draft")
    assert (view["content"]["body"], view["content"]["scope"]) == ("- 一\n- 二", scope)


def packed(**files: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(f"{name}.md", text)
    return file.getvalue()


GOOD = "---\nslug: {slug}\ntitle: 导入\ntier: general\ntopic: 导入\n---\n正文"


async def test_what_is_wrong_in_an_import_is_refused_one_by_one(staff: Staff) -> None:
    slug = f"b-{uuid4().hex[:8]}"
    good = GOOD.format(slug=slug)
    raw = packed(
        good=good,
        none="没有头",
        twice=good,
        html=good.replace(slug, "x-html").replace("正文", "<b>粗</b>"),
        big="字" * 300_000,
    )
    report = (await brought(staff["supervisor"], "a.zip", raw)).json()
    told = {item["name"]: (item["outcome"], item["code"]) for item in report["items"]}
    assert told == {
        "good.md": ("created", None),
        "none.md": ("refused", "article_file_unreadable"),
        "twice.md": ("refused", "article_slug_taken"),
        "html.md": ("refused", "article_html"),
        "big.md": ("refused", "article_file_unreadable"),
    }


BROKEN = {
    "no zip": ("a.zip", b"PK\x03\x04 and nothing more"),
    "no workbook": ("a.xlsx", packed(a="x")),
    "no columns": ("a.csv", "一,二\n1,2".encode()),
    "no utf-8": ("a.csv", b"slug,title,body\n\xff\xfe"),
    "no list": ("a.exe", b"MZ"),
    "a bomb": ("a.zip", packed(**{str(i): " " * 250_000 for i in range(150)})),
}


@pytest.mark.parametrize(("name", "raw"), BROKEN.values(), ids=BROKEN.keys())
async def test_files_that_hold_no_articles(staff: Staff, name: str, raw: bytes) -> None:
    answer = await brought(staff["supervisor"], name, raw)
    assert (answer.status_code, answer.json()["code"]) == (422, "article_file_unreadable")


async def test_misses_corrections_and_low_ratings_become_drafts(system: RunningServer, staff: Staff) -> None:
    writer, agent = staff["supervisor"], staff["agent"]
    visitor = await Visitor.open(system.http)
    await visitor.ask("你们的口红礼盒可以刻星座图案吗，电话13812345678")
    await system.runtime.library.write_down()
    misses = (await writer.get("/knowledge/proposals", kind="miss"))["items"]
    miss = next(one for one in misses if "刻星座" in one["question"])
    assert "13812345678" not in miss["question"]

    correction = await do(agent, "POST", "/knowledge/proposals", question="退货地址变了", detail="新仓在嘉兴")
    same = await do(agent, "POST", "/knowledge/proposals", question="退货地址变了。")
    assert (same["id"], same["count"], same["detail"]) == (correction["id"], 2, "新仓在嘉兴")

    rated = (await drafted(writer, title="没帮上忙的"))["article"]["id"]
    await do(agent, "POST", f"{PATH}/{rated}/ratings", verdict="useless")
    low = (await writer.get("/knowledge/proposals", kind="low_rating"))["items"]
    assert [(one["question"], one["article_id"]) for one in low] == [("没帮上忙的", rated)]

    where = f"/knowledge/proposals/{miss['id']}"
    draft = await do(writer, "POST", f"{where}/accept", slug=f"c-{uuid4().hex[:8]}", content=content("刻字"))
    assert draft["article"]["state"] == "draft"
    assert await refused(writer, "POST", f"{where}/settle", state="dismissed") == (409, "proposal_closed")
    await do(writer, "POST", f"/knowledge/proposals/{correction['id']}/settle", state="dismissed")
    accepted = (await writer.get("/knowledge/proposals", state="accepted"))["items"]
    assert [one["draft_id"] for one in accepted] == [draft["article"]["id"]]

    board = await writer.get("/knowledge/board")
    assert board["days"][-1]["missed"] >= 1
    assert board["live"] >= 1
    assert board["open_proposals"]["low_rating"] == 1
    assert board["median_age_days"] < 1


@pytest_asyncio.fixture(loop_scope="module")
async def elsewhere(
    system: RunningServer, engine: Engine, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[RunningServer]:
    """A second process on the same database."""
    settings = system.runtime.settings.model_copy(update={"data_dir": tmp_path_factory.mktemp("elsewhere")})
    runtime = await assemble(settings, system.runtime.db.url, engine=engine)
    async with serving(runtime) as running:
        await runtime.relay.connected.wait()
        yield running
    await runtime.close()


async def test_live_in_every_process(system: RunningServer, staff: Staff, elsewhere: RunningServer) -> None:
    view = await drafted(staff["supervisor"], title="另一个进程也知道")
    await moved(staff["supervisor"], view, "submit", "approve")

    async def known() -> bool:
        visitor = await Visitor.open(elsewhere.http)
        return "另一个进程也知道" in str(await visitor.ask("另一个进程也知道"))

    await eventually(known)


async def test_a_later_start_leaves_alone_what_was_edited_or_retired(system: RunningServer, staff: Staff) -> None:
    """The demo shop's articles are put in at each start: those alone that are not there."""
    writer = staff["supervisor"]
    shown = {one["slug"]: one for one in (await writer.get(PATH, q="注销", limit=50))["items"]}
    before = await writer.get(f"{PATH}/{shown['account-close']['id']}")
    article = before["article"]
    edited = before["content"] | {"title": "注销账号怎么做"}
    view = await do(writer, "PUT", f"{PATH}/{article['id']}", version=article["version"], content=edited)
    view = await moved(writer, view, "submit", "approve", "retire")
    async with system.runtime.db.transaction() as tx:
        await seed_demo(tx)
    assert await writer.get(f"{PATH}/{article['id']}") == view
