"""What customers say of answers from articles."""

import sqlalchemy as sa
from alembic import op

revision = "0035_feedback"
down_revision = "0033_suggestions"


def upgrade() -> None:
    op.add_column("messages", sa.Column("rating", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("messages", "rating")
