"""How much one visitor, and one address, may send."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from tests.factories import PNG, SHOP, Visitor
from tests.server import RunningServer, serving
from yingda.app.bootstrap import assemble
from yingda.infra.settings import load_settings
from yingda.language import Engine


@pytest.fixture
async def strict(demo_url: str, engine: Engine, tmp_path: Path) -> AsyncIterator[RunningServer]:
    """A server behind one proxy, with little patience: at once half of what is allowed in a minute."""
    settings = load_settings(
        data_dir=tmp_path,
        demo=True,
        trusted_proxies=1,
        visitor_messages_per_minute=6,
        address_messages_per_minute=10,
        sessions_per_address_per_minute=8,
    )
    runtime = await assemble(settings, demo_url, engine=engine)
    async with serving(runtime) as running:
        yield running
    await runtime.close()


def told_to_wait(answer: httpx.Response) -> bool:
    if answer.status_code != 429:
        return False
    assert answer.json()["code"] == "rate_limited"
    assert 1 <= int(answer.headers["retry-after"]) <= 60
    return True


def comes_from(server: RunningServer, address: str) -> None:
    server.http.headers["X-Forwarded-For"] = f"203.0.113.99, {address}"


async def test_a_visitor_has_to_wait_and_loses_nothing(strict: RunningServer) -> None:
    comes_from(strict, "198.51.100.1")
    visitor = await Visitor.open(strict.http)
    answers = [await visitor.post(f"第{number}句") for number in range(5)]
    assert [told_to_wait(answer) for answer in answers] == [False] * 3 + [True] * 2
    own = [one for one in await visitor.thread() if one["author"]["kind"] == "customer"]
    assert len(own) == 3
    files = {"file": ("a.png", PNG, "image/png")}
    assert told_to_wait(await strict.http.post("/api/v1/chat/uploads", files=files, headers=visitor.headers))
    other = await Visitor.open(strict.http)
    assert (await other.post("我没有写过")).status_code == 201


async def test_an_address_has_to_wait_whoever_it_claims_to_be(strict: RunningServer) -> None:
    comes_from(strict, "198.51.100.2")
    visitors = [await Visitor.open(strict.http) for _ in range(3)]
    answers = [await visitor.post("你好") for visitor in visitors for _ in range(2)]
    assert [told_to_wait(answer) for answer in answers] == [False] * 5 + [True]
    comes_from(strict, "198.51.100.3")
    assert (await visitors[2].post("换了个地方")).status_code == 201


async def test_sessions_are_counted_too(strict: RunningServer) -> None:
    comes_from(strict, "198.51.100.4")
    answers = [await strict.http.post("/api/v1/chat/sessions", json={"shop": SHOP}) for _ in range(6)]
    assert [told_to_wait(answer) for answer in answers] == [False] * 4 + [True] * 2
