"""Everything that is kept of a customer: copied out, and erased so that nobody finds it any more."""

import asyncio
import json
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any
from uuid import UUID

import msgspec
import pytest

from tests.app.test_cli import yingda
from tests.conftest import DemoTemplate
from tests.factories import PNG, Colleague, Visitor, eventually
from tests.server import RunningServer
from yingda.commerce import Actor, ChangeAddress, Deed
from yingda.customers import external_id_of
from yingda.kit.clock import now
from yingda.kit.ids import new_id
from yingda.webhooks.tasks import ANNOUNCE, Announce

WHY = {"purpose": "other", "detail": "客户来函要求"}
SECRET = "我家在青石巷九号"
OTHER_OWNER = "somebody else"


async def told_everywhere(server: RunningServer, boss: Colleague) -> tuple[Visitor, str, str]:
    """A customer of whom every feature keeps something; with their conversation and their id."""
    visitor = await Visitor.known(server.http, "等待发货")
    conversation_id = (await visitor.ask(f"我是干皮，{SECRET}，推荐面霜"))[0]["conversation_id"]
    await visitor.ask("可以记住")
    path = f"/conversations/{conversation_id}"
    customer_id = (await boss.get(path))["customer"]["id"]
    await visitor.ask("转人工")
    await boss.call("POST", f"{path}/messages", json={"text": f"好的，{SECRET}"})
    await boss.call("POST", f"/customers/{customer_id}/notes", json={"text": SECRET})
    await boss.call("POST", f"{path}/promises", json={"text": SECRET, "due_at": "2099-01-01T00:00:00Z"})
    await mention_somebody(boss, conversation_id)
    ticket = {"kind": "other", "title": SECRET, "description": SECRET, "conversation_id": conversation_id}
    opened = await boss.call("POST", "/tickets", json=ticket)
    assert opened.status_code == 201
    words = {"text": SECRET, "public": True}
    commented = await boss.call("POST", f"/tickets/{opened.json()['ticket']['id']}/comments", json=words)
    assert commented.status_code == 201, commented.text
    raised = await boss.call("POST", f"{path}/escalations", json={"reason": SECRET})
    assert raised.status_code == 201, raised.text
    await tell_others(server, boss, customer_id)
    return visitor, conversation_id, customer_id


async def mention_somebody(boss: Colleague, conversation_id: str) -> None:
    path = f"/conversations/{conversation_id}"
    colleague = (await boss.get(f"{path}/mentionable"))[0]
    content = {"kind": "note", "text": SECRET, "mentions": [colleague["id"]]}
    noted = await boss.call("POST", f"{path}/messages", json=content)
    assert noted.status_code == 201, noted.text


async def tell_others(server: RunningServer, boss: Colleague, customer_id: str) -> None:
    """Of their order, and of somebody else's."""
    hook = {"name": "仓库", "url": "https://crm.example/hook", "event_types": ["order.changed"]}
    assert (await boss.call("POST", "/webhooks", json=hook)).status_code == 201
    for owner in (await owner_of(server, customer_id), OTHER_OWNER):
        data = {"shop": "liuli", "owner": owner, "order_no": "LM1", "state": "paid"}
        job = Announce(new_id(), "order.changed", now().isoformat(), data)
        await server.runtime.webhooks.spread(job)
        async with server.runtime.db.transaction() as tx:
            await server.runtime.jobs.enqueue(tx.conn, ANNOUNCE, job)  # the same once more, which still waits


async def owner_of(server: RunningServer, customer_id: str) -> str:
    async with server.runtime.db.reading() as conn:
        owner = await external_id_of(conn, UUID(customer_id), "shop:liuli")
    assert owner
    return owner


async def everything(server: RunningServer) -> str:
    """All that the tables of the features say, apart from the shop's own and the audit trail."""
    tables = (
        "customers customer_identities customer_links customer_notes messages message_edits conversations attachments "
        "dialogues tickets ticket_comments ticket_changes promises wrapups deeds consents notices "
        "routing_escalations webhook_deliveries procrastinate_jobs"
    )
    async with server.runtime.db.reading() as conn:
        found = [await conn.fetch(f"SELECT to_jsonb(t)::text AS row FROM {name} t") for name in tables.split()]
    return "\n".join(row["row"] for rows in found for row in rows)


@pytest.fixture
async def boss(server: RunningServer, demo_template: DemoTemplate) -> Any:
    colleague = await Colleague.sign_in(server.url, demo_template.account("demo.admin"))
    yield colleague
    await colleague.close()


async def test_a_copy_has_it_all_and_an_erasure_leaves_nothing(server: RunningServer, boss: Colleague) -> None:
    visitor, conversation_id, customer_id = await told_everywhere(server, boss)
    await change_address(server, customer_id)
    copy = (await boss.call("POST", f"/customers/{customer_id}/export", json=WHY)).json()
    assert set(copy) == {
        "webhooks", "notices", "dialogue", "outreach", "promises", "wrap_ups", "escalations", "tickets",
        "conversations", "deeds", "consents", "customers",
    }  # fmt: skip
    assert all(copy[part] for part in set(copy) - {"wrap_ups", "outreach", "notices"}), copy
    [told] = copy["webhooks"]
    assert (told["event_type"], told["body"]["data"]["order_no"]) == ("order.changed", "LM1")
    for part in ("promises", "tickets", "conversations", "deeds", "customers"):
        assert SECRET in json.dumps(copy[part], ensure_ascii=False), part

    assert SECRET not in json.dumps(copy["escalations"], ensure_ascii=False), "what staff wrote to each other"
    assert '"reason": "' + SECRET in await everything(server), "somebody is told why it was escalated"

    erased = await boss.call("POST", f"/customers/{customer_id}/erase", json=WHY)
    assert erased.status_code == 200, erased.text
    assert (erased.json()["notices"], erased.json()["escalations"]) == (3, 1), "one was mentioned, two were asked"
    assert erased.json()["webhooks"] == 3, (
        "a delivery and what waits: the same once more, and the change of the address"
    )
    left = await everything(server)
    assert SECRET not in left
    name, owner = copy["customers"]["persons"][0]["display_name"], copy["customers"]["identities"][0]["external_id"]
    assert name not in left
    assert owner not in await identities(server)
    assert OTHER_OWNER in left
    assert f'"{owner}"' not in left.replace("\\", ""), "nor in what other systems were told"
    shown = await boss.get(f"/conversations/{conversation_id}")
    assert shown["conversation"]["preview"] == "[已撤回]"
    assert [entry["action"] for entry in (await boss.get("/audit", object_id=customer_id))["items"]][:2] == [
        "customer.erase",
        "customer.export",
    ]
    assert (await visitor.post("你好")).status_code == 201, "the window that is still open goes on"


async def identities(server: RunningServer) -> set[str]:
    async with server.runtime.db.reading() as conn:
        return {row["external_id"] for row in await conn.fetch("SELECT external_id FROM customer_identities")}


async def change_address(server: RunningServer, customer_id: str) -> None:
    store = server.runtime.stores["liuli"]
    owner = await owner_of(server, customer_id)
    order = next(one for one in await store.orders.recent(owner) if one.state.value in ("paid", "packed"))
    moved = msgspec.structs.replace(order.address, street=SECRET)
    deed = Deed(
        shop="liuli",
        owner=owner,
        verified=True,
        change=ChangeAddress(order_no=order.order_no, address=moved),
        key="address",
        reason=SECRET,
        actor=Actor("assistant"),
    )
    await server.runtime.deeds.perform(deed)


async def test_files_are_deleted_by_a_job(server: RunningServer, boss: Colleague) -> None:
    visitor = await Visitor.open(server.http)
    sent = await server.http.post(
        "/api/v1/chat/uploads", files={"file": ("a.png", PNG, "image/png")}, headers=visitor.headers
    )
    assert sent.status_code == 201, sent.text
    here = (await visitor.ask("你好"))[0]["conversation_id"]
    customer_id = (await boss.get(f"/conversations/{here}"))["customer"]["id"]
    folder = server.runtime.settings.data_dir / "files"
    assert list(folder.rglob("*.png"))
    await boss.call("POST", f"/customers/{customer_id}/erase", json=WHY)
    stop = asyncio.Event()
    worker = asyncio.create_task(server.runtime.jobs.run(concurrency=1, stop=stop))

    async def gone() -> bool:
        return not list(folder.rglob("*.png"))

    await eventually(gone)
    stop.set()
    await worker


async def test_the_command_line_does_it_in_a_colleagues_name(
    server: RunningServer, boss: Colleague, tmp_path: Path
) -> None:
    visitor = await Visitor.known(server.http, "停滞")
    here = (await visitor.ask(f"你好，{SECRET}"))[0]["conversation_id"]
    customer_id = (await boss.get(f"/conversations/{here}"))["customer"]["id"]
    await mention_somebody(boss, here)

    async def run(command: str, by: str, *more: str) -> CompletedProcess[str]:
        said = ("privacy", command, customer_id, "--by", by, "--reason", "来函要求", *more)
        return await asyncio.to_thread(
            yingda, *said, cwd=tmp_path, YINGDA_DATABASE_URL=server.runtime.db.url, YINGDA_DATA_DIR=str(tmp_path)
        )

    assert (await run("erase", "demo.supervisor", "--yes")).returncode == 2, "who may not, may not here either"
    copied = await run("export", "demo.admin", "--out", "copy.json")
    assert copied.returncode == 0, copied.stderr
    assert SECRET in (tmp_path / "copy.json").read_text("utf-8")
    erased = await run("erase", "demo.admin", "--yes")
    assert erased.returncode == 0, erased.stderr
    assert SECRET not in await everything(server)
    trail = (await boss.get("/audit", object_id=customer_id))["items"]
    assert [(one["action"], one["via"]) for one in trail[:2]] == [
        ("customer.erase", "command"),
        ("customer.export", "command"),
    ]
