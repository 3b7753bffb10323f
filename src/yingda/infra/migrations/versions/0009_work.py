"""Labels, followers, spam, edits, merges; queues of teams."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009_work"
down_revision = "0013_review"


def upgrade() -> None:
    op.add_column("conversations", sa.Column("spam", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.create_index(
        "ix_conversations_spam", "conversations", ["last_message_at", "id"], postgresql_where=sa.text("spam")
    )
    op.add_column("messages", sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_messages_file",
        "messages",
        [sa.text("(content ->> 'file_id')")],
        postgresql_where=sa.text("kind IN ('image', 'file')"),
    )
    op.add_column("attachments", sa.Column("withdrawn", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    _edits()
    _labels()
    _followers()
    _merges()
    _teams()


def _edits() -> None:
    op.create_table(
        "message_edits",
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id", "seq"],
            ["messages.conversation_id", "messages.seq"],
            name="fk_message_edits_message",
            ondelete="CASCADE",
            onupdate="CASCADE",
        ),
        sa.PrimaryKeyConstraint("conversation_id", "seq", "replaced_at", name="pk_message_edits"),
    )


def _labels() -> None:
    op.create_table(
        "labels",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("color", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["staff.id"], name="fk_labels_created_by"),
        sa.PrimaryKeyConstraint("id", name="pk_labels"),
        sa.UniqueConstraint("name", name="uq_labels_name"),
    )
    op.create_table(
        "conversation_labels",
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("label_id", sa.Uuid(), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_conversation_labels_conversation_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["label_id"], ["labels.id"], name="fk_conversation_labels_label_id"),
        sa.ForeignKeyConstraint(["added_by"], ["staff.id"], name="fk_conversation_labels_added_by"),
        sa.PrimaryKeyConstraint("conversation_id", "label_id", name="pk_conversation_labels"),
    )
    op.create_index("ix_conversation_labels_label_id", "conversation_labels", ["label_id"])


def _followers() -> None:
    op.create_table(
        "conversation_followers",
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name="fk_conversation_followers_conversation_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name="fk_conversation_followers_staff_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("conversation_id", "staff_id", name="pk_conversation_followers"),
    )
    op.create_index("ix_conversation_followers_staff_id", "conversation_followers", ["staff_id"])


def _merges() -> None:
    op.create_table(
        "conversation_merges",
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("target_id", sa.Uuid(), nullable=False),
        sa.Column("merged_by", sa.Uuid(), nullable=True),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["target_id"], ["conversations.id"], name="fk_conversation_merges_target_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["merged_by"], ["staff.id"], name="fk_conversation_merges_merged_by"),
        sa.PrimaryKeyConstraint("source_id", name="pk_conversation_merges"),
    )
    op.create_index("ix_conversation_merges_target_id", "conversation_merges", ["target_id"])


def _teams() -> None:
    """Who is there already keeps getting their teams' conversations; who waits, waits in their team's queue."""
    op.add_column("routing_presence", sa.Column("team_ids", sa.ARRAY(sa.Uuid()), server_default="{}", nullable=False))
    op.execute(
        "UPDATE routing_presence p SET team_ids = coalesce("
        "(SELECT array_agg(DISTINCT m.team_id) FROM memberships m WHERE m.staff_id = p.staff_id "
        "AND m.team_id IS NOT NULL), '{}')"
    )
    op.add_column("routing_queue", sa.Column("team_id", sa.Uuid(), nullable=True))
    op.execute("UPDATE routing_queue q SET team_id = c.team_id FROM conversations c WHERE c.id = q.conversation_id")


def downgrade() -> None:
    op.drop_column("routing_queue", "team_id")
    op.drop_column("routing_presence", "team_ids")
    op.drop_table("conversation_merges")
    op.drop_table("conversation_followers")
    op.drop_table("conversation_labels")
    op.drop_table("labels")
    op.drop_table("message_edits")
    op.drop_column("attachments", "withdrawn")
    op.drop_index("ix_messages_file", "messages")
    op.drop_column("messages", "edited_at")
    op.drop_index("ix_conversations_spam", "conversations")
    op.drop_column("conversations", "spam")
