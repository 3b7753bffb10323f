import asyncio
import hashlib
import hmac
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest
import pytest_asyncio
from litestar import Litestar, Request, Response, post

from tests.conftest import DemoTemplate
from tests.factories import Colleague, Visitor, eventually
from tests.server import RunningServer, listening, serving
from yingda.app.bootstrap import Runtime, assemble
from yingda.infra.settings import load_settings
from yingda.kit import clock
from yingda.kit.ids import new_id
from yingda.language import Engine
from yingda.webhooks.schemas import Delivery, DeliveryState, EventType, Target
from yingda.webhooks.sender import Sender

EVENTS = ["conversation.opened", "conversation.handed_off", "message.received", "deed.done"]


class Receiver:
    """Another system's end of a webhook. `statuses`: what it answers, one request each, then 204."""

    def __init__(self) -> None:
        self.requests: list[tuple[dict[str, str], bytes]] = []
        self.statuses: list[int] = []

    @asynccontextmanager
    async def open(self) -> AsyncIterator[str]:
        @post("/hook")
        async def receive(request: Request[Any, Any, Any]) -> Response[None]:
            self.requests.append((dict(request.headers), await request.body()))
            status = self.statuses.pop(0) if self.statuses else 204
            return Response(None, status_code=status, headers={"Location": "/hook"})

        async with listening(Litestar([receive], openapi_config=None, logging_config=None)) as url:
            yield f"{url}/hook"

    def told(self) -> list[str]:
        return [msgspec.json.decode(body)["type"] for _, body in self.requests]


@pytest_asyncio.fixture
async def runtime(demo_url: str, tmp_path: Path, engine: Engine) -> AsyncIterator[Runtime]:
    settings = load_settings(data_dir=tmp_path, demo=True, webhook_private_addresses=True)
    runtime = await assemble(settings, demo_url, engine=engine)
    stop = asyncio.Event()
    worker = asyncio.create_task(runtime.jobs.run(concurrency=2, stop=stop))
    yield runtime
    stop.set()
    await worker
    await runtime.close()


@pytest_asyncio.fixture
async def server(runtime: Runtime) -> AsyncIterator[RunningServer]:
    async with serving(runtime) as running:
        yield running


@pytest_asyncio.fixture
async def admin(server: RunningServer, demo_template: DemoTemplate) -> AsyncIterator[Colleague]:
    colleague = await Colleague.sign_in(server.url, demo_template.account("demo.admin"))
    yield colleague
    await colleague.close()


async def add(admin: Colleague, url: str, **more: Any) -> dict[str, Any]:
    body = {"name": "仓库系统", "url": url, "event_types": EVENTS} | more
    answer = await admin.call("POST", "/webhooks", json=body)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def log(admin: Colleague, webhook_id: str, **query: Any) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (await admin.get(f"/webhooks/{webhook_id}/deliveries", **query))["items"]
    return items


def signed_with(secret: str, headers: dict[str, str], body: bytes) -> str:
    text = headers["x-yingda-timestamp"].encode() + b"." + body
    return f"sha256={hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()}"


async def test_whoever_wants_to_know_hears_by_id_alone_that_a_customer_was_erased(
    server: RunningServer, admin: Colleague
) -> None:
    receiver = Receiver()
    receiver.statuses = [503]
    async with receiver.open() as url:
        visitor = await Visitor.known(server.http, "等待发货")
        conversation_id = (await visitor.ask("你好"))[0]["conversation_id"]
        customer_id = (await admin.get(f"/conversations/{conversation_id}"))["customer"]["id"]
        made = await add(admin, url, event_types=["customer.erased"])
        why = {"purpose": "other", "detail": "客户来函要求"}
        erased = await admin.call("POST", f"/customers/{customer_id}/erase", json=why)
        assert erased.status_code == 200, erased.text

        async def tried() -> bool:
            return [line["attempts"] for line in await log(admin, made["webhook"]["id"])] == [1]

        await eventually(tried)
    headers, body = receiver.requests[0]
    assert headers["x-yingda-signature"] == signed_with(made["secret"], headers, body)
    told = msgspec.json.decode(body)
    assert (told["type"], told["data"]) == ("customer.erased", {"customer_id": customer_id})
    (line,) = await log(admin, made["webhook"]["id"])
    assert (line["state"], line["next_at"] is not None) == ("pending", True), "it is tried again as all others"


async def test_others_are_told_what_happens_in_a_conversation(server: RunningServer, admin: Colleague) -> None:
    receiver = Receiver()
    async with receiver.open() as url:
        made = await add(admin, url)
        visitor = await Visitor.open(server.http)
        await visitor.ask("转人工")

        async def all_told() -> bool:
            return len(receiver.requests) >= 3

        await eventually(all_told)
    assert sorted(receiver.told()) == ["conversation.handed_off", "conversation.opened", "message.received"]
    for headers, body in receiver.requests:
        assert headers["x-yingda-signature"] == signed_with(made["secret"], headers, body)
        assert headers["x-yingda-event"] == msgspec.json.decode(body)["type"]
        assert "转人工" not in body.decode()
    deliveries = {headers["x-yingda-delivery"] for headers, _ in receiver.requests}

    async def all_logged() -> bool:
        return [line["state"] for line in await log(admin, made["webhook"]["id"])] == ["delivered"] * 3

    await eventually(all_logged)
    assert {line["id"] for line in await log(admin, made["webhook"]["id"])} == deliveries
    (shown,) = await admin.get("/webhooks")
    assert (shown["delivered"], shown["failed"]) == (3, 0)
    assert made["secret"] not in msgspec.json.encode(shown).decode()


async def test_others_are_told_how_far_a_ticket_is(server: RunningServer, admin: Colleague) -> None:
    receiver = Receiver()
    async with receiver.open() as url:
        await add(admin, url, event_types=["ticket.opened", "ticket.changed", "ticket.resolved"])
        opened = await admin.call("POST", "/tickets", json={"kind": "other", "title": "礼盒缺一张贺卡"})
        ticket = opened.json()["ticket"]
        for change in ({"level": 2}, {"state": "done"}):
            version = (await admin.get(f"/tickets/{ticket['id']}"))["ticket"]["version"]
            changed = await admin.call("PATCH", f"/tickets/{ticket['id']}", json={"version": version, **change})
            assert changed.status_code == 200, changed.text

        async def all_told() -> bool:
            return len(receiver.requests) >= 2

        await eventually(all_told)
    assert sorted(receiver.told()) == ["ticket.opened", "ticket.resolved"]  # of its level nobody outside need hear
    assert all("贺卡" not in body.decode() and ticket["number"] in body.decode() for _, body in receiver.requests)


async def test_what_fails_is_tried_again_and_can_be_sent_again(
    runtime: Runtime, server: RunningServer, admin: Colleague
) -> None:
    receiver = Receiver()
    receiver.statuses = [503, 302]
    async with receiver.open() as url:
        webhook = (await add(admin, url))["webhook"]["id"]
        (await admin.call("POST", f"/webhooks/{webhook}/ping")).raise_for_status()
        for attempts in (1, 2):

            async def tried(attempts: int = attempts) -> bool:
                return (await log(admin, webhook))[0]["attempts"] == attempts

            await eventually(tried)
            (line,) = await log(admin, webhook, become="pending")
            assert line["status"] == (503 if attempts == 1 else 302)
            assert line["next_at"] > line["tried_at"]
            await runtime.db.pool.execute("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo'")
            runtime.jobs.wake()

        async def delivered() -> bool:
            return bool(await log(admin, webhook, become="delivered"))

        await eventually(delivered)
        (first,) = await log(admin, webhook)
        again = await admin.call("POST", f"/webhooks/deliveries/{first['id']}/redeliver")
        assert (again.status_code, again.json()["redelivery_of"]) == (202, first["id"])

        async def twice() -> bool:
            return len(await log(admin, webhook, become="delivered")) == 2

        await eventually(twice)
    ids = {headers["x-yingda-delivery"] for headers, _ in receiver.requests}
    assert ids == {first["id"]}  # the receiver knows it again
    page = await admin.get(f"/webhooks/{webhook}/deliveries", limit=1)
    rest = await admin.get(f"/webhooks/{webhook}/deliveries", limit=1, cursor=page["next_cursor"])
    assert [page["items"][0]["id"], rest["items"][0]["id"]] == [again.json()["id"], first["id"]]


async def test_two_secrets_sign_while_they_are_exchanged(admin: Colleague) -> None:
    receiver = Receiver()
    async with receiver.open() as url:
        made = await add(admin, url)
        webhook, secrets = made["webhook"]["id"], [made["secret"]]
        for overlap in (24, 0):
            rotated = (await admin.call("POST", f"/webhooks/{webhook}/rotate", json={"overlap_hours": overlap})).json()
            secrets.insert(0, rotated["secret"])
            seen = len(receiver.requests)
            await admin.call("POST", f"/webhooks/{webhook}/ping")

            async def pinged(seen: int = seen) -> bool:
                return len(receiver.requests) > seen

            await eventually(pinged)
    valid = [secrets[1:], secrets[:1]]
    for (headers, body), expected in zip(receiver.requests, valid, strict=True):
        signed = [signed_with(one, headers, body) for one in expected]
        assert headers["x-yingda-signature"].split(",") == signed


async def test_changed_switched_off_and_removed(server: RunningServer, admin: Colleague) -> None:
    receiver = Receiver()
    async with receiver.open() as url:
        webhook = (await add(admin, url))["webhook"]["id"]
        body = {"name": "停用", "url": url, "event_types": ["message.sent"], "enabled": False}
        changed = (await admin.call("PUT", f"/webhooks/{webhook}", json=body)).json()
        assert (changed["name"], changed["event_types"], changed["enabled"]) == ("停用", ["message.sent"], False)
        await admin.call("POST", f"/webhooks/{webhook}/ping")

        async def failed() -> bool:
            return [one["problem"] for one in await log(admin, webhook, become="failed")] == ["disabled"]

        await eventually(failed)
        assert receiver.requests == []
    assert (await admin.call("DELETE", f"/webhooks/{webhook}")).status_code == 204
    assert await admin.get("/webhooks") == []
    assert (await admin.call("GET", f"/webhooks/{webhook}/deliveries")).status_code == 404
    entries = (await admin.get("/audit", object_kind="webhook"))["items"]
    assert [entry["action"] for entry in entries] == ["webhook.remove", "webhook.change", "webhook.add"]
    assert "secret" not in msgspec.json.encode(entries).decode()


async def test_nothing_is_written_for_what_nobody_wants(runtime: Runtime, server: RunningServer) -> None:
    visitor = await Visitor.open(server.http)
    await visitor.ask("你好")
    sql = "SELECT count(*) FROM procrastinate_jobs WHERE task_name LIKE 'webhooks.%'"
    assert await runtime.db.pool.fetchval(sql) == 0


async def test_a_closed_network_is_not_reached(runtime: Runtime, demo_template: DemoTemplate) -> None:
    """As in production: the address is refused when it is written, and again when its name leads elsewhere."""
    runtime.webhooks._private = False
    async with serving(runtime) as running:
        colleague = await Colleague.sign_in(running.url, demo_template.account("demo.admin"))
        for url in ("https://127.0.0.1/hook", "http://crm.example/hook"):
            body = {"name": "x", "url": url, "event_types": EVENTS}
            answer = await colleague.call("POST", "/webhooks", json=body)
            assert (answer.status_code, answer.json()["code"]) == (422, "webhook_address_refused")
        await colleague.close()


def target(url: str) -> Target:
    delivery = Delivery(
        id=new_id(),
        webhook_id=new_id(),
        event_type=EventType.PING,
        body="{}",
        redelivery_of=None,
        state=DeliveryState.PENDING,
        attempts=0,
        status=None,
        problem=None,
        took_ms=None,
        created_at=clock.now(),
        tried_at=None,
        next_at=None,
    )
    return Target(delivery=delivery, url=url, secrets=("s",), enabled=True)


LEADS = {
    "inside": (["10.0.0.7"], "address_refused"),
    "both": (["1.1.1.1", "127.0.0.1"], "address_refused"),
    "with a zone": (["fe80::1%eth0"], "address_refused"),
    "nowhere": ([], "not_reached"),
}


@pytest.mark.parametrize(("addresses", "problem"), LEADS.values(), ids=LEADS.keys())
async def test_a_name_that_leads_inside_is_not_followed(addresses: list[str], problem: str) -> None:
    asked: list[tuple[str, int]] = []

    async def resolve(host: str, port: int) -> list[str]:
        asked.append((host, port))
        return addresses

    sender = Sender(private=False, resolve=resolve)
    attempt = await sender.send(target("https://crm.example/hook"))
    await sender.close()
    assert (attempt.status, attempt.problem) == (None, problem)
    assert asked == [("crm.example", 443)]


async def test_the_name_is_resolved_once_and_kept_in_the_request() -> None:
    receiver = Receiver()
    async with receiver.open() as url:
        port = url.split(":")[2].split("/")[0]

        async def resolve(_host: str, _port: int) -> list[str]:
            return ["127.0.0.1"]

        sender = Sender(private=True, resolve=resolve)
        attempt = await sender.send(target(f"http://crm.example:{port}/hook"))
        await sender.close()
    assert attempt.status == 204
    ((headers, _body),) = receiver.requests
    assert headers["host"] == f"crm.example:{port}"
