"""Service levels: limits, calendars, clocks, and what became of them."""

from uuid import uuid4

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0017_levels"
down_revision = "0009_work"

#: Minutes per level: first response, next update, resolution. Until now a person had 10, 5, 5, 3, 1 minutes to answer.
_LIMITS = {
    "conversation": ((10, 10, 1440), (5, 5, 480), (5, 10, 1440), (3, 5, 720), (1, 3, 240)),
    "ticket": ((480, 1440, 4320), (120, 480, 1440), (60, 480, 2880), (30, 240, 1440), (10, 60, 480)),
}
#: Levels from which on calendars do not matter.
_AROUND_THE_CLOCK = 5
#: Levels up to which an answered matter waits for the customer.
_RESTS_WITH_CUSTOMER = 2

_CLOCKS_OF_WHO_WAITS = """
INSERT INTO service_clocks (item_kind, item_id, kind, level, allowed, asked_at, since, due_at, warn_at, warn_reason,
                            next_at)
SELECT 'conversation', c.id, 'first_response', c.level, l.first_response * 60, c.waiting_since, c.waiting_since,
       c.waiting_since + l.first_response * interval '1 minute',
       c.waiting_since + l.first_response * interval '1 minute' * l.warn_share / 100, 'share',
       c.waiting_since + l.first_response * interval '1 minute' * l.warn_share / 100
FROM conversations c JOIN service_limits l ON l.subject = 'conversation' AND l.level = c.level
WHERE c.state IN ('open', 'snoozed') AND c.waiting_since IS NOT NULL
"""
_DUE_OF_WHO_WAITS = """
UPDATE conversations c SET due_at = s.due_at, due_clock = s.kind FROM service_clocks s WHERE s.item_id = c.id
"""


def upgrade() -> None:
    op.add_column("conversations", sa.Column("due_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("conversations", sa.Column("due_clock", sa.Text(), nullable=True))
    _limits()
    _calendars()
    _clocks()
    op.execute(_CLOCKS_OF_WHO_WAITS)
    op.execute(_DUE_OF_WHO_WAITS)


def _limits() -> None:
    table = op.create_table(
        "service_limits",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("level", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("first_response", sa.Integer(), nullable=True),
        sa.Column("next_update", sa.Integer(), nullable=True),
        sa.Column("resolution", sa.Integer(), nullable=True),
        sa.Column("around_the_clock", sa.Boolean(), nullable=False),
        sa.Column("rests_with_customer", sa.Boolean(), nullable=False),
        sa.Column("warn_share", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name="ck_service_limits_level"),
        sa.PrimaryKeyConstraint("subject", "level", name="pk_service_limits"),
    )
    op.bulk_insert(
        table,
        [
            {
                "subject": subject,
                "level": level,
                "first_response": first_response,
                "next_update": next_update,
                "resolution": resolution,
                "around_the_clock": level >= _AROUND_THE_CLOCK,
                "rests_with_customer": level <= _RESTS_WITH_CUSTOMER,
                "warn_share": 75,
            }
            for subject, levels in _LIMITS.items()
            for level, (first_response, next_update, resolution) in enumerate(levels, start=1)
        ],
    )


def _calendars() -> None:
    table = op.create_table(
        "service_calendars",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("times", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("is_default", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_service_calendars"),
        sa.UniqueConstraint("name", name="uq_service_calendars_name"),
    )
    op.create_index(
        "uq_service_calendars_default",
        "service_calendars",
        ["is_default"],
        unique=True,
        postgresql_where=sa.text("is_default"),
    )
    always = {"time_zone": "Asia/Shanghai", "weekly": [[{"opens": 0, "closes": 1440}]] * 7, "public_holidays": False}
    op.bulk_insert(table, [{"id": uuid4(), "name": "全天候", "times": always, "is_default": True}])
    op.create_table(
        "service_calendar_teams",
        sa.Column("team_id", sa.Uuid(), nullable=False),
        sa.Column("calendar_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["team_id"], ["teams.id"], name="fk_service_calendar_teams_team_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["calendar_id"],
            ["service_calendars.id"],
            name="fk_service_calendar_teams_calendar_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("team_id", name="pk_service_calendar_teams"),
    )
    op.create_index("ix_service_calendar_teams_calendar_id", "service_calendar_teams", ["calendar_id"])


def _clocks() -> None:
    op.create_table(
        "service_clocks",
        sa.Column("item_kind", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("allowed", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used", sa.Integer(), server_default="0", nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("warn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("warn_reason", sa.Text(), nullable=False),
        sa.Column("warned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("breached_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("over", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("item_kind", "item_id", "kind", name="pk_service_clocks"),
    )
    op.create_index(
        "ix_service_clocks_next", "service_clocks", ["next_at"], postgresql_where=sa.text("next_at IS NOT NULL")
    )
    op.create_table(
        "service_deadlines",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_kind", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("clock", sa.Text(), nullable=False),
        sa.Column("happened", sa.Text(), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_service_deadlines"),
    )
    op.create_index("ix_service_deadlines_item", "service_deadlines", ["item_kind", "item_id", "at"])
    op.create_index("ix_service_deadlines_at", "service_deadlines", ["at"])
    op.create_table(
        "service_usual",
        sa.Column("item_kind", sa.Text(), nullable=False),
        sa.Column("clock", sa.Text(), nullable=False),
        sa.Column("level", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("samples", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("item_kind", "clock", "level", name="pk_service_usual"),
    )


def downgrade() -> None:
    for table in ("usual", "deadlines", "clocks", "calendar_teams", "calendars", "limits"):
        op.drop_table(f"service_{table}")
    op.drop_column("conversations", "due_clock")
    op.drop_column("conversations", "due_at")
