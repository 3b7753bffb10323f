"""What staff write: texts, files, notes that mention colleagues."""

from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.conftest import DemoTemplate
from tests.factories import PNG, Colleague, Visitor
from tests.server import RunningServer
from yingda.conversations import StaffMentioned
from yingda.infra.database import Tx

Team = dict[str, Colleague]


@pytest.fixture
async def team(server: RunningServer, demo_template: DemoTemplate) -> Any:
    people = {
        login: await Colleague.sign_in(server.url, demo_template.account(f"demo.{login}"))
        for login in ("agent1", "agent2", "supervisor")
    }
    yield people
    for one in people.values():
        await one.close()


@pytest.fixture
async def visitor(server: RunningServer) -> Visitor:
    """A customer who waits for a person."""
    visitor = await Visitor.open(server.http)
    await visitor.ask("转人工")
    return visitor


async def path_of(visitor: Visitor) -> str:
    return f"/conversations/{(await visitor.thread())[0]['conversation_id']}"


async def upload(who: Colleague, path: str, data: bytes = PNG, name: str = "瓶身.png") -> httpx.Response:
    return await who.call("POST", f"{path}/uploads", files={"file": (name, data)})


async def id_of(who: Colleague) -> str:
    return str((await who.get("/auth/me"))["staff"]["id"])


async def test_a_picture_reaches_the_customer(team: Team, visitor: Visitor, server: RunningServer) -> None:
    path = await path_of(visitor)
    file = (await upload(team["agent1"], path)).json()
    sent = await team["agent1"].call("POST", f"{path}/messages", json={"file_id": file["file_id"]})
    assert (sent.status_code, sent.json()["kind"]) == (201, "image")
    shown = (await visitor.thread())[-1]
    assert (shown["kind"], shown["content"]["name"]) == ("image", "瓶身.png")
    assert (await server.http.get(shown["content"]["url"])).content == PNG


async def test_only_who_uploaded_a_file_may_send_it(team: Team, visitor: Visitor) -> None:
    path = await path_of(visitor)
    file_id = (await upload(team["agent1"], path)).json()["file_id"]
    answer = await team["agent2"].call("POST", f"{path}/messages", json={"file_id": file_id})
    assert (answer.status_code, answer.json()["code"]) == (404, "attachment_not_found")


@pytest.mark.parametrize(
    ("data", "code"), [(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "file_type_refused"), (b"", "file_type_refused")]
)
async def test_what_is_no_picture_is_not_taken(team: Team, visitor: Visitor, data: bytes, code: str) -> None:
    assert (await upload(team["agent1"], await path_of(visitor), data)).json()["code"] == code


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": "  "},
        {"text": "看图", "file_id": str(uuid4())},
        {"kind": "note", "file_id": str(uuid4())},
        {"text": "您好", "mentions": [str(uuid4())]},
    ],
)
async def test_what_is_neither_reply_nor_note_is_refused(team: Team, visitor: Visitor, body: dict[str, Any]) -> None:
    answer = await team["agent1"].call("POST", f"{await path_of(visitor)}/messages", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "message_unfit")


async def test_a_note_mentions_colleagues_once_each(team: Team, visitor: Visitor, server: RunningServer) -> None:
    heard: list[StaffMentioned] = []

    async def hear(_tx: Tx, event: StaffMentioned) -> None:
        heard.append(event)

    server.runtime.db.bus.subscribe(StaffMentioned, hear)
    path, other = await path_of(visitor), await id_of(team["agent2"])
    body = {"kind": "note", "text": "@同事 请看一下批号", "mentions": [other, other]}
    note = (await team["agent1"].call("POST", f"{path}/messages", json=body)).json()
    assert note["content"] == {
        "type": "note",
        "text": "@同事 请看一下批号",
        "mentions": [{"id": other, "name": "小舟"}],
    }
    assert [[str(one) for one in event.staff_ids] for event in heard] == [[other]]
    assert all(message["kind"] != "note" for message in await visitor.thread())


async def test_nobody_is_mentioned_who_may_not_see_it(team: Team, visitor: Visitor) -> None:
    path = await path_of(visitor)
    members = await team["supervisor"].get("/staff", limit=200)
    quality = next(person["id"] for person in members["items"] if person["display_name"] == "白简")
    assert (await team["supervisor"].call("POST", f"{path}/take")).status_code == 200
    names = [one["name"] for one in await team["supervisor"].get(f"{path}/mentionable")]
    assert "小雅" in names
    assert "白简" not in names
    assert "顾清和" not in names, "nobody calls themselves"
    for stranger in (quality, str(uuid4())):
        body = {"kind": "note", "text": "看一下", "mentions": [stranger]}
        answer = await team["supervisor"].call("POST", f"{path}/messages", json=body)
        assert (answer.status_code, answer.json()["code"]) == (422, "mention_refused")


async def test_an_edited_note_mentions_whom_it_still_names(team: Team, visitor: Visitor) -> None:
    path, other = await path_of(visitor), await id_of(team["agent2"])
    body = {"kind": "note", "text": "@小舟 看下批号", "mentions": [other]}
    note = (await team["agent1"].call("POST", f"{path}/messages", json=body)).json()
    for text, mentions in (("@小舟 看下批号和日期", [{"id": other, "name": "小舟"}]), ("不用看了", [])):
        edited = await team["agent1"].call("PATCH", f"{path}/messages/{note['seq']}", json={"text": text})
        assert edited.json()["content"] == {"type": "note", "text": text, "mentions": mentions}
