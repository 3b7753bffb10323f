"""Whatever is sent to the chat is stored as it is or refused in words; it is never a failure of ours."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
import pytest_asyncio

from tests.factories import SHOP, Visitor
from tests.server import RunningServer
from tests.shared import SHARED, text_message

pytestmark = SHARED

MESSAGES = "/api/v1/chat/messages"
JSON = {"Content-Type": "application/json"}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def visitor(system: RunningServer) -> Visitor:
    return await Visitor.open(system.http)


def told(answer: httpx.Response) -> tuple[int, str]:
    """Status and code of a problem, which says what it is in two languages and where it happened."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    problem = answer.json()
    assert problem["status"] == answer.status_code
    assert problem["type"] == f"urn:yingda:problem:{problem['code']}"
    assert problem["request_id"] == answer.headers["x-request-id"]
    assert problem["title"]
    return answer.status_code, problem["code"]


STORED_VERBATIM = {
    "emoji": "😭😭😭👨‍👩‍👧‍👦🏳️‍🌈",
    "html": "<script>alert(1)</script><img src=x onerror=alert(2)>&lt;b&gt;",
    "sql": "'; DROP TABLE messages; -- \" OR 1=1",
    "templates": "{{7*7}} ${jndi:ldap://x} {0.__class__} %s %n {reason}",
    "right to left": "\u202e反向\u200b零宽\ufeff",
    "line breaks": "一\n二\r\n三\t四",
    "astral": "𠮷野家 🀄",
    "only a mark": "?",
    "backslashes": "C:\\u0000\\temp\\ud800",
    "the longest": "字" * 4000,
}


@pytest.mark.parametrize("text", STORED_VERBATIM.values(), ids=STORED_VERBATIM.keys())
async def test_texts_are_stored_verbatim(system: RunningServer, text: str) -> None:
    visitor = await Visitor.open(system.http)
    answers = await visitor.ask(text)
    thread = await visitor.thread()
    assert thread[0]["content"]["text"] == text
    assert answers[0]["author"]["kind"] in ("assistant", "system")


async def test_control_characters_are_left_out(system: RunningServer) -> None:
    visitor = await Visitor.open(system.http)
    sent = await visitor.post("\x00a\x07b\x1b[31m\x7f ")
    assert sent.json()["content"]["text"] == "ab[31m"


def message(**fields: Any) -> str:
    return json.dumps(text_message("你好") | fields)


DEEP = 50_000
BODIES: dict[str, tuple[str | bytes, int, str]] = {
    "nothing": ("", 422, "validation_failed"),
    "null": ("null", 422, "validation_failed"),
    "a list": ("[]", 422, "validation_failed"),
    "a string": ('"text"', 422, "validation_failed"),
    "no json": ("{client_id: 1", 400, "bad_request"),
    "two values": ("{}{}", 400, "bad_request"),
    "no client id": ('{"kind": "text", "content": {"text": "x"}}', 422, "validation_failed"),
    "client id of another type": (message(client_id=7), 422, "validation_failed"),
    "client id that is none": (message(client_id="\x00"), 422, "validation_failed"),
    "unknown kind": (message(kind="note"), 422, "validation_failed"),
    "system as kind": (message(kind="system"), 422, "validation_failed"),
    "unknown field": (message(author="staff"), 422, "validation_failed"),
    "content of another type": (message(content="x"), 422, "validation_failed"),
    "text of another type": (message(content={"text": 5}), 422, "content_invalid"),
    "text missing": (message(content={}), 422, "content_invalid"),
    "content of another kind": (message(content={"type": "system", "text": "x"}), 422, "content_invalid"),
    "empty": (message(content={"text": ""}), 422, "message_empty"),
    "only blanks": (message(content={"text": " \n\u3000\x00"}), 422, "message_empty"),
    "one too many": (message(content={"text": "字" * 4001}), 422, "text_too_long"),
    "100 KB": (message(content={"text": "字" * 40_000}), 422, "text_too_long"),
    "1 MB": (message(content={"text": "字" * 350_000}), 413, "body_too_large"),
    "no utf-8": (b'{"client_id": "\xff\xfe"}', 400, "bad_request"),
    "utf-8 cut short": ('{"client_id": "好'.encode()[:-1] + b'"}', 400, "bad_request"),
    "lone surrogate": (message(content={"text": "\ud800"}), 400, "bad_request"),
    "nested without end": ("[" * DEEP + "]" * DEEP, 400, "bad_request"),
    "never closed": ('{"content":' * 20_000, 400, "bad_request"),
    "nested in a field": (message()[:-1] + f', "x": {"[" * DEEP}', 400, "bad_request"),
    "number without end": ('{"client_id": ' + "9" * 5000 + "}", 400, "bad_request"),
    "unknown file": (message(kind="image", content={"file_id": str(uuid4())}), 404, "attachment_not_found"),
    "file id that is none": (message(kind="file", content={"file_id": "../../etc/passwd"}), 404, "not_found"),
    "order of a visitor": (message(kind="order_card", content={"order_no": "1"}), 422, "content_invalid"),
    "product without title": (message(kind="product_card", content={"product_id": "1"}), 422, "content_invalid"),
}


@pytest.mark.parametrize(("body", "status", "code"), BODIES.values(), ids=BODIES.keys())
async def test_bad_messages_are_refused_in_words(
    system: RunningServer, visitor: Visitor, body: str | bytes, status: int, code: str
) -> None:
    for language, first in (("zh-CN,zh;q=0.9", range(0x4E00, 0x9FFF)), ("en-GB", range(0x41, 0x5B))):
        headers = visitor.headers | JSON | {"Accept-Language": language}
        answer = await system.http.post(MESSAGES, content=body, headers=headers)
        assert told(answer) == (status, code)
        assert ord(answer.json()["detail"][0]) in first
    assert await visitor.thread() == []


READ_MARKS = ('{"seq": 1e999}', '{"seq": 1.5}', '{"seq": -1}', '{"seq": true}', '{"seq": "x"}', '{"seq": 2147483648}')


@pytest.mark.parametrize("body", READ_MARKS)
async def test_bad_read_marks_are_refused(system: RunningServer, visitor: Visitor, body: str) -> None:
    answer = await system.http.post("/api/v1/chat/read", content=body, headers=visitor.headers | JSON)
    assert told(answer) in ((400, "bad_request"), (422, "validation_failed"))


@pytest.mark.parametrize(
    "query",
    [
        "after_seq=x",
        "after_seq=-1",
        "after_seq=1e30",
        f"after_seq={'9' * 5000}",
        "before_seq=%00",
        "limit=0",
        "limit=201",
    ],
)
async def test_bad_questions_are_refused(system: RunningServer, visitor: Visitor, query: str) -> None:
    answer = await system.http.get(f"{MESSAGES}?{query}", headers=visitor.headers)
    assert told(answer) == (422, "validation_failed")


@pytest.mark.parametrize(
    "type_", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ";;/", ""]
)
async def test_a_body_has_to_say_that_it_is_json(system: RunningServer, visitor: Visitor, type_: str) -> None:
    headers = visitor.headers | ({"Content-Type": type_} if type_ else {})
    answer = await system.http.post(MESSAGES, content=message(), headers=headers)
    assert told(answer) == (415, "media_type_refused")


@pytest.mark.parametrize("type_", ["application/json", "APPLICATION/JSON", "application/json; charset=utf-8"])
async def test_json_may_be_spelt_as_one_likes(system: RunningServer, type_: str) -> None:
    answer = await system.http.post(
        "/api/v1/chat/sessions", content=json.dumps({"shop": SHOP}), headers={"Content-Type": type_}
    )
    assert answer.status_code == 201


async def pieces(count: int, size: int = 65536) -> AsyncIterator[bytes]:
    for _ in range(count):
        yield b"a" * size


@pytest.mark.parametrize(
    ("path", "type_", "count"),
    [(MESSAGES, "application/json", 40), ("/api/v1/chat/uploads", "multipart/form-data; boundary=x", 200)],
)
async def test_a_body_of_unsaid_length_ends_at_the_limit(
    system: RunningServer, visitor: Visitor, path: str, type_: str, count: int
) -> None:
    headers = visitor.headers | {"Content-Type": type_}
    assert told(await system.http.post(path, content=pieces(count), headers=headers)) == (413, "body_too_large")


ADDRESSES = {
    "unknown": ("GET", "/api/v1/nothing", 404, "route_not_found"),
    "nul in an address of the API": ("GET", "/api/v1/%00", 404, "route_not_found"),
    "id that is none": ("GET", "/api/v1/conversations/%00", 404, "route_not_found"),
    "nul in a question": ("GET", "/api/v1/chat/widget-config?shop=%00", 422, "value_refused"),
    "no utf-8 in a question": ("GET", "/api/v1/chat/widget-config?shop=%ff%fe", 404, "shop_not_found"),
    "surrogate in a question": ("GET", "/api/v1/chat/widget-config?shop=%ed%a0%80", 404, "shop_not_found"),
    "nothing asked": ("GET", "/api/v1/chat/widget-config", 422, "validation_failed"),
    "unknown language": ("GET", f"/api/v1/chat/widget-config?shop={SHOP}&locale=fr", 422, "validation_failed"),
    "unknown file": ("GET", f"/api/v1/files/{uuid4()}?token=1.x", 403, "file_link_invalid"),
    "file without link": ("GET", f"/api/v1/files/{uuid4()}", 422, "validation_failed"),
    "wrong method": ("DELETE", MESSAGES, 405, "method_not_allowed"),
    "method of other protocols": ("PROPFIND", MESSAGES, 405, "method_not_allowed"),
}


@pytest.mark.parametrize(("method", "path", "status", "code"), ADDRESSES.values(), ids=ADDRESSES.keys())
async def test_odd_addresses(system: RunningServer, method: str, path: str, status: int, code: str) -> None:
    assert told(await system.http.request(method, path)) == (status, code)


async def test_a_message_sent_twice_is_stored_once(system: RunningServer) -> None:
    visitor = await Visitor.open(system.http)
    client_id = str(uuid4())
    first = await visitor.post("你好", client_id)
    again = await visitor.post("说的不一样也不行", client_id)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()


async def test_a_message_sent_thirty_times_at_once_is_stored_once(system: RunningServer) -> None:
    visitor = await Visitor.open(system.http)
    client_id = str(uuid4())
    answers = await asyncio.gather(*[visitor.post("在吗", client_id) for _ in range(30)])
    assert sorted(answer.status_code for answer in answers) == [200] * 29 + [201]
    assert len({answer.json()["id"] for answer in answers}) == 1
    own = [one for one in await visitor.thread() if one["author"]["kind"] == "customer"]
    assert [UUID(one["client_id"]) for one in own] == [UUID(client_id)]


async def test_thirty_messages_at_once_are_stored_in_one_conversation(system: RunningServer) -> None:
    visitor = await Visitor.open(system.http)
    answers = await asyncio.gather(*[visitor.post(f"第{number}句") for number in range(30)])
    assert {answer.status_code for answer in answers} == {201}
    thread = await visitor.thread()
    assert {one["id"] for one in thread} >= {answer.json()["id"] for answer in answers}
    assert len({one["conversation_id"] for one in thread}) == 1
    assert [one["seq"] for one in thread] == list(range(1, len(thread) + 1))


async def test_two_customers_may_choose_the_same_id(system: RunningServer) -> None:
    client_id = str(uuid4())
    for _ in range(2):
        visitor = await Visitor.open(system.http)
        assert (await visitor.post("你好", client_id)).status_code == 201


SESSIONS: dict[str, tuple[Any, int, str]] = {
    "unknown shop": ({"shop": "nobody"}, 404, "shop_not_found"),
    "no shop": ({}, 422, "validation_failed"),
    "nul": ({"shop": "\x00"}, 422, "value_refused"),
    "token of another type": ({"shop": SHOP, "token": ["x"]}, 422, "validation_failed"),
    "token without end": ({"shop": SHOP, "token": "x" * 501}, 422, "validation_failed"),
    "unknown language": ({"shop": SHOP, "locale": "fr"}, 422, "validation_failed"),
    "nobody's signature": (
        {"shop": SHOP, "identity": {"user_id": "C10001", "signature": "0" * 64}},
        401,
        "identity_signature_invalid",
    ),
    "odd signature": (
        {"shop": SHOP, "identity": {"user_id": "\x00", "signature": "签名"}},
        401,
        "identity_signature_invalid",
    ),
}


@pytest.mark.parametrize(("body", "status", "code"), SESSIONS.values(), ids=SESSIONS.keys())
async def test_bad_sessions_are_refused(system: RunningServer, body: Any, status: int, code: str) -> None:
    assert told(await system.http.post("/api/v1/chat/sessions", json=body)) == (status, code)
