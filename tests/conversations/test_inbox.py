"""Lists, search and what staff do, through the console's API."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.conftest import DemoTemplate
from tests.factories import PNG, Colleague, Visitor, eventually
from tests.server import RunningServer


@pytest.fixture
async def supervisor(server: RunningServer, demo_template: DemoTemplate) -> AsyncIterator[Colleague]:
    colleague = await Colleague.sign_in(server.url, demo_template.account("demo.supervisor"))
    yield colleague
    await colleague.close()


@pytest.fixture
async def agent(server: RunningServer, demo_template: DemoTemplate) -> AsyncIterator[Colleague]:
    colleague = await Colleague.sign_in(server.url, demo_template.account("demo.agent1"))
    yield colleague
    await colleague.close()


async def test_views_and_counts(server: RunningServer, supervisor: Colleague, agent: Colleague) -> None:
    asking, waiting = await Visitor.open(server.http), await Visitor.open(server.http)
    await asking.ask("谢谢")
    await waiting.ask("转人工")
    assert await supervisor.get("/conversations/counts") == {"mine": 0, "waiting": 1, "all": 2, "assistant": 1}
    [line] = (await supervisor.get("/conversations", view="waiting"))["items"]
    head = line["conversation"]
    assert (head["state"], head["handoff"]["reason"]) == ("open", "requested")
    assert (await agent.call("POST", f"/conversations/{head['id']}/take")).status_code == 200
    assert (await agent.get("/conversations/counts"))["mine"] == 1
    assert (await supervisor.get("/conversations", view="waiting"))["items"] == []
    assert (await waiting.thread())[-1]["content"]["code"] == "handoff_assigned"


@pytest.mark.parametrize("sort", ["last_activity", "waiting_since", "level", "deadline"])
async def test_pages_join_without_gap_or_repeat(server: RunningServer, supervisor: Colleague, sort: str) -> None:
    for number in range(7):
        visitor = await Visitor.open(server.http)
        await visitor.ask("转人工" if number % 2 else "谢谢")
    seen: list[str] = []
    cursor = None
    while True:
        page = await supervisor.get("/conversations", sort=sort, limit=2, **({"cursor": cursor} if cursor else {}))
        seen += [line["conversation"]["id"] for line in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    whole = await supervisor.get("/conversations", sort=sort, limit=50)
    assert seen == [line["conversation"]["id"] for line in whole["items"]]
    assert len(set(seen)) == 7


async def test_filters(server: RunningServer, supervisor: Colleague) -> None:
    known = await Visitor.known(server.http, "停滞")
    await known.ask("我的快递到哪了")
    await (await Visitor.open(server.http)).ask("谢谢")

    async def listed(**parameters: Any) -> int:
        return len((await supervisor.get("/conversations", **parameters))["items"])

    assert await listed(intent="logistics.track") == 1
    assert await listed(intent="nothing.known") == 0
    assert await listed(channel="web") == 2
    assert await listed(shop="liuli", state="pending") == 2
    assert await listed(state="resolved") == 0
    assert await listed(level=5) == 0


async def test_search_finds_two_characters_in_the_middle_and_only_what_is_there(
    server: RunningServer, supervisor: Colleague
) -> None:
    visitor = await Visitor.open(server.http)
    await visitor.ask("这个面霜我想退货")
    await visitor.ask("收到的颜色不对，想换货")
    hits = (await supervisor.get("/conversations/search", q="退货"))["items"]
    assert any(hit["message"]["content"]["text"] == "这个面霜我想退货" for hit in hits)
    assert all("退货" in hit["message"]["content"]["text"] for hit in hits)
    item = await supervisor.get(f"/conversations/{hits[0]['conversation_id']}")
    assert all(hit["customer"] == item["customer"] for hit in hits)
    assert (await supervisor.get("/conversations/search", q="没人说过的词"))["items"] == []
    empty = await supervisor.call("GET", "/conversations/search", params={"q": "。。"})
    assert empty.json()["code"] == "search_too_short"


async def test_a_reply_takes_the_conversation_and_repeating_it_stores_nothing(
    server: RunningServer, agent: Colleague
) -> None:
    visitor = await Visitor.open(server.http)
    await visitor.ask("转人工")
    [line] = (await agent.get("/conversations", view="waiting"))["items"]
    path = f"/conversations/{line['conversation']['id']}"
    body = {"text": "您好，我是小雅", "client_id": "0198b1de-0000-7000-8000-000000000001"}
    first = await agent.call("POST", f"{path}/messages", json=body)
    again = await agent.call("POST", f"{path}/messages", json=body)
    assert first.json()["id"] == again.json()["id"]
    assert (await agent.get(path))["conversation"]["assignee_name"] == "小雅"
    took_part = [one["author"]["kind"] for one in await agent.get(f"{path}/participants")]
    assert took_part == ["customer", "assistant", "staff"]
    texts = [message["content"].get("text") for message in await visitor.thread()]
    assert texts.count("您好，我是小雅") == 1


async def test_of_two_who_take_what_nobody_has_the_second_hears_of_the_first(
    server: RunningServer, supervisor: Colleague, agent: Colleague
) -> None:
    await (await Visitor.open(server.http)).ask("转人工")
    [line] = (await agent.get("/conversations", view="waiting"))["items"]
    path = f"/conversations/{line['conversation']['id']}/take"
    for _ in range(2):
        assert (await agent.call("POST", path, params={"unassigned": True})).json()["assignee_name"] == "小雅"
    late = await supervisor.call("POST", path, params={"unassigned": True})
    assert (late.status_code, late.json()["code"], late.json()["detail"]) == (
        409,
        "conversation_taken",
        "小雅刚刚接入了这个会话。",
    )
    assert (await supervisor.call("POST", path)).json()["assignee_name"] == "顾清和", "from a colleague on purpose"


async def test_resolve_reopen_and_snooze(server: RunningServer, agent: Colleague) -> None:
    visitor = await Visitor.open(server.http)
    await visitor.ask("转人工")
    [line] = (await agent.get("/conversations", view="waiting"))["items"]
    path = f"/conversations/{line['conversation']['id']}"
    await agent.call("POST", f"{path}/take")
    past = await agent.call("POST", f"{path}/snooze", json={"until": "2020-01-01T00:00:00Z"})
    assert past.json()["code"] == "snooze_in_past"
    snoozed = await agent.call("POST", f"{path}/snooze", json={"until": "2099-01-01T00:00:00Z"})
    assert snoozed.json()["state"] == "snoozed"
    assert (await agent.call("POST", f"{path}/resolve")).json()["state"] == "resolved"
    refused = await agent.call("POST", f"{path}/resolve")
    assert (refused.status_code, refused.json()["code"]) == (409, "conversation_state")
    assert (await agent.call("POST", f"{path}/reopen")).json()["state"] == "open"


async def test_marks_of_reading_move_forward_only(server: RunningServer, agent: Colleague) -> None:
    visitor = await Visitor.open(server.http)
    await visitor.ask("转人工")
    [line] = (await agent.get("/conversations", view="waiting"))["items"]
    path = f"/conversations/{line['conversation']['id']}"
    for seq, mark in ((2, 2), (1, 2), (9999, line["conversation"]["last_seq"])):
        await agent.call("POST", f"{path}/read", json={"seq": seq})
        assert (await agent.get(path))["conversation"]["staff_read_seq"] == mark


async def test_understanding_is_kept_on_the_message(server: RunningServer, supervisor: Colleague) -> None:
    visitor = await Visitor.open(server.http)
    await visitor.ask("什么时候能发货，急死了")
    [line] = (await supervisor.get("/conversations"))["items"]
    path = f"/conversations/{line['conversation']['id']}/messages"

    async def understood() -> Any:
        return (await supervisor.get(path))["messages"][0]["understanding"]

    understanding = await eventually(understood)
    assert understanding["intents"][0]["name"] == "logistics.ship_time"
    assert understanding["urgency"] >= 1
    assert understanding["triage"]["decision"]["answerer"] == "assistant"


async def test_who_the_customer_is_and_what_they_bought(server: RunningServer, agent: Colleague) -> None:
    known, stranger = await Visitor.known(server.http, "停滞"), await Visitor.open(server.http)
    heads = [(await visitor.post("转人工")).json()["conversation_id"] for visitor in (known, stranger)]
    profile = await agent.get(f"/conversations/{heads[0]}/profile")
    assert profile["customer"]["identified"]
    assert profile["orders"][0]["parcel"]["tracking_no"]
    assert (await agent.get(f"/conversations/{heads[1]}/profile"))["orders"] == []


async def test_files_are_opened_from_the_thread_that_holds_them(server: RunningServer, agent: Colleague) -> None:
    visitor, other = await Visitor.open(server.http), await Visitor.open(server.http)
    upload = await server.http.post("/api/v1/chat/uploads", files={"file": ("收据.png", PNG)}, headers=visitor.headers)
    file_id = upload.json()["file_id"]
    body = {"client_id": str(uuid4()), "kind": "image", "content": {"file_id": file_id}}
    sent = await server.http.post("/api/v1/chat/messages", json=body, headers=visitor.headers)
    path = f"/conversations/{sent.json()['conversation_id']}/files/{file_id}"
    assert (await agent.call("GET", path, follow_redirects=True)).content == PNG
    elsewhere = (await other.post("你好")).json()["conversation_id"]
    assert (await agent.call("GET", f"/conversations/{elsewhere}/files/{file_id}")).status_code == 404


async def test_by_deadline_a_grave_matter_passes_one_that_waits_longer(
    server: RunningServer, supervisor: Colleague
) -> None:
    calm, grave = await Visitor.open(server.http), await Visitor.open(server.http)
    await calm.ask("转人工")
    await grave.ask("我要打12315投诉你们，找律师起诉")
    await (await Visitor.open(server.http)).ask("谢谢")  # the assistant's: nobody has to answer it by a time
    by = {sort: await supervisor.get("/conversations", sort=sort) for sort in ("waiting_since", "deadline")}
    heads = {sort: [item["conversation"] for item in page["items"]] for sort, page in by.items()}
    assert [head["level"] for head in heads["waiting_since"]][:2] == [1, 4]
    first, second, last = heads["deadline"]
    assert (first["level"], second["level"], last["due_at"]) == (4, 1, None)
    waits = [datetime.fromisoformat(h["due_at"]) - datetime.fromisoformat(h["waiting_since"]) for h in (first, second)]
    assert waits == [timedelta(minutes=3), timedelta(minutes=10)]
    await supervisor.call("POST", f"/conversations/{first['id']}/messages", json={"text": "您好，我是主管"})
    answered = (await supervisor.get(f"/conversations/{first['id']}"))["conversation"]
    assert (first["due_clock"], answered["due_clock"]) == ("first_response", "resolution")  # it is not done yet
