"""Tables of the demo store. A store answers documents, so we keep those; columns are what they are looked up by."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, SmallInteger, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from yingda.infra.tables import Base


class DemoLoad(Base):
    """The one row says which day and seed is loaded."""

    __tablename__ = "demo_loads"

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    seed: Mapped[int]
    day: Mapped[date]


class DemoShopper(Base):
    __tablename__ = "demo_shoppers"

    user_id: Mapped[str] = mapped_column(Text, primary_key=True)
    note: Mapped[str | None] = mapped_column(Text)
    body: Mapped[dict[str, Any]]


class DemoProduct(Base):
    """`names` and `words` are what search looks through: what it is called, and what is said about it."""

    __tablename__ = "demo_products"

    product_id: Mapped[str] = mapped_column(Text, primary_key=True)
    category: Mapped[str] = mapped_column(Text)
    position: Mapped[int]
    names: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text)
    body: Mapped[dict[str, Any]]


class DemoOrder(Base):
    __tablename__ = "demo_orders"
    __table_args__ = (Index(None, "owner", "placed_at"),)

    order_no: Mapped[str] = mapped_column(Text, primary_key=True)
    owner: Mapped[str] = mapped_column(Text)
    placed_at: Mapped[datetime]
    body: Mapped[dict[str, Any]]


class DemoRemark(Base):
    """A remark that was added to an order, once for each key; the order's document has the text too."""

    __tablename__ = "demo_remarks"
    __table_args__ = (Index(None, "order_no"),)

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    order_no: Mapped[str] = mapped_column(Text, ForeignKey("demo_orders.order_no"))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


class DemoShipment(Base):
    __tablename__ = "demo_shipments"
    __table_args__ = (Index(None, "order_no"), Index(None, "moved_at", "tracking_no"))

    tracking_no: Mapped[str] = mapped_column(Text, primary_key=True)
    order_no: Mapped[str] = mapped_column(Text, ForeignKey("demo_orders.order_no"))
    owner: Mapped[str] = mapped_column(Text)
    sent_at: Mapped[datetime]
    moved_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    body: Mapped[dict[str, Any]]


class DemoReturn(Base):
    __tablename__ = "demo_returns"
    __table_args__ = (Index(None, "order_no"),)

    case_no: Mapped[str] = mapped_column(Text, primary_key=True)
    order_no: Mapped[str] = mapped_column(Text, ForeignKey("demo_orders.order_no"))
    owner: Mapped[str] = mapped_column(Text)
    requested_at: Mapped[datetime]
    body: Mapped[dict[str, Any]]


class DemoRefund(Base):
    __tablename__ = "demo_refunds"
    __table_args__ = (Index(None, "order_no"),)

    refund_no: Mapped[str] = mapped_column(Text, primary_key=True)
    order_no: Mapped[str] = mapped_column(Text, ForeignKey("demo_orders.order_no"))
    owner: Mapped[str] = mapped_column(Text)
    requested_at: Mapped[datetime]
    body: Mapped[dict[str, Any]]


class DemoInvoice(Base):
    __tablename__ = "demo_invoices"

    order_no: Mapped[str] = mapped_column(Text, ForeignKey("demo_orders.order_no"), primary_key=True)
    owner: Mapped[str] = mapped_column(Text)
    body: Mapped[dict[str, Any]]


class DemoCoupon(Base):
    __tablename__ = "demo_coupons"
    __table_args__ = (Index(None, "owner"),)

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    owner: Mapped[str] = mapped_column(Text)
    granted_at: Mapped[datetime]
    body: Mapped[dict[str, Any]]


class DemoChange(Base):
    """What was done for a key, and what was answered: the same again is answered from here."""

    __tablename__ = "demo_changes"

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    owner: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    body: Mapped[dict[str, Any]]
