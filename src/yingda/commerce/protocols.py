"""What Yingda needs to know from a shop: narrow doors, so that each real store implements only what it has.

`owner` is the store's own customer id. An implementation checks it: what belongs to somebody else is told apart from
what does not exist by nobody.

What changes something takes a `key`: the same key again changes nothing more and answers the same receipt, whenever it
comes, since that is how a change is made good after a crash. It raises `ChangeRefused` when the shop does not do it,
and `ShopDown` when nobody knows. Callers go through `Deeds`, which asks the shop's policy first.
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Protocol

import msgspec

from yingda.commerce.changes import (
    AskCarrier,
    CancelOrder,
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

    async def cancel(self, owner: str, change: CancelOrder, key: str) -> Receipt: ...

    async def reinstate(self, owner: str, change: ReinstateOrder, key: str) -> Receipt: ...

    async def change_address(self, owner: str, change: ChangeAddress, key: str) -> Receipt: ...

    async def change_item(self, owner: str, change: ChangeItem, key: str) -> Receipt: ...

    async def change_remark(self, owner: str, change: ChangeRemark, key: str) -> Receipt: ...


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

    async def moved(self, since: datetime, after: str, limit: int) -> list[Shipment] | None:
        """All customers' parcels by their last event, from `since` on, the earliest first, `limit` at most.

        Of those that moved at `since` itself, only with numbers beyond `after`. None: the shop cannot list them.
        """
        ...

    async def ask_carrier(self, owner: str, change: AskCarrier, key: str) -> Receipt:
        """The receipt's reference is the carrier's ticket."""
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

    async def request(self, owner: str, change: RequestReturn | RequestExchange | RequestRefund, key: str) -> Receipt:
        """The receipt's reference is the number of the case."""
        ...

    async def withdraw(self, owner: str, change: WithdrawCase, key: str) -> Receipt: ...

    async def reship(self, owner: str, change: Reship, key: str) -> Receipt: ...

    async def protect_price(self, owner: str, change: ProtectPrice, key: str) -> Receipt: ...


class Invoices(Protocol):
    async def of_order(self, owner: str, order_no: str) -> Invoice | None:
        """None: nobody has asked for one."""
        ...

    async def request(self, owner: str, change: RequestInvoice, key: str) -> Receipt: ...


class Coupons(Protocol):
    async def of_customer(self, owner: str) -> list[Coupon]:
        """Latest first, used and expired ones too."""
        ...

    async def grant(self, owner: str, change: GrantCoupon, key: str) -> Receipt:
        """The receipt's reference is the code."""
        ...

    async def revoke(self, owner: str, change: RevokeCoupon, key: str) -> Receipt: ...


class Accounts(Protocol):
    """The CRM."""

    async def get(self, owner: str) -> ShopCustomer | None:
        """None: nobody under that id, or a shop without a CRM."""
        ...


class Stock(Protocol):
    """The ERP."""

    async def of(self, skus: Sequence[str]) -> dict[str, StockLevel]:
        """By SKU; what the shop does not know is left out."""
        ...


class Store(msgspec.Struct, frozen=True):
    """One shop's doors. `exact`: the same without a memory, for decisions; none where all answers are of the moment."""

    code: str
    name: str
    demo: bool
    orders: Orders
    shipments: Shipments
    products: Products
    returns: Returns
    invoices: Invoices
    coupons: Coupons
    accounts: Accounts
    stock: Stock
    exact: "Store | None" = None
    on_close: Callable[[], Awaitable[None]] | None = None

    async def close(self) -> None:
        """Let go of its connections."""
        if self.on_close:
            await self.on_close()
