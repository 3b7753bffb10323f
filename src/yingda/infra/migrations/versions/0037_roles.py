"""Roles say what they are for and count their changes, and a failed training why it failed."""

import sqlalchemy as sa
from alembic import op

revision = "0037_roles"
down_revision = "0036_polish"


def upgrade() -> None:
    op.add_column("roles", sa.Column("description", sa.Text(), nullable=False, server_default=""))
    op.add_column("roles", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("trainings", sa.Column("failure", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("trainings", "failure")
    op.drop_column("roles", "version")
    op.drop_column("roles", "description")
