"""The demo store: documents by their numbers and owners."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004_commerce"
down_revision = "0003_customers"

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "demo_loads",
        sa.Column("id", sa.SmallInteger(), primary_key=True, autoincrement=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
    )
    op.create_table("demo_shoppers", _key("user_id"), sa.Column("note", sa.Text()), _body())
    op.create_table(
        "demo_products",
        _key("product_id"),
        _text("category"),
        sa.Column("position", sa.Integer(), nullable=False),
        _text("names"),
        _text("words"),
        _body(),
    )
    op.create_table("demo_orders", _key("order_no"), _text("owner"), _time("placed_at"), _body())
    op.create_index(None, "demo_orders", ["owner", "placed_at"])
    for table, key, time in (
        ("demo_shipments", "tracking_no", "sent_at"),
        ("demo_returns", "case_no", "requested_at"),
        ("demo_refunds", "refund_no", "requested_at"),
    ):
        op.create_table(table, _key(key), _order_no(primary_key=False), _text("owner"), _time(time), _body())
        op.create_index(None, table, ["order_no"])
    op.create_table("demo_invoices", _order_no(primary_key=True), _text("owner"), _body())


def _key(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), primary_key=True)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _time(name: str) -> sa.Column[object]:
    return sa.Column(name, TIME, nullable=False)


def _order_no(*, primary_key: bool) -> sa.Column[str]:
    return sa.Column(
        "order_no", sa.Text(), sa.ForeignKey("demo_orders.order_no"), primary_key=primary_key, nullable=False
    )


def _body() -> sa.Column[object]:
    return sa.Column("body", postgresql.JSONB(), nullable=False)


def downgrade() -> None:
    for table in (
        "demo_invoices",
        "demo_refunds",
        "demo_returns",
        "demo_shipments",
        "demo_orders",
        "demo_products",
        "demo_shoppers",
        "demo_loads",
    ):
        op.drop_table(table)
