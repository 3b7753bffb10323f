"""The table of notices."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from yingda.infra.tables import Base


class NoticeRow(Base):
    """Something one member of staff should know of a conversation or of a ticket.

    `text`: the note, the comment or the promise it is about, as it was then. `details`: what there is to say of it
    besides, to be worded in the reader's language.
    """

    __tablename__ = "notices"
    __table_args__ = (
        Index("ix_notices_staff", "staff_id", "id"),
        Index("ix_notices_unread", "staff_id", postgresql_where=text("read_at IS NULL")),
        Index("ix_notices_conversation", "conversation_id"),
        Index("ix_notices_ticket", "ticket_id", postgresql_where=text("ticket_id IS NOT NULL")),
        Index("ix_notices_created", "created_at"),
        CheckConstraint("num_nonnulls(conversation_id, ticket_id) = 1", name="about"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(Text)
    conversation_id: Mapped[UUID | None] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    ticket_id: Mapped[UUID | None] = mapped_column(ForeignKey("tickets.id", ondelete="CASCADE"))
    seq: Mapped[int | None]
    actor_name: Mapped[str | None] = mapped_column(Text)
    details: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    text: Mapped[str] = mapped_column(Text, server_default="")
    created_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
