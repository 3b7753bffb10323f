"""Models over HTTP, against a service on loopback that behaves as OpenAI's does, or misbehaves."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import numpy as np
import pytest

from yingda.infra.model_clients import HttpEncoder, HttpJudge, ModelServiceFailed


class Service(ThreadingHTTPServer):
    """`answer` makes the reply from what was asked; bytes are sent as they are."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, str | None, Any]] = []
        self.answer: Any = lambda wanted: {}
        self.status = 200

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


class Handler(BaseHTTPRequestHandler):
    server: Service

    def do_POST(self) -> None:
        wanted = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append((self.path, self.headers["Authorization"], wanted))
        reply = self.server.answer(wanted)
        body = reply if isinstance(reply, bytes) else json.dumps(reply).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def service() -> Iterator[Service]:
    with Service() as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield server
        server.shutdown()


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def rows(wanted: Any) -> Any:
    """Unsorted, as a service may."""
    return {"data": [{"index": i, "embedding": [3.0 * i, 4.0]} for i in reversed(range(len(wanted["input"])))]}


def test_vectors_come_in_order_and_at_length_one(service: Service) -> None:
    service.answer = rows
    found = HttpEncoder(service.url, "bge", "secret", 5).encode(["a", "b"])
    assert found.dtype == np.float32
    assert found.tolist() == pytest.approx(np.array([[0, 1], [0.6, 0.8]]))
    path, key, wanted = service.asked[0]
    assert (path, key, wanted["model"], wanted["input"]) == ("/v1/embeddings", "Bearer secret", "bge", ["a", "b"])


def test_many_texts_are_asked_in_batches(service: Service) -> None:
    service.answer = rows
    assert len(HttpEncoder(service.url, "bge", None, 5).encode(["a"] * 130)) == 130
    assert [len(wanted["input"]) for _, _, wanted in service.asked] == [64, 64, 2]


def test_personal_data_stays_here(service: Service) -> None:
    service.answer = rows
    HttpEncoder(service.url, "bge", None, 5).encode(["我的电话13812345678"])
    assert "13812345678" not in service.asked[0][2]["input"][0]


@pytest.mark.parametrize(
    ("status", "reply"),
    [
        (500, {}),
        (200, b"<html>"),
        (200, {"data": []}),
        (200, {"data": [{"index": 0, "embedding": ["x"]}]}),
        (200, {"data": [{"index": 0, "embedding": [1]}, {"index": 1, "embedding": [1, 2]}]}),
    ],
)
def test_nonsense_is_a_failure(service: Service, status: int, reply: object) -> None:
    service.status, service.answer = status, lambda wanted: reply
    with pytest.raises(ModelServiceFailed):
        HttpEncoder(service.url, "bge", None, 5).encode(["a"])


def test_what_is_down_is_left_alone_for_a_while(service: Service) -> None:
    clock = Clock()
    encoder = HttpEncoder(service.url, "bge", None, 5, clock)
    service.status = 503
    for _ in range(3):
        with pytest.raises(ModelServiceFailed):
            encoder.encode(["a"])
    assert len(service.asked) == 1
    service.status, service.answer, clock.now = 200, rows, 31.0
    assert len(encoder.encode(["a"])) == 1


def said(text: str | None) -> Any:
    return {"choices": [{"message": {"role": "assistant", "content": text}}]}


@pytest.mark.parametrize(
    ("reply", "chosen"),
    [
        (said(" invoice.request\n"), "invoice.request"),
        (said("none"), None),
        (said("order.cancel"), None),  # not among those it may choose
        (said(None), None),
        ({"choices": []}, None),
    ],
)
def test_a_language_model_chooses_one_of_the_given(service: Service, reply: object, chosen: str | None) -> None:
    service.answer = lambda wanted: reply
    judge = HttpJudge(service.url, "qwen", None, 5, {"invoice.request": "开发票"})
    assert judge.choose("帮我弄张票 13812345678", ["invoice.request", "invoice.progress"]) == chosen
    path, _, wanted = service.asked[0]
    rule, message = (each["content"] for each in wanted["messages"])
    assert path == "/v1/chat/completions"
    assert "invoice.request: 开发票" in rule
    assert "13812345678" not in message
