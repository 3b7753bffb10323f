"""Who a customer is: visitors who come back, customers whom the shop vouches for, accounts that change on a device."""

from base64 import urlsafe_b64encode
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.factories import PNG, SHOP, Visitor
from tests.server import RunningServer
from tests.shared import SHARED, Socket
from yingda.channels.web import add_shop, new_inbox
from yingda.channels.web.tokens import TOKEN_DAYS, issue
from yingda.kit.clock import frozen, now
from yingda.kit.ids import new_id

pytestmark = SHARED


async def identities(system: RunningServer) -> list[dict[str, str]]:
    """Customers with the signatures that their shop would make."""
    shown = (await system.http.get("/api/v1/demo/customers")).json()["customers"]
    return [{name: person[name] for name in ("user_id", "signature", "name")} for person in shown]


def texts(messages: list[dict[str, Any]]) -> list[str]:
    return [one["content"]["text"] for one in messages if one["author"]["kind"] == "customer"]


async def test_a_visitor_goes_on_with_their_token(system: RunningServer) -> None:
    first = await Visitor.open(system.http)
    assert first.session["conversation"] is None
    assert first.session["customer"] == {"name": None, "identified": False}
    await first.ask("你好")
    again = await Visitor.open(system.http, token=first.session["token"])
    assert again.session["conversation"]["last_seq"] == again.session["messages"][-1]["seq"]
    assert texts(again.session["messages"]) == ["你好"]


async def test_a_token_that_is_no_good_begins_anew(system: RunningServer) -> None:
    first = await Visitor.open(system.http)
    await first.ask("你好")
    token = first.session["token"]
    stranger = issue(system.runtime.settings.signing_key, new_id(), SHOP, identified=False, now=now())
    elsewhere = issue(system.runtime.settings.signing_key, new_id(), "another", identified=False, now=now())
    for bad in (token + "x", token[:-3], "x.y", "", ".", "令牌.签名", stranger, elsewhere):
        assert (await Visitor.open(system.http, token=bad)).session["conversation"] is None


async def test_a_token_ends_one_day(system: RunningServer) -> None:
    first = await Visitor.open(system.http)
    await first.ask("你好")
    with frozen(now() + timedelta(days=TOKEN_DAYS, seconds=2)):
        assert (await first.post("还在吗")).json()["code"] == "visitor_token_invalid"
        socket = await Socket.open(system)
        await socket.say(type="hello", token=first.session["token"])
        assert await socket.closed() == 4401
        assert (await Visitor.open(system.http, token=first.session["token"])).session["conversation"] is None


async def test_a_changed_token_speaks_for_nobody(system: RunningServer) -> None:
    visitor = await Visitor.open(system.http)
    _, _, signature = visitor.session["token"].partition(".")
    other = (await Visitor.open(system.http)).session["token"].partition(".")[0]
    body = urlsafe_b64encode(b'["x","liuli",true,1]').decode().rstrip("=")
    for token in (f"{other}.{signature}", f"{body}.{signature}", signature):
        answer = await system.http.get("/api/v1/chat/orders", headers={"Authorization": f"Bearer {token}"})
        assert (answer.status_code, answer.json()["code"]) == (401, "visitor_token_invalid")
    answer = await system.http.get("/api/v1/chat/orders", headers={"Authorization": f"Basic {visitor.session['token']}"})
    assert answer.status_code == 401


async def test_a_token_is_good_for_one_shop(system: RunningServer) -> None:
    inbox = new_inbox("other", "另一家", "您好", "Hello", "#000000")
    async with system.runtime.db.transaction() as tx:
        await add_shop(tx, inbox)
    visitor = await Visitor.open(system.http)
    await visitor.ask("你好")
    there = await Visitor.open(system.http, shop="other", token=visitor.session["token"])
    assert there.session["conversation"] is None
    assert await there.thread() == []
    one = (await identities(system))[0]
    answer = await system.http.post("/api/v1/chat/sessions", json={"shop": "other", "identity": one})
    assert answer.json()["code"] == "identity_signature_invalid"


async def test_only_the_shop_can_vouch_for_somebody(system: RunningServer) -> None:
    one, two = (await identities(system))[:2]
    for wrong in (
        {**one, "signature": two["signature"]},
        {**one, "signature": ""},
        {**one, "user_id": one["user_id"] + " "},
        {**one, "user_id": one["user_id"].lower()},
    ):
        answer = await system.http.post("/api/v1/chat/sessions", json={"shop": SHOP, "identity": wrong})
        assert (answer.status_code, answer.json()["code"]) == (401, "identity_signature_invalid")
    known = await Visitor.open(system.http, identity={**one, "signature": one["signature"].upper()})
    assert known.session["customer"] == {"name": one["name"], "identified": True}


@pytest.mark.parametrize("been_here", [False, True])
async def test_a_visitor_who_says_who_they_are_keeps_the_conversation(system: RunningServer, been_here: bool) -> None:
    one = (await identities(system))[2 if been_here else 8]
    if been_here:
        await Visitor.open(system.http, identity=one)
    visitor = await Visitor.open(system.http)
    await visitor.ask("匿名时说的话")
    known = await Visitor.open(system.http, token=visitor.session["token"], identity=one)
    assert known.session["customer"]["identified"] is True
    assert texts(known.session["messages"]) == ["匿名时说的话"]
    assert (await known.get("/orders"))["orders"]
    elsewhere = await Visitor.open(system.http, identity=one)
    assert elsewhere.session["conversation"]["id"] == known.session["conversation"]["id"]


async def test_what_was_begun_as_a_visitor_can_be_finished(system: RunningServer) -> None:
    one, client_id = (await identities(system))[6], str(uuid4())
    await Visitor.open(system.http, identity=one)  # on another day
    visitor = await Visitor.open(system.http)
    first = await visitor.post("还没听到回音", client_id)
    files = {"file": ("a.png", PNG, "image/png")}
    uploaded = (await system.http.post("/api/v1/chat/uploads", files=files, headers=visitor.headers)).json()

    known = await Visitor.open(system.http, token=visitor.session["token"], identity=one)
    again = await known.post("还没听到回音", client_id)
    assert (again.status_code, again.json()["id"]) == (200, first.json()["id"])
    image = {"client_id": str(uuid4()), "kind": "image", "content": {"file_id": uploaded["file_id"]}}
    sent = await system.http.post("/api/v1/chat/messages", json=image, headers=known.headers)
    assert sent.status_code == 201


async def test_the_same_id_on_two_devices_is_no_trap(system: RunningServer) -> None:
    one, client_id = (await identities(system))[7], str(uuid4())
    known, visitor = await Visitor.open(system.http, identity=one), await Visitor.open(system.http)
    for device in (known, visitor):
        assert (await device.post("同一个号", client_id)).status_code == 201
    together = await Visitor.open(system.http, token=visitor.session["token"], identity=one)
    assert together.session["conversation"]["id"] == (await known.thread())[0]["conversation_id"]


async def test_another_device_of_a_customer_shows_their_conversation(system: RunningServer) -> None:
    one = (await identities(system))[3]
    phone = await Visitor.open(system.http, identity=one)
    await phone.ask("在手机上说的")
    laptop = await Visitor.open(system.http)
    await laptop.ask("在电脑上说的")
    laptop = await Visitor.open(system.http, token=laptop.session["token"], identity=one)
    assert texts(laptop.session["messages"]) == ["在手机上说的", "在电脑上说的"]
    socket = await Socket.of(system, laptop)
    await phone.post("两边都能看到")
    while (await socket.hear("message"))["message"]["content"].get("text") != "两边都能看到":
        pass
    await socket.close()


async def test_two_accounts_on_one_device_stay_two_people(system: RunningServer) -> None:
    one, two = (await identities(system))[4:6]
    first = await Visitor.open(system.http, identity=one)
    await first.ask("我是第一个人")
    second = await Visitor.open(system.http, token=first.session["token"], identity=two)
    assert second.session["customer"]["name"] == two["name"]
    assert second.session["conversation"] is None
    assert await second.thread() == []
    assert {order["order_no"] for order in (await first.get("/orders"))["orders"]}.isdisjoint(
        order["order_no"] for order in (await second.get("/orders"))["orders"]
    )


@pytest.mark.parametrize(("locale", "word"), [("zh", "您好"), ("en", "Welcome")])
async def test_the_shop_greets_in_the_customers_language(system: RunningServer, locale: str, word: str) -> None:
    visitor = await Visitor.open(system.http, locale=locale)
    config = (await system.http.get(f"/api/v1/chat/widget-config?shop={SHOP}&locale={locale}")).json()
    assert word in visitor.session["shop"]["greeting"] == config["shop"]["greeting"]


async def test_a_session_says_what_may_be_sent(system: RunningServer) -> None:
    settings = system.runtime.settings
    session = (await Visitor.open(system.http)).session
    assert session["limits"] == {"text_chars": settings.text_chars, "upload_bytes": settings.upload_bytes}
