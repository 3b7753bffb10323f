"""One running system that a whole module of tests shares, with everybody signed in.

A folder whose tests need no isolation imports these fixtures in its `conftest.py`; its test modules say
`pytestmark = SHARED`.
"""

import asyncio
import io
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.conftest import CopyOfDemo, DemoTemplate
from tests.factories import Colleague, Visitor
from tests.logs import logging_kept
from tests.server import RunningServer, serving
from yingda.app.bootstrap import assemble
from yingda.infra.logs import configure_logs
from yingda.infra.settings import load_settings
from yingda.language import Engine

SHARED = pytest.mark.asyncio(loop_scope="module")
NO_LIMIT = 1_000_000

#: A colleague of each role; two agents, because they are in different teams.
STAFF = {
    "administrator": "demo.admin",
    "supervisor": "demo.supervisor",
    "agent": "demo.agent1",
    "other_agent": "demo.agent4",
    "analyst": "demo.analyst",
    "department_member": "demo.logistics",
}


@pytest.fixture(scope="module")
def log() -> Iterator[io.StringIO]:
    """What the process logs, as in production."""
    stream = io.StringIO()
    with logging_kept():
        configure_logs("INFO", "json", stream)
        yield stream


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def system(
    log: io.StringIO, copy_of_demo: CopyOfDemo, engine: Engine, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[RunningServer]:
    """The demo, served; nobody is slowed down."""
    settings = load_settings(
        data_dir=tmp_path_factory.mktemp("system"),
        demo=True,
        visitor_messages_per_minute=NO_LIMIT,
        address_messages_per_minute=NO_LIMIT,
        sessions_per_address_per_minute=NO_LIMIT,
        reveals_per_minute=NO_LIMIT,
    )
    async with copy_of_demo() as url:
        runtime = await assemble(settings, url, engine=engine)
        async with serving(runtime) as running:
            yield running
        await runtime.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def staff(system: RunningServer, demo_template: DemoTemplate) -> AsyncIterator[dict[str, Colleague]]:
    """A signed-in colleague of each role."""
    accounts = {account.login: account for account in demo_template.accounts}
    async with AsyncExitStack() as stack:
        people = {}
        for role, login in STAFF.items():
            people[role] = await Colleague.sign_in(system.url, accounts[login])
            stack.push_async_callback(people[role].close)
        yield people


@pytest.fixture(autouse=True)
def quiet(log: io.StringIO) -> Iterator[None]:
    """Nothing that happens in these tests may be news to whoever runs the service."""
    before = len(log.getvalue())
    yield
    lines = [json.loads(line) for line in log.getvalue()[before:].splitlines()]
    assert [line for line in lines if line["level"] in ("error", "critical") or "exception" in line] == []


class Socket:
    """A WebSocket as a client sees it."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection

    @classmethod
    async def open(cls, system: RunningServer, path: str = "/api/v1/chat/socket", **headers: str) -> "Socket":
        return cls(await connect(system.url.replace("http", "ws", 1) + path, additional_headers=headers, proxy=None))

    @classmethod
    async def of(cls, system: RunningServer, visitor: Visitor, after_seq: int = 0) -> "Socket":
        """A customer's, open and ready."""
        socket = await cls.open(system)
        await socket.say(type="hello", token=visitor.session["token"], after_seq=after_seq)
        await socket.hear("ready")
        return socket

    @classmethod
    async def of_staff(cls, system: RunningServer, colleague: Colleague) -> "Socket":
        socket = await cls.open(system, "/api/v1/socket", Cookie=colleague.cookies, Origin=system.url)
        await socket.hear("ready")
        return socket

    async def say(self, **frame: Any) -> None:
        await self.send(json.dumps(frame))

    async def send(self, data: str | bytes) -> None:
        await self._connection.send(data)

    async def next(self) -> dict[str, Any]:
        async with asyncio.timeout(10):
            frame: dict[str, Any] = json.loads(await self._connection.recv())
        return frame

    async def hear(self, type_: str, **fields: Any) -> dict[str, Any]:
        """The next frame of this type that has these fields; others are passed over."""
        while True:
            frame = await self.next()
            if frame["type"] == type_ and fields.items() <= frame.items():
                return frame

    async def hear_until(self, type_: str, **fields: Any) -> list[dict[str, Any]]:
        """All frames up to that one."""
        frames = [await self.next()]
        while not (frames[-1]["type"] == type_ and fields.items() <= frames[-1].items()):
            frames.append(await self.next())
        return frames

    async def closed(self) -> int:
        """The code with which the other side ends it; what it still says is passed over."""
        try:
            while True:
                await self.next()
        except ConnectionClosed as end:
            return end.rcvd.code if end.rcvd else 1006

    async def close(self) -> None:
        await self._connection.close()


def text_message(text: str, client_id: str | None = None) -> dict[str, Any]:
    """The body of a text."""
    return {"client_id": client_id or str(uuid4()), "kind": "text", "content": {"text": text}}
