"""The customer's socket: what was missed, then what happens; never what only staff may see."""

import asyncio

from tests.channels.web.test_thread import with_person
from tests.factories import Colleague, Visitor
from tests.server import RunningServer
from tests.shared import SHARED, Socket
from yingda.channels.web.endpoints import CATCH_UP

pytestmark = SHARED


async def test_hello_then_ready_then_the_missed_then_the_new(system: RunningServer) -> None:
    visitor = await Visitor.open(system.http)
    await visitor.ask("你好")
    await visitor.ask("谢谢")
    thread = await visitor.thread()
    socket = await Socket.open(system)
    await socket.say(type="hello", token=visitor.session["token"], after_seq=1)
    ready = await socket.next()
    assert ready == {
        "type": "ready",
        "conversation_id": thread[0]["conversation_id"],
        "last_seq": thread[-1]["seq"],
    }
    assert [(await socket.next())["type"] for _ in range(2)] == ["state", "read"]
    missed = [(await socket.next())["message"] for _ in thread[1:]]
    assert missed == thread[1:]
    sent = (await visitor.post("你好呀")).json()
    assert (await socket.hear("message"))["message"] == sent
    assert (await socket.hear("message"))["message"]["author"]["kind"] == "assistant"
    await socket.close()


async def test_before_the_first_message(system: RunningServer) -> None:
    visitor = await Visitor.open(system.http)
    socket = await Socket.open(system)
    await socket.say(type="hello", token=visitor.session["token"])
    assert await socket.next() == {"type": "ready", "conversation_id": None, "last_seq": 0}
    await socket.say(type="typing")
    await visitor.post("你好")
    assert (await socket.next())["message"]["seq"] == 1
    await socket.close()


async def test_a_number_of_an_earlier_conversation_hides_nothing(system: RunningServer) -> None:
    visitor = await Visitor.open(system.http)
    await visitor.ask("你好")
    socket = await Socket.of(system, visitor, after_seq=500)
    assert (await socket.hear("message"))["message"]["seq"] == 1
    await socket.close()


async def test_who_missed_too_much_fetches_it(system: RunningServer, staff: dict[str, Colleague]) -> None:
    visitor, _ = await with_person(system, staff["agent"])
    await asyncio.gather(*[visitor.post(f"第{number}句") for number in range(CATCH_UP + 1)])
    socket = await Socket.of(system, visitor)
    frames = await socket.hear_until("resync")
    assert {frame["type"] for frame in frames} == {"state", "read", "resync"}
    sent = (await visitor.post("还连着")).json()
    assert (await socket.hear("message"))["message"] == sent
    await socket.close()


async def test_what_staff_do_reaches_the_customer(system: RunningServer, staff: dict[str, Colleague]) -> None:
    agent = staff["agent"]
    visitor, path = await with_person(system, agent)
    last = (await visitor.thread())[-1]["seq"]
    socket, console = await Socket.of(system, visitor, after_seq=last), await Socket.of_staff(system, agent)
    await console.say(type="watch", conversation_id=path.rpartition("/")[2])
    await console.say(type="typing", conversation_id=path.rpartition("/")[2])
    assert (await socket.hear("typing"))["author"] == {"kind": "staff", "name": "小雅"}
    await agent.call("POST", f"{path}/messages", json={"text": "先看看", "kind": "note"})
    await agent.call("POST", f"{path}/messages", json={"text": "您好，请讲"})
    heard = await socket.hear("message")
    assert heard["message"]["content"] == {"type": "text", "text": "您好，请讲"}
    assert heard["message"]["author"] == {"kind": "staff", "name": "小雅"}
    assert heard["message"]["client_id"] is None

    await socket.say(type="typing")
    by_customer = {"kind": "customer", "id": None, "name": None}
    await console.hear("typing", conversation_id=path.rpartition("/")[2], author=by_customer)
    await socket.close()
    await console.close()


async def test_the_hand_over_is_told_step_by_step(system: RunningServer, staff: dict[str, Colleague]) -> None:
    visitor = await Visitor.open(system.http)
    socket = await Socket.of(system, visitor)
    conversation_id = (await visitor.post("转人工")).json()["conversation_id"]
    frames = await socket.hear_until("state", state="open", assignee=None)
    if not any(is_notice(frame, "handoff_waiting") for frame in frames):
        while not is_notice(await socket.hear("message"), "handoff_waiting"):
            pass
    await staff["agent"].call("POST", f"/conversations/{conversation_id}/take")
    frames = await socket.hear_until("state", state="open", assignee={"name": "小雅"})
    assigned = [frame for frame in frames if is_notice(frame, "handoff_assigned")]
    assert "小雅" in assigned[0]["message"]["content"]["text"]
    await staff["agent"].call("POST", f"/conversations/{conversation_id}/resolve")
    frames = await socket.hear_until("message")
    assert is_notice(frames[-1], "resolved")
    await socket.close()


def is_notice(frame: dict[str, object], code: str) -> bool:
    message = frame.get("message")
    return isinstance(message, dict) and message["content"].get("code") == code


async def test_the_same_chat_in_two_tabs(system: RunningServer) -> None:
    visitor = await Visitor.open(system.http)
    one, two = await Socket.of(system, visitor), await Socket.of(system, visitor)
    sent = (await visitor.post("两个页签")).json()
    for socket in (one, two):
        assert (await socket.hear("message"))["message"] == sent
        await socket.close()


async def test_strangers_hear_nothing(system: RunningServer) -> None:
    visitor, stranger = await Visitor.open(system.http), await Visitor.open(system.http)
    socket = await Socket.of(system, stranger)
    await visitor.ask("这是秘密")
    await stranger.post("自己的话")
    assert (await socket.next())["message"]["content"]["text"] == "自己的话"
    await socket.close()
