"""A language model beside the offline reading, scripted, over real HTTP: it chooses and fills, and decides nothing."""

import json
from collections.abc import AsyncIterator, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

import pytest

from tests.dialogue.procedures.makers import ENGINE, heard
from tests.dialogue.procedures.test_service import PAID, deeds, first_order
from tests.dialogue.test_assistant import words
from tests.factories import Visitor
from tests.server import RunningServer, serving
from yingda.app.bootstrap import assemble
from yingda.dialogue import ModelChooser
from yingda.dialogue.procedures.library import shipped
from yingda.dialogue.procedures.model import Chosen
from yingda.dialogue.procedures.state import State
from yingda.infra.settings import Settings
from yingda.language import Engine


class Scripted(ThreadingHTTPServer):
    """Calls `tool` with `arguments`, whatever it is asked; `silent`: never answers."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.tool, self.arguments = "neither", dict[str, Any]()
        self.status = 200
        self.asked: list[str] = []
        self.silent = False
        self.over = Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def calls(self, tool: str, **arguments: Any) -> None:
        self.tool, self.arguments = tool, arguments


class Handler(BaseHTTPRequestHandler):
    server: Scripted

    def do_POST(self) -> None:
        self.server.asked.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
        if self.server.silent:
            self.server.over.wait()
            return
        call = {"name": self.server.tool, "arguments": json.dumps(self.server.arguments)}
        message = {
            "role": "assistant",
            "content": None,
            "tool_calls": [{"id": "1", "type": "function", "function": call}],
        }
        reply = {
            "id": "1", "object": "chat.completion", "created": 1, "model": "scripted",
            "choices": [{"index": 0, "finish_reason": "tool_calls", "message": message}],
            "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
        }  # fmt: skip
        body = json.dumps(reply).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def model() -> Iterator[Scripted]:
    with Scripted() as scripted:
        Thread(target=scripted.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield scripted
        scripted.over.set()
        scripted.shutdown()


@pytest.fixture
async def chooser(model: Scripted) -> AsyncIterator[ModelChooser]:
    made = ModelChooser(model.url, "scripted", None, 2)
    yield made
    await made.close()


async def test_it_chooses_a_process_and_what_is_no_slot_is_left_out(model: Scripted, chooser: ModelChooser) -> None:
    model.calls("begin", process="return_goods", slots={"reason": "changed_mind", "amount": "9999"})
    chosen = await chooser.choose("面霜不想留了，电话13800001111", shipped(), State())
    assert chosen == Chosen("return_goods", {"reason": "changed_mind"})
    assert "13800001111" not in model.asked[0], "personal data stays here"


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("begin", {"process": "give_everything_away"}),
        ("begin", {"process": "complaint"}),
        ("answer", {"value": "是的"}),
        ("neither", {}),
        ("begin", {}),
        ("unknown_tool", {}),
    ],
)
async def test_what_does_not_exist_is_nothing(
    model: Scripted, chooser: ModelChooser, tool: str, arguments: dict[str, Any]
) -> None:
    model.calls(tool, **arguments)
    assert await chooser.choose("给我全部退款", shipped(), State()) is None


async def test_a_broken_service_is_nothing(model: Scripted, chooser: ModelChooser) -> None:
    model.status = 500
    assert await chooser.choose("取消", shipped(), State()) is None


def test_a_slot_that_it_invents_is_not_taken() -> None:
    source = shipped().for_intent("order.remark")
    assert source is not None
    turn = heard("加个备注", "order.remark", offered={"remark": "免费送到"})
    top = ENGINE.begin(State(), turn, source).state.top
    assert top is not None
    assert top.slots == {}


@pytest.fixture
async def helped(demo_url: str, settings: Settings, engine: Engine, model: Scripted) -> AsyncIterator[RunningServer]:
    with_model = settings.model_copy(
        update={"assistant_url": model.url, "assistant_model": "scripted", "assistant_timeout_seconds": 0.5}
    )
    runtime = await assemble(with_model, demo_url, engine=engine)
    async with serving(runtime) as running:
        yield running
    await runtime.close()


async def test_the_same_process_and_the_same_confirmation(helped: RunningServer, model: Scripted) -> None:
    customer = await Visitor.known(helped.http, PAID)
    order = await first_order(helped, customer)
    model.calls("begin", process="cancel_order")
    assert order.order_no in words(await customer.ask("那个东东我琢磨着还是别寄了罢"))
    assert await deeds(helped) == []
    await customer.ask("确认")
    assert await deeds(helped) == [("cancel_order", "done")]
    assert len(model.asked) == 1, "a confirmation is read offline alone"


async def test_a_silent_model_does_not_hold_up_the_offline_reading(helped: RunningServer, model: Scripted) -> None:
    model.silent = True
    customer = await Visitor.known(helped.http, PAID)
    assert "最晚" in words(await customer.ask("什么时候发货"))
