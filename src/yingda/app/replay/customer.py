"""One customer of a replay, through the same doors as a widget: docs/web-channel.md."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from time import perf_counter
from typing import Any
from uuid import uuid4

import httpx
import msgspec
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from yingda.app.replay.tally import HANDED_OVER, Heard, Sent

PAGE = 200
FIRST_PAUSE = 0.1
LONGEST_PAUSE = 2.0
CLOSE_SECONDS = 2
TOO_MANY = 429
RATE_LIMITED = "rate_limited"


class ReplayFailed(Exception):
    """The replay cannot go on; the text is one line that says why."""


async def together(work: Iterable[Coroutine[Any, Any, None]]) -> None:
    """All of it at once. Raises the first `ReplayFailed`, and gives up the rest."""
    try:
        async with asyncio.TaskGroup() as group:
            for each in work:
                group.create_task(each)
    except* ReplayFailed as failed:
        raise failed.exceptions[0] from None


class Server:
    """The server that is replayed against. Repeats what may be repeated until `patience` seconds are over."""

    def __init__(self, http: httpx.AsyncClient, shop: str, patience: float) -> None:
        self.http = http
        self.shop = shop
        self.patience = patience

    async def request(
        self, method: str, path: str, *, after_limit: Callable[[], None] = lambda: None, **options: Any
    ) -> httpx.Response:
        """The answer to what may be asked again; `after_limit` is called before it is, if too much was asked."""
        deadline, pause = perf_counter() + self.patience, FIRST_PAUSE
        while True:
            try:
                answer = await self.http.request(method, f"/api/v1/chat{path}", **options)
            except httpx.TransportError as error:
                problem, wait = type(error).__name__, pause
            else:
                if answer.status_code != TOO_MANY and answer.status_code < 500:
                    return answer
                problem, wait = code_of(answer), float(answer.headers.get("Retry-After", pause))
            if perf_counter() + wait > deadline:
                raise ReplayFailed(f"{method} {path} was not answered within {self.patience:g} s: {problem}")
            await asyncio.sleep(wait)
            pause = min(pause * 2, LONGEST_PAUSE)
            if problem == RATE_LIMITED:
                after_limit()

    def socket(self) -> connect:
        """A connection to the chat's socket, to be entered."""
        base = self.http.base_url
        url = base.copy_with(scheme="wss" if base.scheme == "https" else "ws", path=f"{base.path}api/v1/chat/socket")
        return connect(str(url), proxy=None, compression=None, close_timeout=CLOSE_SECONDS)


def code_of(answer: httpx.Response) -> str:
    """The stable code of a problem, or the status of an answer that is none of ours."""
    try:
        return str(answer.json()["code"])
    except (ValueError, KeyError, TypeError):
        return f"http_{answer.status_code}"


class Customer:
    """A new visitor with an open socket, who waits for each answer before going on. Made by `visiting`."""

    def __init__(self, server: Server, token: str) -> None:
        self.conversation_id: str | None = None
        self.sent: list[Sent] = []
        self._server = server
        self._token = token
        self._headers = {"Authorization": f"Bearer {token}"}
        self._ready = asyncio.Event()
        self._news = asyncio.Event()
        self._answers: dict[int, float] = {}
        self._last_seq = 0
        self._handed_over = False

    async def say(self, text: str) -> Sent:
        """Send, and wait for the answer unless a person is in charge."""
        return await self.heard_out(await self.send(text))

    async def say_at_once(self, texts: Sequence[str]) -> Sent:
        """Send several messages before any answer to the last of them, and wait for that."""
        sent = [await self.send(text) for text in texts]
        return await self.heard_out(sent[-1])

    async def show(self, picture: bytes) -> Sent:
        """Send a picture, and wait for the answer unless a person is in charge."""
        files = {"file": ("photo.png", picture)}
        answer = await self._server.request("POST", "/uploads", files=files, headers=self._headers)
        if not answer.is_success:
            raise ReplayFailed(f"a picture could not be sent: {code_of(answer)}")
        return await self.heard_out(await self._post("image", {"file_id": answer.json()["file_id"]}))

    async def send(self, text: str) -> Sent:
        """Send, and wait only until it is stored."""
        return await self._post("text", {"text": text})

    async def heard_out(self, message: Sent) -> Sent:
        """Wait for the answer to it unless a person is in charge."""
        if message.seq is not None and (heard_at := await self._answer_after(message.seq)) is not None:
            message.wait_ms = (heard_at - message.began) * 1000
        return message

    async def _post(self, kind: str, content: dict[str, Any]) -> Sent:
        message = Sent(str(uuid4()), began=perf_counter())
        self.sent.append(message)
        body = {"client_id": message.client_id, "kind": kind, "content": content}

        def begin_again() -> None:
            message.began = perf_counter()

        try:
            answer = await self._server.request(
                "POST", "/messages", json=body, headers=self._headers, after_limit=begin_again
            )
        except ReplayFailed:
            message.refused = "not_acknowledged"
            return message
        if answer.status_code not in (200, 201):
            message.refused = code_of(answer)
            return message
        stored = answer.json()
        message.seq, self.conversation_id = stored["seq"], stored["conversation_id"]
        return message

    async def _answer_after(self, seq: int) -> float | None:
        """When the first answer to the message with this number was heard."""
        try:
            async with asyncio.timeout(self._server.patience):
                while True:
                    self._news.clear()
                    if heard := [at for number, at in self._answers.items() if number > seq]:
                        return min(heard)
                    if self._handed_over:
                        return None
                    await self._news.wait()
        except TimeoutError:
            return None

    @property
    def handed_over(self) -> bool:
        """Whether a person is in charge."""
        return self._handed_over

    async def thread(self, after_seq: int = 0) -> list[Heard]:
        """The whole thread, or what came after a message, read again."""
        heard: list[Heard] = []
        more = bool(self.conversation_id)
        while more:
            after = heard[-1].seq if heard else after_seq
            parameters = {"after_seq": after, "limit": PAGE}
            answer = await self._server.request("GET", "/messages", params=parameters, headers=self._headers)
            if not answer.is_success:
                raise ReplayFailed(f"a thread could not be read again: {code_of(answer)}")
            page = answer.json()
            heard += [_heard(message) for message in page["messages"]]
            more = page["has_more"] and bool(page["messages"])
        return heard

    async def listen(self) -> None:
        """Keep a socket open and hear what comes, until cancelled."""
        pause = FIRST_PAUSE
        while True:
            with suppress(OSError, WebSocketException):
                async with self._server.socket() as socket:
                    pause = FIRST_PAUSE
                    hello = {"type": "hello", "token": self._token, "after_seq": self._last_seq}
                    await socket.send(msgspec.json.encode(hello).decode())
                    async for frame in socket:
                        await self._hear(msgspec.json.decode(frame))
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _hear(self, frame: dict[str, Any]) -> None:
        match frame["type"]:
            case "ready":
                self._ready.set()
            case "message":
                self._note(_heard(frame["message"]))
            case "resync":
                for message in await self.thread():
                    self._note(message)
        self._news.set()

    def _note(self, message: Heard) -> None:
        self._last_seq = max(self._last_seq, message.seq)
        self._handed_over |= message.notice in HANDED_OVER
        if message.author != "customer":
            self._answers.setdefault(message.seq, perf_counter())

    async def ready(self) -> None:
        """Wait for the socket."""
        try:
            await asyncio.wait_for(self._ready.wait(), self._server.patience)
        except TimeoutError:
            raise ReplayFailed(f"the socket was not opened within {self._server.patience:g} s") from None


def _heard(message: dict[str, Any]) -> Heard:
    content = message["content"]
    return Heard(
        message["seq"],
        message["author"]["kind"],
        message["client_id"],
        content.get("code"),
        kind=message["kind"],
        text=content.get("text") or "",
        choices=tuple((option["label"], option["text"]) for option in content.get("options", ())),
        order_no=content.get("order_no"),
    )


@asynccontextmanager
async def visiting(server: Server, identity: dict[str, str] | None = None) -> AsyncIterator[Customer]:
    """A new visitor, or the customer for whom the shop vouches, with their socket open."""
    body = {"shop": server.shop, "identity": identity} if identity else {"shop": server.shop}
    answer = await server.request("POST", "/sessions", json=body)
    if answer.status_code != 201:
        raise ReplayFailed(f"no chat could be opened: {code_of(answer)}")
    customer = Customer(server, answer.json()["token"])
    listening = asyncio.create_task(customer.listen())
    try:
        await customer.ready()
        yield customer
    finally:
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
