"""The beauty graph."""

import sqlalchemy as sa
from alembic import op

revision = "0021_beauty"
down_revision = "0023_escalation"


def upgrade() -> None:
    op.create_table(
        "beauty_sources",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        _edited(),
        sa.PrimaryKeyConstraint("id", name="pk_beauty_sources"),
    )
    op.create_table(
        "beauty_nodes",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("inci", sa.Text(), nullable=False),
        sa.Column("aliases", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("groups", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        _edited(),
        sa.PrimaryKeyConstraint("id", name="pk_beauty_nodes"),
        sa.UniqueConstraint("kind", "name", name="uq_beauty_nodes_kind_name"),
    )
    _claims()
    op.create_table(
        "beauty_import",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.CheckConstraint("id = 1", name="ck_beauty_import_single"),
        sa.PrimaryKeyConstraint("id", name="pk_beauty_import"),
    )


def _claims() -> None:
    op.create_table(
        "beauty_facts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("aspect", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        _edited(),
        sa.CheckConstraint("text <> ''", name="ck_beauty_facts_text"),
        sa.ForeignKeyConstraint(["source"], ["beauty_sources.id"], name="fk_beauty_facts_source"),
        sa.PrimaryKeyConstraint("id", name="pk_beauty_facts"),
        sa.UniqueConstraint("subject", "aspect", "value", "text", name="uq_beauty_facts_claim"),
    )
    op.create_table(
        "beauty_relations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("first", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("second", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        _edited(),
        sa.CheckConstraint("reason <> ''", name="ck_beauty_relations_reason"),
        sa.ForeignKeyConstraint(["source"], ["beauty_sources.id"], name="fk_beauty_relations_source"),
        sa.PrimaryKeyConstraint("id", name="pk_beauty_relations"),
        sa.UniqueConstraint("first", "link", "second", name="uq_beauty_relations_claim"),
    )
    op.create_index("ix_beauty_relations_second", "beauty_relations", ["second"])


def _edited() -> sa.Column[bool]:
    return sa.Column("edited", sa.Boolean(), server_default=sa.text("false"), nullable=False)


def downgrade() -> None:
    for table in ("beauty_import", "beauty_relations", "beauty_facts", "beauty_nodes", "beauty_sources"):
        op.drop_table(table)
