"""The demo store behind the doors of `commerce`."""

from collections import defaultdict
from collections.abc import Sequence

import msgspec

from yingda.commerce.demo import repository
from yingda.commerce.demo.seed import SHOP_CODE, SHOP_NAME
from yingda.commerce.errors import OrderClosed, OrderNotFound, ProductNotFound, ReturnNotFound, ShipmentNotFound
from yingda.commerce.protocols import Store
from yingda.commerce.rules import search_terms, takes_remarks
from yingda.commerce.schemas import Invoice, Order, Product, Refund, ReturnCase, Shipment
from yingda.infra.database import Database
from yingda.kit.clock import now


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
    )


class _Door:
    def __init__(self, db: Database) -> None:
        self._db = db
        self._reading = db.reading


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


class _Invoices(_Door):
    async def of_order(self, owner: str, order_no: str) -> Invoice | None:
        async with self._reading() as conn:
            return await repository.invoice_of_order(conn, owner, order_no)
