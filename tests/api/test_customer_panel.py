"""Who learns what of a customer: masked for all, single fields for those who need them, each on record."""

import json
from typing import Any, NamedTuple
from uuid import uuid4

import pytest
import pytest_asyncio

from tests.factories import Colleague, Visitor
from tests.server import RunningServer
from tests.shared import SHARED, STAFF
from yingda.customers import external_id_of
from yingda.kit.redaction import mask_name

pytestmark = SHARED

WHY = {"purpose": "delivery", "detail": "快递打不通 13800138000"}
LOOKING_AFTER = {"administrator", "supervisor"}


class Contact(NamedTuple):
    """A known customer in the hands of an agent: addresses, and what is true of them."""

    conversation: str
    customer: str
    customer_id: str
    name: str
    order_no: str
    phone: str


async def contact(system: RunningServer, agent: Colleague, note: str = "派送中停滞") -> Contact:
    visitor = await Visitor.known(system.http, note)
    conversation_id = (await visitor.ask("转人工"))[0]["conversation_id"]
    path = f"/conversations/{conversation_id}"
    await agent.call("POST", f"{path}/take")
    customer_id = (await agent.get(path))["customer"]["id"]
    store = system.runtime.stores["liuli"]
    async with system.runtime.db.reading() as conn:
        owner = await external_id_of(conn, customer_id, "shop:liuli")
        name = await conn.fetchval("SELECT display_name FROM customers WHERE id = $1", customer_id)
    assert owner
    order = (await store.orders.recent(owner))[0]
    return Contact(path, f"/customers/{customer_id}", customer_id, name, order.order_no, order.address.phone)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def served(system: RunningServer, staff: dict[str, Colleague]) -> Contact:
    """By `agent`; `other_agent` sees it too, since it belongs to no team."""
    return await contact(system, staff["agent"])


async def trail(staff: dict[str, Colleague], **wanted: Any) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = (await staff["administrator"].get("/audit", **wanted))["items"]
    return entries


@pytest.mark.parametrize("role", STAFF)
async def test_a_field_is_shown_to_who_needs_it_and_that_is_on_record(
    staff: dict[str, Colleague], served: Contact, role: str
) -> None:
    allowed = role in LOOKING_AFTER | {"agent"}
    me = (await staff[role].get("/auth/me"))["staff"]
    for path, field, value in (
        (f"{served.customer}/reveal", "name", served.name),
        (f"{served.conversation}/orders/{served.order_no}/reveal", "phone", served.phone),
    ):
        before = await trail(staff, actor_id=me["id"])
        answer = await staff[role].call("POST", path, json={"field": field, "reason": WHY})
        assert answer.status_code == (200 if allowed else 403), answer.text
        assert (value in answer.text) is allowed
        added = (await trail(staff, actor_id=me["id"]))[: -len(before) or None]
        assert len(added) == allowed
        for entry in added:
            assert (entry["actor_name"], entry["after"]["field"]) == (me["display_name"], field)
            assert entry["reason"] == "delivery: 快递打不通 〔电话〕"
            assert value not in json.dumps(entry, ensure_ascii=False)


@pytest.mark.parametrize("role", STAFF)
async def test_views_are_masked_for_everybody(staff: dict[str, Colleague], served: Contact, role: str) -> None:
    paths = ("", "/profile", f"/orders/{served.order_no}", "/mood", "/messages")
    answers = [await staff[role].call("GET", f"{served.conversation}{path}") for path in paths]
    answers.append(await staff[role].call("GET", "/conversations", params={"limit": 200}))
    seen = "".join(answer.text for answer in answers)
    assert served.name not in seen
    assert served.phone not in seen
    if role != "department_member":
        assert mask_name(served.name) in seen
        assert f"{served.phone[:3]}****{served.phone[-4:]}" in answers[2].text


async def test_an_agent_loses_sight_with_the_conversation(system: RunningServer, staff: dict[str, Colleague]) -> None:
    agent = staff["agent"]
    here = await contact(system, agent, "退款处理中")
    ask = {"field": "name", "reason": {"purpose": "call_back"}}
    assert (await agent.call("POST", f"{here.customer}/reveal", json=ask)).json() == {"value": here.name}
    await agent.call("POST", f"{here.conversation}/resolve")
    refused = await agent.call("POST", f"{here.customer}/reveal", json=ask)
    assert (refused.status_code, refused.json()["code"]) == (403, "reveal_refused")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"field": "name"}, 422, "validation_failed"),
        ({"field": "name", "reason": {"purpose": "curiosity"}}, 422, "validation_failed"),
        ({"field": "name", "reason": {"purpose": "other"}}, 422, "reason_missing"),
        ({"field": "name", "reason": {"purpose": "other", "detail": " 嗯 "}}, 422, "reason_missing"),
        ({"field": "segment", "reason": WHY}, 422, "validation_failed"),
        ({"field": "email", "reason": WHY}, 404, "customer_field_empty"),
    ],
)
async def test_without_a_reason_nothing_is_shown_or_recorded(
    staff: dict[str, Colleague], served: Contact, body: dict[str, Any], status: int, code: str
) -> None:
    before = await trail(staff)
    answer = await staff["agent"].call("POST", f"{served.customer}/reveal", json=body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert await trail(staff) == before


async def test_a_customer_whose_conversations_are_anothers_is_not_found(
    system: RunningServer, staff: dict[str, Colleague]
) -> None:
    here = await contact(system, staff["other_agent"], "换货中")
    departments = await staff["administrator"].get("/departments")
    team = next(t["id"] for d in departments for t in d["teams"] if t["name"] == "售后组")
    async with system.runtime.db.transaction() as tx:
        await tx.conn.execute("UPDATE conversations SET team_id = $1 WHERE customer_id = $2", team, here.customer_id)
    requests = (
        ("POST", "/reveal", {"field": "name", "reason": WHY}),
        ("GET", "/notes", None),
        ("POST", "/notes", {"text": "x"}),
        ("PUT", "/skin", {"type": "dry"}),
    )
    for method, path, body in requests:
        answer = await staff["agent"].call(method, f"{here.customer}{path}", json=body)
        assert (answer.status_code, answer.json()["code"]) == (404, "customer_not_found"), path
        assert (await staff["other_agent"].call(method, f"{here.customer}{path}", json=body)).is_success, path


async def test_a_remark_reaches_the_order_once_and_is_on_record(
    system: RunningServer, staff: dict[str, Colleague], served: Contact
) -> None:
    path = f"{served.conversation}/orders/{served.order_no}"
    body = {"text": "站点催件，收货人 13800138000", "key": str(uuid4())}
    for _ in range(2):
        answer = await staff["agent"].call("POST", f"{path}/remarks", json=body)
        assert answer.status_code == 200, answer.text
    shown = (await staff["agent"].get(path))["seller_remark"]
    assert shown.count("小雅：站点催件，收货人 〔电话〕") == 1
    entry = (await trail(staff, action="order.remark"))[0]
    assert (entry["object"], entry["actor_name"]) == ({"kind": "order", "id": served.order_no}, "小雅")
    assert "13800138000" not in json.dumps(entry)
    cancelled = await contact(system, staff["agent"], "付款后取消")
    refused = await staff["agent"].call(
        "POST", f"{cancelled.conversation}/orders/{cancelled.order_no}/remarks", json=body | {"key": str(uuid4())}
    )
    assert (refused.status_code, refused.json()["code"]) == (409, "order_closed")


async def test_an_order_is_found_by_number_only_for_its_owner(staff: dict[str, Colleague], served: Contact) -> None:
    detail = await staff["agent"].get(f"{served.conversation}/orders/{served.order_no.lower()}")
    assert detail["order"]["order_no"] == served.order_no
    assert detail["parcels"][0]["trace"][0]["text"]
    assert detail["goods_cents"] - detail["discount_cents"] + detail["freight_cents"] == detail["order"]["total_cents"]
    unknown = await staff["agent"].call("GET", f"{served.conversation}/orders/LM209901010001")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "order_not_found")


async def test_returns_and_refunds_hang_on_their_order(system: RunningServer, staff: dict[str, Colleague]) -> None:
    here = await contact(system, staff["agent"], "退款处理中")
    listed = (await staff["agent"].get(f"{here.conversation}/profile"))["orders"]
    details = [await staff["agent"].get(f"{here.conversation}/orders/{one['order_no']}") for one in listed]
    refunds = [refund for detail in details for refund in detail["refunds"]]
    assert [refund["state"] for refund in refunds] == ["processing"]


async def test_a_visitor_has_no_orders(system: RunningServer, staff: dict[str, Colleague], served: Contact) -> None:
    visitor = await Visitor.open(system.http)
    path = f"/conversations/{(await visitor.ask('转人工'))[0]['conversation_id']}"
    told = await staff["supervisor"].get(f"{path}/profile")
    assert (told["orders"], told["purchases"]["orders"], told["customer"]["segment"]) == ([], 0, "new")
    answer = await staff["supervisor"].call("GET", f"{path}/orders/{served.order_no}")
    assert (answer.status_code, answer.json()["code"]) == (404, "order_not_found")


async def test_what_a_customer_is_worth_is_told_and_kept(system: RunningServer, staff: dict[str, Colleague]) -> None:
    here = await contact(system, staff["agent"], "高价值")
    told = await staff["agent"].get(f"{here.conversation}/profile")
    assert told["customer"]["segment"] == "high_value"
    assert told["purchases"]["total_cents"] >= 160_000
    async with system.runtime.db.reading() as conn:
        kept = await conn.fetchval("SELECT segment FROM customers WHERE id = $1", here.customer_id)
    assert kept == "high_value"


async def test_the_skin_profile_says_who_wrote_it_and_keeps_it_off_the_record(
    staff: dict[str, Colleague], served: Contact
) -> None:
    skin = {"type": "combination", "sensitive": True, "tone": "fair", "age": "25_29", "concerns": ["redness"]}
    written = await staff["agent"].call("PUT", f"{served.customer}/skin", json=skin | {"avoid": ["水杨酸"]})
    assert (written.status_code, written.json()["by_name"]) == (200, "小雅")
    shown = (await staff["other_agent"].get(f"{served.conversation}/profile"))["customer"]["skin"]
    assert shown == written.json()
    assert shown["skin"] == skin | {"avoid": ["水杨酸"], "expecting": None, "texture": None}
    (entry,) = await trail(staff, action="customer.skin", object_id=served.customer_id)
    assert entry["after"] == {"changed": ["type", "sensitive", "tone", "age", "concerns", "avoid"]}
    again = await staff["other_agent"].call("PUT", f"{served.customer}/skin", json=skin | {"avoid": ["水杨酸"]})
    assert again.json()["by_name"] == "小雅"
    assert len(await trail(staff, action="customer.skin", object_id=served.customer_id)) == 1


async def test_notes_are_shared_and_only_ones_own_can_be_taken_back(
    staff: dict[str, Colleague], served: Contact
) -> None:
    path = f"{served.customer}/notes"
    first = (await staff["agent"].call("POST", path, json={"text": "喜欢小样"})).json()
    second = (await staff["other_agent"].call("POST", path, json={"text": "电话请打下午"})).json()
    assert [note["text"] for note in await staff["supervisor"].get(path)] == ["电话请打下午", "喜欢小样"]
    refused = await staff["agent"].call("DELETE", f"{path}/{second['id']}")
    assert (refused.status_code, refused.json()["code"]) == (404, "customer_note_not_found")
    assert (await staff["agent"].call("DELETE", f"{path}/{first['id']}")).status_code == 204
    assert [note["author_name"] for note in await staff["agent"].get(path)] == [second["author_name"]]


async def test_mood_follows_the_customers_words(system: RunningServer, staff: dict[str, Colleague]) -> None:
    visitor = await Visitor.open(system.http)
    await visitor.ask("你好")
    answers = await visitor.ask("气死我了，骗子公司")
    moods = await staff["supervisor"].get(f"/conversations/{answers[0]['conversation_id']}/mood")
    assert [mood["emotion"] for mood in moods] == ["calm", "angry"]
    assert moods[0]["sentiment"] > moods[1]["sentiment"]


async def test_who_serves_nobody_does_not_read_of_a_pregnancy(staff: dict[str, Colleague], served: Contact) -> None:
    await staff["agent"].call("PUT", f"{served.customer}/skin", json={"expecting": "pregnant", "type": "dry"})
    read = {}
    for role in ("agent", "analyst"):
        skin = (await staff[role].get(f"{served.conversation}/profile"))["customer"]["skin"]
        read[role] = (skin["skin"]["type"], skin["skin"]["expecting"], skin["expecting_until"] is not None)
    assert read == {"agent": ("dry", "pregnant", True), "analyst": ("dry", None, False)}
