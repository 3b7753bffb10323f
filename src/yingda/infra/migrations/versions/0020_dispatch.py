"""Skills, limits, overflow, fatigue, expected waits, call-backs."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0020_dispatch"
down_revision = "0019_tickets"

_LANE = (
    "(channel || '/' || coalesce(team_id::text, '') || '/' || step::text || '/' || "
    "CASE WHEN widened THEN '' ELSE coalesce(skill, '') || '/' || coalesce(language, '') END)"
)


def upgrade() -> None:
    _presence()
    _queue()
    _assignments()
    _skills()
    _limits()
    _waits()


def _presence() -> None:
    op.execute(
        """
        ALTER TABLE routing_presence
            ADD COLUMN held jsonb NOT NULL DEFAULT '{}',
            ADD COLUMN online_since timestamptz,
            ADD COLUMN rest_until timestamptz,
            ADD COLUMN tired text,
            ADD COLUMN hour_start timestamptz,
            ADD COLUMN taken smallint NOT NULL DEFAULT 0,
            ADD COLUMN missed smallint NOT NULL DEFAULT 0,
            ADD CONSTRAINT ck_routing_presence_tired CHECK (tired IN ('hours', 'pace'))
        """
    )
    op.execute("UPDATE routing_presence SET online_since = now() WHERE status IN ('online', 'busy')")
    op.execute(
        "UPDATE routing_presence p SET held = h.held FROM (SELECT staff_id, jsonb_object_agg(channel, n) AS held "
        "FROM (SELECT a.staff_id, c.channel, count(*) AS n FROM routing_assignments a "
        "JOIN conversations c ON c.id = a.conversation_id GROUP BY 1, 2) counted GROUP BY staff_id) h "
        "WHERE h.staff_id = p.staff_id"
    )


def _queue() -> None:
    """Triage may have added the columns that it fills."""
    op.execute(
        """
        ALTER TABLE routing_queue
            ADD COLUMN IF NOT EXISTS skill text,
            ADD COLUMN IF NOT EXISTS priority smallint NOT NULL DEFAULT 0,
            ADD COLUMN due timestamptz,
            ADD COLUMN customer_id uuid,
            ADD COLUMN shop text,
            ADD COLUMN channel text,
            ADD COLUMN language text,
            ADD COLUMN preferred_id uuid,
            ADD COLUMN passed_over uuid,
            ADD COLUMN step smallint NOT NULL DEFAULT 0,
            ADD COLUMN widened boolean NOT NULL DEFAULT false,
            ADD COLUMN joined_at timestamptz,
            ADD COLUMN ahead integer,
            ADD COLUMN predicted integer,
            ADD COLUMN told_place integer,
            ADD COLUMN told_seconds integer,
            ADD COLUMN told_at timestamptz,
            ADD COLUMN told_callback boolean NOT NULL DEFAULT false
        """
    )
    op.execute(
        "UPDATE routing_queue q SET due = q.since, joined_at = q.since, customer_id = c.customer_id, shop = c.shop, "
        "channel = c.channel FROM conversations c WHERE c.id = q.conversation_id"
    )
    for column in ("due", "customer_id", "shop", "channel", "joined_at"):
        op.alter_column("routing_queue", column, nullable=False)
    op.execute(f"ALTER TABLE routing_queue ADD COLUMN lane text NOT NULL GENERATED ALWAYS AS {_LANE} STORED")
    op.drop_index("ix_routing_queue_order", "routing_queue")
    op.execute(
        "CREATE INDEX ix_routing_queue_lane ON routing_queue "
        "(lane, level DESC, priority DESC, due, since, conversation_id)"
    )


def _assignments() -> None:
    op.execute(
        """
        ALTER TABLE routing_assignments
            ADD COLUMN channel text NOT NULL DEFAULT 'web',
            ADD COLUMN skill text,
            ADD COLUMN priority smallint NOT NULL DEFAULT 0,
            ADD COLUMN answer_by timestamptz
        """
    )
    op.execute(
        "UPDATE routing_assignments a SET channel = c.channel FROM conversations c WHERE c.id = a.conversation_id"
    )
    op.create_index(
        "ix_routing_assignments_answer",
        "routing_assignments",
        ["answer_by"],
        postgresql_where=sa.text("answer_by IS NOT NULL"),
    )


def _skills() -> None:
    op.create_table(
        "routing_skills",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "category IN ('language', 'product', 'after_sale', 'complaint', 'other')", name="ck_routing_skills_category"
        ),
        sa.PrimaryKeyConstraint("code", name="pk_routing_skills"),
    )
    op.create_table(
        "routing_staff_skills",
        sa.Column("skill", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("grade", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint("grade BETWEEN 1 AND 5", name="ck_routing_staff_skills_grade"),
        sa.ForeignKeyConstraint(
            ["skill"], ["routing_skills.code"], name="fk_routing_staff_skills_skill", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name="fk_routing_staff_skills_staff_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("skill", "staff_id", name="pk_routing_staff_skills"),
    )
    op.create_index("ix_routing_staff_skills_staff_id", "routing_staff_skills", ["staff_id"])
    op.create_table(
        "routing_channel_limits",
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("most", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name="fk_routing_channel_limits_staff_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("staff_id", "channel", name="pk_routing_channel_limits"),
    )


def _limits() -> None:
    op.create_table(
        "routing_overflow",
        sa.Column("team_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.SmallInteger(), nullable=False),
        sa.Column("to_team_id", sa.Uuid(), nullable=False),
        sa.Column("after_seconds", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name="fk_routing_overflow_team_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["to_team_id"], ["teams.id"], name="fk_routing_overflow_to_team_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("team_id", "step", name="pk_routing_overflow"),
        sa.UniqueConstraint("team_id", "to_team_id", name="uq_routing_overflow_team_id_to_team_id"),
    )
    op.create_table(
        "routing_limits",
        sa.Column("single", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("limits", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.CheckConstraint("single", name="ck_routing_limits_single"),
        sa.PrimaryKeyConstraint("single", name="pk_routing_limits"),
    )


def _waits() -> None:
    op.create_table(
        "routing_served",
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name="fk_routing_served_customer_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_routing_served_staff_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("customer_id", name="pk_routing_served"),
    )
    op.create_table(
        "routing_waits",
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("team_id", sa.Uuid(), nullable=True),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("ahead", sa.Integer(), nullable=False),
        sa.Column("predicted", sa.Integer(), nullable=False),
        sa.Column("waited", sa.Integer(), nullable=False),
        sa.Column("learnt", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_routing_waits_conversation_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("conversation_id", "joined_at", name="pk_routing_waits"),
    )
    op.create_index("ix_routing_waits_ended", "routing_waits", ["ended_at"])
    op.create_index("ix_routing_waits_unlearnt", "routing_waits", ["ended_at"], postgresql_where=sa.text("NOT learnt"))
    op.create_table(
        "routing_paces",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("team_id", sa.Uuid(), nullable=True),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("hour", sa.SmallInteger(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("ahead", sa.Float(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("spread", sa.Float(), nullable=False),
        sa.Column("joint", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_routing_paces"),
        sa.UniqueConstraint(
            "team_id", "level", "hour", name="uq_routing_paces_cell", postgresql_nulls_not_distinct=True
        ),
    )
    op.create_table(
        "routing_callbacks",
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("wanted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_routing_callbacks_conversation_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("conversation_id", name="pk_routing_callbacks"),
    )


def downgrade() -> None:
    for table in (
        "routing_callbacks",
        "routing_paces",
        "routing_waits",
        "routing_served",
        "routing_limits",
        "routing_overflow",
        "routing_channel_limits",
        "routing_staff_skills",
        "routing_skills",
    ):
        op.drop_table(table)
    op.execute(
        "ALTER TABLE routing_assignments DROP COLUMN channel, DROP COLUMN skill, DROP COLUMN priority, "
        "DROP COLUMN answer_by"
    )
    op.execute(
        "ALTER TABLE routing_queue DROP COLUMN lane, DROP COLUMN due, DROP COLUMN customer_id, DROP COLUMN shop, "
        "DROP COLUMN channel, DROP COLUMN language, DROP COLUMN preferred_id, DROP COLUMN passed_over, "
        "DROP COLUMN step, DROP COLUMN widened, DROP COLUMN joined_at, DROP COLUMN ahead, DROP COLUMN predicted, "
        "DROP COLUMN told_place, DROP COLUMN told_seconds, DROP COLUMN told_at, DROP COLUMN told_callback, "
        "DROP COLUMN IF EXISTS skill, "
        "DROP COLUMN IF EXISTS priority"
    )
    op.create_index("ix_routing_queue_order", "routing_queue", ["level", "since", "conversation_id"])
    op.execute(
        "ALTER TABLE routing_presence DROP COLUMN held, DROP COLUMN online_since, DROP COLUMN rest_until, "
        "DROP COLUMN tired, DROP COLUMN hour_start, DROP COLUMN taken, DROP COLUMN missed"
    )
