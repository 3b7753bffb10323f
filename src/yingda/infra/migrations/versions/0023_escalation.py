"""Escalation: published chains, and the steps that somebody was asked to take; early warning."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0023_escalation"
down_revision = "0020_dispatch"


def upgrade() -> None:
    op.create_table(
        "routing_escalation_chains",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("chain", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name="fk_routing_escalation_chains_by_id"),
        sa.PrimaryKeyConstraint("version", name="pk_routing_escalation_chains"),
    )
    op.create_table(
        "routing_escalations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("trigger", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("owner_name", sa.Text(), nullable=False),
        sa.Column("team_id", sa.Uuid(), nullable=True),
        sa.Column("department_id", sa.Uuid(), nullable=True),
        sa.Column("ticket_id", sa.Uuid(), nullable=True),
        sa.Column("by_name", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("receipt_due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("receipted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("receipted_by_name", sa.Text(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "outcome IN ('passed_on', 'fell_through', 'resolved')", name="ck_routing_escalations_outcome"
        ),
        sa.CheckConstraint("(closed_at IS NULL) = (outcome IS NULL)", name="ck_routing_escalations_closed"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_routing_escalations_conversation_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["staff.id"], name="fk_routing_escalations_owner_id"),
        sa.PrimaryKeyConstraint("id", name="pk_routing_escalations"),
    )
    op.create_table(
        "routing_crises",
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_routing_crises_conversation_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("conversation_id", name="pk_routing_crises"),
    )
    _indexes()
    _warnings()


def _warnings() -> None:
    op.create_table(
        "routing_warning_models",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("model", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("version", name="pk_routing_warning_models"),
    )
    op.create_table(
        "routing_warnings",
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("probability", sa.Float(), nullable=False),
        sa.Column("reasons", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_routing_warnings_conversation_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("conversation_id", name="pk_routing_warnings"),
    )
    op.create_table(
        "routing_warning_samples",
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("features", sa.ARRAY(sa.Double()), nullable=False),
        sa.Column("probability", sa.Float(), nullable=False),
        sa.Column("flagged", sa.Boolean(), nullable=False),
        sa.Column("bad_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name="fk_routing_warning_samples_conversation_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("conversation_id", "number", name="pk_routing_warning_samples"),
    )
    op.create_index("ix_routing_warning_samples_at", "routing_warning_samples", ["at"])


def _indexes() -> None:
    op.create_index(
        "uq_routing_escalations_open",
        "routing_escalations",
        ["conversation_id"],
        unique=True,
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index("ix_routing_escalations_conversation", "routing_escalations", ["conversation_id", "created_at"])
    op.create_index(
        "ix_routing_escalations_due",
        "routing_escalations",
        ["receipt_due_at"],
        postgresql_where=sa.text("closed_at IS NULL AND receipted_at IS NULL"),
    )
    op.create_index(
        "ix_routing_escalations_ticket",
        "routing_escalations",
        ["ticket_id"],
        postgresql_where=sa.text("closed_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("routing_warning_samples")
    op.drop_table("routing_warnings")
    op.drop_table("routing_warning_models")
    op.drop_table("routing_crises")
    op.drop_table("routing_escalations")
    op.drop_table("routing_escalation_chains")
