"""A shop with ways of its own: the demo store's data behind a REST interface that calls everything something else."""

import hashlib
import hmac
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
from litestar import Litestar, Request, Response, route

from tests.server import listening
from yingda.commerce import (
    Address,
    CancelOrder,
    ChangeAddress,
    ChangeRefused,
    Claim,
    Coupon,
    Fault,
    GrantCoupon,
    Mapping,
    Order,
    Product,
    Refund,
    RequestReturn,
    ReturnCase,
    Shipment,
    Store,
    read_mapping,
)
from yingda.kit.errors import NotFound

EXAMPLE = Path(__file__).parents[2] / "docs" / "guide" / "shop-example.toml"
SECRET = "a shop's secret"
STATES = {
    "unpaid": 10,
    "paid": 20,
    "packed": 25,
    "shipped": 30,
    "delivered": 40,
    "completed": 50,
    "after_sale": 60,
    "refunded": 70,
    "cancelled": 90,
}


def example(url: str) -> Mapping:
    """The mapping file of the guide, for a shop at `url` that is in a hurry to give up."""
    mapping = read_mapping(EXAMPLE)
    calls = msgspec.structs.replace(mapping.calls, pause_seconds=0)
    return msgspec.structs.replace(mapping, base_url=url, calls=calls)


def yuan(cents: int) -> str:
    return f"{cents / 100:.2f}"


def seconds(moment: datetime | None) -> float | None:
    return moment.timestamp() if moment else None


def order_out(order: Order) -> dict[str, Any]:
    return {
        "no": order.order_no,
        "buyer": order.owner,
        "status": STATES[order.state],
        "items": [
            {
                "sku": line.sku,
                "goods_id": line.product_id,
                "name": line.title,
                "spec": line.variant,
                "count": line.quantity,
                "price": yuan(line.unit_cents),
                "discount": yuan(line.discount_cents),
                "sum": yuan(line.amount_cents),
                "gift": line.gift,
            }
            for line in order.lines
        ],
        "goods": yuan(order.goods_cents),
        "discount": yuan(order.discount_cents),
        "freight": yuan(order.freight_cents),
        "pay": yuan(order.total_cents),
        "receiver": receiver_out(order.address),
        "created": seconds(order.placed_at),
        "pay_until": seconds(order.pay_before),
        "paid": seconds(order.paid_at),
        "signed": seconds(order.delivered_at),
    }


def receiver_out(address: Address) -> dict[str, str]:
    plain: dict[str, str] = msgspec.structs.asdict(address)
    return {"mobile": plain.pop("phone"), "detail": plain.pop("street"), **plain}


def receiver_in(receiver: dict[str, str]) -> Address:
    return Address(phone=receiver.pop("mobile"), street=receiver.pop("detail"), **receiver)


def parcel_out(parcel: Shipment) -> dict[str, Any]:
    trace = [{"time": seconds(e.at), "status": e.state, "place": e.place, "words": e.text} for e in parcel.events]
    return {
        "number": parcel.tracking_no,
        "order": parcel.order_no,
        "buyer": parcel.owner,
        "company": parcel.carrier,
        "why": parcel.purpose,
        "status": parcel.state,
        "eta": seconds(parcel.events[-1].at),
        "trace": trace,
    }


def goods_out(product: Product) -> dict[str, Any]:
    variants = [
        {"sku": v.sku, "spec": v.name, "price": yuan(v.price_cents), "stock": v.stock} for v in product.variants
    ]
    return {
        "id": product.product_id,
        "name": product.title,
        "brief": product.subtitle,
        "class": product.category,
        "tags": list(product.functions) or None,
        "how": product.usage,
        "variants": variants,
    }


def case_out(case: ReturnCase) -> dict[str, Any]:
    return {
        "id": case.case_no,
        "order": case.order_no,
        "buyer": case.owner,
        "kind": case.kind,
        "state": case.state,
        "reason": case.reason,
        "items": msgspec.to_builtins(case.lines),
        "money": yuan(case.refund_cents),
        "log": [{"time": seconds(step.at), "status": step.state, "words": step.text} for step in case.steps],
    }


def refund_out(refund: Refund) -> dict[str, Any]:
    return {
        "id": refund.refund_no,
        "order": refund.order_no,
        "buyer": refund.owner,
        "state": refund.state,
        "money": yuan(refund.amount_cents),
        "method": refund.method,
        "created": seconds(refund.requested_at),
        "eta": seconds(refund.expected_by),
    }


def coupon_out(coupon: Coupon) -> dict[str, Any]:
    return {
        "code": coupon.code,
        "buyer": coupon.owner,
        "state": coupon.state,
        "worth": yuan(coupon.amount_cents),
        "until": seconds(coupon.valid_until),
    }


@dataclass
class FakeShop:
    """`ill`: what it answers instead of an answer, one request each. `forgetful`: it does not know keys again."""

    store: Store
    owner_of: dict[str, str]
    ill: list[int] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    forgetful: bool = False

    @asynccontextmanager
    async def open(self) -> AsyncIterator[str]:
        """Its address, while it is open."""
        async with listening(self.app()) as url:
            yield url

    def app(self) -> Litestar:
        @route("/{rest:path}", http_method=["GET", "POST", "PUT"], status_code=200)
        async def answer(request: Request[Any, Any, Any]) -> Any:
            for (method, pattern), work in ROUTES.items():
                found = re.fullmatch(pattern, request.url.path)
                if found and method == request.method:
                    body = await request.json() if method != "GET" else dict(request.query_params)
                    return {"data": await work(self, request, body, *found.groups())}
            raise NotFound

        return Litestar(
            route_handlers=[answer],
            before_request=self.receive,
            exception_handlers={NotFound: missing, ChangeRefused: refused},
            openapi_config=None,
            logging_config=None,
        )

    async def receive(self, request: Request[Any, Any, Any]) -> Response[Any] | None:
        """Who cannot sign is not heard; who comes while it is ill gets no answer."""
        target = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        self.asked.append(f"{request.method} {target}")
        moment, body = request.headers.get("x-timestamp", ""), (await request.body()).decode()
        raw = request.scope["raw_path"].decode() + (f"?{request.url.query}" if request.url.query else "")
        text = f"{moment}.{request.method}.{raw}.{body}"
        expected = hmac.new(SECRET.encode(), text.encode(), hashlib.sha256).hexdigest()
        if request.headers.get("x-signature") != expected:
            return Response({"error": {"code": "WHO"}}, status_code=401)
        if self.ill and (status := self.ill.pop(0)):
            return Response({"error": {"code": "ILL"}}, status_code=status)
        return None

    def whose(self, order_no: str) -> str:
        if order_no not in self.owner_of:
            raise NotFound
        return self.owner_of[order_no]

    def key(self, request: Request[Any, Any, Any]) -> str:
        return f"{len(self.asked)}" if self.forgetful else request.headers["idempotency-key"]


async def order(shop: FakeShop, _request: Any, _query: Any, no: str) -> Any:
    return order_out(await shop.store.orders.get(shop.whose(no), no))


async def orders(shop: FakeShop, _request: Any, query: Any, who: str) -> Any:
    page, size = int(query["page"]), int(query["size"])
    found = await shop.store.orders.recent(who, 1000)
    return {"list": [order_out(one) for one in found[(page - 1) * size : page * size]]}


async def parcels(shop: FakeShop, _request: Any, _query: Any, no: str) -> Any:
    return [parcel_out(one) for one in await shop.store.shipments.of_order(shop.whose(no), no)]


async def parcel(shop: FakeShop, _request: Any, _query: Any, number: str) -> Any:
    return parcel_out(await shop.store.shipments.get(shop.owner_of[number], number))


async def moved(shop: FakeShop, _request: Any, query: Any) -> Any:
    since = datetime.fromtimestamp(float(query["from"]), UTC)
    return [parcel_out(one) for one in await shop.store.shipments.moved(since, "", 1000) or []]


async def goods(shop: FakeShop, _request: Any, _query: Any, number: str) -> Any:
    return goods_out(await shop.store.products.get(number))


async def shelf(shop: FakeShop, _request: Any, query: Any) -> Any:
    """Three on a page, with a cursor to the next."""
    products, after = shop.store.products, int(query.get("after", 0))
    found = await (products.search(query["q"], 100) if query.get("q") else products.browse(limit=100))
    page = [goods_out(one) for one in found[after : after + 3]]
    return {"list": page, "next": after + 3 if after + 3 < len(found) else None}


async def cases(shop: FakeShop, _request: Any, _query: Any, no: str) -> Any:
    return [case_out(one) for one in await shop.store.returns.of_order(shop.whose(no), no)]


async def refunds(shop: FakeShop, _request: Any, _query: Any, no: str) -> Any:
    return [refund_out(one) for one in await shop.store.returns.refunds(shop.whose(no), no)]


async def invoice(shop: FakeShop, _request: Any, _query: Any, no: str) -> Any:
    shop.whose(no)


async def coupons(shop: FakeShop, _request: Any, _query: Any, who: str) -> Any:
    return [coupon_out(one) for one in await shop.store.coupons.of_customer(who)]


async def account(shop: FakeShop, _request: Any, _query: Any, who: str) -> Any:
    found = await shop.store.accounts.get(who)
    return {"id": who, "name": found.name, "grade": found.level, "risk": 20} if found else None


async def stock(shop: FakeShop, _request: Any, query: Any) -> Any:
    levels = await shop.store.stock.of(query["skus"].split(","))
    return [{"sku": one.sku, "left": one.quantity} for one in levels.values()]


async def cancel(shop: FakeShop, request: Any, body: Any, no: str) -> Any:
    receipt = await shop.store.orders.cancel(body["buyer"], CancelOrder(order_no=no), shop.key(request))
    return {"refund": receipt.reference, "money": yuan(receipt.amount_cents)}


async def receiver(shop: FakeShop, request: Any, body: Any, no: str) -> Any:
    change = ChangeAddress(order_no=no, address=receiver_in(body["receiver"]))
    await shop.store.orders.change_address(body["buyer"], change, shop.key(request))


async def aftersale(shop: FakeShop, request: Any, body: Any, no: str) -> Any:
    lines = msgspec.convert(body["items"], tuple[Claim, ...])
    fault = {"QUALITY": Fault.DEFECTIVE, "NO_REASON": Fault.CHANGED_MIND}[body["reason"]]
    change = RequestReturn(order_no=no, lines=lines, fault=fault, evidence=tuple(body["photos"]))
    receipt = await shop.store.returns.request(body["buyer"], change, shop.key(request))
    return {"id": receipt.reference, "money": yuan(receipt.amount_cents)}


async def grant(shop: FakeShop, request: Any, body: Any, who: str) -> Any:
    change = GrantCoupon(order_no=body["order"], amount_cents=round(float(body["worth"]) * 100))
    receipt = await shop.store.coupons.grant(who, change, shop.key(request))
    return {"code": receipt.reference, "worth": yuan(receipt.amount_cents)}


ROUTES = {
    ("GET", "/orders/([^/]+)"): order,
    ("GET", "/customers/([^/]+)/orders"): orders,
    ("GET", "/orders/([^/]+)/parcels"): parcels,
    ("GET", "/parcels/([^/]+)"): parcel,
    ("GET", "/parcels"): moved,
    ("GET", "/goods/([^/]+)"): goods,
    ("GET", "/goods"): shelf,
    ("GET", "/orders/([^/]+)/aftersales"): cases,
    ("GET", "/orders/([^/]+)/refunds"): refunds,
    ("GET", "/orders/([^/]+)/invoice"): invoice,
    ("GET", "/customers/([^/]+)/coupons"): coupons,
    ("GET", "/customers/([^/]+)"): account,
    ("GET", "/stock"): stock,
    ("POST", "/orders/([^/]+)/cancel"): cancel,
    ("PUT", "/orders/([^/]+)/receiver"): receiver,
    ("POST", "/orders/([^/]+)/aftersales"): aftersale,
    ("POST", "/customers/([^/]+)/coupons"): grant,
}


def missing(_request: Any, _error: NotFound) -> Response[Any]:
    return Response({"error": {"code": "NONE"}}, status_code=404)


def refused(_request: Any, error: ChangeRefused) -> Response[Any]:
    codes = {"too_late": "TOO_LATE", "under_way": "CASE_OPEN"}
    return Response({"error": {"code": codes.get(error.refusal, "NO")}}, status_code=400)
