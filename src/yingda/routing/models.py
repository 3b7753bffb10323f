"""Tables of routing: who is there, who waits, who has what."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, Text
from sqlalchemy.orm import Mapped, mapped_column

from yingda.infra.database import Base


class PresenceRow(Base):
    """`load` is kept in the row itself, in step with the assignments, so that dispatch cannot overfill anybody."""

    __tablename__ = "routing_presence"
    __table_args__ = (CheckConstraint("status IN ('online', 'busy', 'away', 'offline')", name="status"),)

    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True)
    staff_name: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(Text)
    capacity: Mapped[int] = mapped_column(SmallInteger, server_default="5")
    load: Mapped[int] = mapped_column(server_default="0")
    changed_at: Mapped[datetime]
    last_assigned_at: Mapped[datetime | None]


class QueueRow(Base):
    """A conversation that waits for a person."""

    __tablename__ = "routing_queue"
    __table_args__ = (Index("ix_routing_queue_order", "level", "since", "conversation_id"),)

    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True)
    level: Mapped[int] = mapped_column(SmallInteger)
    since: Mapped[datetime]


class AssignmentRow(Base):
    """A conversation that a person has in hand."""

    __tablename__ = "routing_assignments"
    __table_args__ = (Index("ix_routing_assignments_staff", "staff_id"),)

    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True)
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"))
