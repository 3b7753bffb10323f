"""Tickets: kinds, comments, links, changes and minutes."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0019_tickets"
down_revision = "0009_work"


def upgrade() -> None:
    op.execute("CREATE SEQUENCE ticket_numbers")
    op.create_table(
        "ticket_kinds",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Uuid(), nullable=False),
        sa.Column("spec", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["department_id"], ["departments.id"], name=op.f("fk_ticket_kinds_department_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_kinds")),
        sa.UniqueConstraint("code", name=op.f("uq_ticket_kinds_code")),
    )
    op.create_table(
        "ticket_meetings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("attendee_ids", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("written_by_name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["written_by"], ["staff.id"], name=op.f("fk_ticket_meetings_written_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_meetings")),
    )
    op.create_index(
        "ix_ticket_meetings_held_on",
        "ticket_meetings",
        [sa.literal_column("held_on DESC"), sa.literal_column("id DESC")],
        unique=False,
    )
    op.create_table(
        "tickets",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("kind_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("department_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("opened_by", sa.Uuid(), nullable=True),
        sa.Column("opened_by_name", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=True),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("merged_into_id", sa.Uuid(), nullable=True),
        sa.Column("fields", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("checklist", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("watcher_ids", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("label_ids", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("terms", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("idempotency_key", sa.Text(), nullable=True),
        sa.CheckConstraint("category IN ('open', 'waiting', 'resolved', 'closed')", name=op.f("ck_tickets_category")),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name=op.f("ck_tickets_level")),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_tickets_customer_id")),
        sa.ForeignKeyConstraint(["department_id"], ["departments.id"], name=op.f("fk_tickets_department_id")),
        sa.ForeignKeyConstraint(["kind_id"], ["ticket_kinds.id"], name=op.f("fk_tickets_kind_id")),
        sa.ForeignKeyConstraint(["merged_into_id"], ["tickets.id"], name=op.f("fk_tickets_merged_into_id")),
        sa.ForeignKeyConstraint(["opened_by"], ["staff.id"], name=op.f("fk_tickets_opened_by")),
        sa.ForeignKeyConstraint(["owner_id"], ["staff.id"], name=op.f("fk_tickets_owner_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["tickets.id"], name=op.f("fk_tickets_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tickets")),
        sa.UniqueConstraint("number", name=op.f("uq_tickets_number")),
    )
    op.create_index(
        "ix_tickets_board", "tickets", ["category", sa.literal_column("level DESC"), "due_at", "id"], unique=False
    )
    op.create_index("ix_tickets_customer", "tickets", ["customer_id"], unique=False)
    op.create_index(
        "ix_tickets_department",
        "tickets",
        ["department_id", "category", sa.literal_column("level DESC"), "due_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_tickets_due",
        "tickets",
        ["due_at", "id"],
        unique=False,
        postgresql_where=sa.text("due_at IS NOT NULL AND category IN ('open', 'waiting')"),
    )
    op.create_index(
        "ix_tickets_kind_board",
        "tickets",
        ["kind_id", "state", sa.literal_column("level DESC"), "due_at", "id"],
        unique=False,
    )
    op.create_index("ix_tickets_labels", "tickets", ["label_ids"], unique=False, postgresql_using="gin")
    op.create_index("ix_tickets_opened_by", "tickets", ["opened_by", sa.literal_column("id DESC")], unique=False)
    op.create_index("ix_tickets_owner", "tickets", ["owner_id", "category"], unique=False)
    op.create_index("ix_tickets_parent", "tickets", ["parent_id"], unique=False)
    op.create_index("ix_tickets_terms", "tickets", ["terms"], unique=False, postgresql_using="gin")
    op.create_index(
        "ix_tickets_updated",
        "tickets",
        [sa.literal_column("updated_at DESC"), sa.literal_column("id DESC")],
        unique=False,
    )
    op.create_index("ix_tickets_watchers", "tickets", ["watcher_ids"], unique=False, postgresql_using="gin")
    op.create_index(
        "uq_tickets_key",
        "tickets",
        ["idempotency_key"],
        unique=True,
        postgresql_where=sa.text("idempotency_key IS NOT NULL"),
    )
    op.create_table(
        "ticket_changes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("actor_name", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("before", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("after", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["actor_id"], ["staff.id"], name=op.f("fk_ticket_changes_actor_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_ticket_changes_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_changes")),
    )
    op.create_index("ix_ticket_changes_ticket", "ticket_changes", ["ticket_id", "id"], unique=False)
    op.create_table(
        "ticket_comments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("mentions", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("attachments", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=True),
        sa.Column("terms", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("idempotency_key", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["staff.id"], name=op.f("fk_ticket_comments_author_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["ticket_meetings.id"], name=op.f("fk_ticket_comments_meeting_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_ticket_comments_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_comments")),
    )
    op.create_index("ix_ticket_comments_meeting", "ticket_comments", ["meeting_id"], unique=False)
    op.create_index("ix_ticket_comments_terms", "ticket_comments", ["terms"], unique=False, postgresql_using="gin")
    op.create_index("ix_ticket_comments_ticket", "ticket_comments", ["ticket_id", "id"], unique=False)
    op.create_index(
        "uq_ticket_comments_key",
        "ticket_comments",
        ["idempotency_key"],
        unique=True,
        postgresql_where=sa.text("idempotency_key IS NOT NULL"),
    )
    op.create_table(
        "ticket_links",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=True),
        sa.Column("seq", sa.Integer(), nullable=True),
        sa.Column("shop", sa.Text(), nullable=True),
        sa.Column("order_no", sa.Text(), nullable=True),
        sa.Column("other_id", sa.Uuid(), nullable=True),
        sa.Column("relation", sa.Text(), nullable=True),
        sa.Column("added_by", sa.Uuid(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["added_by"], ["staff.id"], name=op.f("fk_ticket_links_added_by")),
        sa.ForeignKeyConstraint(["other_id"], ["tickets.id"], name=op.f("fk_ticket_links_other_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_ticket_links_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_links")),
    )
    op.create_index("ix_ticket_links_conversation", "ticket_links", ["conversation_id"], unique=False)
    op.create_index("ix_ticket_links_order", "ticket_links", ["order_no"], unique=False)
    op.create_index("ix_ticket_links_other", "ticket_links", ["other_id"], unique=False)
    op.create_index(
        "uq_ticket_links_target",
        "ticket_links",
        ["ticket_id", "conversation_id", "seq", "shop", "order_no", "other_id", "relation"],
        unique=True,
        postgresql_nulls_not_distinct=True,
    )


def downgrade() -> None:
    for table in ("links", "comments", "changes"):
        op.drop_table(f"ticket_{table}")
    op.drop_table("tickets")
    op.drop_table("ticket_meetings")
    op.drop_table("ticket_kinds")
    op.execute("DROP SEQUENCE ticket_numbers")
