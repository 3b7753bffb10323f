"""What became of suggestions."""

import sqlalchemy as sa
from alembic import op

revision = "0033_suggestions"
down_revision = "0032_photo"


def upgrade() -> None:
    op.create_table(
        "suggestion_outcomes",
        sa.Column(
            "conversation_id", sa.Uuid(), sa.ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("seq", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("key", sa.Text(), primary_key=True),
        sa.Column("staff_id", sa.Uuid(), sa.ForeignKey("staff.id"), primary_key=True),
        sa.Column("fate", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("fate IN ('accepted', 'edited', 'rejected')", name="fate"),
    )
    op.create_index("ix_suggestion_outcomes_key", "suggestion_outcomes", ["key", "at"])


def downgrade() -> None:
    op.drop_table("suggestion_outcomes")
