"""The table of what became of suggestions."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from yingda.infra.tables import Base


class SuggestionOutcomeRow(Base):
    """One colleague's verdict on one suggestion for one message."""

    __tablename__ = "suggestion_outcomes"
    __table_args__ = (
        CheckConstraint("fate IN ('accepted', 'edited', 'rejected')", name="fate"),
        Index("ix_suggestion_outcomes_key", "key", "at"),
    )

    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(Text, primary_key=True)
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    fate: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
