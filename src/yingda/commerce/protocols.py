"""What Yingda needs to know from a shop: narrow doors, so that each real store implements only what it has.

`owner` is the store's own customer id. An implementation checks it: what belongs to somebody else is told apart from
what does not exist by nobody.
"""

from collections.abc import Sequence
from typing import Protocol

import msgspec

from yingda.commerce.schemas import Invoice, Order, Product, Refund, ReturnCase, Shipment


class Orders(Protocol):
    async def get(self, owner: str, order_no: str) -> Order:
        """Raises `OrderNotFound`, also for another customer's order."""
        ...

    async def recent(self, owner: str, limit: int = 10) -> list[Order]:
        """Latest first."""
        ...

    async def remark(self, owner: str, order_no: str, text: str, key: str) -> Order:
        """Add a line to what the seller has noted on the order; the same `key` again adds nothing.

        Raises `OrderNotFound`, and `OrderClosed` where nobody would read it any more.
        """
        ...


class Shipments(Protocol):
    async def get(self, owner: str, tracking_no: str) -> Shipment:
        """Raises `ShipmentNotFound`, also for another customer's parcel."""
        ...

    async def of_order(self, owner: str, order_no: str) -> list[Shipment]:
        """Oldest first: the outbound parcel, then what travelled for a return or an exchange."""
        ...

    async def of_orders(self, owner: str, order_nos: Sequence[str]) -> dict[str, list[Shipment]]:
        """The same for several orders at once; an order without a parcel is left out."""
        ...


class Products(Protocol):
    async def get(self, product_id: str) -> Product:
        """Raises `ProductNotFound`."""
        ...

    async def search(self, text: str, limit: int = 10) -> list[Product]:
        """Best match first; `text` is the customer's own words."""
        ...

    async def browse(self, category: str | None = None, limit: int = 100) -> list[Product]:
        """In the order of the shelf."""
        ...


class Returns(Protocol):
    async def get(self, owner: str, case_no: str) -> ReturnCase:
        """Raises `ReturnNotFound`, also for another customer's case."""
        ...

    async def of_order(self, owner: str, order_no: str) -> list[ReturnCase]:
        """Latest first."""
        ...

    async def refunds(self, owner: str, order_no: str) -> list[Refund]:
        """Latest first, with and without a case."""
        ...


class Invoices(Protocol):
    async def of_order(self, owner: str, order_no: str) -> Invoice | None:
        """None: nobody has asked for one."""
        ...


class Store(msgspec.Struct, frozen=True):
    """One shop's doors."""

    code: str
    name: str
    demo: bool
    orders: Orders
    shipments: Shipments
    products: Products
    returns: Returns
    invoices: Invoices
