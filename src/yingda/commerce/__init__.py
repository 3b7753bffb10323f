"""Orders, shipments, products, returns and invoices of the shops that Yingda answers for.

The doors are `Protocol`s; `demo` is the built-in store 琉璃美妆, real shops come by adapter.
"""

from yingda.commerce.demo.catalogue import demo_products
from yingda.commerce.demo.seed import SHOP_CODE, ShowcaseCustomer, seed_demo, showcase_customers
from yingda.commerce.demo.store import demo_store
from yingda.commerce.errors import OrderClosed, OrderNotFound, ProductNotFound, ReturnNotFound, ShipmentNotFound
from yingda.commerce.protocols import Invoices, Orders, Products, Returns, Shipments, Store
from yingda.commerce.rules import takes_remarks, yuan
from yingda.commerce.schemas import (
    Address,
    Invoice,
    InvoiceKind,
    InvoiceState,
    Order,
    OrderLine,
    OrderState,
    Product,
    Refund,
    RefundState,
    ReturnCase,
    ReturnKind,
    ReturnLine,
    ReturnState,
    ReturnStep,
    Shipment,
    ShipmentEvent,
    ShipmentPurpose,
    ShipmentState,
    Variant,
)

__all__ = [
    "SHOP_CODE",
    "Address",
    "Invoice",
    "InvoiceKind",
    "InvoiceState",
    "Invoices",
    "Order",
    "OrderClosed",
    "OrderLine",
    "OrderNotFound",
    "OrderState",
    "Orders",
    "Product",
    "ProductNotFound",
    "Products",
    "Refund",
    "RefundState",
    "ReturnCase",
    "ReturnKind",
    "ReturnLine",
    "ReturnNotFound",
    "ReturnState",
    "ReturnStep",
    "Returns",
    "Shipment",
    "ShipmentEvent",
    "ShipmentNotFound",
    "ShipmentPurpose",
    "ShipmentState",
    "Shipments",
    "ShowcaseCustomer",
    "Store",
    "Variant",
    "demo_products",
    "demo_store",
    "seed_demo",
    "showcase_customers",
    "takes_remarks",
    "yuan",
]
