"""The doors of a shop behind its mapping file."""

import asyncio
from collections.abc import Hashable, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

import httpx
import msgspec
import structlog

from yingda.commerce.changes import (
    AskCarrier,
    CancelOrder,
    Change,
    ChangeAddress,
    ChangeItem,
    ChangeRemark,
    GrantCoupon,
    ProtectPrice,
    ReinstateOrder,
    RequestExchange,
    RequestInvoice,
    RequestRefund,
    RequestReturn,
    Reship,
    RevokeCoupon,
    WithdrawCase,
    kind_of,
)
from yingda.commerce.errors import (
    ChangeRefused,
    OrderNotFound,
    ProductNotFound,
    ReturnNotFound,
    ShipmentNotFound,
    ShopDown,
)
from yingda.commerce.protocols import Store
from yingda.commerce.refusals import Refusal
from yingda.commerce.rest.client import ShopClient
from yingda.commerce.rest.fitting import DoesNotFit, fit, moment_out
from yingda.commerce.rest.mapping import Mapping, names_in
from yingda.commerce.rest.memory import Memory
from yingda.commerce.schemas import (
    Coupon,
    Invoice,
    Order,
    Product,
    Receipt,
    Refund,
    ReturnCase,
    Shipment,
    ShopCustomer,
    StockLevel,
)
from yingda.kit.clock import now
from yingda.kit.errors import NotFound

logger = structlog.get_logger(__name__)

T = TypeVar("T", Order, Shipment, Product, ReturnCase, Refund, Invoice, Coupon, ShopCustomer, StockLevel)

S = TypeVar("S", bound=msgspec.Struct)


class Shop:
    """What all doors of one shop share. `memory` is none where decisions are made: they take nothing from before."""

    def __init__(self, mapping: Mapping, client: ShopClient, memory: Memory | None) -> None:
        self.mapping = mapping
        self.client = client
        self.memory = memory

    async def find(self, name: str, kind: type[T], owner: str, **given: str) -> T | None:
        """The one thing; None for what is not there, belongs to somebody else, or that this shop does not offer."""
        found = await self.many(name, kind, owner, None, **given)
        return found[0] if found else None

    async def many(self, name: str, kind: type[T], owner: str, limit: int | None = None, **given: str) -> list[T]:
        """What the customer has; an empty `owner` is for what belongs to nobody."""
        if name not in self.mapping.reads:
            return []
        key: tuple[Hashable, ...] = (name, owner, limit, *sorted(given.items()))

        async def ask() -> list[T]:
            return await self._ask(name, kind, owner, limit, given)

        return await (self.memory.recall(key, ask) if self.memory else ask())

    async def change(self, name: str, owner: str, document: dict[str, Any], key: str) -> Receipt:
        """Raises `ChangeRefused` also where the mapping does not offer it."""
        wanted = self.mapping.writes.get(name)
        if wanted is None:
            raise ChangeRefused(Refusal.NOT_OFFERED)
        answer = await self.client.write(wanted, self._spoken(document) | {"owner": owner, "key": key}, key)
        if self.memory:
            self.memory.forget(owner)
        # what a receipt says is of one's own making: a mapping of its own for each change
        reading = msgspec.structs.replace(self.mapping, fields={"Receipt": wanted.receipt})
        return self._fit(answer or {}, Receipt, reading, order_no=str(document["order_no"]))

    async def _ask(self, name: str, kind: type[T], owner: str, limit: int | None, given: dict[str, str]) -> list[T]:
        words = given | {"owner": owner, "limit": str(limit or "")}
        try:
            answer = await self.client.read(self.mapping.reads[name], words, limit)
        except NotFound:
            return []
        items = answer if isinstance(answer, list) else [answer] if answer is not None else []
        extra = (
            {"as_of": now()}
            | self._vouched(name, owner)
            | {k: v for k, v in given.items() if k in kind.__struct_fields__}
        )
        found = [self._fit(item, kind, self.mapping, **extra) for item in items[:limit]]
        return [one for one in found if not owner or getattr(one, "owner", owner) == owner]

    def _vouched(self, name: str, owner: str) -> dict[str, str]:
        """Whose it is, where the shop was asked for that customer's; else its answer has to say so itself."""
        read = self.mapping.reads[name]
        asked = any("owner" in names_in(text) for text in (read.path, *read.query.values()))
        return {"owner": owner} if asked else {}

    def _fit(self, document: Any, kind: type[S], mapping: Mapping, **given: Any) -> S:
        try:
            return fit(document, kind, mapping, **given)
        except DoesNotFit as error:
            logger.warning("the shop's answer does not fit its mapping", shop=mapping.code, problem=str(error))
            raise ShopDown from error

    def _spoken(self, document: dict[str, Any]) -> dict[str, Any]:
        """The change in the shop's words, its money in yuan as well."""
        words = self.mapping.words
        spoken = {
            name: words[name].get(value, value) if name in words and isinstance(value, str) else value
            for name, value in document.items()
        }
        cents = document.get("amount_cents")
        return spoken | ({"amount_yuan": f"{cents / 100:.2f}"} if isinstance(cents, int) else {})


class _Door:
    def __init__(self, shop: Shop) -> None:
        self._shop = shop

    async def _change(self, owner: str, change: Change, key: str) -> Receipt:
        document: dict[str, Any] = msgspec.to_builtins(change)
        return await self._shop.change(kind_of(change), owner, document, key)


class _Orders(_Door):
    async def get(self, owner: str, order_no: str) -> Order:
        found = await self._shop.find("order", Order, owner, order_no=order_no.strip())
        if found is None:
            raise OrderNotFound
        return found

    async def recent(self, owner: str, limit: int = 10) -> list[Order]:
        return await self._shop.many("orders", Order, owner, limit)

    async def remark(self, owner: str, order_no: str, text: str, key: str) -> Order:
        await self._shop.change("remark", owner, {"order_no": order_no, "text": text}, key)
        return await self.get(owner, order_no)

    async def cancel(self, owner: str, change: CancelOrder, key: str) -> Receipt:
        return await self._change(owner, change, key)

    async def reinstate(self, owner: str, change: ReinstateOrder, key: str) -> Receipt:
        return await self._change(owner, change, key)

    async def change_address(self, owner: str, change: ChangeAddress, key: str) -> Receipt:
        return await self._change(owner, change, key)

    async def change_item(self, owner: str, change: ChangeItem, key: str) -> Receipt:
        return await self._change(owner, change, key)

    async def change_remark(self, owner: str, change: ChangeRemark, key: str) -> Receipt:
        return await self._change(owner, change, key)


class _Shipments(_Door):
    async def get(self, owner: str, tracking_no: str) -> Shipment:
        found = await self._shop.find("shipment", Shipment, owner, tracking_no=tracking_no.strip())
        if found is None:
            raise ShipmentNotFound
        return found

    async def of_order(self, owner: str, order_no: str) -> list[Shipment]:
        return await self._shop.many("shipments", Shipment, owner, order_no=order_no)

    async def of_orders(self, owner: str, order_nos: Sequence[str]) -> dict[str, list[Shipment]]:
        found = await asyncio.gather(*(self.of_order(owner, order_no) for order_no in order_nos))
        return {order_no: parcels for order_no, parcels in zip(order_nos, found, strict=True) if parcels}

    async def moved(self, since: datetime, after: str, limit: int) -> list[Shipment] | None:
        if "moved" not in self._shop.mapping.reads:
            return None
        found = await self._shop.many("moved", Shipment, "", since=moment_out(since, self._shop.mapping))
        by_time = sorted(found, key=_when)
        return [one for one in by_time if _when(one) > (since, after)][:limit]

    async def ask_carrier(self, owner: str, change: AskCarrier, key: str) -> Receipt:
        return await self._change(owner, change, key)


def _when(parcel: Shipment) -> tuple[datetime, str]:
    return parcel.last_event.at, parcel.tracking_no


class _Products(_Door):
    async def get(self, product_id: str) -> Product:
        found = await self._shop.find("product", Product, "", product_id=product_id)
        if found is None:
            raise ProductNotFound
        return found

    async def search(self, text: str, limit: int = 10) -> list[Product]:
        return await self._shop.many("products", Product, "", limit, text=text, category="")

    async def browse(self, category: str | None = None, limit: int = 100) -> list[Product]:
        return await self._shop.many("products", Product, "", limit, text="", category=category or "")


class _Returns(_Door):
    async def get(self, owner: str, case_no: str) -> ReturnCase:
        found = await self._shop.find("case", ReturnCase, owner, case_no=case_no.strip())
        if found is None:
            raise ReturnNotFound
        return found

    async def of_order(self, owner: str, order_no: str) -> list[ReturnCase]:
        return await self._shop.many("cases", ReturnCase, owner, order_no=order_no)

    async def refunds(self, owner: str, order_no: str) -> list[Refund]:
        return await self._shop.many("refunds", Refund, owner, order_no=order_no)

    async def request(self, owner: str, change: RequestReturn | RequestExchange | RequestRefund, key: str) -> Receipt:
        return await self._change(owner, change, key)

    async def withdraw(self, owner: str, change: WithdrawCase, key: str) -> Receipt:
        return await self._change(owner, change, key)

    async def reship(self, owner: str, change: Reship, key: str) -> Receipt:
        return await self._change(owner, change, key)

    async def protect_price(self, owner: str, change: ProtectPrice, key: str) -> Receipt:
        return await self._change(owner, change, key)


class _Invoices(_Door):
    async def of_order(self, owner: str, order_no: str) -> Invoice | None:
        return await self._shop.find("invoice", Invoice, owner, order_no=order_no)

    async def request(self, owner: str, change: RequestInvoice, key: str) -> Receipt:
        return await self._change(owner, change, key)


class _Coupons(_Door):
    async def of_customer(self, owner: str) -> list[Coupon]:
        return await self._shop.many("coupons", Coupon, owner)

    async def grant(self, owner: str, change: GrantCoupon, key: str) -> Receipt:
        return await self._change(owner, change, key)

    async def revoke(self, owner: str, change: RevokeCoupon, key: str) -> Receipt:
        return await self._change(owner, change, key)


class _Accounts(_Door):
    async def get(self, owner: str) -> ShopCustomer | None:
        return await self._shop.find("account", ShopCustomer, owner)


class _Stock(_Door):
    async def of(self, skus: Sequence[str]) -> dict[str, StockLevel]:
        found = await self._shop.many("stock", StockLevel, "", skus=",".join(skus))
        return {level.sku: level for level in found}


def rest_store(mapping: Mapping, transport: httpx.AsyncBaseTransport | None = None) -> Store:
    """The shop that `mapping` describes. Raises `MappingUnreadable` when the environment lacks its secret."""
    client = ShopClient(mapping, transport)
    memory = Memory(mapping.memory.seconds, timedelta(hours=mapping.memory.keep_hours).total_seconds())
    exact = _doors(Shop(mapping, client, None), None)
    return _doors(Shop(mapping, client, memory), exact)


def _doors(shop: Shop, exact: Store | None) -> Store:
    return Store(
        code=shop.mapping.code,
        name=shop.mapping.name,
        demo=False,
        orders=_Orders(shop),
        shipments=_Shipments(shop),
        products=_Products(shop),
        returns=_Returns(shop),
        invoices=_Invoices(shop),
        coupons=_Coupons(shop),
        accounts=_Accounts(shop),
        stock=_Stock(shop),
        exact=exact,
        on_close=shop.client.close,
    )
