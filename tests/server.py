"""A real web process inside the test's event loop: HTTP and WebSocket on a loopback port."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import uvicorn

from yingda.app.bootstrap import Runtime
from yingda.app.joined_writes import JoinedHttp
from yingda.app.main import create_app
from yingda.app.process import SOCKET_FRAME_BYTES


@dataclass(frozen=True)
class RunningServer:
    """Where it listens, what it works with, and a client for it."""

    url: str
    runtime: Runtime
    http: httpx.AsyncClient


@asynccontextmanager
async def listening(app: Any) -> AsyncIterator[str]:
    """The address of any ASGI application, served on a free loopback port until the block ends."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, access_log=False, lifespan="off"))
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    running = asyncio.create_task(server._serve())
    while not server.started:
        await asyncio.sleep(0.005)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        await running


@asynccontextmanager
async def serving(runtime: Runtime, port: int = 0) -> AsyncIterator[RunningServer]:
    """Serve `runtime` until the block ends, on a free port unless told which."""
    config = uvicorn.Config(
        create_app(runtime),
        port=port,
        http=JoinedHttp,
        ws="websockets-sansio",
        ws_per_message_deflate=False,
        ws_max_size=SOCKET_FRAME_BYTES,
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=5,
    )
    server = uvicorn.Server(config)
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    running = asyncio.create_task(server._serve())
    while not server.started:
        await asyncio.sleep(0.005)
    port = server.servers[0].sockets[0].getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    try:
        async with httpx.AsyncClient(base_url=url, trust_env=False) as http:
            yield RunningServer(url, runtime, http)
    finally:
        server.should_exit = True
        await running
