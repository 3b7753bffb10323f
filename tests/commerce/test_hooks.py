from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import msgspec
import pytest
import pytest_asyncio

from tests.commerce.fake_shop import EXAMPLE, SECRET
from tests.server import RunningServer, serving
from yingda.app.bootstrap import assemble
from yingda.commerce import OrderChanged, OrderState, ParcelMoved, RefundChanged, RefundState, ShipmentState
from yingda.commerce.hooks.rules import is_genuine
from yingda.infra.events import Event
from yingda.infra.settings import load_settings
from yingda.kit import clock
from yingda.kit.signing import signature
from yingda.language import Engine

NOW = datetime(2026, 11, 25, 4, tzinfo=UTC)
KEY, OLD = b"a hook's secret", b"the one before"
STAMP = str(int(NOW.timestamp()))
BODY = b'{"a": 1}'
GOOD = signature(KEY, STAMP, BODY)

SIGNATURES: dict[str, tuple[str, bytes, str, float, bool]] = {
    "right": (STAMP, BODY, GOOD, 0, True),
    "of the secret before": (STAMP, BODY, signature(OLD, STAMP, BODY), 0, True),
    "one of two": (STAMP, BODY, f"sha256=00, {GOOD}", 0, True),
    "at the edge of the window": (STAMP, BODY, GOOD, 300, True),
    "too old": (STAMP, BODY, GOOD, 301, False),
    "of the future": (STAMP, BODY, GOOD, -301, False),
    "of another body": (STAMP, b'{"a": 2}', GOOD, 0, False),
    "of another time": (str(int(STAMP) + 1), BODY, GOOD, 0, False),
    "of another secret": (STAMP, BODY, signature(b"x", STAMP, BODY), 0, False),
    "none": (STAMP, BODY, "", 0, False),
    "without its name": (STAMP, BODY, GOOD.removeprefix("sha256="), 0, False),
    "no ascii": (STAMP, BODY, "sha256=签名", 0, False),
    "time that is none": ("now", BODY, GOOD, 0, False),
    "time in other digits": ("１７", BODY, GOOD, 0, False),
    "no time": ("", BODY, GOOD, 0, False),
    "time without end": ("9" * 400, BODY, GOOD, 0, False),
}


@pytest.mark.parametrize(("stamp", "body", "given", "later", "genuine"), SIGNATURES.values(), ids=SIGNATURES.keys())
def test_signatures(stamp: str, body: bytes, given: str, later: float, genuine: bool) -> None:
    assert is_genuine([KEY, OLD], stamp, body, given, NOW + timedelta(seconds=later), 300) is genuine


class Shop:
    """The far end: signs and sends."""

    def __init__(self, server: RunningServer) -> None:
        self._http = server.http
        self.heard: list[Event] = []

    async def tell(
        self, content: Any, delivery: str | None = None, shop: str = "songyue", **more: str
    ) -> httpx.Response:
        body = content if isinstance(content, bytes) else msgspec.json.encode(content)
        stamp = str(int(clock.now().timestamp()))
        headers = {
            "X-Yingda-Timestamp": stamp,
            "X-Yingda-Signature": signature(KEY, stamp, body),
            "X-Yingda-Delivery": delivery or str(uuid4()),
            "Content-Type": "application/json",
        }
        return await self._http.post(f"/api/v1/hooks/{shop}", content=body, headers=headers | more)


@pytest_asyncio.fixture
async def shop(demo_url: str, tmp_path: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Shop]:
    folder = tmp_path / "shops"
    folder.mkdir()
    for name in ("shop-example.toml", "shop-example-policies.toml"):
        (folder / name).write_text((EXAMPLE.parent / name).read_text())
    monkeypatch.setenv("SONGYUE_SECRET", SECRET)
    monkeypatch.setenv("SONGYUE_HOOK_SECRET", KEY.decode())
    settings = load_settings(data_dir=tmp_path, demo=True, shops_dir=folder)
    runtime = await assemble(settings, demo_url, engine=engine)
    async with serving(runtime) as server:
        made = Shop(server)

        async def hear(_tx: Any, event: Event) -> None:
            made.heard.append(event)

        for kind in (OrderChanged, ParcelMoved, RefundChanged):
            runtime.db.bus.subscribe(kind, hear)
        yield made
    await runtime.close()


ORDER = {"event": "ORDER", "data": {"buyer": "C1", "order": "LL1", "status": 30}}


async def test_what_a_shop_says_is_published_once(shop: Shop) -> None:
    parcel = {"event": "PARCEL", "data": {"buyer": "C1", "order": "LL1", "number": "QH1", "status": "delivered"}}
    refund = {
        "event": "REFUND",
        "data": {"buyer": "C1", "order": "LL1", "id": "TK1", "status": "succeeded", "money": "1.50"},
    }
    for content in (ORDER, parcel, refund):
        answer = await shop.tell(content)
        assert (answer.status_code, answer.json()) == (200, {"result": "published"})
    assert shop.heard == [
        OrderChanged("songyue", "C1", "LL1", OrderState.SHIPPED),
        ParcelMoved("songyue", "C1", "LL1", "QH1", ShipmentState.DELIVERED),
        RefundChanged("songyue", "C1", "LL1", "TK1", RefundState.SUCCEEDED, 150),
    ]
    assert [(await shop.tell(ORDER, "d1")).json()["result"] for _ in range(3)] == [
        "published",
        "duplicate",
        "duplicate",
    ]
    assert len(shop.heard) == 4
    assert (await shop.tell({"event": "WEATHER"})).json() == {"result": "ignored"}


REFUSED: dict[str, tuple[Any, dict[str, str], int, str]] = {
    "unsigned": (ORDER, {"X-Yingda-Signature": ""}, 401, "hook_refused"),
    "signed otherwise": (ORDER, {"X-Yingda-Signature": GOOD}, 401, "hook_refused"),
    "old": (ORDER, {"X-Yingda-Timestamp": STAMP}, 401, "hook_refused"),
    "another shop's": (ORDER, {"shop": "liuli"}, 401, "hook_refused"),
    "without an id": (ORDER, {"X-Yingda-Delivery": ""}, 401, "hook_refused"),
    "no json": (b"{", {}, 400, "bad_request"),
    "nested without end": (b"[" * 20_000, {}, 400, "bad_request"),
    "too large": (b"[" + b" " * 70_000 + b"]", {}, 413, "body_too_large"),
    "without an order": ({"event": "ORDER", "data": {"buyer": "C1", "status": 30}}, {}, 422, "hook_unreadable"),
    "in no state": ({"event": "ORDER", "data": {"buyer": "C1", "order": "1", "status": 7}}, {}, 422, "hook_unreadable"),
}


async def test_what_is_not_a_shops_word_is_refused(shop: Shop) -> None:
    for name, (content, more, status, code) in REFUSED.items():
        answer = await shop.tell(content, **more)
        assert (name, answer.status_code, answer.json()["code"]) == (name, status, code)
    assert (await shop.tell([])).json() == {"result": "ignored"}
    assert shop.heard == []
