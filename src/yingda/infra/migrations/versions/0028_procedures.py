"""Processes as conversations began with them, and each step that was taken."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0028_procedures"
down_revision = "0022_commerce"


def upgrade() -> None:
    op.create_table(
        "procedures",
        sa.Column("digest", sa.Text(), primary_key=True),
        sa.Column("process", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", postgresql.JSONB(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "procedure_steps",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), primary_key=True),
        sa.Column("conversation_id", sa.Uuid(), sa.ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("flow", sa.Integer(), nullable=False),
        sa.Column("process", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_procedure_steps_conversation", "procedure_steps", ["conversation_id", "id"])
    op.create_index("ix_procedure_steps_process", "procedure_steps", ["process", "at"])


def downgrade() -> None:
    for table in ("procedure_steps", "procedures"):
        op.drop_table(table)
