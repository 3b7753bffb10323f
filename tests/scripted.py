"""A language model that says what a test tells it to, over real HTTP."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any


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


@contextmanager
def scripted() -> Iterator[Scripted]:
    with Scripted() as model:
        Thread(target=model.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield model
        model.over.set()
        model.shutdown()
