"""Tables of customers, of who they are in each channel, and of why two were taken for one."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from yingda.infra.tables import Base


class CustomerRow(Base):
    __tablename__ = "customers"
    __table_args__ = (
        CheckConstraint("segment IN ('new', 'regular', 'high_value', 'at_risk')", name="segment"),
        CheckConstraint("locale IN ('zh', 'en')", name="locale"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    display_name: Mapped[str | None] = mapped_column(Text)
    phone: Mapped[str | None] = mapped_column(Text)
    email: Mapped[str | None] = mapped_column(Text)
    segment: Mapped[str] = mapped_column(Text)
    locale: Mapped[str] = mapped_column(Text)
    attributes: Mapped[dict[str, Any]]
    demo: Mapped[bool]
    created_at: Mapped[datetime]


class CustomerIdentityRow(Base):
    __tablename__ = "customer_identities"
    __table_args__ = (UniqueConstraint("channel", "external_id"), Index(None, "customer_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    customer_id: Mapped[UUID] = mapped_column(ForeignKey("customers.id"))
    channel: Mapped[str] = mapped_column(Text)
    external_id: Mapped[str] = mapped_column(Text)
    verified: Mapped[bool]
    evidence: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]


class CustomerNoteRow(Base):
    """What staff should know about a customer, whichever conversation they come with."""

    __tablename__ = "customer_notes"
    __table_args__ = (Index("ix_customer_notes_customer_id", "customer_id", "id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    customer_id: Mapped[UUID] = mapped_column(ForeignKey("customers.id"))
    author_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    author_name: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]


class CustomerLinkRow(Base):
    """`moved` are the identities that changed hands; undoing hands them back."""

    __tablename__ = "customer_links"
    __table_args__ = (Index(None, "from_customer_id"), Index(None, "to_customer_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    from_customer_id: Mapped[UUID] = mapped_column(ForeignKey("customers.id"))
    to_customer_id: Mapped[UUID] = mapped_column(ForeignKey("customers.id"))
    outcome: Mapped[str] = mapped_column(Text)
    channel: Mapped[str] = mapped_column(Text)
    external_id: Mapped[str] = mapped_column(Text)
    evidence: Mapped[dict[str, Any]]
    moved: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()))
    created_at: Mapped[datetime]
    undone_at: Mapped[datetime | None]
