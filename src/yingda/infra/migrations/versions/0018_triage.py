"""Rule tables of triage; what a waiting conversation needs of whoever takes it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0018_triage"
down_revision = "0017_levels"


def upgrade() -> None:
    op.create_table(
        "triage_versions",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("restores", sa.Integer(), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["staff.id"], name="fk_triage_versions_author_id"),
        sa.PrimaryKeyConstraint("number", name="pk_triage_versions"),
    )
    op.create_table(
        "triage_draft",
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("based_on", sa.Integer(), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["staff.id"], name="fk_triage_draft_author_id"),
        sa.PrimaryKeyConstraint("revision", name="pk_triage_draft"),
    )
    op.create_index("uq_triage_draft_one", "triage_draft", [sa.literal_column("(true)")], unique=True)
    op.create_table(
        "triage_dry_runs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), server_default="queued", nullable=False),
        sa.Column("share", sa.Float(), server_default="0", nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("against", sa.Integer(), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("outcome", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('queued', 'running', 'done', 'failed', 'cancelled')", name="ck_triage_dry_runs_state"
        ),
        sa.ForeignKeyConstraint(["author_id"], ["staff.id"], name="fk_triage_dry_runs_author_id"),
        sa.PrimaryKeyConstraint("id", name="pk_triage_dry_runs"),
    )
    op.create_index(
        "uq_triage_dry_runs_under_way",
        "triage_dry_runs",
        [sa.literal_column("(true)")],
        unique=True,
        postgresql_where=sa.text("finished_at IS NULL"),
    )
    op.add_column("routing_queue", sa.Column("skill", sa.Text(), nullable=True))
    op.add_column("routing_queue", sa.Column("priority", sa.SmallInteger(), server_default="0", nullable=False))


def downgrade() -> None:
    op.drop_column("routing_queue", "priority")
    op.drop_column("routing_queue", "skill")
    op.drop_table("triage_dry_runs")
    op.drop_table("triage_draft")
    op.drop_table("triage_versions")
