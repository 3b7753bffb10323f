"""The thread as its customer reads it: pages, marks, and what happens after the end of a conversation."""

from datetime import timedelta

from tests.factories import Colleague, Visitor, eventually
from tests.server import RunningServer
from tests.shared import SHARED, Socket
from yingda.kit.clock import frozen, now

pytestmark = SHARED


async def with_person(system: RunningServer, colleague: Colleague) -> tuple[Visitor, str]:
    """A visitor whose conversation a colleague has taken, and where to write to it."""
    visitor = await Visitor.open(system.http)
    await visitor.ask("转人工")
    conversation_id = (await visitor.post("在吗")).json()["conversation_id"]
    path = f"/conversations/{conversation_id}"
    assert (await colleague.call("POST", f"{path}/take")).status_code == 200
    return visitor, path


async def test_pages_both_ways(system: RunningServer, staff: dict[str, Colleague]) -> None:
    visitor, path = await with_person(system, staff["agent"])
    for number in range(6):
        await visitor.post(f"第{number}句")
        await staff["agent"].call("POST", f"{path}/messages", json={"text": f"记录{number}", "kind": "note"})
    whole = [one["seq"] for one in await visitor.thread()]
    assert whole == sorted(whole)
    assert len(set(range(1, whole[-1] + 1)) - set(whole)) == 5  # the notes between

    forward: list[int] = []
    page = {"has_more": True}
    while page["has_more"]:
        page = await visitor.get("/messages", after_seq=forward[-1] if forward else 0, limit=3)
        forward += [one["seq"] for one in page["messages"]]
    assert forward == whole

    backward: list[int] = []
    page = {"has_more": True}
    while page["has_more"]:
        page = await visitor.get("/messages", before_seq=backward[0] if backward else 2**31 - 1, limit=3)
        backward[:0] = [one["seq"] for one in page["messages"]]
    assert backward == whole
    latest = await visitor.get("/messages", limit=3)
    assert [one["seq"] for one in latest["messages"]] == whole[-3:]
    assert latest["has_more"] is True


async def test_both_sides_see_how_far_the_other_has_read(system: RunningServer, staff: dict[str, Colleague]) -> None:
    agent = staff["agent"]
    visitor, path = await with_person(system, agent)
    customer, console = await Socket.of(system, visitor), await Socket.of_staff(system, agent)
    await console.say(type="watch", conversation_id=path.rpartition("/")[2], after_seq=0)
    seq = (await agent.call("POST", f"{path}/messages", json={"text": "您好"})).json()["seq"]
    assert (await Visitor.open(system.http, token=visitor.session["token"])).session["unread"] >= 1

    await visitor.read(seq)
    assert (await console.hear("read", by_customer=True))["seq"] == seq
    session = (await Visitor.open(system.http, token=visitor.session["token"])).session
    assert (session["unread"], session["conversation"]["read_seq"]) == (0, seq)

    asked = (await visitor.post("好的")).json()["seq"]
    await agent.call("POST", f"{path}/read", json={"seq": asked})
    await customer.hear("read", seq=asked)
    session = (await Visitor.open(system.http, token=visitor.session["token"])).session
    assert session["conversation"]["peer_read_seq"] == asked
    await customer.close()
    await console.close()


async def test_marks_never_move_back_or_beyond_the_end(system: RunningServer) -> None:
    visitor = await Visitor.open(system.http)
    last = (await visitor.ask("你好"))[-1]["seq"]
    for seq, mark in ((last, last), (1, last), (2**31 - 1, last)):
        await visitor.read(seq)
        session = (await Visitor.open(system.http, token=visitor.session["token"])).session
        assert session["conversation"]["read_seq"] == mark


async def test_reading_before_writing_is_no_mistake(system: RunningServer) -> None:
    visitor = await Visitor.open(system.http)
    await visitor.read(5)
    assert await visitor.get("/messages") == {"messages": [], "has_more": False}


async def test_who_comes_back_within_a_day_goes_on_with_the_assistant(
    system: RunningServer, staff: dict[str, Colleague]
) -> None:
    visitor, path = await with_person(system, staff["agent"])
    socket = await Socket.of(system, visitor)
    resolved = await staff["agent"].call("POST", f"{path}/resolve")
    assert resolved.status_code == 200
    await socket.hear("state", state="resolved")
    with frozen(now() + timedelta(hours=23)):
        again = await Visitor.open(system.http, token=visitor.session["token"])
        assert again.session["conversation"]["state"] == "resolved"
        before = again.session["conversation"]["last_seq"]
        answers = await again.ask("我的订单到哪了")
        assert answers[0]["conversation_id"] == path.rpartition("/")[2]
        assert answers[0]["author"]["kind"] == "assistant"
        assert answers[0]["seq"] > before
    await socket.hear("state", state="pending", assignee=None)
    await socket.close()


async def test_who_comes_back_later_begins_a_new_conversation(
    system: RunningServer, staff: dict[str, Colleague]
) -> None:
    visitor, path = await with_person(system, staff["agent"])
    await staff["agent"].call("POST", f"{path}/resolve")
    old = await visitor.thread()
    with frozen(now() + timedelta(hours=25)):
        again = await Visitor.open(system.http, token=visitor.session["token"])
        assert (again.session["conversation"], again.session["messages"]) == (None, [])
        socket = await Socket.open(system)
        await socket.say(type="hello", token=visitor.session["token"], after_seq=old[-1]["seq"])
        assert (await socket.hear("ready"))["last_seq"] == 0
        sent = (await again.post("又有问题了")).json()
        assert sent["seq"] == 1
        assert sent["conversation_id"] != old[0]["conversation_id"]
        heard = (await socket.hear("message"))["message"]
        assert (heard["conversation_id"], heard["seq"]) == (sent["conversation_id"], 1)
        await eventually(lambda: again.thread(1))
        assert {one["conversation_id"] for one in await again.thread()} == {sent["conversation_id"]}
        await socket.close()
