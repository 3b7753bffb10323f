"""Who gets what: never two for one conversation, never more than there is room for."""

import asyncio
from collections import Counter
from uuid import UUID

from tests.conftest import DemoTemplate
from tests.factories import Colleague, Visitor, eventually
from tests.server import RunningServer
from yingda.conversations import HandOff, HandOffReason, Incoming, Kind, State, TextContent, get, receive
from yingda.customers import resolve_visitor
from yingda.identity import Permission, Principal
from yingda.infra.database import Database
from yingda.routing import Dispatcher, PresenceStatus, SetPresence, hand_over, queue_position, set_presence, subscribe


async def staff_of(db: Database, count: int) -> list[UUID]:
    """The demo's staff, as many as asked for."""
    async with db.reading() as conn:
        return [row["id"] for row in await conn.fetch("SELECT id FROM staff ORDER BY login LIMIT $1", count)]


async def come_online(db: Database, staff_id: UUID, capacity: int, status: str = "online") -> None:
    who = Principal(staff_id=staff_id, display_name="小雅", permissions=frozenset(Permission))
    async with db.transaction() as tx:
        await set_presence(tx, who, SetPresence(PresenceStatus(status), capacity))


async def wait_in_queue(db: Database, name: str, level: int = 1) -> UUID:
    """A customer whom the assistant has handed over."""
    async with db.transaction() as tx:
        customer = await resolve_visitor(tx, "web", name)
        content = TextContent("转人工")
        incoming = Incoming(
            customer_id=customer.id, shop="liuli", channel="web", external_id=name, kind=Kind.TEXT, content=content
        )
        message = (await receive(tx, incoming)).message
        await hand_over(tx, message.conversation_id, HandOff(reason=HandOffReason.REQUESTED, summary="转人工"), level)
        return message.conversation_id


async def test_fifty_dispatchers_give_each_conversation_to_one_agent_within_capacity(demo_url: str) -> None:
    db = await Database.connect(demo_url, pool=50)
    dispatchers = [Dispatcher(db) for _ in range(50)]
    subscribe(db.bus, dispatchers[0])
    staff = await staff_of(db, 8)
    for staff_id in staff:
        await come_online(db, staff_id, capacity=4)
    waiting = [await wait_in_queue(db, f"visitor-{number}") for number in range(40)]
    await asyncio.gather(*[dispatcher.dispatch_all() for dispatcher in dispatchers])
    async with db.reading() as conn:
        heads = [await get(conn, conversation_id) for conversation_id in waiting]
        loads = dict(await conn.fetch("SELECT staff_id, load FROM routing_presence"))
    given = Counter(head.assignee_id for head in heads if head.assignee_id)
    assert given == Counter(dict.fromkeys(staff, 4))
    assert loads == dict.fromkeys(staff, 4)
    assert sum(head.assignee_id is None for head in heads) == 8
    await db.close()


async def test_the_queue_is_ordered_by_level_then_by_time(demo_url: str) -> None:
    db = await Database.connect(demo_url)
    dispatcher = Dispatcher(db)
    subscribe(db.bus, dispatcher)
    early = await wait_in_queue(db, "early")
    late = await wait_in_queue(db, "late")
    complaint = await wait_in_queue(db, "complaint", level=3)
    async with db.reading() as conn:
        assert [await queue_position(conn, one) for one in (complaint, early, late)] == [1, 2, 3]
    [agent] = await staff_of(db, 1)
    await come_online(db, agent, capacity=2)
    await dispatcher.dispatch_all()
    async with db.reading() as conn:
        taken = [(await get(conn, one)).assignee_id for one in (complaint, early, late)]
    assert taken == [agent, agent, None]
    await db.close()


async def test_nobody_who_is_busy_away_or_offline_is_given_anything(demo_url: str) -> None:
    db = await Database.connect(demo_url)
    dispatcher = Dispatcher(db)
    subscribe(db.bus, dispatcher)
    for staff_id, status in zip(await staff_of(db, 3), ("busy", "away", "offline"), strict=True):
        await come_online(db, staff_id, capacity=5, status=status)
    conversation_id = await wait_in_queue(db, "visitor")
    await dispatcher.dispatch_all()
    async with db.reading() as conn:
        head = await get(conn, conversation_id)
    assert (head.state, head.assignee_id) == (State.OPEN, None)
    await db.close()


async def test_an_agent_who_comes_online_gets_who_waits_and_room_is_given_back(
    server: RunningServer, demo_template: DemoTemplate
) -> None:
    visitor = await Visitor.open(server.http)
    await visitor.ask("转人工")
    agent = await Colleague.sign_in(server.url, demo_template.account("demo.agent1"))
    online = {"json": {"status": "online", "capacity": 1}}
    assert (await agent.call("PUT", "/routing/presence", **online)).json()["load"] == 0

    async def mine() -> list[dict[str, object]]:
        return list((await agent.get("/conversations", view="mine"))["items"])

    [line] = await eventually(mine)
    assert (await agent.get("/routing/presence"))["load"] == 1
    second = await Visitor.open(server.http)
    await second.ask("转人工")
    board = await agent.get("/routing/board")
    assert (len(board["waiting"]), len(board["agents"])) == (1, 1)
    await agent.call("POST", f"/conversations/{line['conversation']['id']}/resolve")  # type: ignore[index]

    async def second_is_mine() -> bool:
        return any(one["conversation"]["id"] != line["conversation"]["id"] for one in await mine())  # type: ignore[index]

    await eventually(second_is_mine)
    assert (await agent.get("/routing/presence"))["load"] == 1
    await agent.close()


async def test_a_supervisor_gives_a_conversation_to_a_colleague_and_back(
    server: RunningServer, demo_template: DemoTemplate
) -> None:
    visitor = await Visitor.open(server.http)
    await visitor.ask("转人工")
    supervisor = await Colleague.sign_in(server.url, demo_template.account("demo.supervisor"))
    [line] = (await supervisor.get("/conversations", view="waiting"))["items"]
    path = f"/routing/conversations/{line['conversation']['id']}/assign"
    [colleague] = await staff_of(server.runtime.db, 1)
    given = await supervisor.call("POST", path, json={"staff_id": str(colleague)})
    assert given.json()["assignee_id"] == str(colleague)
    back = await supervisor.call("POST", path, json={"staff_id": None})
    assert (back.json()["assignee_id"], back.json()["state"]) == (None, "open")
    assert len((await supervisor.get("/routing/board"))["waiting"]) == 1
    await supervisor.close()


async def test_an_agent_passes_on_only_what_they_have_in_hand(
    server: RunningServer, demo_template: DemoTemplate
) -> None:
    visitor = await Visitor.open(server.http)
    await visitor.ask("转人工")
    agent = await Colleague.sign_in(server.url, demo_template.account("demo.agent1"))
    other = await Colleague.sign_in(server.url, demo_template.account("demo.agent2"))
    [line] = (await agent.get("/conversations", view="waiting"))["items"]
    conversation, person = line["conversation"]["id"], (await other.get("/auth/me"))["staff"]["id"]
    path, body = f"/routing/conversations/{conversation}/assign", {"staff_id": person}
    assert (await agent.call("POST", path, json=body)).status_code == 403
    await agent.call("POST", f"/conversations/{conversation}/take")
    assert (await agent.get("/routing/presence"))["load"] == 1
    assert (await other.call("POST", path, json=body)).status_code == 403
    assert (await agent.call("POST", path, json=body)).json()["assignee_id"] == person
    await agent.close()
    await other.close()
