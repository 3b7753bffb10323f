"""A load generator that costs little itself: HTTP and WebSocket on bare asyncio protocols.

It speaks only what our own server answers: JSON bodies with a length, unfragmented text frames.
"""

import asyncio
import base64
import os
import re
import zlib
from collections.abc import Callable
from time import perf_counter
from typing import Any, cast
from uuid import uuid4

import msgspec

_COOKIE = re.compile(rb"^set-cookie: ([^;\r]+)", re.IGNORECASE | re.MULTILINE)
_LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)

#: What browsers offer with every socket.
BROWSER_EXTENSIONS = "permessage-deflate; client_max_window_bits"


class Http(asyncio.Protocol):
    """One keep-alive connection, one request at a time. Made by `Http.open`."""

    def __init__(self) -> None:
        self._received = bytearray()
        self._answer: asyncio.Future[tuple[int, bytes]] | None = None
        self.cookies = ""
        self._transport: asyncio.Transport

    @classmethod
    async def open(cls, port: int) -> "Http":
        return (await asyncio.get_running_loop().create_connection(cls, "127.0.0.1", port))[1]

    def close(self) -> None:
        self._transport.close()

    async def call(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """The decoded answer. Raises `RuntimeError` for an error."""
        data = b"" if body is None else msgspec.json.encode(body)
        status, answer = await self.send(request(method, path, data, **headers))
        if status >= 400:
            raise RuntimeError(f"{method} {path}: {status} {answer[:200]!r}")
        return msgspec.json.decode(answer) if answer else None

    def send(self, request_: bytes) -> "asyncio.Future[tuple[int, bytes]]":
        """Status and body of the answer."""
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request_)
        return self._answer

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        self._received += data
        head_end = self._received.find(b"\r\n\r\n")
        if head_end < 0:
            return
        length = _LENGTH.search(self._received, 0, head_end)
        end = head_end + 4 + (int(length[1]) if length else 0)
        if len(self._received) < end or self._answer is None or self._answer.done():
            return
        if cookies := _COOKIE.findall(self._received, 0, head_end):
            self.cookies = b"; ".join(cookies).decode()
        status, body = int(self._received[9:12]), bytes(self._received[head_end + 4 : end])
        del self._received[:end]
        self._answer.set_result((status, body))

    def connection_lost(self, error: Exception | None) -> None:
        if self._answer and not self._answer.done():
            self._answer.set_exception(error or ConnectionResetError())


def request(method: str, path: str, body: bytes = b"", **headers: str) -> bytes:
    """A whole HTTP request, ready to be written."""
    lines = [f"{method} {path} HTTP/1.1", "host: 127.0.0.1", f"content-length: {len(body)}"]
    lines += ["content-type: application/json"] if body else []
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


def message(token: str, text: str) -> bytes:
    """The request that sends a text."""
    body = {"client_id": str(uuid4()), "kind": "text", "content": {"text": text}}
    return request("POST", "/api/v1/chat/messages", msgspec.json.encode(body), authorization=f"Bearer {token}")


class Socket(asyncio.Protocol):
    """One WebSocket as a browser opens it. `on_frame` is given each text and the moment it arrived."""

    def __init__(self, on_frame: Callable[[bytes, float], None]) -> None:
        self._on_frame = on_frame
        self._received = bytearray()
        self._open: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._transport: asyncio.Transport
        self._inflate: Any = None

    @classmethod
    async def open(cls, port: int, path: str, on_frame: Callable[[bytes, float], None], **headers: str) -> "Socket":
        loop = asyncio.get_running_loop()
        socket = (await loop.create_connection(lambda: cls(on_frame), "127.0.0.1", port))[1]
        opening = {
            "connection": "Upgrade",
            "upgrade": "websocket",
            "sec_websocket_version": "13",
            "sec_websocket_key": base64.b64encode(os.urandom(16)).decode(),
            "sec_websocket_extensions": BROWSER_EXTENSIONS,
            "origin": "http://127.0.0.1",
        }
        socket._transport.write(request("GET", path, b"", **opening, **headers).replace(b"content-length: 0\r\n", b""))
        await socket._open
        return socket

    def send(self, text: bytes) -> None:
        """One masked text frame of less than 64 KiB; the mask is zero, which leaves the bytes as they are."""
        length = len(text)
        head = bytes([0x81, 0x80 | length]) if length < 126 else bytes([0x81, 0xFE]) + length.to_bytes(2, "big")
        self._transport.write(head + b"\0\0\0\0" + text)

    def close(self) -> None:
        self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def connection_lost(self, error: Exception | None) -> None:
        if not self._open.done():
            self._open.set_exception(error or ConnectionResetError())

    def data_received(self, data: bytes) -> None:
        arrived = perf_counter()
        self._received += data
        if not self._open.done() and not self._shake_hands():
            return
        while (frame := self._next_frame()) is not None:
            self._take(*frame, arrived)

    def _shake_hands(self) -> bool:
        head, end, rest = self._received.partition(b"\r\n\r\n")
        if not end:
            return False
        if not head.startswith(b"HTTP/1.1 101"):
            self._open.set_exception(RuntimeError(bytes(head[:100]).decode()))
            return False
        if b"permessage-deflate" in head.lower():
            self._inflate = zlib.decompressobj(-15)
        self._received = rest
        self._open.set_result(None)
        return True

    def _next_frame(self) -> tuple[int, bytes] | None:
        """First byte and payload of the next whole frame."""
        received = self._received
        if len(received) < 2:
            return None
        length, start = received[1], 2
        if length >= 126:
            size = 2 if length == 126 else 8
            start, length = 2 + size, int.from_bytes(received[2 : 2 + size], "big")
        if len(received) < start + length:
            return None
        first, payload = received[0], bytes(received[start : start + length])
        del received[: start + length]
        return first, payload

    def _take(self, first: int, payload: bytes, arrived: float) -> None:
        opcode = first & 0x0F
        if opcode == 1:
            self._on_frame(self._inflate.decompress(payload + b"\0\0\xff\xff") if first & 0x40 else payload, arrived)
        elif opcode == 9:
            self._transport.write(bytes([0x8A, 0x80 | len(payload)]) + b"\0\0\0\0" + payload)
