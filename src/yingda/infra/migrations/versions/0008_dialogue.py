"""The assistant's memory."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008_dialogue"
down_revision = "0007_routing"


def upgrade() -> None:
    op.create_table(
        "dialogues",
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("memory", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_dialogues_conversation_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("conversation_id", name="pk_dialogues"),
    )


def downgrade() -> None:
    op.drop_table("dialogues")
