"""Tables of the review: what people corrected, and the candidates taught from it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from yingda.infra.tables import Base


class CorrectionRow(Base):
    """The right intent of a message, by a person. `text` is redacted; it goes with its conversation."""

    __tablename__ = "corrections"
    __table_args__ = (
        UniqueConstraint("conversation_id", "seq"),
        ForeignKeyConstraint(
            ["conversation_id", "seq"], ["messages.conversation_id", "messages.seq"], ondelete="CASCADE"
        ),
        Index("ix_corrections_at", "at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    conversation_id: Mapped[UUID]
    seq: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    read_as: Mapped[str] = mapped_column(Text)
    intent: Mapped[str] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
    author_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    author_name: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


class TrainingRow(Base):
    """One candidate: asked for, taught by a worker, perhaps published. At most one is under way."""

    __tablename__ = "trainings"
    __table_args__ = (
        CheckConstraint("state IN ('queued', 'running', 'done', 'failed', 'cancelled', 'published')", name="state"),
        Index("uq_trainings_under_way", text("(true)"), unique=True, postgresql_where=text("finished_at IS NULL")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(Text, server_default="queued")
    stage: Mapped[str] = mapped_column(Text, server_default="")
    share: Mapped[float] = mapped_column(server_default="0")
    failure: Mapped[str | None] = mapped_column(Text)
    learned: Mapped[dict[str, Any] | None]
    author_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    author_name: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
