"""Staff edit and take back what they wrote; the customer sees it at once, and nothing of what was taken back."""

import json
from datetime import timedelta
from uuid import UUID

from tests.channels.web.test_thread import with_person
from tests.factories import PNG, Colleague, Visitor
from tests.server import RunningServer
from tests.shared import SHARED, Socket
from yingda.conversations import (
    Author,
    AuthorKind,
    Kind,
    attachment_content,
    file_link,
    say,
    upload,
)
from yingda.kit.clock import frozen, now

pytestmark = SHARED

WRONG, RIGHT = "亲，这款含视黄醇，孕期可用", "更正：这款含视黄醇，孕期请不要使用"


async def write(colleague: Colleague, path: str, text: str, kind: str = "reply") -> str:
    """Where the new message can be changed."""
    answer = await colleague.call("POST", f"{path}/messages", json={"text": text, "kind": kind})
    return f"{path}/messages/{answer.json()['seq']}"


async def test_an_edit_reaches_the_customer_and_its_former_words_only_those_who_review(
    system: RunningServer, staff: dict[str, Colleague]
) -> None:
    agent = staff["agent"]
    visitor, path = await with_person(system, agent)
    customer, console = await Socket.of(system, visitor), await Socket.of_staff(system, staff["supervisor"])
    await console.say(type="watch", conversation_id=path.rpartition("/")[2])
    message = await write(agent, path, WRONG)
    edited = (await agent.call("PATCH", message, json={"text": RIGHT})).json()
    assert edited["edited_at"]
    for socket in (customer, console):
        while (await socket.hear("message"))["message"]["content"].get("text") != RIGHT:
            pass
    assert (await agent.get(path))["conversation"]["preview"] == RIGHT
    shown = (await visitor.thread())[-1]
    assert (shown["content"]["text"], shown["edited"]) == (RIGHT, True)
    assert (await agent.get("/conversations/search", q="孕期可用"))["items"] == []
    assert len((await agent.get("/conversations/search", q="请不要使用"))["items"]) == 1
    for role, status in (("agent", 200), ("supervisor", 200), ("analyst", 403)):
        answer = await staff[role].call("GET", f"{message}/history")
        assert answer.status_code == status
        if status == 200:
            assert [one["content"]["text"] for one in answer.json()] == [WRONG]
    await customer.close()
    await console.close()


async def test_what_was_taken_back_is_given_to_nobody(system: RunningServer, staff: dict[str, Colleague]) -> None:
    agent = staff["agent"]
    visitor, path = await with_person(system, agent)
    message = await write(agent, path, "发错人了，别的客户的地址")
    customer = await Socket.of(system, visitor, after_seq=int(message.rpartition("/")[2]))
    assert (await agent.call("POST", f"{message}/recall")).status_code == 200
    heard = await customer.hear("message")
    assert (heard["message"]["recalled"], heard["message"]["content"]["text"]) == (True, "")
    again = await Visitor.open(system.http, token=visitor.session["token"])
    fresh = await Socket.of(system, visitor)
    missed = [await fresh.next() for _ in await visitor.thread()]
    everywhere = [again.session, await visitor.thread(), missed]
    everywhere += [await staff["supervisor"].get(one) for one in (path, f"{path}/messages")]
    assert "别的客户" not in json.dumps(everywhere, ensure_ascii=False)
    assert (await agent.get("/conversations/search", q="别的客户"))["items"] == []
    assert (await agent.get(path))["conversation"]["preview"] == "[已撤回]"
    assert (await agent.call("POST", f"{message}/recall")).json()["code"] == "message_recalled"
    former = await staff["supervisor"].get(f"{message}/history")
    assert [one["content"]["text"] for one in former] == ["发错人了，别的客户的地址"]
    await customer.close()
    await fresh.close()


async def test_a_file_that_was_taken_back_opens_no_more(system: RunningServer, staff: dict[str, Colleague]) -> None:
    agent = staff["agent"]
    visitor, path = await with_person(system, agent)
    me = UUID((await agent.get("/auth/me"))["staff"]["id"])
    runtime = system.runtime
    stored = await upload(runtime.db, runtime.files, PNG, "别人的单.png", me)
    seqs = []
    for _ in range(2):
        async with runtime.db.transaction() as tx:
            content = await attachment_content(tx.conn, str(stored.id), me)
            author = Author(AuthorKind.STAFF, me, "小雅")
            seqs.append((await say(tx, UUID(path.rpartition("/")[2]), author, Kind.IMAGE, content)).seq)
    link = file_link(runtime.files, stored.id)
    for seq, status in zip(seqs, (200, 404), strict=True):
        assert (await agent.call("POST", f"{path}/messages/{seq}/recall")).status_code == 200
        assert (await system.http.get(link)).status_code == status
    assert str(stored.id) not in json.dumps(await visitor.thread())


async def test_only_ones_own_and_only_for_a_while(system: RunningServer, staff: dict[str, Colleague]) -> None:
    agent = staff["agent"]
    visitor, path = await with_person(system, agent)
    reply, note = await write(agent, path, "您好"), await write(agent, path, "着急", kind="note")
    theirs = f"{path}/messages/1"
    for colleague, message in ((staff["supervisor"], reply), (agent, theirs)):
        assert (await colleague.call("PATCH", message, json={"text": "改"})).status_code == 403
        assert (await colleague.call("POST", f"{message}/recall")).status_code == 403
    missing = await agent.call("PATCH", f"{path}/messages/999", json={"text": "改"})
    assert (missing.status_code, missing.json()["code"]) == (404, "message_not_found")
    with frozen(now() + timedelta(minutes=6)):
        assert (await agent.call("PATCH", reply, json={"text": "改"})).json()["code"] == "edit_too_late"
        assert (await agent.call("POST", f"{reply}/recall")).json()["code"] == "recall_too_late"
        assert (await agent.call("PATCH", note, json={"text": "不急"})).status_code == 200
    assert "不急" not in json.dumps(await visitor.thread(), ensure_ascii=False)


async def test_without_a_translator_nobody_is_offered_one(system: RunningServer, staff: dict[str, Colleague]) -> None:
    _, path = await with_person(system, staff["agent"])
    assert await staff["agent"].get("/conversations/abilities") == {"translation": False}
    answer = await staff["agent"].call("POST", f"{path}/messages/1/translate", json={"to": "en"})
    assert (answer.status_code, answer.json()["code"]) == (501, "translation_unavailable")
