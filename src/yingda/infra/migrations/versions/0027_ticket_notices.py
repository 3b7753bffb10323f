"""Notices of tickets."""

import sqlalchemy as sa
from alembic import op

revision = "0027_ticket_notices"
down_revision = "0022_commerce"


def upgrade() -> None:
    _notices()


def _notices() -> None:
    op.add_column("notices", sa.Column("ticket_id", sa.Uuid(), nullable=True))
    op.create_foreign_key("fk_notices_ticket_id", "notices", "tickets", ["ticket_id"], ["id"], ondelete="CASCADE")
    op.alter_column("notices", "conversation_id", nullable=True)
    op.create_check_constraint("ck_notices_about", "notices", "num_nonnulls(conversation_id, ticket_id) = 1")
    op.create_index("ix_notices_ticket", "notices", ["ticket_id"], postgresql_where=sa.text("ticket_id IS NOT NULL"))


def downgrade() -> None:
    op.execute("DELETE FROM notices WHERE ticket_id IS NOT NULL")
    op.drop_column("notices", "ticket_id")
    op.alter_column("notices", "conversation_id", nullable=False)
