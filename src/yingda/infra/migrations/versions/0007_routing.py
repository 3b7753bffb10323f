"""Presence, waiting queue, assignments."""

import sqlalchemy as sa
from alembic import op

revision = "0007_routing"
down_revision = "0006_web_channel"


def upgrade() -> None:
    op.create_table(
        "routing_presence",
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("staff_name", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("capacity", sa.SmallInteger(), server_default="5", nullable=False),
        sa.Column("load", sa.Integer(), server_default="0", nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_assigned_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("status IN ('online', 'busy', 'away', 'offline')", name="ck_routing_presence_status"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_routing_presence_staff_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("staff_id", name="pk_routing_presence"),
    )
    op.create_table(
        "routing_queue",
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_routing_queue_conversation_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("conversation_id", name="pk_routing_queue"),
    )
    op.create_index("ix_routing_queue_order", "routing_queue", ["level", "since", "conversation_id"], unique=False)
    op.create_table(
        "routing_assignments",
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_routing_assignments_conversation_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_routing_assignments_staff_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("conversation_id", name="pk_routing_assignments"),
    )
    op.create_index("ix_routing_assignments_staff", "routing_assignments", ["staff_id"], unique=False)


def downgrade() -> None:
    op.drop_table("routing_assignments")
    op.drop_table("routing_queue")
    op.drop_table("routing_presence")
