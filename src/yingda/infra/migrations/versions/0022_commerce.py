"""Deeds, what the demo store changes, and webhooks in and out."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0022_commerce"
down_revision = "0021_beauty"

TIME = sa.DateTime(timezone=True)
JSON = postgresql.JSONB()


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _time(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, TIME, nullable=nullable)


def upgrade() -> None:
    _demo()
    _deeds()
    _hooks()


def _demo() -> None:
    op.create_table(
        "demo_coupons",
        sa.Column("code", sa.Text(), primary_key=True),
        _text("owner"),
        _time("granted_at"),
        sa.Column("body", JSON, nullable=False),
    )
    op.create_index(None, "demo_coupons", ["owner"])
    op.create_table(
        "demo_changes",
        sa.Column("key", sa.Text(), primary_key=True),
        _text("owner"),
        _time("at"),
        sa.Column("body", JSON, nullable=False),
    )


def _deeds() -> None:
    op.create_table(
        "deeds",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _text("shop"),
        _text("owner"),
        _text("key"),
        _text("fingerprint"),
        _text("kind"),
        _text("order_no"),
        _text("target", nullable=True),
        sa.Column("change", JSON, nullable=False),
        sa.Column("before", JSON, nullable=True),
        _text("reason"),
        _text("actor_kind"),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("approved_by", sa.Uuid(), sa.ForeignKey("staff.id"), nullable=True),
        sa.Column("conversation_id", sa.Uuid(), nullable=True),
        sa.Column("undoes", sa.Uuid(), sa.ForeignKey("deeds.id"), nullable=True),
        sa.Column("undone_by", sa.Uuid(), sa.ForeignKey("deeds.id"), nullable=True),
        _text("state"),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("receipt", JSON, nullable=True),
        _text("refusal", nullable=True),
        _time("begun_at"),
        _time("tried_at"),
        sa.Column("tries", sa.SmallInteger(), server_default="1", nullable=False),
        _time("settled_at", nullable=True),
        sa.UniqueConstraint("shop", "key"),
        sa.CheckConstraint("state IN ('begun', 'done', 'refused', 'unclear')", name="state"),
    )
    op.create_index("ix_deeds_owner", "deeds", ["shop", "owner", "begun_at"])
    op.create_index("ix_deeds_order", "deeds", ["shop", "order_no"])
    op.create_index("ix_deeds_begun", "deeds", ["begun_at", "id"])
    op.create_index("ix_deeds_open", "deeds", ["tried_at"], postgresql_where=sa.text("state = 'begun'"))


def _hooks() -> None:
    op.create_table(
        "hook_deliveries",
        sa.Column("shop", sa.Text(), primary_key=True),
        sa.Column("delivery", sa.Text(), primary_key=True),
        _time("at"),
    )
    op.create_index("ix_hook_deliveries_at", "hook_deliveries", ["at"])
    op.create_table(
        "webhooks",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _text("name"),
        _text("url"),
        sa.Column("event_types", JSON, nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        _text("secret"),
        _text("previous_secret", nullable=True),
        _time("previous_until", nullable=True),
        sa.Column("created_by", sa.Uuid(), sa.ForeignKey("staff.id"), nullable=False),
        _time("created_at"),
    )
    op.create_table(
        "webhook_deliveries",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("webhook_id", sa.Uuid(), sa.ForeignKey("webhooks.id", ondelete="CASCADE"), nullable=False),
        _text("event_type"),
        _text("body"),
        sa.Column("redelivery_of", sa.Uuid(), nullable=True),
        sa.Column("state", sa.Text(), server_default="pending", nullable=False),
        sa.Column("attempts", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        _text("problem", nullable=True),
        sa.Column("took_ms", sa.Integer(), nullable=True),
        _time("created_at"),
        _time("tried_at", nullable=True),
        _time("next_at", nullable=True),
        sa.CheckConstraint("state IN ('pending', 'delivered', 'failed')", name="state"),
    )
    op.create_index("ix_webhook_deliveries_log", "webhook_deliveries", ["webhook_id", "created_at", "id"])
    op.create_index("ix_webhook_deliveries_created_at", "webhook_deliveries", ["created_at"])


def downgrade() -> None:
    for table in ("webhook_deliveries", "webhooks", "hook_deliveries", "deeds", "demo_changes", "demo_coupons"):
        op.drop_table(table)
