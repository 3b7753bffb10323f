"""Photographs in a chat: an ingredient list becomes a card by way of the real reader, anything else is evidence."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import pytest

from bench.label_images import as_jpeg, label, turned
from tests.conftest import DemoTemplate
from tests.factories import PNG, Colleague, Visitor, eventually
from tests.server import RunningServer

NAMES = ("水", "甘油", "烟酰胺", "视黄醇", "水杨酸", "神经酰胺NP", "香精", "天宫一号萃取物")


@pytest.fixture
async def working(server: RunningServer) -> AsyncIterator[RunningServer]:
    """A worker beside the web process."""
    stop = asyncio.Event()
    worker = asyncio.create_task(server.runtime.jobs.run(concurrency=2, stop=stop))
    yield server
    stop.set()
    await worker


@pytest.fixture
async def agent(server: RunningServer, demo_template: DemoTemplate) -> AsyncIterator[Colleague]:
    colleague = await Colleague.sign_in(server.url, demo_template.account("demo.admin"))
    yield colleague
    await colleague.close()


async def send_picture(server: RunningServer, visitor: Visitor, data: bytes) -> dict[str, Any]:
    files = {"file": ("照片.jpg", data, "image/jpeg")}
    uploaded = await server.http.post("/api/v1/chat/uploads", files=files, headers=visitor.headers)
    content = {"file_id": uploaded.json()["file_id"]}
    body = {"client_id": str(uuid4()), "kind": "image", "content": content}
    sent = await server.http.post("/api/v1/chat/messages", json=body, headers=visitor.headers)
    assert sent.status_code == 201, sent.text
    message: dict[str, Any] = sent.json()
    return message


async def heard(visitor: Visitor, kind: str, code: str = "") -> Any:
    """The first message of this kind, once it is there."""

    async def look() -> Any:
        shown = [one for one in await visitor.thread() if one["kind"] == kind]
        return next((one["content"] for one in shown if one["content"].get("code", "") == code), None)

    return await eventually(look, seconds=60)


async def test_a_list_held_upside_down_becomes_a_card_for_this_customer(
    working: RunningServer, agent: Colleague
) -> None:
    visitor = await Visitor.known(working.http)
    sent = await send_picture(working, visitor, as_jpeg(turned(label(NAMES), 180)))
    card = await heard(visitor, "ingredient_card")
    assert [one["name"] for one in card["ingredients"]] == [*NAMES[:5], "神经酰胺 NP", "香精"]
    assert card["unknown"] == ["天宫一号萃取物"]
    assert any("孕期不要使用" in line and "视黄醇" in line for line in card["cautions"])
    assert card["sources"]
    kinds = [(one["kind"], one["content"].get("code")) for one in await visitor.thread()]
    assert kinds.index(("system", "photo_begun")) < kinds.index(("ingredient_card", None))
    await say_again(agent, sent, card)


async def test_a_damaged_parcel_stays_as_evidence_and_its_text_is_not_kept(
    working: RunningServer, agent: Colleague
) -> None:
    visitor = await Visitor.open(working.http)
    parcel = as_jpeg(label(["收件人 林先生 13800138000", "外箱破损"], title="", after=()))
    sent = await send_picture(working, visitor, parcel)
    await heard(visitor, "system", "photo_kept")
    assert "ingredient_card" not in [one["kind"] for one in await visitor.thread()]
    async with working.runtime.db.reading() as conn:
        assert "13800138000" not in str(await conn.fetch("SELECT label::text FROM label_readings"))
    await told_staff(agent, sent, "photo_no_list")


async def told_staff(agent: Colleague, sent: dict[str, Any], code: str) -> None:
    """Staff may have it looked at again: what comes of it, they alone see."""
    path = f"/conversations/{sent['conversation_id']}"
    asked = await agent.call("POST", f"{path}/files/{sent['content']['file_id']}/label")
    assert (asked.status_code, asked.json()["state"]) == (202, "waiting")

    async def look() -> bool:
        thread = (await agent.get(f"{path}/messages"))["messages"]
        return any(one["kind"] == "note" and one["content"].get("code") == code for one in thread)

    assert await eventually(look, seconds=60)


async def test_a_broken_picture_is_told_so(working: RunningServer) -> None:
    visitor = await Visitor.open(working.http)
    await send_picture(working, visitor, as_jpeg(label(NAMES))[:900])
    told = await heard(visitor, "system", "picture_unreadable")
    assert "打不开" in told["text"]


async def test_once_a_person_serves_the_card_is_for_them(working: RunningServer, agent: Colleague) -> None:
    visitor = await Visitor.open(working.http)
    await visitor.ask("转人工")
    sent = await send_picture(working, visitor, as_jpeg(label(NAMES)))
    path = f"/conversations/{sent['conversation_id']}"
    assert (await agent.call("POST", f"{path}/files/{sent['content']['file_id']}/label")).status_code == 202

    async def look() -> Any:
        thread = (await agent.get(f"{path}/messages"))["messages"]
        return next((one for one in thread if one["content"]["type"] == "ingredient_card"), None)

    note = await eventually(look, seconds=60)
    assert (note["kind"], len(note["content"]["ingredients"])) == ("note", 7)
    assert {one["kind"] for one in await visitor.thread()} <= {"text", "image", "system"}


async def test_a_picture_of_another_conversation_is_not_read(server: RunningServer, agent: Colleague) -> None:
    mine, theirs = await Visitor.open(server.http), await Visitor.open(server.http)
    sent = await send_picture(server, mine, PNG)
    other = (await theirs.post("你好")).json()["conversation_id"]
    answer = await agent.call("POST", f"/conversations/{other}/files/{sent['content']['file_id']}/label")
    assert (answer.status_code, answer.json()["code"]) == (404, "attachment_not_found")


async def say_again(agent: Colleague, sent: dict[str, Any], card: dict[str, Any]) -> None:
    """Staff who ask for the same picture hear that it is done."""
    path = f"/conversations/{sent['conversation_id']}/files/{card['file_id']}/label"
    answer = await agent.call("POST", path)
    assert (answer.status_code, answer.json()["state"]) == (202, "done")
