"""What was done for customers is found by its conversation."""

from alembic import op

revision = "0036_polish"
down_revision = "0035_feedback"


def upgrade() -> None:
    op.create_index("ix_deeds_conversation", "deeds", ["conversation_id"])


def downgrade() -> None:
    op.drop_index("ix_deeds_conversation", "deeds")
