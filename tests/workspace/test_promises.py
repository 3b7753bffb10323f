"""Promises are kept in mind: listed, brought back when due, closed once."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests.factories import Colleague
from tests.server import RunningServer
from tests.workspace.conftest import Team, begin, do, me
from yingda.kit import clock
from yingda.workspace.promises import Promise, PromiseState, remind_due
from yingda.workspace.promises.rules import PromiseClosed, PromiseNotClosed, check_close

TEXT = "明天12点前回电"


async def promise(colleague: Colleague, conversation_id: str, hours: float = 1) -> str:
    due_at = clock.in_future(hours=hours).isoformat()
    made = await do(colleague, "POST", f"/conversations/{conversation_id}/promises", text=TEXT, due_at=due_at)
    return str(made["id"])


async def after(server: RunningServer, hours: float) -> None:
    """The clockwork's next tick, so much later."""
    with clock.frozen(clock.now() + timedelta(hours=hours)):
        await remind_due(server.runtime.db)


async def head(colleague: Colleague, conversation_id: str) -> dict[str, object]:
    item = await colleague.get(f"/conversations/{conversation_id}")
    return dict(item["conversation"])


async def notices(colleague: Colleague) -> list[tuple[str, str]]:
    return [(one["kind"], one["text"]) for one in (await colleague.get("/notices"))["items"]]


async def test_promises_are_listed_for_customer_conversation_and_owner(server: RunningServer, team: Team) -> None:
    _, conversation_id = await begin(server, team.one)
    customer_id = (await head(team.one, conversation_id))["customer_id"]
    later = await promise(team.one, conversation_id, hours=2)
    sooner = await promise(team.other, conversation_id, hours=1)
    listed = (await team.one.get("/promises", customer_id=customer_id, state="open"))["items"]
    assert [one["id"] for one in listed] == [sooner, later]
    assert set(listed[0]) == {"id", "text", "due_at", "state", "owner_name", "conversation_id"}
    assert [one["id"] for one in (await team.one.get("/promises", mine=True))["items"]] == [later]
    await do(team.other, "POST", f"/promises/{later}/close", state="kept")
    listed = (await team.one.get("/promises", conversation_id=conversation_id))["items"]
    assert [(one["id"], one["state"]) for one in listed] == [(sooner, "open"), (later, "kept")]
    assert [one["id"] for one in (await team.one.get("/promises", state="kept"))["items"]] == [later]


async def test_who_may_not_see_the_conversation_sees_no_promise(server: RunningServer, team: Team) -> None:
    _, conversation_id = await begin(server, team.one)
    promise_id = await promise(team.one, conversation_id)
    async with server.runtime.db.transaction() as tx:
        team_id = await tx.conn.fetchval(
            "SELECT id FROM teams WHERE id IN (SELECT team_id FROM memberships WHERE staff_id = $1)",
            UUID(await me(team.one)),
        )
        await tx.conn.execute("UPDATE conversations SET team_id = $2 WHERE id = $1", UUID(conversation_id), team_id)
    assert (await team.stranger.get("/promises", conversation_id=conversation_id))["items"] == []
    answer = await team.stranger.call("POST", f"/promises/{promise_id}/close", json={"state": "kept"})
    assert (answer.status_code, answer.json()["code"]) == (404, "promise_not_found")
    assert len((await team.one.get("/promises", conversation_id=conversation_id))["items"]) == 1


@pytest.mark.parametrize("way", ["resolve", "snooze"])
async def test_a_due_promise_comes_back_to_its_owner_once(server: RunningServer, team: Team, way: str) -> None:
    visitor, conversation_id = await begin(server, team.one)
    await promise(team.one, conversation_id)
    body = {"until": "2099-01-01T00:00:00Z"} if way == "snooze" else {}
    await do(team.one, "POST", f"/conversations/{conversation_id}/{way}", **body)
    await after(server, hours=0.5)
    assert (await notices(team.one), (await head(team.one, conversation_id))["state"] == "open") == ([], False)
    await after(server, hours=1.1)
    back = await head(team.one, conversation_id)
    assert (back["state"], back["assignee_id"]) == ("open", await me(team.one))
    assert await notices(team.one) == [("promise_due", TEXT)]
    last = (await team.one.get(f"/conversations/{conversation_id}/messages"))["messages"][-1]
    assert (last["kind"], last["content"]["text"]) == ("note", f"承诺到期：{TEXT}")
    assert TEXT not in str(await visitor.thread())
    await after(server, hours=2)
    assert len(await notices(team.one)) == 1


async def test_a_conversation_that_is_anothers_by_now_stays_where_it_is(server: RunningServer, team: Team) -> None:
    _, conversation_id = await begin(server, team.one)
    await promise(team.one, conversation_id)
    await do(team.other, "POST", f"/conversations/{conversation_id}/take")
    await do(team.other, "POST", f"/conversations/{conversation_id}/resolve")
    await after(server, hours=1.1)
    assert (await head(team.one, conversation_id))["state"] == "resolved"
    assert await notices(team.one) == [("promise_due", TEXT)]
    assert await notices(team.other) == []


async def test_a_customer_who_is_served_elsewhere_is_not_served_twice(server: RunningServer, team: Team) -> None:
    visitor, conversation_id = await begin(server, team.one)
    await promise(team.one, conversation_id)
    await do(team.one, "POST", f"/conversations/{conversation_id}/resolve")
    async with server.runtime.db.transaction() as tx:  # so long ago that the next message begins a conversation
        await tx.conn.execute(
            "UPDATE conversations SET resolved_at = resolved_at - interval '2 days' WHERE id = $1",
            UUID(conversation_id),
        )
    newer = (await visitor.ask("你好"))[0]["conversation_id"]
    assert newer != conversation_id
    await after(server, hours=1.1)
    assert (await head(team.one, conversation_id))["state"] == "resolved"
    assert await notices(team.one) == [("promise_due", TEXT)]


async def test_a_closed_promise_is_not_brought_back(server: RunningServer, team: Team) -> None:
    _, conversation_id = await begin(server, team.one)
    promise_id = await promise(team.one, conversation_id)
    await do(team.one, "POST", f"/promises/{promise_id}/close", state="kept")
    answer = await team.one.call("POST", f"/promises/{promise_id}/close", json={"state": "broken"})
    assert (answer.status_code, answer.json()["code"]) == (409, "promise_closed")
    await after(server, hours=2)
    assert await notices(team.one) == []


async def test_nobody_promises_the_past_or_nothing(server: RunningServer, team: Team) -> None:
    _, conversation_id = await begin(server, team.one)
    path = f"/conversations/{conversation_id}/promises"
    for body in (
        {"text": TEXT, "due_at": "2020-01-01T00:00:00Z"},
        {"text": TEXT, "due_at": "2099-01-01T00:00:00"},
        {"text": "  ", "due_at": "2099-01-01T00:00:00Z"},
    ):
        assert (await team.one.call("POST", path, json=body)).status_code == 422, body


STATES = (PromiseState.KEPT, PromiseState.BROKEN, PromiseState.CANCELLED)


@pytest.mark.parametrize("before", PromiseState)
@pytest.mark.parametrize("after_", PromiseState)
def test_a_promise_is_closed_once(before: PromiseState, after_: PromiseState) -> None:
    someone = UUID(int=1)
    made = Promise(
        id=someone,
        conversation_id=someone,
        customer_id=someone,
        owner_id=someone,
        owner_name="",
        text=TEXT,
        seq=None,
        due_at=clock.now(),
        state=before,
    )
    if after_ is PromiseState.OPEN:
        with pytest.raises(PromiseNotClosed):
            check_close(made, after_)
    elif before is PromiseState.OPEN:
        check_close(made, after_)
    else:
        with pytest.raises(PromiseClosed):
            check_close(made, after_)
