"""Staff hear of what concerns them, at once and later, and of nothing else."""

import asyncio
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from tests.factories import Colleague, Visitor
from tests.server import RunningServer
from tests.shared import Socket
from tests.tickets.desk import change, open_ticket, watched
from tests.workspace.conftest import Crew, Team, begin, do, me
from yingda.app.bootstrap import assemble
from yingda.conversations import Author, AuthorKind, Kind, StaffMentioned, TextContent, place_of, say
from yingda.kit import clock
from yingda.workspace.notices import purge_old

NOTE = "帮我看看这位客户的退款"


async def mention(server: RunningServer, by: Colleague, conversation_id: str, *named: Colleague) -> None:
    """A note that names these, as the composer sends it."""
    author = Author(AuthorKind.STAFF, UUID(await me(by)), "小雅")
    ids = tuple([UUID(await me(one)) for one in named])
    async with server.runtime.db.transaction() as tx:
        message = await say(tx, UUID(conversation_id), author, Kind.NOTE, TextContent(NOTE))
        place = await place_of(tx.conn, message.conversation_id)
        await tx.publish(StaffMentioned(message, place, ids))


async def page(colleague: Colleague, **query: Any) -> dict[str, Any]:
    found: dict[str, Any] = await colleague.get("/notices", **query)
    return found


async def test_who_is_given_a_conversation_hears_of_it(server: RunningServer, team: Team) -> None:
    socket = await Socket.of_staff(server, team.other)
    _, conversation_id = await begin(server, team.one)
    assign = f"/routing/conversations/{conversation_id}/assign"
    await do(team.one, "POST", assign, staff_id=await me(team.other))
    heard = await socket.hear("notice")
    assert (heard["kind"], heard["conversation_id"]) == ("assigned", conversation_id)
    await do(team.other, "POST", assign, staff_id=await me(team.other))
    seen = await page(team.other)
    assert [(one["kind"], one["read"]) for one in seen["items"]] == [("assigned", False)]
    assert seen["items"][0]["id"] == heard["id"]
    assert seen["unread"] == 1
    assert (await page(team.one))["items"] == []  # what one takes oneself is no news
    await socket.close()


async def test_dispatch_tells_whom_it_chose(server: RunningServer, team: Team) -> None:
    await do(team.one, "PUT", "/routing/presence", status="online")
    socket = await Socket.of_staff(server, team.one)
    _, conversation_id = await begin_waiting(server)
    heard = await socket.hear("notice", kind="assigned")
    assert heard["conversation_id"] == conversation_id
    await socket.close()


async def begin_waiting(server: RunningServer) -> tuple[Any, str]:
    visitor = await Visitor.open(server.http)
    return visitor, (await visitor.ask("转人工"))[0]["conversation_id"]


async def test_mentions_reach_whom_they_name_once(server: RunningServer, team: Team) -> None:
    _, conversation_id = await begin(server, team.one)
    await mention(server, team.one, conversation_id, team.other, team.one, team.other)
    (notice,) = (await page(team.other))["items"]
    assert (notice["kind"], notice["text"], notice["actor_name"]) == ("mentioned", NOTE, "小雅")
    assert notice["customer_id"]
    assert notice["seq"]
    assert (await page(team.one))["items"] == []


async def test_words_are_kept_from_who_may_not_see_the_conversation(server: RunningServer, team: Team) -> None:
    _, conversation_id = await begin(server, team.one)
    socket = await Socket.of_staff(server, team.stranger)
    async with server.runtime.db.transaction() as tx:
        team_id = await tx.conn.fetchval(
            "SELECT team_id FROM memberships WHERE staff_id = $1 AND team_id IS NOT NULL", UUID(await me(team.one))
        )
        await tx.conn.execute("UPDATE conversations SET team_id = $2 WHERE id = $1", UUID(conversation_id), team_id)
    await mention(server, team.one, conversation_id, team.stranger)
    assert NOTE not in str(await socket.hear("notice"))
    (notice,) = (await page(team.stranger))["items"]
    assert (notice["text"], notice["customer_name"], notice["customer_id"]) == ("", "", None)
    await socket.close()


async def test_reading_one_and_all(server: RunningServer, team: Team) -> None:
    _, conversation_id = await begin(server, team.one)
    for _ in range(5):
        await mention(server, team.one, conversation_id, team.other)
    first = await page(team.other, limit=2)
    assert (len(first["items"]), first["unread"]) == (2, 5)
    second = await page(team.other, limit=3, cursor=first["next_cursor"])
    assert second["next_cursor"] is None
    ids = [one["id"] for one in first["items"] + second["items"]]
    assert len(set(ids)) == 5
    await do(team.other, "POST", f"/notices/{ids[4]}/read")
    assert (await page(team.other))["unread"] == 4
    await do(team.other, "POST", "/notices/read", notice_id=ids[1])
    assert [one["read"] for one in (await page(team.other))["items"]] == [False, True, True, True, True]
    answer = await team.one.call("POST", f"/notices/{ids[0]}/read")
    assert (answer.status_code, answer.json()["code"]) == (404, "notice_not_found")
    await do(team.one, "POST", "/notices/read", notice_id=str(uuid4()))
    assert (await page(team.other))["unread"] == 1


async def test_old_notices_go(server: RunningServer, team: Team) -> None:
    _, conversation_id = await begin(server, team.one)
    await mention(server, team.one, conversation_id, team.other)
    for days, left in ((29, 1), (31, 0)):
        with clock.frozen(clock.now() + timedelta(days=days)):
            async with server.runtime.db.transaction() as tx:
                await purge_old(tx)
        assert len((await page(team.other))["items"]) == left


async def test_a_notice_of_another_process_rings_here(server: RunningServer, team: Team) -> None:
    _, conversation_id = await begin(server, team.one)
    socket = await Socket.of_staff(server, team.other)
    runtime = server.runtime
    elsewhere = await assemble(runtime.settings, runtime.db.url, engine=runtime.engine.engine)
    async with elsewhere.running():
        await asyncio.gather(elsewhere.relay.connected.wait(), runtime.relay.connected.wait())
        await mention(RunningServer(server.url, elsewhere, server.http), team.one, conversation_id, team.other)
        assert (await socket.hear("notice"))["kind"] == "mentioned"
    await elsewhere.close()
    await socket.close()


async def test_who_follows_a_conversation_hears_when_it_ends(server: RunningServer, team: Team) -> None:
    _, conversation_id = await begin(server, team.one)
    for follower in (team.one, team.other):
        await do(follower, "PUT", f"/conversations/{conversation_id}/follow")
    socket = await Socket.of_staff(server, team.other)
    await do(team.one, "POST", f"/conversations/{conversation_id}/resolve")
    assert (await socket.hear("notice"))["kind"] == "followed"
    assert [(one["kind"], one["text"]) for one in (await page(team.other))["items"]] == [("followed", "resolved")]
    assert (await page(team.one))["items"] == []  # who has it in hand sees it anyway
    await socket.close()


async def told(colleague: Colleague) -> list[tuple[str, str, str | None]]:
    """Of tickets, the latest first."""
    return [(one["kind"], one["text"], one["ticket_number"]) for one in (await page(colleague))["items"]]


async def test_a_ticket_rings_for_who_is_named_in_it_and_who_is_given_it(server: RunningServer, crew: Crew) -> None:
    socket = await Socket.of_staff(server, crew["logistics"])
    view = await open_ticket(crew["agent1"], title="包裹停在中转站")
    number, path = view["ticket"]["number"], f"/tickets/{view['ticket']['id']}"
    mentions = [await me(crew["logistics"]), await me(crew["agent1"])]
    await do(crew["agent1"], "POST", f"{path}/comments", text="请回电 13812345678", mentions=mentions)
    heard = await socket.hear("notice")
    assert (heard["kind"], heard["conversation_id"], heard["ticket_id"]) == ("mentioned", None, view["ticket"]["id"])
    await change(crew["agent1"], await crew["agent1"].get(path), owner_id=await me(crew["logistics"]))
    (given, mentioned) = await told(crew["logistics"])
    assert given == ("assigned", "包裹停在中转站", number)
    assert mentioned[0] == "mentioned"
    assert "13812345678" not in mentioned[1]  # who serves no customers reads no numbers
    assert await told(crew["agent1"]) == []
    await change(crew["logistics"], await crew["logistics"].get(path), owner_id=None)
    await change(crew["logistics"], await crew["logistics"].get(path), owner_id=await me(crew["logistics"]))
    assert len(await told(crew["logistics"])) == 2  # what one takes oneself is no news
    await socket.close()


async def test_a_ticket_that_will_be_late_rings_for_those_who_can_help(server: RunningServer, crew: Crew) -> None:
    nobodys = await open_ticket(crew["agent1"], level=3)
    due = datetime.fromisoformat(nobodys["ticket"]["due_at"])
    number = nobodys["ticket"]["number"]
    await watched(server, due - timedelta(minutes=10))
    assert await told(crew["logistics"]) == [("deadline_near", "first_response", number)]
    assert await told(crew["supervisor"]) == []
    await watched(server, due)
    late = ("deadline_breached", "first_response", number)
    assert (await told(crew["logistics"]))[0] == late
    assert (await told(crew["supervisor"]))[0] == late  # nobody of logistics directs its tickets
    assert await told(crew["agent1"]) == []
