"""The web channel's inboxes."""

import sqlalchemy as sa
from alembic import op

revision = "0006_web_channel"
down_revision = "0005_conversations"


def upgrade() -> None:
    op.create_table(
        "web_inboxes",
        sa.Column("shop", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("greeting_zh", sa.Text(), nullable=False),
        sa.Column("greeting_en", sa.Text(), nullable=False),
        sa.Column("color", sa.Text(), server_default="#b0476b", nullable=False),
        sa.Column("identity_secret", sa.Text(), nullable=False),
        sa.Column("demo", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.PrimaryKeyConstraint("shop", name="pk_web_inboxes"),
    )


def downgrade() -> None:
    op.drop_table("web_inboxes")
