"""Customers who go on chatting whatever dies, as docs/web-channel.md tells a client to: repeat a send until it is
acknowledged, reconnect a socket and catch up."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any
from uuid import uuid4

import httpx
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from tests.crash.system import PATIENCE
from tests.factories import Visitor, eventually

#: A known message with a known answer: one text.
THANKS = "谢谢"
PERSON = "转人工"
#: What a client may hear while something restarts; anything else is a defect.
TRY_AGAIN = 503
PACE_SECONDS = 0.25


class Customer:
    """One visitor's client. `sent` are the acknowledged messages, in the order in which they were sent."""

    def __init__(self, http: httpx.AsyncClient, visitor: Visitor) -> None:
        self._http = http
        self._visitor = visitor
        self.token: str = visitor.session["token"]
        self.sent: dict[str, int] = {}
        self.refused: list[str] = []

    async def send(self, text: str = THANKS) -> int:
        """Repeat until acknowledged; the number under which the message is stored."""
        client_id = str(uuid4())
        while True:
            with suppress(httpx.TransportError):
                answer = await self._visitor.post(text, client_id)
                if answer.status_code in (200, 201):
                    seq: int = answer.json()["seq"]
                    self.sent[client_id] = seq
                    return seq
                self._expect_later(answer)
            await asyncio.sleep(0.1)

    async def thread(self, after_seq: int) -> list[dict[str, Any]]:
        """What is in the thread after a number, as soon as somebody can tell."""
        while True:
            with suppress(httpx.TransportError):
                answer = await self._http.get(
                    "/api/v1/chat/messages",
                    params={"after_seq": after_seq, "limit": 200},
                    headers=self._visitor.headers,
                )
                if answer.status_code == 200:
                    messages: list[dict[str, Any]] = answer.json()["messages"]
                    return messages
                self._expect_later(answer)
            await asyncio.sleep(0.1)

    async def answered(self, seq: int) -> None:
        """Until the message `seq` has an answer."""
        async with asyncio.timeout(PATIENCE):
            while all(message["author"]["kind"] == "customer" for message in await self.thread(seq)):
                await asyncio.sleep(0.1)

    def _expect_later(self, answer: httpx.Response) -> None:
        if answer.status_code != TRY_AGAIN:
            self.refused.append(f"{answer.status_code} {answer.text}")


class Listener:
    """A customer's socket. `seen` are the numbers of the messages that it showed."""

    def __init__(self, url: str, customer: Customer) -> None:
        self._url = f"{url.replace('http', 'ws', 1)}/api/v1/chat/socket"
        self._customer = customer
        self.seen: set[int] = set()

    async def run(self) -> None:
        """Stay connected until cancelled."""
        while True:
            with suppress(OSError, WebSocketException):
                async with connect(self._url, proxy=None, open_timeout=5) as socket:
                    hello = {"type": "hello", "token": self._customer.token, "after_seq": self._complete_up_to()}
                    await socket.send(json.dumps(hello))
                    async for frame in socket:
                        await self._hear(json.loads(frame))
            await asyncio.sleep(0.1)

    async def _hear(self, frame: dict[str, Any]) -> None:
        match frame["type"]:
            case "message":
                self.seen.add(frame["message"]["seq"])
            case "resync":
                self.seen.update(message["seq"] for message in await self._customer.thread(self._complete_up_to()))

    def _complete_up_to(self) -> int:
        seq = 0
        while seq + 1 in self.seen:
            seq += 1
        return seq


class Load:
    """Customers of three kinds, all at once, until told to stop."""

    def __init__(self) -> None:
        self.patient: list[Customer] = []
        self.hasty: list[Customer] = []
        self.handed_over: list[Customer] = []
        self.listeners: dict[Listener, Customer] = {}
        self._stopping = False

    @property
    def customers(self) -> list[Customer]:
        return [*self.patient, *self.hasty, *self.handed_over]

    @property
    def acknowledged(self) -> int:
        return sum(len(customer.sent) for customer in self.customers)

    async def goes_on(self, more: int) -> None:
        """Until `more` messages than now are acknowledged."""
        enough = self.acknowledged + more

        async def is_enough() -> bool:
            return self.acknowledged >= enough

        await eventually(is_enough, PATIENCE)

    async def wait_for_each_answer(self, customer: Customer) -> None:
        while not self._stopping:
            await customer.answered(await customer.send())
            await asyncio.sleep(PACE_SECONDS)

    async def send_in_bursts(self, customer: Customer) -> None:
        while not self._stopping:
            seqs = [await customer.send() for _ in range(3)]
            await customer.answered(seqs[-1])
            await asyncio.sleep(PACE_SECONDS)

    async def ask_for_a_person(self, customer: Customer) -> None:
        await customer.answered(await customer.send(PERSON))
        while not self._stopping:
            await customer.send()
            await asyncio.sleep(PACE_SECONDS * 2)

    def stop(self) -> None:
        """Let everybody finish what they began."""
        self._stopping = True


@asynccontextmanager
async def under_load(url: str, *, patient: int, hasty: int, handed_over: int) -> AsyncIterator[Load]:
    """So many customers chat during the block; at its end all of them have their acknowledgements and answers."""
    load = Load()
    async with httpx.AsyncClient(base_url=url, trust_env=False, timeout=5) as http:
        for group, size in ((load.patient, patient), (load.hasty, hasty), (load.handed_over, handed_over)):
            group += [Customer(http, await Visitor.open(http)) for _ in range(size)]
        load.listeners = {Listener(url, customer): customer for customer in load.customers[::3]}
        listening = [asyncio.create_task(listener.run()) for listener in load.listeners]
        chatting = [
            *(asyncio.create_task(load.wait_for_each_answer(customer)) for customer in load.patient),
            *(asyncio.create_task(load.send_in_bursts(customer)) for customer in load.hasty),
            *(asyncio.create_task(load.ask_for_a_person(customer)) for customer in load.handed_over),
        ]
        try:
            yield load
            load.stop()
            async with asyncio.timeout(PATIENCE):
                await asyncio.gather(*chatting)
            await eventually(lambda: _all_heard(load), PATIENCE)
        finally:
            for task in (*chatting, *listening):
                task.cancel()
            await asyncio.gather(*chatting, *listening, return_exceptions=True)


async def _all_heard(load: Load) -> bool:
    """Whether every open socket has shown every message without being reconnected."""
    await asyncio.sleep(0.2)
    for listener, customer in load.listeners.items():
        thread = await customer.thread(max(customer.sent.values()) - 1)
        if not listener.seen.issuperset(range(1, thread[-1]["seq"] + 1)):
            return False
    return True
