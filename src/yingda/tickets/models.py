"""Tables of tickets. Lists of ids stand in arrays: they are always read and filtered together with their ticket."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, Sequence, Text, Uuid, text
from sqlalchemy.orm import Mapped, mapped_column

from yingda.infra.tables import Base

#: What numbers are taken from. A roll-back leaves a gap; nobody waits for anybody.
NUMBERS = Sequence("ticket_numbers", metadata=Base.metadata)


class TicketKindRow(Base):
    """What sort of work a ticket is. `spec`: its states, fields, checklist and templates (`kinds.KindSpec`), `shipped`:
    the shipped kind that it was made from, as it was when it was taken over (`kinds.KindContent`)."""

    __tablename__ = "ticket_kinds"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[str] = mapped_column(Text)
    position: Mapped[int]
    department_id: Mapped[UUID] = mapped_column(ForeignKey("departments.id"))
    spec: Mapped[dict[str, Any]]
    shipped: Mapped[dict[str, Any] | None]
    version: Mapped[int] = mapped_column(server_default="1")
    archived_at: Mapped[datetime | None]


class TicketRow(Base):
    """`terms`: under what search finds it, besides its comments. `version` counts its changes,
    `commented` its comments, `reopened` how often it was done and then was not."""

    __tablename__ = "tickets"
    __table_args__ = (
        CheckConstraint("category IN ('open', 'waiting', 'resolved', 'closed')", name="category"),
        CheckConstraint("level BETWEEN 1 AND 5", name="level"),
        Index("ix_tickets_board", "category", text("level DESC"), "due_at", "id"),
        Index("ix_tickets_kind_board", "kind_id", "state", text("level DESC"), "due_at", "id"),
        Index("ix_tickets_department", "department_id", "category", text("level DESC"), "due_at", "id"),
        Index("ix_tickets_updated", text("updated_at DESC"), text("id DESC")),
        Index("ix_tickets_owner", "owner_id", "category"),
        Index("ix_tickets_opened_by", "opened_by", text("id DESC")),
        Index("ix_tickets_customer", "customer_id"),
        Index("ix_tickets_parent", "parent_id"),
        Index(
            "ix_tickets_due",
            "due_at",
            "id",
            postgresql_where=text("due_at IS NOT NULL AND category IN ('open', 'waiting')"),
        ),
        Index("ix_tickets_watchers", "watcher_ids", postgresql_using="gin"),
        Index("ix_tickets_labels", "label_ids", postgresql_using="gin"),
        Index("ix_tickets_terms", "terms", postgresql_using="gin"),
        Index("uq_tickets_key", "idempotency_key", unique=True, postgresql_where=text("idempotency_key IS NOT NULL")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(Text, unique=True)
    kind_id: Mapped[UUID] = mapped_column(ForeignKey("ticket_kinds.id"))
    state: Mapped[str] = mapped_column(Text)
    category: Mapped[str] = mapped_column(Text)
    level: Mapped[int]
    title: Mapped[str] = mapped_column(Text)
    description: Mapped[str] = mapped_column(Text)
    department_id: Mapped[UUID] = mapped_column(ForeignKey("departments.id"))
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    source: Mapped[str] = mapped_column(Text)
    opened_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    opened_by_name: Mapped[str] = mapped_column(Text)
    customer_id: Mapped[UUID | None] = mapped_column(ForeignKey("customers.id"))
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("tickets.id"))
    merged_into_id: Mapped[UUID | None] = mapped_column(ForeignKey("tickets.id"))
    fields: Mapped[dict[str, Any]]
    checklist: Mapped[list[Any]] = mapped_column(type_=Base.type_annotation_map[dict[str, Any]])
    watcher_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()))
    label_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()))
    due_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    resolved_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(server_default="1")
    commented: Mapped[int] = mapped_column(server_default="0")
    reopened: Mapped[int] = mapped_column(server_default="0")
    terms: Mapped[list[str]] = mapped_column(ARRAY(Text))
    idempotency_key: Mapped[str | None] = mapped_column(Text)


class TicketLinkRow(Base):
    """What a ticket is about: a conversation or one message of it, an order, or another ticket."""

    __tablename__ = "ticket_links"
    __table_args__ = (
        Index(
            "uq_ticket_links_target",
            "ticket_id",
            "conversation_id",
            "seq",
            "shop",
            "order_no",
            "other_id",
            "relation",
            unique=True,
            postgresql_nulls_not_distinct=True,
        ),
        Index("ix_ticket_links_conversation", "conversation_id"),
        Index("ix_ticket_links_order", "order_no"),
        Index("ix_ticket_links_other", "other_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("tickets.id"))
    conversation_id: Mapped[UUID | None]
    seq: Mapped[int | None]
    shop: Mapped[str | None] = mapped_column(Text)
    order_no: Mapped[str | None] = mapped_column(Text)
    other_id: Mapped[UUID | None] = mapped_column(ForeignKey("tickets.id"))
    relation: Mapped[str | None] = mapped_column(Text)
    added_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    added_at: Mapped[datetime]


class TicketCommentRow(Base):
    """What somebody wrote on a ticket. `public`: it was told to the customer as well."""

    __tablename__ = "ticket_comments"
    __table_args__ = (
        Index("ix_ticket_comments_ticket", "ticket_id", "id"),
        Index("ix_ticket_comments_meeting", "meeting_id"),
        Index("ix_ticket_comments_terms", "terms", postgresql_using="gin"),
        Index(
            "uq_ticket_comments_key",
            "idempotency_key",
            unique=True,
            postgresql_where=text("idempotency_key IS NOT NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("tickets.id"))
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    author_name: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    public: Mapped[bool]
    mentions: Mapped[list[Any]] = mapped_column(type_=Base.type_annotation_map[dict[str, Any]])
    attachments: Mapped[list[Any]] = mapped_column(type_=Base.type_annotation_map[dict[str, Any]])
    meeting_id: Mapped[UUID | None] = mapped_column(ForeignKey("ticket_meetings.id"))
    terms: Mapped[list[str]] = mapped_column(ARRAY(Text))
    created_at: Mapped[datetime]
    idempotency_key: Mapped[str | None] = mapped_column(Text)


class TicketChangeRow(Base):
    """One change of a ticket: the story that its readers are told. What people did is in the audit trail as well."""

    __tablename__ = "ticket_changes"
    __table_args__ = (Index("ix_ticket_changes_ticket", "ticket_id", "id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("tickets.id"))
    at: Mapped[datetime]
    actor_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    actor_name: Mapped[str] = mapped_column(Text)
    action: Mapped[str] = mapped_column(Text)
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]
    reason: Mapped[str | None] = mapped_column(Text)


class TicketMeetingRow(Base):
    """A meeting of the departments; what it decided stands as comments on the tickets."""

    __tablename__ = "ticket_meetings"
    __table_args__ = (Index("ix_ticket_meetings_held_on", text("held_on DESC"), text("id DESC")),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    held_on: Mapped[date]
    title: Mapped[str] = mapped_column(Text)
    notes: Mapped[str] = mapped_column(Text)
    attendee_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()))
    written_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    written_by_name: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
