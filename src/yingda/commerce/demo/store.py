"""The demo store behind the doors of `commerce`."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import TypeVar

import msgspec

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
)
from yingda.commerce.deeds.policy import Policy, read_policy
from yingda.commerce.demo import aftercare, changing, repository
from yingda.commerce.demo.seed import SHOP_CODE, SHOP_NAME
from yingda.commerce.errors import OrderClosed, OrderNotFound, ProductNotFound, ReturnNotFound, ShipmentNotFound
from yingda.commerce.protocols import Store
from yingda.commerce.rules import search_terms, takes_remarks
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
from yingda.infra.database import Database, Tx
from yingda.kit.clock import now
from yingda.kit.paths import data_dir


def demo_store(db: Database) -> Store:
    """琉璃美妆, kept in our own database."""
    return Store(
        code=SHOP_CODE,
        name=SHOP_NAME,
        demo=True,
        orders=_Orders(db),
        shipments=_Shipments(db),
        products=_Products(db),
        returns=_Returns(db),
        invoices=_Invoices(db),
        coupons=_Coupons(db),
        accounts=_Accounts(db),
        stock=_Stock(db),
    )


def demo_policy() -> Policy:
    """What 琉璃美妆 allows."""
    return read_policy(data_dir() / "demo" / "policies.toml")


C = TypeVar("C", bound=Change)


class _Door:
    def __init__(self, db: Database) -> None:
        self._db = db
        self._reading = db.reading

    async def _change(
        self, work: Callable[[Tx, Order, C], Awaitable[Receipt]], owner: str, change: C, key: str
    ) -> Receipt:
        """Do `work` on the customer's locked order, once for each key."""
        async with self._db.transaction() as tx:
            if known := await repository.receipt(tx.conn, owner, key):
                return known
            order = await repository.lock_order(tx.conn, owner, change.order_no.strip().upper())
            if order is None:
                raise OrderNotFound
            receipt = await work(tx, order, change)
            await repository.keep_receipt(tx.conn, owner, key, receipt, now())
        return receipt


class _Orders(_Door):
    async def get(self, owner: str, order_no: str) -> Order:
        async with self._reading() as conn:
            order = await repository.order(conn, owner, order_no.strip().upper())
        if order is None:
            raise OrderNotFound
        return order

    async def recent(self, owner: str, limit: int = 10) -> list[Order]:
        async with self._reading() as conn:
            return await repository.recent_orders(conn, owner, limit)

    async def remark(self, owner: str, order_no: str, text: str, key: str) -> Order:
        async with self._db.transaction() as tx:
            order = await repository.lock_order(tx.conn, owner, order_no.strip().upper())
            if order is None:
                raise OrderNotFound
            if not takes_remarks(order.state):
                raise OrderClosed
            if await repository.add_remark(tx.conn, key, order.order_no, text, now()):
                remarks = "\n".join(filter(None, (order.seller_remark, text)))
                order = msgspec.structs.replace(order, seller_remark=remarks)
                await repository.save_order(tx.conn, order)
            return order

    async def cancel(self, owner: str, change: CancelOrder, key: str) -> Receipt:
        return await self._change(changing.cancel, owner, change, key)

    async def reinstate(self, owner: str, change: ReinstateOrder, key: str) -> Receipt:
        return await self._change(changing.reinstate, owner, change, key)

    async def change_address(self, owner: str, change: ChangeAddress, key: str) -> Receipt:
        return await self._change(changing.change_address, owner, change, key)

    async def change_item(self, owner: str, change: ChangeItem, key: str) -> Receipt:
        return await self._change(changing.change_item, owner, change, key)

    async def change_remark(self, owner: str, change: ChangeRemark, key: str) -> Receipt:
        return await self._change(changing.change_remark, owner, change, key)


class _Shipments(_Door):
    async def get(self, owner: str, tracking_no: str) -> Shipment:
        async with self._reading() as conn:
            shipment = await repository.shipment(conn, owner, tracking_no.strip().upper())
        if shipment is None:
            raise ShipmentNotFound
        return shipment

    async def of_order(self, owner: str, order_no: str) -> list[Shipment]:
        async with self._reading() as conn:
            return await repository.shipments_of_order(conn, owner, order_no)

    async def of_orders(self, owner: str, order_nos: Sequence[str]) -> dict[str, list[Shipment]]:
        async with self._reading() as conn:
            found = await repository.shipments_of_orders(conn, owner, order_nos)
        parcels: dict[str, list[Shipment]] = defaultdict(list)
        for shipment in found:
            parcels[shipment.order_no].append(shipment)
        return dict(parcels)

    async def moved(self, since: datetime, after: str, limit: int) -> list[Shipment] | None:
        async with self._reading() as conn:
            return await repository.shipments_moved(conn, since, after, limit)

    async def ask_carrier(self, owner: str, change: AskCarrier, key: str) -> Receipt:
        return await self._change(aftercare.ask_carrier, owner, change, key)


class _Products(_Door):
    async def get(self, product_id: str) -> Product:
        async with self._reading() as conn:
            product = await repository.product(conn, product_id)
        if product is None:
            raise ProductNotFound
        return product

    async def search(self, text: str, limit: int = 10) -> list[Product]:
        terms = search_terms(text)
        async with self._reading() as conn:
            return await repository.search_products(conn, terms, limit)

    async def browse(self, category: str | None = None, limit: int = 100) -> list[Product]:
        async with self._reading() as conn:
            return await repository.browse_products(conn, category, limit)


class _Returns(_Door):
    async def get(self, owner: str, case_no: str) -> ReturnCase:
        async with self._reading() as conn:
            case = await repository.return_case(conn, owner, case_no.strip().upper())
        if case is None:
            raise ReturnNotFound
        return case

    async def of_order(self, owner: str, order_no: str) -> list[ReturnCase]:
        async with self._reading() as conn:
            return await repository.returns_of_order(conn, owner, order_no)

    async def refunds(self, owner: str, order_no: str) -> list[Refund]:
        async with self._reading() as conn:
            return await repository.refunds_of_order(conn, owner, order_no)

    async def request(self, owner: str, change: RequestReturn | RequestExchange | RequestRefund, key: str) -> Receipt:
        return await self._change(aftercare.request, owner, change, key)

    async def reship(self, owner: str, change: Reship, key: str) -> Receipt:
        return await self._change(aftercare.reship, owner, change, key)

    async def withdraw(self, owner: str, change: WithdrawCase, key: str) -> Receipt:
        return await self._change(aftercare.withdraw, owner, change, key)

    async def protect_price(self, owner: str, change: ProtectPrice, key: str) -> Receipt:
        return await self._change(aftercare.protect_price, owner, change, key)


class _Invoices(_Door):
    async def of_order(self, owner: str, order_no: str) -> Invoice | None:
        async with self._reading() as conn:
            return await repository.invoice_of_order(conn, owner, order_no)

    async def request(self, owner: str, change: RequestInvoice, key: str) -> Receipt:
        return await self._change(aftercare.request_invoice, owner, change, key)


class _Coupons(_Door):
    async def of_customer(self, owner: str) -> list[Coupon]:
        async with self._reading() as conn:
            return await repository.coupons(conn, owner)

    async def grant(self, owner: str, change: GrantCoupon, key: str) -> Receipt:
        return await self._change(aftercare.grant_coupon, owner, change, key)

    async def revoke(self, owner: str, change: RevokeCoupon, key: str) -> Receipt:
        return await self._change(aftercare.revoke_coupon, owner, change, key)


class _Accounts(_Door):
    async def get(self, owner: str) -> ShopCustomer | None:
        async with self._reading() as conn:
            who = await repository.shopper(conn, owner)
        return ShopCustomer(who.user_id, who.name, who.level, now()) if who else None


class _Stock(_Door):
    async def of(self, skus: Sequence[str]) -> dict[str, StockLevel]:
        async with self._reading() as conn:
            products = await repository.products_with(conn, sorted({sku.split("-")[0] for sku in skus}))
        variants = [variant for product in products for variant in product.variants if variant.sku in set(skus)]
        return {variant.sku: StockLevel(variant.sku, variant.stock, now()) for variant in variants}
