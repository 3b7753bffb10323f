"""Who may see a conversation: its customer, its team, whoever may see all; nobody else learns that it is there."""

import json
from typing import Any
from uuid import UUID, uuid4

import pytest
import pytest_asyncio

from tests.factories import PNG, Colleague, Visitor
from tests.server import RunningServer
from tests.shared import SHARED, STAFF, Socket
from yingda.conversations import Author, AuthorKind, assign
from yingda.identity import DemoAccount
from yingda.identity.demo import AFTERSALE, PRESALE

pytestmark = SHARED

SEEING = {"administrator", "supervisor", "other_agent", "analyst"}
SECRET = "口红色号很难选呀"
NOTE = "这位客户上次也这样，先安抚"


async def waiting(system: RunningServer, text: str = SECRET) -> tuple[Visitor, UUID]:
    """A visitor whom no assistant answers any more."""
    visitor = await Visitor.open(system.http)
    await visitor.ask("转人工")
    sent = await visitor.post(text)
    return visitor, UUID(sent.json()["conversation_id"])


async def teams(staff: dict[str, Colleague]) -> dict[str, UUID]:
    departments = await staff["administrator"].get("/departments")
    return {team["name"]: UUID(team["id"]) for department in departments for team in department["teams"]}


async def in_hand(system: RunningServer, colleague: Colleague, conversation_id: UUID, team_id: UUID) -> Author:
    """The conversation belongs to that colleague and that team."""
    card = (await colleague.get("/auth/me"))["staff"]
    author = Author(AuthorKind.STAFF, UUID(card["id"]), card["display_name"])
    async with system.runtime.db.transaction() as tx:
        await assign(tx, conversation_id, author, team_id)
    return author


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def aftersale(system: RunningServer, staff: dict[str, Colleague]) -> UUID:
    """A conversation of the after-sale team, in the hand of one of them."""
    _, conversation_id = await waiting(system)
    await in_hand(system, staff["other_agent"], conversation_id, (await teams(staff))[AFTERSALE])
    return conversation_id


REQUESTS: tuple[tuple[str, str, Any], ...] = (
    ("GET", "", None),
    ("GET", "/messages", None),
    ("GET", "/participants", None),
    ("GET", "/wrap-up", None),
    ("POST", "/read", {"seq": 1}),
    ("POST", "/messages", {"text": NOTE, "kind": "note"}),
)
WRAP_UP = {"category": "other", "cause": "other", "result": "none", "summary": ""}
CHANGES: tuple[tuple[str, str, Any], ...] = (
    ("GET", "/wrap-up/draft", None),
    ("POST", "/wrap-up", WRAP_UP | {"seq": 99}),
    ("PUT", "/wrap-up", WRAP_UP),
    ("POST", "/promises", {"text": "明天回电", "due_at": "2099-01-01T00:00:00Z"}),
    ("POST", "/messages", {"text": "您好"}),
    ("POST", "/take", None),
    ("POST", "/resolve", None),
    ("POST", "/reopen", None),
    ("POST", "/snooze", {"until": "2099-01-01T00:00:00Z"}),
)


@pytest.mark.parametrize("role", STAFF)
async def test_a_teams_conversation(
    system: RunningServer, staff: dict[str, Colleague], aftersale: UUID, role: str
) -> None:
    person = staff[role]
    answers = {
        f"{method} {path}": await person.call(method, f"/conversations/{aftersale}{path}", json=body)
        for method, path, body in REQUESTS
    }
    seen = {
        "GET ": 200,
        "GET /messages": 200,
        "GET /participants": 200,
        "GET /wrap-up": 200,
        "POST /read": 204,
        "POST /messages": 201,
    }
    expected = seen if role in SEEING else dict.fromkeys(seen, 404)
    if role in ("analyst", "department_member"):
        expected["POST /messages"] = 403
    assert {name: answer.status_code for name, answer in answers.items()} == expected
    listed = await person.get("/conversations", limit=200)
    found = await person.get("/conversations/search", q=SECRET)
    assert (str(aftersale) in json.dumps(listed)) is (role in SEEING)
    assert (str(aftersale) in json.dumps(found)) is (role in SEEING)


async def test_another_team_can_change_nothing(staff: dict[str, Colleague], aftersale: UUID) -> None:
    before = (await staff["supervisor"].get(f"/conversations/{aftersale}"))["conversation"]
    for method, path, body in CHANGES:
        answer = await staff["agent"].call(method, f"/conversations/{aftersale}{path}", json=body)
        assert (answer.status_code, answer.json()["code"]) == (404, "conversation_not_found"), path
    assert (await staff["supervisor"].get(f"/conversations/{aftersale}"))["conversation"] == before


async def test_what_nobody_has_taken_is_seen_by_all_agents(system: RunningServer, staff: dict[str, Colleague]) -> None:
    _, conversation_id = await waiting(system)
    for role in ("agent", "other_agent", "department_member"):
        item = await staff[role].get(f"/conversations/{conversation_id}")
        assert item["conversation"]["state"] == "open"


async def test_sockets_show_what_may_be_seen(system: RunningServer, staff: dict[str, Colleague]) -> None:
    visitor, conversation_id = await waiting(system)
    await in_hand(system, staff["other_agent"], conversation_id, (await teams(staff))[AFTERSALE])
    theirs = await Socket.of_staff(system, staff["other_agent"])
    strangers = await Socket.of_staff(system, staff["agent"])
    for socket in (theirs, strangers):
        await socket.say(type="watch", conversation_id=str(conversation_id), after_seq=0)
    await theirs.hear("message", conversation_id=str(conversation_id))

    await visitor.post("这句只有售后组能看到")
    _, seen_by_all = await waiting(system, "这句大家都能看到")
    await theirs.hear("activity", preview="这句只有售后组能看到")
    heard = await strangers.hear_until("activity", preview="这句大家都能看到")
    assert str(conversation_id) not in json.dumps(heard)
    assert str(seen_by_all) in json.dumps(heard)
    await theirs.close()
    await strangers.close()


async def newcomer(system: RunningServer, staff: dict[str, Colleague], *roles: dict[str, str]) -> Colleague:
    """Somebody new with these roles, signed in."""
    login, password = f"new.{uuid4().hex[:8]}", "青山-quiet-harbour-7"
    body = {"login": login, "display_name": "新同事", "roles": roles}
    made = (await staff["administrator"].call("POST", "/staff", json=body)).json()
    invitation = {"token": made["invitation"]["token"], "password": password}
    await system.http.post("/api/v1/auth/invitation", json=invitation)
    return await Colleague.sign_in(system.url, DemoAccount(login, "新同事", "", password))


async def test_who_answers_for_one_team_only_reads_the_others(
    system: RunningServer, staff: dict[str, Colleague], aftersale: UUID
) -> None:
    team_id = (await teams(staff))[PRESALE]
    person = await newcomer(system, staff, {"role": "supervisor", "team_id": str(team_id)}, {"role": "analyst"})
    _, presale = await waiting(system)
    await in_hand(system, staff["agent"], presale, team_id)
    for conversation_id, status in ((presale, 201), (aftersale, 403)):
        assert (await person.call("GET", f"/conversations/{conversation_id}")).status_code == 200
        path = f"/conversations/{conversation_id}/messages"
        assert (await person.call("POST", path, json={"text": "您好"})).status_code == status
        path = f"/routing/conversations/{conversation_id}/assign"
        assert (await person.call("POST", path, json={"staff_id": None})).is_success is (status == 201)
    for method, path, body in CHANGES:
        assert (await person.call(method, f"/conversations/{aftersale}{path}", json=body)).status_code == 403, path
    await person.close()


async def test_customers_see_nothing_of_the_service_side(system: RunningServer, staff: dict[str, Colleague]) -> None:
    visitor = await Visitor.open(system.http)
    socket = await Socket.of(system, visitor)
    await visitor.ask("你们这是骗子公司，我要投诉，气死我了")
    sent = await visitor.post("转人工")
    path = f"/conversations/{sent.json()['conversation_id']}"
    agent = staff["agent"]
    await agent.call("POST", f"{path}/messages", json={"text": NOTE, "kind": "note"})
    reply = await agent.call("POST", f"{path}/messages", json={"text": "您好，我来帮您", "client_id": str(uuid4())})
    heard = await socket.hear_until("message")
    while heard[-1]["message"]["content"].get("text") != "您好，我来帮您":
        heard += await socket.hear_until("message")
    again = await Visitor.open(system.http, token=visitor.session["token"])
    everything = json.dumps([heard, again.session, await visitor.thread()], ensure_ascii=False)
    assert NOTE not in everything
    assert (await agent.get("/auth/me"))["staff"]["id"] not in everything
    assert reply.json()["external_id"] not in everything
    for word in ("understanding", 'handoff"', "level", "emotion", "intent", "external_id", "author_id", "staff:"):
        assert word not in everything, word
    assert NOTE in json.dumps(await agent.get(f"{path}/messages"), ensure_ascii=False)
    await socket.close()


async def test_customers_reach_nothing_of_each_other(system: RunningServer) -> None:
    one, other = await Visitor.open(system.http), await Visitor.known(system.http)
    await one.post("这是我的秘密")
    assert await other.thread() == []
    png = {"file": ("a.png", PNG, "image/png")}
    uploaded = (await system.http.post("/api/v1/chat/uploads", files=png, headers=one.headers)).json()
    order_no = (await other.get("/orders"))["orders"][0]["order_no"]
    stranger = await Visitor.known(system.http, "退款")
    assert stranger.session["customer"] != other.session["customer"]
    for visitor, kind, content in (
        (other, "image", {"file_id": uploaded["file_id"]}),
        (stranger, "order_card", {"order_no": order_no}),
    ):
        body = {"client_id": str(uuid4()), "kind": kind, "content": content}
        answer = await system.http.post("/api/v1/chat/messages", json=body, headers=visitor.headers)
        assert answer.status_code == 404
        assert await visitor.thread() == []
