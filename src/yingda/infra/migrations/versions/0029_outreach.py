"""Proactive service: settings, parcels under way, findings, whom not to bother; when a demo parcel moved last."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0029_outreach"
down_revision = "0022_commerce"

TIME = sa.DateTime(timezone=True)
JSON = postgresql.JSONB(astext_type=sa.Text())


def _text(name: str, *, nullable: bool = False, default: str | None = None) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable, server_default=default)


def _time(name: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, TIME, nullable=nullable)


def upgrade() -> None:
    _demo()
    op.create_table(
        "outreach_settings",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("settings", JSON, nullable=False),
        _time("at", nullable=False),
        _text("by_name"),
    )
    op.create_table(
        "outreach_shops",
        sa.Column("shop", sa.Text(), primary_key=True),
        _time("since"),
        _text("after", default=""),
        sa.Column("lists", sa.Boolean(), nullable=True),
        _time("asked_at"),
        _time("failing_since"),
        sa.Column("model", JSON, nullable=True),
        sa.Column("journeys", sa.Integer(), server_default="0", nullable=False),
        _time("learned_at"),
    )
    op.create_table(
        "outreach_contacts",
        sa.Column("shop", sa.Text(), primary_key=True),
        sa.Column("owner", sa.Text(), primary_key=True),
        _time("opted_out_at"),
        _time("told_at"),
    )
    _parcels()
    _findings()


def _demo() -> None:
    op.add_column("demo_shipments", sa.Column("moved_at", TIME, server_default=sa.text("now()"), nullable=False))
    op.execute("UPDATE demo_shipments SET moved_at = (body #>> '{events,-1,at}')::timestamptz")
    op.create_index("ix_demo_shipments_moved_at_tracking_no", "demo_shipments", ["moved_at", "tracking_no"])


def _parcels() -> None:
    op.create_table(
        "outreach_parcels",
        sa.Column("shop", sa.Text(), primary_key=True),
        sa.Column("tracking_no", sa.Text(), primary_key=True),
        _text("owner"),
        _text("order_no"),
        _text("carrier", default=""),
        _text("lane", default=""),
        _text("purpose", default="outbound"),
        _text("state", default="created"),
        _text("place", default=""),
        _time("collected_at"),
        _time("moved_at"),
        _time("promised_until"),
        _time("delivered_at"),
        _time("seen_at"),
        _time("look_at"),
    )
    table = "outreach_parcels"
    op.create_index("ix_outreach_parcels_look", table, ["look_at"], postgresql_where=sa.text("look_at IS NOT NULL"))
    op.create_index(
        "ix_outreach_parcels_delivered",
        table,
        ["shop", "delivered_at"],
        postgresql_where=sa.text("delivered_at IS NOT NULL"),
    )
    op.create_index("ix_outreach_parcels_under_way", table, ["shop"], postgresql_where=sa.text("delivered_at IS NULL"))


def _findings() -> None:
    table = "outreach_findings"
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), primary_key=True),
        _text("shop"),
        _text("owner"),
        _text("order_no"),
        _text("tracking_no"),
        _text("rule"),
        _text("purpose"),
        _time("basis_at", nullable=False),
        sa.Column("evidence", JSON, nullable=False),
        _time("found_at", nullable=False),
        _time("act_at"),
        _text("held", nullable=True),
        _time("held_until"),
        _time("told_at"),
        _text("told_text", nullable=True),
        sa.Column("conversation_id", sa.Uuid(), sa.ForeignKey("conversations.id", ondelete="SET NULL"), nullable=True),
        _time("noted_at"),
        sa.Column("ticket_id", sa.Uuid(), sa.ForeignKey("tickets.id", ondelete="SET NULL"), nullable=True),
        _text("ticket_no", nullable=True),
        _time("followed_at"),
        sa.Column("follow_ups", sa.SmallInteger(), server_default="0", nullable=False),
        _time("moved_at"),
        _time("closing_at"),
        _text("closing_text", nullable=True),
        _time("closed_at"),
        _text("outcome", nullable=True),
        _text("truth", nullable=True),
    )
    open_ = sa.text("closed_at IS NULL")
    op.create_index("ix_outreach_findings_act", table, ["act_at"], postgresql_where=sa.text("act_at IS NOT NULL"))
    op.create_index("ix_outreach_findings_basis", table, ["shop", "tracking_no", "rule", "basis_at"], unique=True)
    op.create_index("ix_outreach_findings_open", table, ["shop", "tracking_no"], unique=True, postgresql_where=open_)
    op.create_index("ix_outreach_findings_owner", table, ["shop", "owner"], postgresql_where=open_)
    op.create_index("ix_outreach_findings_found", table, ["found_at", "id"])
    op.create_index("ix_outreach_findings_conversation", table, ["conversation_id"])
