"""Articles, proposals for them, and what was asked."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0031_articles"
down_revision = "0030_memory"

TIME = sa.DateTime(timezone=True)


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _int(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _id(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def _article(table: str, column: str = "article_id", ondelete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["articles.id"], name=f"fk_{table}_{column}", ondelete=ondelete)


def _staff(table: str, column: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["staff.id"], name=f"fk_{table}_{column}", ondelete=ondelete)


def upgrade() -> None:
    _articles()
    _versions()
    _proposals()
    _figures()


def _articles() -> None:
    op.create_table(
        "articles",
        _id("id"),
        _text("slug"),
        _text("state"),
        _text("tier"),
        _text("topic"),
        _text("title"),
        _text("locale"),
        _text("owner_role"),
        _id("owner_id", nullable=True),
        _int("version"),
        _int("live_version", nullable=True),
        sa.Column("review_due_on", sa.Date(), nullable=True),
        sa.Column("live_at", TIME, nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("updated_at", TIME, nullable=False),
        sa.CheckConstraint("state IN ('draft', 'review', 'live', 'retired')", name="ck_articles_state"),
        sa.CheckConstraint("tier IN ('general', 'professional', 'rare')", name="ck_articles_tier"),
        sa.CheckConstraint("state <> 'live' OR live_version = version", name="ck_articles_live"),
        _staff("articles", "owner_id", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_articles"),
        sa.UniqueConstraint("slug", name="uq_articles_slug"),
    )
    op.create_index("ix_articles_place", "articles", ["tier", "topic", "updated_at"])
    op.create_index("ix_articles_live", "articles", ["id"], postgresql_where=sa.text("live_version IS NOT NULL"))


def _versions() -> None:
    op.create_table(
        "article_versions",
        _id("article_id"),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", postgresql.JSONB(), nullable=False),
        _id("author_id", nullable=True),
        _text("author_name"),
        _text("note"),
        sa.Column("created_at", TIME, nullable=False),
        _article("article_versions"),
        _staff("article_versions", "author_id"),
        sa.PrimaryKeyConstraint("article_id", "number", name="pk_article_versions"),
    )
    op.create_table(
        "article_moves",
        _id("id"),
        _id("article_id"),
        _int("version"),
        _text("move"),
        _id("staff_id", nullable=True),
        _text("staff_name"),
        _text("remark"),
        sa.Column("at", TIME, nullable=False),
        _article("article_moves"),
        _staff("article_moves", "staff_id"),
        sa.PrimaryKeyConstraint("id", name="pk_article_moves"),
    )
    op.create_index("ix_article_moves_article", "article_moves", ["article_id", "at"])
    op.create_table(
        "article_vectors",
        _id("article_id"),
        _text("encoder"),
        _int("version"),
        _int("size"),
        sa.Column("rows", sa.LargeBinary(), nullable=False),
        _article("article_vectors"),
        sa.PrimaryKeyConstraint("article_id", "encoder", name="pk_article_vectors"),
    )


def _proposals() -> None:
    op.create_table(
        "article_proposals",
        _id("id"),
        _text("kind"),
        _text("state"),
        _text("key"),
        _text("question"),
        _text("detail"),
        _int("count"),
        _id("article_id", nullable=True),
        _id("draft_id", nullable=True),
        sa.Column("first_at", TIME, nullable=False),
        sa.Column("last_at", TIME, nullable=False),
        _text("decided_by", nullable=True),
        sa.Column("decided_at", TIME, nullable=True),
        sa.CheckConstraint("kind IN ('miss', 'low_rating', 'correction', 'topic')", name="ck_article_proposals_kind"),
        sa.CheckConstraint("state IN ('open', 'accepted', 'dismissed')", name="ck_article_proposals_state"),
        _article("article_proposals", ondelete="SET NULL"),
        _article("article_proposals", "draft_id", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_article_proposals"),
    )
    open_ = sa.text("state = 'open'")
    op.create_index("uq_article_proposals_open", "article_proposals", ["key"], unique=True, postgresql_where=open_)
    op.create_index("ix_article_proposals_queue", "article_proposals", ["state", "last_at"])
    op.create_index("ix_article_proposals_article", "article_proposals", ["article_id"])


def _figures() -> None:
    op.create_table(
        "article_days",
        sa.Column("day", sa.Date(), nullable=False),
        _text("shop"),
        _int("answered"),
        _int("offered"),
        _int("missed"),
        sa.PrimaryKeyConstraint("day", "shop", name="pk_article_days"),
    )
    op.create_table(
        "article_uses",
        _id("article_id"),
        sa.Column("day", sa.Date(), nullable=False),
        _int("answered"),
        _int("useful"),
        _int("useless"),
        _article("article_uses"),
        sa.PrimaryKeyConstraint("article_id", "day", name="pk_article_uses"),
    )


def downgrade() -> None:
    for table in (
        "article_uses",
        "article_days",
        "article_proposals",
        "article_vectors",
        "article_moves",
        "article_versions",
        "articles",
    ):
        op.drop_table(table)
