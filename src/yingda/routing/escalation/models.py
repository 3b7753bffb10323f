"""Tables of escalation: the published chains, and every step that somebody was asked to take."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from yingda.infra.tables import Base


class ChainRow(Base):
    """A published chain; the one with the highest version is in force."""

    __tablename__ = "routing_escalation_chains"

    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    chain: Mapped[dict[str, Any]] = mapped_column(JSONB)
    reason: Mapped[str] = mapped_column(Text)
    by_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    by_name: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


class EscalationRow(Base):
    """A step; of a conversation or a ticket one at most is not closed.

    `receipt_due_at` finds what is not confirmed in time.
    """

    __tablename__ = "routing_escalations"
    __table_args__ = (
        CheckConstraint("outcome IN ('passed_on', 'fell_through', 'resolved')", name="outcome"),
        CheckConstraint("num_nonnulls(conversation_id, about_ticket_id) = 1", name="about"),
        CheckConstraint("(closed_at IS NULL) = (outcome IS NULL)", name="closed"),
        Index(
            "uq_routing_escalations_open", "conversation_id", unique=True, postgresql_where=text("closed_at IS NULL")
        ),
        Index(
            "uq_routing_escalations_open_ticket",
            "about_ticket_id",
            unique=True,
            postgresql_where=text("closed_at IS NULL"),
        ),
        Index("ix_routing_escalations_about_ticket", "about_ticket_id", "created_at"),
        Index("ix_routing_escalations_conversation", "conversation_id", "created_at"),
        Index(
            "ix_routing_escalations_due",
            "receipt_due_at",
            postgresql_where=text("closed_at IS NULL AND receipted_at IS NULL"),
        ),
        Index("ix_routing_escalations_ticket", "ticket_id", postgresql_where=text("closed_at IS NULL")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    conversation_id: Mapped[UUID | None] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    about_ticket_id: Mapped[UUID | None] = mapped_column(ForeignKey("tickets.id", ondelete="CASCADE"))
    step: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    trigger: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    details: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    level: Mapped[int] = mapped_column(SmallInteger)
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    owner_name: Mapped[str] = mapped_column(Text)
    team_id: Mapped[UUID | None]
    department_id: Mapped[UUID | None]
    ticket_id: Mapped[UUID | None]
    by_name: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime]
    receipt_due_at: Mapped[datetime]
    receipted_at: Mapped[datetime | None]
    receipted_by_name: Mapped[str | None] = mapped_column(Text)
    closed_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(Text)


class CrisisRow(Base):
    """A conversation for which the supervisors were paged."""

    __tablename__ = "routing_crises"

    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True)
    at: Mapped[datetime]
