"""Conversations, messages, attachments."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005_conversations"
down_revision = "0004_commerce"


def upgrade() -> None:
    op.create_table(
        "attachments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_attachments"),
    )
    op.create_index("ix_attachments_owner_id", "attachments", ["owner_id"], unique=False)
    op.create_table(
        "conversations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("shop", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), server_default="pending", nullable=False),
        sa.Column("level", sa.SmallInteger(), server_default="1", nullable=False),
        sa.Column("assignee_id", sa.Uuid(), nullable=True),
        sa.Column("assignee_name", sa.Text(), nullable=True),
        sa.Column("team_id", sa.Uuid(), nullable=True),
        sa.Column("last_seq", sa.Integer(), server_default="0", nullable=False),
        sa.Column("customer_seq", sa.Integer(), server_default="0", nullable=False),
        sa.Column("answered_seq", sa.Integer(), server_default="0", nullable=False),
        sa.Column("customer_read_seq", sa.Integer(), server_default="0", nullable=False),
        sa.Column("staff_read_seq", sa.Integer(), server_default="0", nullable=False),
        sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_message_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("preview", sa.Text(), server_default="", nullable=False),
        sa.Column("intent", sa.Text(), nullable=True),
        sa.Column("emotion", sa.Text(), nullable=True),
        sa.Column("handoff", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_response_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("snoozed_until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('pending', 'open', 'snoozed', 'resolved')", name="ck_conversations_state"),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name="ck_conversations_level"),
        sa.ForeignKeyConstraint(["assignee_id"], ["staff.id"], name="fk_conversations_assignee_id"),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name="fk_conversations_customer_id"),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name="fk_conversations_team_id"),
        sa.PrimaryKeyConstraint("id", name="pk_conversations"),
    )
    op.create_index("ix_conversations_activity", "conversations", ["last_message_at", "id"], unique=False)
    op.create_index(
        "ix_conversations_assignee",
        "conversations",
        ["assignee_id"],
        unique=False,
        postgresql_where=sa.text("state IN ('open', 'snoozed')"),
    )
    op.create_index("ix_conversations_customer", "conversations", ["customer_id", "id"], unique=False)
    op.create_index(
        "ix_conversations_snoozed",
        "conversations",
        ["snoozed_until"],
        unique=False,
        postgresql_where=sa.text("state = 'snoozed'"),
    )
    op.create_index(
        "ix_conversations_waiting",
        "conversations",
        ["level", "waiting_since"],
        unique=False,
        postgresql_where=sa.text("state = 'open' AND assignee_id IS NULL"),
    )
    op.create_index(
        "uq_conversations_current",
        "conversations",
        ["customer_id", "shop"],
        unique=True,
        postgresql_where=sa.text("state <> 'resolved'"),
    )
    op.create_table(
        "messages",
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("author_kind", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("author_name", sa.Text(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("terms", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("understanding", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("recalled", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_messages_conversation_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("conversation_id", "seq", name="pk_messages"),
    )
    op.create_index("ix_messages_terms", "messages", ["terms"], unique=False, postgresql_using="gin")
    op.create_index(
        "uq_messages_external",
        "messages",
        ["channel", "external_id"],
        unique=True,
        postgresql_where=sa.text("external_id IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_table("messages")
    op.drop_table("conversations")
    op.drop_table("attachments")
