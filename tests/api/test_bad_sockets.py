"""Whatever comes over a socket: it is closed with a code that the documents name, or passed over."""

import asyncio
import json
from uuid import uuid4

import pytest
from websockets.exceptions import InvalidStatus

from tests.factories import Colleague, Visitor
from tests.server import RunningServer
from tests.shared import SHARED, Socket
from yingda.channels.web import endpoints
from yingda.channels.web.tokens import issue
from yingda.kit.clock import now
from yingda.kit.ids import new_id

pytestmark = SHARED

NOT_UNDERSTOOD, REFUSED, NO_HELLO, TOO_LARGE, NO_TEXT = 4400, 4401, 4408, 1009, 1007

HELLOS: dict[str, tuple[str | bytes, int]] = {
    "no json": ("hello", NOT_UNDERSTOOD),
    "empty": ("", NOT_UNDERSTOOD),
    "a list": ("[]", NOT_UNDERSTOOD),
    "binary": (b'{"type": "hello", "token": "x"}', NOT_UNDERSTOOD),
    "nul": ("\x00", NOT_UNDERSTOOD),
    "another frame": ('{"type": "typing"}', NOT_UNDERSTOOD),
    "no token": ('{"type": "hello"}', NOT_UNDERSTOOD),
    "token of another type": ('{"type": "hello", "token": null}', NOT_UNDERSTOOD),
    "negative number": ('{"type": "hello", "token": "x", "after_seq": -1}', NOT_UNDERSTOOD),
    "number that is none": ('{"type": "hello", "token": "x", "after_seq": "1; DROP"}', NOT_UNDERSTOOD),
    "1e30": ('{"type": "hello", "token": "x", "after_seq": 1e30}', NOT_UNDERSTOOD),
    "30 digits": (f'{{"type": "hello", "token": "x", "after_seq": {"9" * 30}}}', NOT_UNDERSTOOD),
    "nested without end": ('{"type": "hello", "token": "x", "more": ' + "[" * 4000, NOT_UNDERSTOOD),
    "long": (json.dumps({"type": "hello", "token": "x" * 5000}), NOT_UNDERSTOOD),
    "giant": ("x" * 2_000_000, TOO_LARGE),
    "wrong token": ('{"type": "hello", "token": "x.y"}', REFUSED),
    "token with odd letters": ('{"type": "hello", "token": "令牌.签名"}', REFUSED),
}


@pytest.mark.parametrize(("frame", "code"), HELLOS.values(), ids=HELLOS.keys())
async def test_a_hello_that_is_none_ends_the_socket(system: RunningServer, frame: str | bytes, code: int) -> None:
    socket = await Socket.open(system)
    await socket.send(frame)
    assert await socket.closed() == code


async def test_forged_tokens_are_refused(system: RunningServer) -> None:
    genuine = (await Visitor.open(system.http)).session["token"]
    body, _, signature = genuine.partition(".")
    other = issue(b"another key", new_id(), "liuli", identified=True, now=now())
    for token in (f"{body}.", f".{signature}", f"{body[:-2]}.{signature}", genuine + "x", other, genuine[:-1]):
        socket = await Socket.open(system)
        await socket.say(type="hello", token=token)
        assert await socket.closed() == REFUSED, token


async def test_whoever_says_nothing_is_not_kept(system: RunningServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoints, "HELLO_SECONDS", 0.05)
    socket = await Socket.open(system)
    assert await socket.closed() == NO_HELLO


async def test_leaving_without_a_word_is_no_news(system: RunningServer) -> None:
    for _ in range(5):
        await (await Socket.open(system)).close()


NOISE: tuple[str | bytes, ...] = (
    "",
    "x",
    "\x00",
    b"\x00\xff",
    "[]",
    '{"type": 5}',
    '{"type": "message", "text": "x"}',
    '{"type": "watch", "conversation_id": "x"}',
    '{"type": "watch", "conversation_id": null, "after_seq": 1e30}',
    '{"type": "typing", "more": ' + "[" * 4000,
    "y" * 10_000,
    '{"type": "pong"}',
)


async def test_noise_from_a_customer_is_passed_over(system: RunningServer) -> None:
    visitor = await Visitor.open(system.http)
    socket = await Socket.of(system, visitor)
    for frame in NOISE:
        await socket.send(frame)
    await visitor.post("还在吗")
    assert (await socket.hear("message"))["message"]["content"]["text"] == "还在吗"
    await socket.send("z" * 2_000_000)
    assert await socket.closed() == TOO_LARGE


async def test_noise_from_a_console_is_passed_over(system: RunningServer, staff: dict[str, Colleague]) -> None:
    visitor = await Visitor.open(system.http)
    await visitor.ask("你好")
    (told, *_) = await visitor.thread()
    conversation_id = told["conversation_id"]
    socket = await Socket.of_staff(system, staff["agent"])
    for frame in NOISE:
        await socket.send(frame)
    for after_seq in (-1, 2**31, 10**30, 1e30, "1", None):
        await socket.say(type="watch", conversation_id=conversation_id, after_seq=after_seq)
    for type_ in ("watch", "unwatch", "typing"):
        await socket.say(type=type_, conversation_id=str(uuid4()))
    await socket.say(type="watch", conversation_id=conversation_id, after_seq=0)
    frame = await socket.hear("message", conversation_id=conversation_id)
    assert frame["message"]["content"]["text"] == "你好"
    await socket.close()


async def test_strangers_hear_nothing_of_the_console(system: RunningServer, staff: dict[str, Colleague]) -> None:
    cookie = staff["agent"].cookies
    for headers in (
        {},
        {"Cookie": "yingda_session=forged", "Origin": system.url},
        {"Cookie": cookie},
        {"Cookie": cookie, "Origin": "https://elsewhere.example"},
        {"Authorization": "Bearer yd_x_y"},
        {"Authorization": f"Bearer {(await Visitor.open(system.http)).session['token']}"},
    ):
        socket = await Socket.open(system, "/api/v1/socket", **headers)
        assert await socket.closed() == REFUSED


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/", "/api/v1/chat/messages"])
async def test_sockets_elsewhere_are_not_opened(system: RunningServer, path: str) -> None:
    with pytest.raises(InvalidStatus):
        await (await Socket.open(system, path)).closed()


async def test_a_customer_may_have_many_sockets(system: RunningServer) -> None:
    visitor = await Visitor.open(system.http)
    sockets = await asyncio.gather(*[Socket.of(system, visitor) for _ in range(60)])
    await visitor.post("大家好")
    heard = await asyncio.gather(*[socket.hear("message") for socket in sockets])
    assert {frame["message"]["seq"] for frame in heard} == {1}
    await asyncio.gather(*[socket.close() for socket in sockets])
