"""What customers allow to be kept of them."""

import sqlalchemy as sa
from alembic import op

revision = "0030_memory"
down_revision = "0029_outreach"


def upgrade() -> None:
    op.create_table(
        "consents",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=True),
        sa.Column("seq", sa.Integer(), nullable=True),
    )
    op.create_index("ix_consents_customer", "consents", ["customer_id", "purpose", "id"])


def downgrade() -> None:
    op.drop_table("consents")
