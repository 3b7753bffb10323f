"""Pictures that are to be read, for a week."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from yingda.infra.tables import Base


class LabelReadingRow(Base):
    """`asked_by` set: a member of staff tries it out; the file is theirs alone, and goes when it has been read."""

    __tablename__ = "label_readings"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'reading', 'done', 'failed')", name="state"),
        Index("ix_label_readings_created_at", "created_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    file_key: Mapped[str] = mapped_column(Text)
    asked_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    state: Mapped[str] = mapped_column(Text, server_default="waiting")
    error: Mapped[str | None] = mapped_column(Text)
    detail: Mapped[str | None] = mapped_column(Text)
    label: Mapped[dict[str, Any] | None]
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
