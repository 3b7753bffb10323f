"""The table of wrap-ups."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from yingda.infra.tables import Base


class WrapUpRow(Base):
    """What somebody confirmed. A correction, and the end of a later round, is a row of its own: the latest counts.

    `predicted` is the category that was proposed, `category` the one that was confirmed: where they differ, agents
    have corrected the assistant.
    """

    __tablename__ = "wrapups"
    __table_args__ = (
        CheckConstraint("result IN ('resolved', 'partly', 'unresolved', 'none', 'transferred')", name="result"),
        Index("ix_wrapups_conversation", "conversation_id", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    predicted: Mapped[str | None] = mapped_column(Text)
    category: Mapped[str] = mapped_column(Text)
    cause: Mapped[str] = mapped_column(Text)
    result: Mapped[str] = mapped_column(Text)
    summary: Mapped[str] = mapped_column(Text)
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    staff_name: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
