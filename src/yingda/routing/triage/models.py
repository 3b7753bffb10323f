"""Tables of triage: published rule tables, the draft, and dry runs."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, literal_column, text
from sqlalchemy.orm import Mapped, mapped_column

from yingda.infra.tables import Base


class TriageVersionRow(Base):
    """Never changed, never deleted: decisions name their version. The highest number serves.

    `shipped`: the shipped rules that it was made from, as they were when they were taken over.
    """

    __tablename__ = "triage_versions"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[dict[str, Any]]
    shipped: Mapped[list[Any] | None] = mapped_column(type_=Base.type_annotation_map[dict[str, Any]])
    why: Mapped[str] = mapped_column(Text)
    restores: Mapped[int | None]
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    author_name: Mapped[str] = mapped_column(Text)
    published_at: Mapped[datetime]


class TriageDraftRow(Base):
    """The one table that is being worked on. `shipped`: as that of a version."""

    __tablename__ = "triage_draft"
    __table_args__ = (Index("uq_triage_draft_one", literal_column("(true)"), unique=True),)

    revision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    based_on: Mapped[int]
    content: Mapped[dict[str, Any]]
    shipped: Mapped[list[Any] | None] = mapped_column(type_=Base.type_annotation_map[dict[str, Any]])
    author_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    author_name: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime]


class TriageDryRunRow(Base):
    """A draft as it was, on trial. `outcome` names messages by conversation and number, and has none of their words."""

    __tablename__ = "triage_dry_runs"
    __table_args__ = (
        CheckConstraint("state IN ('queued', 'running', 'done', 'failed', 'cancelled')", name="state"),
        Index(
            "uq_triage_dry_runs_under_way",
            literal_column("(true)"),
            unique=True,
            postgresql_where=text("finished_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(Text, server_default="queued")
    share: Mapped[float] = mapped_column(server_default="0")
    days: Mapped[int]
    revision: Mapped[int]
    against: Mapped[int]
    content: Mapped[dict[str, Any]]
    outcome: Mapped[dict[str, Any]]
    author_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    author_name: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
