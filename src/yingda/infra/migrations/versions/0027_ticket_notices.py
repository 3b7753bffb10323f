"""Notices, escalation and early warning of tickets; counters by which early warning looks ahead;
no hours in triage."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0027_ticket_notices"
down_revision = "0022_commerce"

_COUNT = """
UPDATE conversations c
SET customer_messages = said.messages, angry_messages = said.angry, sentiment = coalesce(said.sentiment, 0),
    transfers = said.transfers
FROM (
    SELECT conversation_id, count(*) FILTER (WHERE author_kind = 'customer') AS messages,
           count(*) FILTER (WHERE author_kind = 'customer' AND understanding->>'emotion' = 'angry') AS angry,
           (array_agg((understanding->>'sentiment')::float ORDER BY seq DESC)
            FILTER (WHERE author_kind = 'customer' AND understanding->>'sentiment' IS NOT NULL))[1] AS sentiment,
           count(*) FILTER (WHERE kind = 'note' AND content->>'code' = 'transferred') AS transfers
    FROM messages GROUP BY conversation_id
) said WHERE said.conversation_id = c.id
"""
_COUNT_COMMENTS = """
UPDATE tickets t SET commented = said.number
FROM (SELECT ticket_id, count(*) AS number FROM ticket_comments GROUP BY ticket_id) said WHERE said.ticket_id = t.id
"""


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), server_default="0", nullable=False)


def _details() -> sa.Column[object]:
    return sa.Column("details", postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False)


def upgrade() -> None:
    _notices()
    _counters()
    _escalations()
    _warnings()
    _triage()


def _notices() -> None:
    op.add_column("notices", sa.Column("ticket_id", sa.Uuid(), nullable=True))
    op.add_column("notices", _details())
    op.create_foreign_key("fk_notices_ticket_id", "notices", "tickets", ["ticket_id"], ["id"], ondelete="CASCADE")
    op.alter_column("notices", "conversation_id", nullable=True)
    op.create_check_constraint("ck_notices_about", "notices", "num_nonnulls(conversation_id, ticket_id) = 1")
    op.create_index("ix_notices_ticket", "notices", ["ticket_id"], postgresql_where=sa.text("ticket_id IS NOT NULL"))


def _counters() -> None:
    for name in ("customer_messages", "angry_messages", "transfers"):
        op.add_column("conversations", _number(name))
    op.add_column("conversations", sa.Column("sentiment", sa.Float(), server_default="0", nullable=False))
    for name in ("commented", "reopened"):
        op.add_column("tickets", _number(name))
    op.execute(_COUNT)
    op.execute(_COUNT_COMMENTS)


def _escalations() -> None:
    table = "routing_escalations"
    op.add_column(table, sa.Column("about_ticket_id", sa.Uuid(), nullable=True))
    op.add_column(table, _details())
    op.create_foreign_key(
        "fk_routing_escalations_about_ticket_id", table, "tickets", ["about_ticket_id"], ["id"], ondelete="CASCADE"
    )
    op.alter_column(table, "conversation_id", nullable=True)
    op.create_check_constraint(
        "ck_routing_escalations_about", table, "num_nonnulls(conversation_id, about_ticket_id) = 1"
    )
    op.create_index(
        "uq_routing_escalations_open_ticket",
        table,
        ["about_ticket_id"],
        unique=True,
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index("ix_routing_escalations_about_ticket", table, ["about_ticket_id", "created_at"])


def _warnings() -> None:
    for table in ("routing_warnings", "routing_warning_samples"):
        op.drop_constraint(f"fk_{table}_conversation_id", table, type_="foreignkey")
        op.alter_column(table, "conversation_id", new_column_name="item_id")
    for table, key in (
        ("routing_warnings", ["item_kind", "item_id"]),
        ("routing_warning_samples", ["item_kind", "item_id", "number"]),
        ("routing_warning_models", ["item_kind", "version"]),
    ):
        op.add_column(table, sa.Column("item_kind", sa.Text(), server_default="conversation", nullable=False))
        op.alter_column(table, "item_kind", server_default=None)
        op.drop_constraint(f"pk_{table}", table, type_="primary")
        op.create_primary_key(f"pk_{table}", table, key)


def _triage() -> None:
    """Tables of rules had working hours of their own; now there are the teams' calendars."""
    for table in ("triage_versions", "triage_draft", "triage_dry_runs"):
        op.execute(sa.text(f"UPDATE {table} SET content = content - 'working_hours'"))  # noqa: S608  three literals


def downgrade() -> None:
    _drop_warnings()
    op.execute("DELETE FROM routing_escalations WHERE about_ticket_id IS NOT NULL")
    for name in ("about_ticket_id", "details"):
        op.drop_column("routing_escalations", name)
    op.alter_column("routing_escalations", "conversation_id", nullable=False)
    for table, names in (
        ("tickets", ("commented", "reopened")),
        ("conversations", ("customer_messages", "angry_messages", "transfers", "sentiment")),
    ):
        for name in names:
            op.drop_column(table, name)
    op.execute("DELETE FROM notices WHERE ticket_id IS NOT NULL")
    for name in ("ticket_id", "details"):
        op.drop_column("notices", name)
    op.alter_column("notices", "conversation_id", nullable=False)


def _drop_warnings() -> None:
    op.execute("DELETE FROM routing_warnings")
    op.execute("DELETE FROM routing_warning_models WHERE item_kind <> 'conversation'")
    op.execute(
        "DELETE FROM routing_warning_samples WHERE item_kind <> 'conversation' "
        "OR item_id NOT IN (SELECT id FROM conversations)"
    )
    for table, key in (
        ("routing_warnings", ["conversation_id"]),
        ("routing_warning_samples", ["conversation_id", "number"]),
        ("routing_warning_models", ["version"]),
    ):
        op.drop_constraint(f"pk_{table}", table, type_="primary")
        op.drop_column(table, "item_kind")
        if "conversation_id" in key:
            op.alter_column(table, "item_id", new_column_name="conversation_id")
            name = f"fk_{table}_conversation_id"
            op.create_foreign_key(name, table, "conversations", ["conversation_id"], ["id"], ondelete="CASCADE")
        op.create_primary_key(f"pk_{table}", table, key)
