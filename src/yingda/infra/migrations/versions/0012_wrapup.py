"""Wrap-ups, promises, notices."""

import sqlalchemy as sa
from alembic import op

revision = "0012_wrapup"
down_revision = "0014_customer_panel"


def upgrade() -> None:
    _wrapups()
    _promises()
    _notices()


def _wrapups() -> None:
    op.create_table(
        "wrapups",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("predicted", sa.Text(), nullable=True),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("staff_name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "result IN ('resolved', 'partly', 'unresolved', 'none', 'transferred')", name="ck_wrapups_result"
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_wrapups_conversation_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_wrapups_staff_id"),
        sa.PrimaryKeyConstraint("id", name="pk_wrapups"),
    )
    op.create_index("ix_wrapups_conversation", "wrapups", ["conversation_id", "id"], unique=False)


def _promises() -> None:
    op.create_table(
        "promises",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("owner_name", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), server_default="open", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("state IN ('open', 'kept', 'broken', 'cancelled')", name="ck_promises_state"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_promises_conversation_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name="fk_promises_customer_id"),
        sa.ForeignKeyConstraint(["owner_id"], ["staff.id"], name="fk_promises_owner_id"),
        sa.ForeignKeyConstraint(["closed_by"], ["staff.id"], name="fk_promises_closed_by"),
        sa.PrimaryKeyConstraint("id", name="pk_promises"),
    )
    op.create_index("ix_promises_conversation", "promises", ["conversation_id", "due_at"], unique=False)
    op.create_index("ix_promises_customer", "promises", ["customer_id", "due_at"], unique=False)
    op.create_index("ix_promises_owner", "promises", ["owner_id", "due_at"], unique=False)
    op.create_index(
        "ix_promises_due",
        "promises",
        ["due_at"],
        unique=False,
        postgresql_where=sa.text("state = 'open' AND reminded_at IS NULL"),
    )


def _notices() -> None:
    op.create_table(
        "notices",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=True),
        sa.Column("actor_name", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_notices_staff_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_notices_conversation_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
    )
    op.create_index("ix_notices_staff", "notices", ["staff_id", "id"], unique=False)
    op.create_index(
        "ix_notices_unread", "notices", ["staff_id"], unique=False, postgresql_where=sa.text("read_at IS NULL")
    )
    op.create_index("ix_notices_conversation", "notices", ["conversation_id"], unique=False)
    op.create_index("ix_notices_created", "notices", ["created_at"], unique=False)


def downgrade() -> None:
    op.drop_table("notices")
    op.drop_table("promises")
    op.drop_table("wrapups")
