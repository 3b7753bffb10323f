"""Tables of routing: who is there, who waits, who has what."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, SmallInteger, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from yingda.infra.database import Base


class PresenceRow(Base):
    """`load` is kept in the row itself, in step with the assignments, so that dispatch cannot overfill anybody.

    `team_ids` are copied from identity, which tells when they change: a team's conversations go to its members only.
    """

    __tablename__ = "routing_presence"
    __table_args__ = (CheckConstraint("status IN ('online', 'busy', 'away', 'offline')", name="status"),)

    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True)
    staff_name: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(Text)
    capacity: Mapped[int] = mapped_column(SmallInteger, server_default="5")
    load: Mapped[int] = mapped_column(server_default="0")
    changed_at: Mapped[datetime]
    last_assigned_at: Mapped[datetime | None]
    team_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()), server_default="{}")


class QueueRow(Base):
    """A conversation that waits for a person; where `team_id` is set, for one of that team."""

    __tablename__ = "routing_queue"
    __table_args__ = (Index("ix_routing_queue_order", "level", "since", "conversation_id"),)

    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True)
    level: Mapped[int] = mapped_column(SmallInteger)
    since: Mapped[datetime]
    team_id: Mapped[UUID | None]


class AssignmentRow(Base):
    """A conversation that a person has in hand."""

    __tablename__ = "routing_assignments"
    __table_args__ = (Index("ix_routing_assignments_staff", "staff_id"),)

    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True)
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"))
