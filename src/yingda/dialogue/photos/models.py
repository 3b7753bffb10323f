"""Which reading of a picture belongs to which conversation."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from yingda.infra.tables import Base


class PhotoReadingRow(Base):
    """`asked_by`: the member of staff who wanted it; none where the assistant looked by itself."""

    __tablename__ = "photo_readings"
    __table_args__ = (
        Index("ix_photo_readings_file_id", "file_id"),
        Index("ix_photo_readings_conversation_id", "conversation_id"),
    )

    reading_id: Mapped[UUID] = mapped_column(ForeignKey("label_readings.id", ondelete="CASCADE"), primary_key=True)
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    file_id: Mapped[UUID]
    asked_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
