"""The table of deeds."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from yingda.infra.tables import Base


class DeedRow(Base):
    """Written before the shop is asked, settled after. `change` and `before` may hold personal data."""

    __tablename__ = "deeds"
    __table_args__ = (
        UniqueConstraint("shop", "key"),
        CheckConstraint("state IN ('begun', 'done', 'refused', 'unclear')", name="state"),
        Index("ix_deeds_owner", "shop", "owner", "begun_at"),
        Index("ix_deeds_order", "shop", "order_no"),
        Index("ix_deeds_begun", "begun_at", "id"),
        Index("ix_deeds_conversation", "conversation_id"),
        Index("ix_deeds_open", "tried_at", postgresql_where=text("state = 'begun'")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    shop: Mapped[str] = mapped_column(Text)
    owner: Mapped[str] = mapped_column(Text)
    key: Mapped[str] = mapped_column(Text)
    fingerprint: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    order_no: Mapped[str] = mapped_column(Text)
    target: Mapped[str | None] = mapped_column(Text)
    change: Mapped[dict[str, Any]]
    before: Mapped[dict[str, Any] | None]
    reason: Mapped[str] = mapped_column(Text)
    actor_kind: Mapped[str] = mapped_column(Text)
    actor_id: Mapped[UUID | None]
    approved_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    conversation_id: Mapped[UUID | None]
    undoes: Mapped[UUID | None] = mapped_column(ForeignKey("deeds.id"))
    undone_by: Mapped[UUID | None] = mapped_column(ForeignKey("deeds.id"))
    state: Mapped[str] = mapped_column(Text)
    amount_cents: Mapped[int]
    receipt: Mapped[dict[str, Any] | None]
    refusal: Mapped[str | None] = mapped_column(Text)
    begun_at: Mapped[datetime]
    tried_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(SmallInteger, server_default="1")
    settled_at: Mapped[datetime | None]
