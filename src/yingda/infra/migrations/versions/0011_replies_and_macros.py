"""Canned replies and macros."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011_replies_and_macros"
down_revision = "0012_wrapup"

_ONE_PLACE = (
    "(scope = 'personal') = (owner_id IS NOT NULL) AND (scope = 'team') = (team_id IS NOT NULL) "
    "AND scope IN ('personal', 'team', 'shared')"
)


def upgrade() -> None:
    op.create_table(
        "canned_replies",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("team_id", sa.Uuid(), nullable=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("keys", sa.Text(), nullable=False),
        sa.Column("used_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(_ONE_PLACE, name=op.f("ck_canned_replies_scope")),
        sa.ForeignKeyConstraint(["owner_id"], ["staff.id"], name="fk_canned_replies_owner_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name="fk_canned_replies_team_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_canned_replies"),
    )
    op.create_index("ix_canned_replies_team", "canned_replies", ["team_id"])
    op.create_index(
        "uq_canned_replies_code",
        "canned_replies",
        ["owner_id", "team_id", "code"],
        unique=True,
        postgresql_nulls_not_distinct=True,
    )
    op.create_table(
        "macros",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("team_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("actions", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("used_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(_ONE_PLACE, name=op.f("ck_macros_scope")),
        sa.ForeignKeyConstraint(["owner_id"], ["staff.id"], name="fk_macros_owner_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name="fk_macros_team_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_macros"),
    )
    op.create_index("ix_macros_owner_id", "macros", ["owner_id"])
    op.create_index("ix_macros_team_id", "macros", ["team_id"])


def downgrade() -> None:
    op.drop_table("macros")
    op.drop_table("canned_replies")
