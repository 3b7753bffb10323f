"""Customers, their identities, and the links made between them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003_customers"
down_revision = "0002_identity"

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "customers",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("display_name", sa.Text()),
        sa.Column("phone", sa.Text()),
        sa.Column("email", sa.Text()),
        sa.Column("segment", sa.Text(), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("attributes", postgresql.JSONB(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.CheckConstraint("segment IN ('new', 'regular', 'high_value', 'at_risk')", name="segment"),
        sa.CheckConstraint("locale IN ('zh', 'en')", name="locale"),
    )
    op.create_table(
        "customer_identities",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("customer_id", sa.Uuid(), sa.ForeignKey("customers.id"), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.Column("evidence", postgresql.JSONB(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.UniqueConstraint("channel", "external_id"),
    )
    op.create_index(None, "customer_identities", ["customer_id"])
    op.create_table(
        "customer_links",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("from_customer_id", sa.Uuid(), sa.ForeignKey("customers.id"), nullable=False),
        sa.Column("to_customer_id", sa.Uuid(), sa.ForeignKey("customers.id"), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("evidence", postgresql.JSONB(), nullable=False),
        sa.Column("moved", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("undone_at", TIME),
    )
    op.create_index(None, "customer_links", ["from_customer_id"])
    op.create_index(None, "customer_links", ["to_customer_id"])


def downgrade() -> None:
    for table in ("customer_links", "customer_identities", "customers"):
        op.drop_table(table)
