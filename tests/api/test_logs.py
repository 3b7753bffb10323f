"""What customers say and who they are stays out of the log."""

import io

import pytest

from tests.factories import Colleague, Visitor
from tests.server import RunningServer
from tests.shared import SHARED, Socket
from yingda.conversations import service

pytestmark = SHARED

PHONE = "13812345678"
ADDRESS = "浙江省杭州市西湖区文三路478号3栋2单元"
WORDS = "我是林小满请尽快发货"
SAID = f"{WORDS}，电话{PHONE}，地址{ADDRESS}，邮箱lin@example.com"


async def test_a_chat_leaves_no_words_behind(
    system: RunningServer, staff: dict[str, Colleague], log: io.StringIO
) -> None:
    visitor = await Visitor.known(system.http)
    socket = await Socket.of(system, visitor)
    await visitor.ask(SAID)
    sent = await visitor.post("转人工")
    path = f"/conversations/{sent.json()['conversation_id']}"
    await staff["agent"].call("POST", f"{path}/messages", json={"text": f"好的，{SAID}"})
    await staff["agent"].call("GET", f"/conversations/search?q={PHONE}")
    await visitor.post(SAID * 200)
    await system.http.get(f"/api/v1/chat/widget-config?shop={PHONE}")
    await socket.send(SAID)
    await socket.close()
    assert_silent(log, visitor)


async def test_not_even_a_failure_quotes_them(
    system: RunningServer, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object) -> None:
        raise RuntimeError("nothing stored")

    visitor = await Visitor.open(system.http)
    monkeypatch.setattr(service.messages, "receive", fail)
    answer = await visitor.post(SAID)
    assert (answer.status_code, answer.json()["code"]) == (500, "internal_error")
    assert answer.json()["request_id"] in log.getvalue()
    assert "RuntimeError: nothing stored" in log.getvalue()
    assert_silent(log, visitor)
    log.truncate(0)  # this failure was wanted


def assert_silent(log: io.StringIO, visitor: Visitor) -> None:
    written = log.getvalue()
    for word in (PHONE, ADDRESS, "文三路", WORDS, "lin@example.com", visitor.session["token"]):
        assert word not in written, word
