"""Photographed ingredient lists: readings, and the conversations that they belong to."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0032_photo"
down_revision = "0031_articles"


def upgrade() -> None:
    op.create_table(
        "label_readings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("file_key", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("state", sa.Text(), server_default="waiting", nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.Column("label", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'reading', 'done', 'failed')", name="ck_label_readings_state"),
        sa.ForeignKeyConstraint(["asked_by"], ["staff.id"], name="fk_label_readings_asked_by"),
        sa.PrimaryKeyConstraint("id", name="pk_label_readings"),
    )
    op.create_index("ix_label_readings_created_at", "label_readings", ["created_at"])
    op.create_table(
        "photo_readings",
        sa.Column("reading_id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["asked_by"], ["staff.id"], name="fk_photo_readings_asked_by"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_photo_readings_conversation_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["reading_id"], ["label_readings.id"], name="fk_photo_readings_reading_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("reading_id", name="pk_photo_readings"),
    )
    op.create_index("ix_photo_readings_conversation_id", "photo_readings", ["conversation_id"])
    op.create_index("ix_photo_readings_file_id", "photo_readings", ["file_id"])


def downgrade() -> None:
    op.drop_table("photo_readings")
    op.drop_table("label_readings")
