"""The audit trail; customers' notes; remarks on orders of the demo store."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014_customer_panel"
down_revision = "0010_saved_views"

_FUNCTION = """
CREATE FUNCTION refuse_change_of_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit trail is only ever added to' USING ERRCODE = 'insufficient_privilege';
END $$"""
_TRIGGER = "CREATE TRIGGER audit_entries_{name} BEFORE {when} EXECUTE FUNCTION refuse_change_of_audit()"


def upgrade() -> None:
    op.create_table(
        "audit_entries",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("actor_name", sa.Text(), nullable=False),
        sa.Column("via", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("object_kind", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("before", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("after", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["staff.id"], name="fk_audit_entries_actor_id"),
        sa.PrimaryKeyConstraint("number", name="pk_audit_entries"),
        sa.UniqueConstraint("id", name="uq_audit_entries_id"),
    )
    op.create_index("ix_audit_entries_object", "audit_entries", ["object_kind", "object_id", "number"])
    op.create_index("ix_audit_entries_actor", "audit_entries", ["actor_id", "number"])
    op.create_index("ix_audit_entries_at", "audit_entries", ["at"])
    op.execute(_FUNCTION)
    op.execute(_TRIGGER.format(name="are_kept", when="UPDATE OR DELETE ON audit_entries FOR EACH ROW"))
    op.execute(_TRIGGER.format(name="are_not_emptied", when="TRUNCATE ON audit_entries FOR EACH STATEMENT"))
    op.create_table(
        "demo_remarks",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("order_no", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["order_no"], ["demo_orders.order_no"], name="fk_demo_remarks_order_no"),
        sa.PrimaryKeyConstraint("key", name="pk_demo_remarks"),
    )
    op.create_index("ix_demo_remarks_order_no", "demo_remarks", ["order_no"])
    op.create_table(
        "customer_notes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["staff.id"], name="fk_customer_notes_author_id"),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name="fk_customer_notes_customer_id"),
        sa.PrimaryKeyConstraint("id", name="pk_customer_notes"),
    )
    op.create_index("ix_customer_notes_customer_id", "customer_notes", ["customer_id", "id"])


def downgrade() -> None:
    op.drop_table("customer_notes")
    op.drop_table("demo_remarks")
    op.drop_table("audit_entries")
    op.execute("DROP FUNCTION refuse_change_of_audit")
