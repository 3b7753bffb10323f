"""Labels, following, spam and merging, as colleagues do them in front of one shared system."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import pytest_asyncio

from tests.channels.web.test_thread import with_person
from tests.factories import Colleague, Visitor, eventually
from tests.server import RunningServer
from tests.shared import SHARED, Socket
from yingda.conversations import followers
from yingda.kit.clock import frozen, now

pytestmark = SHARED


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def labels(staff: dict[str, Colleague]) -> dict[str, str]:
    """Ids by name."""
    return {label["name"]: label["id"] for label in await staff["agent"].get("/labels")}


async def listed(colleague: Colleague, **query: Any) -> dict[str, dict[str, Any]]:
    """The lines of a list, by conversation."""
    items = (await colleague.get("/conversations", limit=200, **query))["items"]
    return {item["conversation"]["id"]: item for item in items}


async def last_kinds(colleague: Colleague, path: str) -> list[str]:
    """Codes of what the system wrote into a thread."""
    found = (await colleague.get(f"{path}/messages", limit=200))["messages"]
    return [one["content"]["code"] for one in found if one["content"]["type"] == "system"]


async def test_a_label_is_seen_at_once_and_found_by(
    system: RunningServer, staff: dict[str, Colleague], labels: dict[str, str]
) -> None:
    agent, supervisor = staff["agent"], staff["supervisor"]
    _, path = await with_person(system, agent)
    conversation_id = path.rpartition("/")[2]
    console = await Socket.of_staff(system, supervisor)
    label = f"{path}/labels/{labels['待补发']}"
    for _ in range(2):
        assert (await agent.call("PUT", label)).status_code == 204
    heard = await console.hear("conversation")
    assert heard["conversation"]["conversation_id"] == conversation_id
    found = await listed(supervisor, label=labels["待补发"])
    assert [one["name"] for one in found[conversation_id]["labels"]] == ["待补发"]
    assert conversation_id not in await listed(supervisor, label=labels["赔付中"])
    assert (await agent.call("DELETE", label)).status_code == 204
    assert conversation_id not in await listed(supervisor, label=labels["待补发"])
    assert (await agent.call("PUT", f"{path}/labels/{uuid4()}")).json()["code"] == "label_not_found"
    await console.close()


async def test_labels_are_kept_in_order_by_those_who_may(staff: dict[str, Colleague]) -> None:
    supervisor = staff["supervisor"]
    made = (await supervisor.call("POST", "/labels", json={"name": "  双十一  ", "color": "red"})).json()
    assert (made["name"], made["color"], made["archived"]) == ("双十一", "red", False)
    path = f"/labels/{made['id']}"
    for body, code in (
        ({"name": "待补发"}, "label_taken"),
        ({"name": " "}, "label_name_empty"),
        ({"name": "字" * 21}, "validation_failed"),
        ({"color": "#ff0000"}, "validation_failed"),
    ):
        assert (await supervisor.call("PATCH", path, json=body)).json()["code"] == code
    renamed = (await supervisor.call("PATCH", path, json={"name": "大促", "archived": True})).json()
    assert (renamed["name"], renamed["color"], renamed["archived"]) == ("大促", "red", True)
    assert [label["id"] for label in await staff["analyst"].get("/labels")][-1] == made["id"]


async def test_an_archived_label_is_not_given_anew(system: RunningServer, staff: dict[str, Colleague]) -> None:
    _, path = await with_person(system, staff["agent"])
    made = (await staff["supervisor"].call("POST", "/labels", json={"name": "旧活动"})).json()
    await staff["agent"].call("PUT", f"{path}/labels/{made['id']}")
    await staff["supervisor"].call("PATCH", f"/labels/{made['id']}", json={"archived": True})
    assert [one["archived"] for one in (await staff["agent"].get(path))["labels"]] == [True]
    _, other = await with_person(system, staff["agent"])
    refused = await staff["agent"].call("PUT", f"{other}/labels/{made['id']}")
    assert (refused.status_code, refused.json()["code"]) == (409, "label_archived")


async def test_who_follows_finds_it_again_and_nobody_else(system: RunningServer, staff: dict[str, Colleague]) -> None:
    _, path = await with_person(system, staff["agent"])
    conversation_id = path.rpartition("/")[2]
    for _ in range(2):
        assert (await staff["supervisor"].call("PUT", f"{path}/follow")).status_code == 204
    assert (await staff["supervisor"].get(path))["followed"] is True
    assert (await staff["agent"].get(path))["followed"] is False
    assert conversation_id in await listed(staff["supervisor"], followed=True)
    assert conversation_id not in await listed(staff["agent"], followed=True)
    me = UUID((await staff["supervisor"].get("/auth/me"))["staff"]["id"])
    async with system.runtime.db.reading() as conn:
        assert await followers(conn, UUID(conversation_id)) == [me]
    assert (await staff["supervisor"].call("DELETE", f"{path}/follow")).status_code == 204
    assert conversation_id not in await listed(staff["supervisor"], followed=True)


async def test_spam_is_out_of_sight_and_never_answered(system: RunningServer, staff: dict[str, Colleague]) -> None:
    agent, supervisor = staff["agent"], staff["supervisor"]
    visitor, path = await with_person(system, agent)
    conversation_id = path.rpartition("/")[2]
    before = len(await visitor.thread())
    marked = (await agent.call("PUT", f"{path}/spam")).json()
    assert (marked["state"], marked["spam"]) == ("resolved", True)
    assert len(await visitor.thread()) == before  # not a word to its sender
    assert conversation_id not in await listed(supervisor)
    assert conversation_id in await listed(supervisor, spam=True)

    console = await Socket.of_staff(system, supervisor)
    assert (await visitor.post("加微信领红包")).json()["conversation_id"] == conversation_id
    other = await Visitor.open(system.http)
    await other.post("你好")
    heard = await console.hear_until("activity", preview="你好")
    assert conversation_id not in [frame.get("conversation_id") for frame in heard]
    head = (await agent.get(path))["conversation"]
    assert (head["state"], head["preview"], head["waiting_since"]) == ("resolved", "加微信领红包", None)
    for hours in (20, 40):  # what keeps coming is kept there
        with frozen(now() + timedelta(hours=hours)):
            assert (await visitor.post("再领一个")).json()["conversation_id"] == conversation_id
    await console.close()

    back = (await agent.call("DELETE", f"{path}/spam")).json()
    assert (back["state"], back["spam"], back["assignee_name"]) == ("open", False, "小雅")
    assert conversation_id in await listed(supervisor)
    assert (await last_kinds(agent, path))[-2:] == ["spam", "not_spam"]


async def two_of_one_customer(system: RunningServer, agent: Colleague) -> tuple[Visitor, str, str]:
    """A conversation that was resolved the day before yesterday, and one that a person is busy with."""
    visitor, old = await with_person(system, agent)
    await agent.call("POST", f"{old}/resolve")
    async with system.runtime.db.transaction() as tx:
        await tx.conn.execute(
            "UPDATE conversations SET resolved_at = resolved_at - interval '2 days' WHERE id = $1",
            UUID(old.rpartition("/")[2]),
        )
    await visitor.post("又是我")
    await visitor.post("转人工")
    new = f"/conversations/{(await visitor.post('在吗')).json()['conversation_id']}"
    assert new != old

    async def with_people() -> bool:
        return bool((await agent.get(new))["conversation"]["state"] == "open")

    await eventually(with_people)
    await agent.call("POST", f"{new}/take")
    return visitor, old, new


async def test_merged_conversations_are_one_thread(
    system: RunningServer, staff: dict[str, Colleague], labels: dict[str, str]
) -> None:
    agent = staff["agent"]
    visitor, old, new = await two_of_one_customer(system, agent)
    old_id, new_id = (path.rpartition("/")[2] for path in (old, new))
    reply = (await agent.call("POST", f"{new}/messages", json={"text": "第一稿"})).json()
    await agent.call("PATCH", f"{new}/messages/{reply['seq']}", json={"text": "第二稿"})
    earlier = (await agent.get(f"{old}/messages"))["messages"]
    later = (await agent.get(f"{new}/messages"))["messages"]
    await agent.call("PUT", f"{old}/labels/{labels['待补发']}")
    await agent.call("PUT", f"{new}/labels/{labels['赔付中']}")
    await staff["supervisor"].call("PUT", f"{new}/follow")
    load = (await agent.get("/routing/presence"))["load"]
    customer, console = (
        await Socket.of(system, visitor, after_seq=later[-1]["seq"]),
        await Socket.of_staff(system, agent),
    )
    await console.say(type="watch", conversation_id=new_id)
    await console.hear("viewers")

    merged = (await agent.call("POST", f"{new}/merge", json={"other_id": old_id})).json()
    assert (merged["conversation"]["id"], merged["conversation"]["state"]) == (old_id, "open")
    assert merged["conversation"]["assignee_name"] == "小雅"
    assert {label["name"] for label in merged["labels"]} == {"待补发", "赔付中"}
    whole = (await agent.get(f"{old}/messages", limit=200))["messages"]
    assert [one["id"] for one in whole[:-1]] == [one["id"] for one in earlier + later]
    assert [one["seq"] for one in whole] == list(range(1, len(whole) + 1))
    assert whole[-1]["content"]["code"] == "merged"
    moved = next(one["seq"] for one in whole if one["id"] == reply["id"])
    assert (await agent.get(f"{old}/messages/{moved}/history"))[0]["content"]["text"] == "第一稿"
    assert (await staff["supervisor"].get(old))["followed"] is True
    assert (await agent.get("/routing/presence"))["load"] == load

    told = await console.hear("merged")
    assert (told["source_id"], told["into"]) == (new_id, old_id)
    assert (await customer.hear("merged"))["conversation_id"] == old_id
    gone = await agent.call("GET", new)
    assert (gone.status_code, gone.json()["code"], gone.json()["merged_into"]) == (404, "conversation_merged", old_id)
    assert (await visitor.post("接着说")).json()["conversation_id"] == old_id
    await customer.close()
    await console.close()


async def test_where_a_merged_one_went_is_told_only_to_those_who_may_see_it(
    system: RunningServer, staff: dict[str, Colleague]
) -> None:
    _, old, new = await two_of_one_customer(system, staff["agent"])
    await staff["agent"].call("POST", f"{new}/merge", json={"other_id": old.rpartition("/")[2]})
    stranger = await staff["department_member"].call("GET", new)
    assert (stranger.json()["code"], stranger.json().get("merged_into")) == ("conversation_not_found", None)


async def test_what_is_not_one_matter_is_not_merged(system: RunningServer, staff: dict[str, Colleague]) -> None:
    agent = staff["agent"]
    _, one = await with_person(system, agent)
    _, other = await with_person(system, agent)
    for target, status, code in (
        (other, 409, "merge_customers_differ"),
        (one, 409, "merge_with_itself"),
        (f"/conversations/{uuid4()}", 404, "conversation_not_found"),
    ):
        refused = await agent.call("POST", f"{one}/merge", json={"other_id": target.rpartition("/")[2]})
        assert (refused.status_code, refused.json()["code"]) == (status, code)


@pytest.mark.parametrize("role", ["analyst", "department_member"])
async def test_who_may_not_reply_marks_nothing(
    system: RunningServer, staff: dict[str, Colleague], labels: dict[str, str], role: str
) -> None:
    _, path = await with_person(system, staff["agent"])
    for method, action in (("PUT", f"/labels/{labels['待补发']}"), ("PUT", "/spam"), ("DELETE", "/spam")):
        assert (await staff[role].call(method, f"{path}{action}")).status_code == 403
