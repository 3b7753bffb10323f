"""Rules and kinds know which shipped ones they were made from, and what a release brought and nobody wanted is kept."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0038_upgrade"
down_revision = "0037_roles"

_JSON = postgresql.JSONB(astext_type=sa.Text())


def upgrade() -> None:
    op.create_table(
        "release_declines",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("content", _JSON, nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["staff.id"], name=op.f("fk_release_declines_author_id")),
        sa.PrimaryKeyConstraint("subject", "part", name=op.f("pk_release_declines")),
    )
    op.add_column("triage_versions", sa.Column("shipped", _JSON))
    op.add_column("triage_draft", sa.Column("shipped", _JSON))
    op.add_column("ticket_kinds", sa.Column("shipped", _JSON))
    # The first version is what shipped then, and every other one was made from it.
    op.execute(
        "UPDATE triage_versions SET shipped = "
        "(SELECT content->'rules' FROM triage_versions WHERE number = 1 AND author_id IS NULL)"
    )
    # A kind that nobody has changed is as it came; what another was before its first change stands in the trail.
    # One that the organisation made itself came with no release, even if a later one ships its code.
    op.execute(
        "UPDATE ticket_kinds k SET shipped = CASE version WHEN 1 THEN spec || jsonb_build_object('name', name) ELSE "
        "(SELECT before FROM audit_entries e WHERE e.object_kind = 'ticket_kind' "
        "AND e.object_id = k.id::text AND e.action = 'tickets.kind_changed' ORDER BY e.number LIMIT 1) END "
        "WHERE NOT EXISTS (SELECT FROM audit_entries e WHERE e.object_kind = 'ticket_kind' "
        "AND e.object_id = k.id::text AND e.action = 'tickets.kind_created')"
    )


def downgrade() -> None:
    op.drop_column("ticket_kinds", "shipped")
    op.drop_column("triage_draft", "shipped")
    op.drop_column("triage_versions", "shipped")
    op.drop_table("release_declines")
