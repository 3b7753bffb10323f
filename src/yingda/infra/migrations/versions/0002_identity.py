"""Staff, departments, roles, sessions, API keys."""

from uuid import UUID

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002_identity"
down_revision = "0001_jobs"

TIME = sa.DateTime(timezone=True)

#: The departments of the organisation that the product is made for. An administrator may rename them.
DEPARTMENTS = (
    ("0193a000-0000-7000-8000-000000000001", "service", "客服"),
    ("0193a000-0000-7000-8000-000000000002", "technology", "技术"),
    ("0193a000-0000-7000-8000-000000000003", "logistics", "物流"),
    ("0193a000-0000-7000-8000-000000000004", "product", "产品"),
    ("0193a000-0000-7000-8000-000000000005", "quality", "质量"),
)


def upgrade() -> None:
    _organisation()
    _roles()
    _ways_in()


def _organisation() -> None:
    op.create_table(
        "staff",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("login", sa.Text(), nullable=False, unique=True),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text()),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.CheckConstraint("locale IN ('zh', 'en')", name="locale"),
    )
    departments = op.create_table(
        "departments",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("code", sa.Text(), nullable=False, unique=True),
        sa.Column("name", sa.Text(), nullable=False),
    )
    op.bulk_insert(departments, [{"id": UUID(id_), "code": code, "name": name} for id_, code, name in DEPARTMENTS])
    op.create_table(
        "teams",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("department_id", sa.Uuid(), sa.ForeignKey("departments.id"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.UniqueConstraint("department_id", "name"),
        sa.UniqueConstraint("id", "department_id"),
    )
    op.create_table(
        "memberships",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("staff_id", sa.Uuid(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("department_id", sa.Uuid(), sa.ForeignKey("departments.id"), nullable=False),
        sa.Column("team_id", sa.Uuid()),
        sa.ForeignKeyConstraint(["team_id", "department_id"], ["teams.id", "teams.department_id"]),
        sa.UniqueConstraint("staff_id", "department_id", "team_id", postgresql_nulls_not_distinct=True),
    )
    op.create_index(None, "memberships", ["team_id"])
    op.create_index(None, "memberships", ["department_id"])


def _roles() -> None:
    op.create_table(
        "roles",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("code", sa.Text(), nullable=False, unique=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("permissions", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("builtin", sa.Boolean(), nullable=False),
    )
    op.create_table(
        "role_assignments",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("staff_id", sa.Uuid(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("role_id", sa.Uuid(), sa.ForeignKey("roles.id"), nullable=False),
        sa.Column("department_id", sa.Uuid(), sa.ForeignKey("departments.id")),
        sa.Column("team_id", sa.Uuid(), sa.ForeignKey("teams.id")),
        sa.UniqueConstraint("staff_id", "role_id", "department_id", "team_id", postgresql_nulls_not_distinct=True),
        sa.CheckConstraint("department_id IS NULL OR team_id IS NULL", name="one_limit"),
    )
    op.create_index(None, "role_assignments", ["role_id"])


def _ways_in() -> None:
    op.create_table(
        "staff_sessions",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("staff_id", sa.Uuid(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False, unique=True),
        sa.Column("user_agent", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("last_seen_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
    )
    op.create_index(None, "staff_sessions", ["staff_id"])
    op.create_index(None, "staff_sessions", ["expires_at"])
    op.create_table(
        "api_keys",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("staff_id", sa.Uuid(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(), nullable=False),
        sa.Column("scopes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("expires_at", TIME),
        sa.Column("last_used_at", TIME),
        sa.Column("revoked_at", TIME),
    )
    op.create_index(None, "api_keys", ["staff_id"])
    op.create_table(
        "one_time_links",
        sa.Column("token_hash", sa.LargeBinary(), primary_key=True),
        sa.Column("staff_id", sa.Uuid(), sa.ForeignKey("staff.id")),
        sa.Column("expires_at", TIME, nullable=False),
    )
    op.create_index(None, "one_time_links", ["staff_id"])
    op.create_table(
        "login_throttles",
        sa.Column("bucket", sa.Text(), primary_key=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("blocked_until", TIME, nullable=False),
        sa.Column("updated_at", TIME, nullable=False),
    )
    op.create_index(None, "login_throttles", ["updated_at"])


def downgrade() -> None:
    for table in (
        "login_throttles",
        "one_time_links",
        "api_keys",
        "staff_sessions",
        "role_assignments",
        "roles",
        "memberships",
        "teams",
        "departments",
        "staff",
    ):
        op.drop_table(table)
