"""What customers send beside text: their own orders, products of the page, pictures and documents."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.factories import PNG, Visitor
from tests.server import RunningServer
from tests.shared import SHARED
from yingda.kit.clock import frozen, now

pytestmark = SHARED

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
HUGE = PNG[:16] + (100_000).to_bytes(4, "big") * 2 + PNG[24:]


async def send(system: RunningServer, visitor: Visitor, kind: str, content: dict[str, Any]) -> httpx.Response:
    body = {"client_id": str(uuid4()), "kind": kind, "content": content}
    return await system.http.post("/api/v1/chat/messages", json=body, headers=visitor.headers)


async def upload(system: RunningServer, visitor: Visitor, data: bytes, name: str = "照片.png") -> httpx.Response:
    files = {"file": (name, data, "image/png")}
    return await system.http.post("/api/v1/chat/uploads", files=files, headers=visitor.headers)


async def test_an_order_card_is_filled_in_by_the_store(system: RunningServer) -> None:
    visitor = await Visitor.known(system.http)
    orders = (await visitor.get("/orders"))["orders"]
    assert 1 <= len(orders) <= 10
    forged = {"order_no": orders[0]["order_no"], "amount": "¥0.01", "status": "已退款"}
    answer = await send(system, visitor, "order_card", forged)
    assert answer.status_code == 201
    card = answer.json()["content"]
    assert {name: card[name] for name in ("order_no", "status", "amount", "items")} == {
        name: orders[0][name] for name in ("order_no", "status", "amount", "items")
    }
    personal = {"receiver", "phone", "address"}
    assert personal.isdisjoint(card)


@pytest.mark.parametrize("order_no", ["0", "' OR 1=1 --", "\x00", "../1", "9" * 4000])
async def test_orders_that_are_none(system: RunningServer, order_no: str) -> None:
    visitor = await Visitor.known(system.http)
    answer = await send(system, visitor, "order_card", {"order_no": order_no})
    assert (answer.status_code, answer.json()["code"]) == (404, "order_not_found")


async def test_a_visitor_has_no_orders(system: RunningServer) -> None:
    assert await (await Visitor.open(system.http)).get("/orders") == {"orders": []}


LINKS = (
    ("https://shop.example/p/1?a=b#c", True),
    ("http://shop.example/p/1", True),
    ("/products/1", True),
    ("javascript:alert(1)", False),
    ("JavaScript:alert(1)", False),
    ("\x01javascript:alert(1)", False),
    (" javascript:alert(1)", False),
    ("data:text/html,<script>alert(1)</script>", False),
    ("vbscript:x", False),
    ("products/1", False),
    ("https://x/" + "a" * 2000, False),
    ("", False),
)


@pytest.mark.parametrize(("link", "kept"), LINKS)
async def test_product_cards_lead_only_where_a_browser_may_go(system: RunningServer, link: str, kept: bool) -> None:
    visitor = await Visitor.open(system.http)
    product = {"product_id": "P1", "title": "精华\x00水<b>", "price": "¥129.00", "url": link, "image_url": link}
    card = (await send(system, visitor, "product_card", product)).json()["content"]
    assert (card["url"], card["image_url"]) == ((link, link) if kept else (None, None))
    assert card["title"] == "精华水<b>"


async def test_product_cards_are_shortened(system: RunningServer) -> None:
    visitor = await Visitor.open(system.http)
    long = {"product_id": "P" * 5000, "title": "名" * 5000, "price": "9" * 5000}
    card = (await send(system, visitor, "product_card", long)).json()["content"]
    assert [len(card[name]) for name in ("product_id", "title", "price")] == [100, 200, 40]


async def test_a_picture_is_uploaded_sent_and_opened(system: RunningServer) -> None:
    visitor = await Visitor.open(system.http)
    uploaded = (await upload(system, visitor, PNG)).json()
    assert {name: uploaded[name] for name in ("name", "media_type", "size", "width", "height")} == {
        "name": "照片.png",
        "media_type": "image/png",
        "size": len(PNG),
        "width": 1,
        "height": 1,
    }
    sent = (await send(system, visitor, "image", {"file_id": uploaded["file_id"]})).json()
    assert sent["content"]["url"] == uploaded["url"]

    opened = await system.http.get(sent["content"]["url"])
    assert opened.content == PNG
    assert opened.headers["content-type"] == "image/png"
    assert opened.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in opened.headers["content-security-policy"]
    assert "default-src 'none'" in opened.headers["content-security-policy"]
    assert opened.headers["content-disposition"].startswith("inline; filename*=UTF-8''")
    assert "private" in opened.headers["cache-control"]


async def test_a_document_is_for_keeping_not_for_showing(system: RunningServer) -> None:
    visitor = await Visitor.open(system.http)
    uploaded = (await upload(system, visitor, PDF, "发票\r\nX: y\".html")).json()
    assert uploaded["media_type"] == "application/pdf"
    assert uploaded["name"].endswith(".pdf")
    assert (await send(system, visitor, "image", {"file_id": uploaded["file_id"]})).json()["code"] == "content_invalid"
    sent = (await send(system, visitor, "file", {"file_id": uploaded["file_id"]})).json()
    opened = await system.http.get(sent["content"]["url"])
    assert opened.headers["content-disposition"].startswith("attachment;")


async def test_a_link_is_for_one_file_and_not_for_ever(system: RunningServer) -> None:
    visitor = await Visitor.open(system.http)
    one, two = [(await upload(system, visitor, PNG)).json()["url"] for _ in range(2)]
    token = one.partition("token=")[2]
    forged = [
        two.partition("token=")[0] + "token=" + token,
        one[:-1],
        one + "x",
        one.replace("token=", "token=9"),
        one.partition("token=")[0] + "token=令牌",
        one.partition("token=")[0] + "token=.",
    ]
    for link in forged:
        answer = await system.http.get(link)
        assert (answer.status_code, answer.json()["code"]) == (403, "file_link_invalid"), link
    assert (await system.http.get(one)).status_code == 200
    with frozen(now() + timedelta(hours=23)):
        assert (await system.http.get(one)).status_code == 200
    with frozen(now() + timedelta(hours=49)):
        assert (await system.http.get(one)).json()["code"] == "file_link_invalid"


REFUSED: dict[str, tuple[bytes, str, int, str]] = {
    "html named png": (b"<html><script>alert(1)</script>", "a.png", 415, "file_type_refused"),
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "a.svg", 415, "file_type_refused"),
    "zip": (b"PK\x03\x04" + bytes(100), "a.zip", 415, "file_type_refused"),
    "program": (b"\x7fELF" + bytes(100), "a.jpg", 415, "file_type_refused"),
    "cut short": (PNG[:20], "a.png", 415, "file_type_refused"),
    "nothing": (b"", "a.png", 415, "file_type_refused"),
    "a picture of ten milliard points": (HUGE, "a.png", 413, "file_too_large"),
    "a byte too many": (PNG + bytes(10 * 2**20 - len(PNG) + 1), "a.png", 413, "file_too_large"),
    "far too many": (PNG + bytes(11 * 2**20), "a.png", 413, "body_too_large"),
}


@pytest.mark.parametrize(("data", "name", "status", "code"), REFUSED.values(), ids=REFUSED.keys())
async def test_files_that_are_refused(system: RunningServer, data: bytes, name: str, status: int, code: str) -> None:
    answer = await upload(system, await Visitor.open(system.http), data, name)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_the_largest_file_is_taken(system: RunningServer) -> None:
    largest = PNG + bytes(10 * 2**20 - len(PNG))
    assert (await upload(system, await Visitor.open(system.http), largest)).status_code == 201


HEAD = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\nContent-Type: image/png'
FORM = HEAD + b"\r\n\r\n" + PNG + b"\r\n--x--\r\n"
FORMS: dict[str, tuple[bytes, str, int, str]] = {
    "another name": (FORM.replace(b'"file"', b'"other"'), "; boundary=x", 400, "upload_missing"),
    "nul and no utf-8 in the name": (FORM.replace(b'"file"', b'"f\x00\xff"'), "; boundary=x", 400, "bad_request"),
    "no utf-8 in the file's name": (FORM.replace(b"a.png", b"\xff\xfe.png"), "; boundary=x", 400, "bad_request"),
    "no file's name": (FORM.replace(b'; filename="a.png"', b""), "; boundary=x", 400, "bad_request"),
    "a text": (HEAD.split(b"; filename")[0] + b"\r\n\r\nhello\r\n--x--\r\n", "; boundary=x", 400, "upload_missing"),
    "unknown encoding": (
        FORM.replace(b'; filename="a.png"', b"").replace(b"image/png", b"text/plain; charset=nope"),
        "; boundary=x",
        400,
        "bad_request",
    ),
    "no boundary": (FORM, "", 422, "validation_failed"),
    "another boundary": (FORM, "; boundary=y", 400, "bad_request"),
    "cut short": (FORM[:-20], "; boundary=x", 400, "bad_request"),
    "empty": (b"", "; boundary=x", 400, "upload_missing"),
}


@pytest.mark.parametrize(("body", "boundary", "status", "code"), FORMS.values(), ids=FORMS.keys())
async def test_forms_that_are_none(system: RunningServer, body: bytes, boundary: str, status: int, code: str) -> None:
    visitor = await Visitor.open(system.http)
    headers = visitor.headers | {"Content-Type": f"multipart/form-data{boundary}"}
    answer = await system.http.post("/api/v1/chat/uploads", content=body, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
