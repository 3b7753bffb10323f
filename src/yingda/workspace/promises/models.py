"""The table of promises."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from yingda.infra.tables import Base


class PromiseRow(Base):
    """Something a colleague told a customer they would do by a moment. `seq`: the message that says so, if one does."""

    __tablename__ = "promises"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'kept', 'broken', 'cancelled')", name="state"),
        Index("ix_promises_conversation", "conversation_id", "due_at"),
        Index("ix_promises_customer", "customer_id", "due_at"),
        Index("ix_promises_owner", "owner_id", "due_at"),
        Index("ix_promises_due", "due_at", postgresql_where=text("state = 'open' AND reminded_at IS NULL")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    customer_id: Mapped[UUID] = mapped_column(ForeignKey("customers.id"))
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    owner_name: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    seq: Mapped[int | None]
    due_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(Text, server_default="open")
    created_at: Mapped[datetime]
    reminded_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
