"""Tables of articles: heads, versions, what was done with them, vectors, proposals, and what was asked."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, LargeBinary, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from yingda.infra.tables import Base


class ArticleRow(Base):
    """`state` is that of the latest version, `live_version` what customers are told meanwhile."""

    __tablename__ = "articles"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'review', 'live', 'retired')", name="state"),
        CheckConstraint("tier IN ('general', 'professional', 'rare')", name="tier"),
        CheckConstraint("state <> 'live' OR live_version = version", name="live"),
        Index("ix_articles_place", "tier", "topic", "updated_at"),
        Index("ix_articles_live", "id", postgresql_where=text("live_version IS NOT NULL")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(Text, unique=True)
    state: Mapped[str] = mapped_column(Text)
    tier: Mapped[str] = mapped_column(Text)
    topic: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    locale: Mapped[str] = mapped_column(Text)
    owner_role: Mapped[str] = mapped_column(Text)
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    version: Mapped[int]
    live_version: Mapped[int | None]
    review_due_on: Mapped[date | None]
    live_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class ArticleVersionRow(Base):
    """Never changed."""

    __tablename__ = "article_versions"

    article_id: Mapped[UUID] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[dict[str, Any]]
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    author_name: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]


class ArticleMoveRow(Base):
    """What was done with which version, by whom."""

    __tablename__ = "article_moves"
    __table_args__ = (Index("ix_article_moves_article", "article_id", "at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    article_id: Mapped[UUID] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"))
    version: Mapped[int]
    move: Mapped[str] = mapped_column(Text)
    staff_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    staff_name: Mapped[str] = mapped_column(Text)
    remark: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


class ArticleVectorsRow(Base):
    """What an encoder made of a version: `rows` of `size` little-endian numbers of four bytes."""

    __tablename__ = "article_vectors"

    article_id: Mapped[UUID] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True)
    encoder: Mapped[str] = mapped_column(Text, primary_key=True)
    version: Mapped[int]
    size: Mapped[int]
    rows: Mapped[bytes] = mapped_column(LargeBinary)


class ArticleProposalRow(Base):
    """Something that an article should say. The same `key` twice while it is open only counts."""

    __tablename__ = "article_proposals"
    __table_args__ = (
        CheckConstraint("kind IN ('miss', 'low_rating', 'correction', 'topic')", name="kind"),
        CheckConstraint("state IN ('open', 'accepted', 'dismissed')", name="state"),
        Index("uq_article_proposals_open", "key", unique=True, postgresql_where=text("state = 'open'")),
        Index("ix_article_proposals_queue", "state", "last_at"),
        Index("ix_article_proposals_article", "article_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    key: Mapped[str] = mapped_column(Text)
    question: Mapped[str] = mapped_column(Text)
    detail: Mapped[str] = mapped_column(Text)
    count: Mapped[int] = mapped_column(Integer)
    article_id: Mapped[UUID | None] = mapped_column(ForeignKey("articles.id", ondelete="SET NULL"))
    draft_id: Mapped[UUID | None] = mapped_column(ForeignKey("articles.id", ondelete="SET NULL"))
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]
    decided_by: Mapped[str | None] = mapped_column(Text)
    decided_at: Mapped[datetime | None]


class ArticleDayRow(Base):
    """How the questions of a day fared."""

    __tablename__ = "article_days"

    day: Mapped[date] = mapped_column(primary_key=True)
    shop: Mapped[str] = mapped_column(Text, primary_key=True)
    answered: Mapped[int]
    offered: Mapped[int]
    missed: Mapped[int]


class ArticleUseRow(Base):
    """How often an article answered on a day, and what people said of it."""

    __tablename__ = "article_uses"

    article_id: Mapped[UUID] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    answered: Mapped[int]
    useful: Mapped[int]
    useless: Mapped[int]
