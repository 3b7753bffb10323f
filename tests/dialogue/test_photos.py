"""Photographs in a chat: an ingredient list becomes a card by way of the real reader, anything else is evidence."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import pytest

from bench.label_images import as_jpeg, label, turned
from tests.conftest import DemoTemplate
from tests.factories import Colleague, Visitor, eventually
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


async def say_again(agent: Colleague, sent: dict[str, Any], card: dict[str, Any]) -> None:
    """Staff who ask for the same picture hear that it is done."""
    path = f"/conversations/{sent['conversation_id']}/files/{card['file_id']}/label"
    answer = await agent.call("POST", path)
    assert (answer.status_code, answer.json()["state"]) == (202, "done")
