"""Tables of conversations and messages."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, SmallInteger, Text, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from yingda.infra.tables import Base


class ConversationRow(Base):
    """A customer's contact with one shop, first word to wrap-up. At most one is current per customer and shop."""

    __tablename__ = "conversations"
    __table_args__ = (
        CheckConstraint("state IN ('pending', 'open', 'snoozed', 'resolved')", name="state"),
        CheckConstraint("level BETWEEN 1 AND 5", name="level"),
        Index(
            "uq_conversations_current", "customer_id", "shop", unique=True, postgresql_where=text("state <> 'resolved'")
        ),
        Index("ix_conversations_customer", "customer_id", "id"),
        Index("ix_conversations_activity", "last_message_at", "id"),
        Index(
            "ix_conversations_waiting",
            "level",
            "waiting_since",
            postgresql_where=text("state = 'open' AND assignee_id IS NULL"),
        ),
        Index("ix_conversations_assignee", "assignee_id", postgresql_where=text("state IN ('open', 'snoozed')")),
        Index("ix_conversations_snoozed", "snoozed_until", postgresql_where=text("state = 'snoozed'")),
        Index("ix_conversations_spam", "last_message_at", "id", postgresql_where=text("spam")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    shop: Mapped[str] = mapped_column(Text)
    channel: Mapped[str] = mapped_column(Text)
    customer_id: Mapped[UUID] = mapped_column(ForeignKey("customers.id"))
    state: Mapped[str] = mapped_column(Text, server_default="pending")
    level: Mapped[int] = mapped_column(SmallInteger, server_default="1")
    assignee_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    assignee_name: Mapped[str | None] = mapped_column(Text)
    team_id: Mapped[UUID | None] = mapped_column(ForeignKey("teams.id"))
    last_seq: Mapped[int] = mapped_column(server_default="0")
    customer_seq: Mapped[int] = mapped_column(server_default="0")
    answered_seq: Mapped[int] = mapped_column(server_default="0")
    customer_read_seq: Mapped[int] = mapped_column(server_default="0")
    staff_read_seq: Mapped[int] = mapped_column(server_default="0")
    waiting_since: Mapped[datetime | None]
    last_message_at: Mapped[datetime]
    preview: Mapped[str] = mapped_column(Text, server_default="")
    intent: Mapped[str | None] = mapped_column(Text)
    emotion: Mapped[str | None] = mapped_column(Text)
    handoff: Mapped[dict[str, Any] | None]
    created_at: Mapped[datetime]
    first_response_at: Mapped[datetime | None]
    resolved_at: Mapped[datetime | None]
    snoozed_until: Mapped[datetime | None]
    spam: Mapped[bool] = mapped_column(server_default=text("false"))
    due_at: Mapped[datetime | None]
    due_clock: Mapped[str | None] = mapped_column(Text)
    customer_messages: Mapped[int] = mapped_column(server_default="0")
    angry_messages: Mapped[int] = mapped_column(server_default="0")
    sentiment: Mapped[float] = mapped_column(server_default="0")
    transfers: Mapped[int] = mapped_column(server_default="0")


class MessageRow(Base):
    """One message. `terms` are what search finds it under (`rules.search_terms`)."""

    __tablename__ = "messages"
    __table_args__ = (
        Index(
            "uq_messages_external",
            "channel",
            "external_id",
            unique=True,
            postgresql_where=text("external_id IS NOT NULL"),
        ),
        Index("ix_messages_terms", "terms", postgresql_using="gin"),
        Index("ix_messages_file", text("(content ->> 'file_id')"), postgresql_where=text("kind IN ('image', 'file')")),
    )

    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[UUID]
    kind: Mapped[str] = mapped_column(Text)
    author_kind: Mapped[str] = mapped_column(Text)
    author_id: Mapped[UUID | None]
    author_name: Mapped[str | None] = mapped_column(Text)
    channel: Mapped[str] = mapped_column(Text)
    external_id: Mapped[str | None] = mapped_column(Text)
    content: Mapped[dict[str, Any]]
    terms: Mapped[list[str]] = mapped_column(ARRAY(Text))
    understanding: Mapped[dict[str, Any] | None]
    recalled: Mapped[bool] = mapped_column(server_default=text("false"))
    edited_at: Mapped[datetime | None]
    rating: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime]


class MessageEditRow(Base):
    """What a message said until `replaced_at`. It moves with its message when threads are joined."""

    __tablename__ = "message_edits"
    __table_args__ = (
        ForeignKeyConstraint(
            ["conversation_id", "seq"],
            ["messages.conversation_id", "messages.seq"],
            name="fk_message_edits_message",
            ondelete="CASCADE",
            onupdate="CASCADE",
        ),
    )

    conversation_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    replaced_at: Mapped[datetime] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any]]


class AttachmentRow(Base):
    """A file that somebody uploaded to send it. `owner_id`: the customer or staff member, who alone may send it."""

    __tablename__ = "attachments"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    owner_id: Mapped[UUID] = mapped_column(index=True)
    key: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    media_type: Mapped[str] = mapped_column(Text)
    size: Mapped[int]
    width: Mapped[int | None]
    height: Mapped[int | None]
    created_at: Mapped[datetime]
    withdrawn: Mapped[bool] = mapped_column(server_default=text("false"))


class LabelRow(Base):
    """A word that the organisation marks conversations with. Archived: kept where it is, not given anew."""

    __tablename__ = "labels"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text, unique=True)
    color: Mapped[str] = mapped_column(Text)
    created_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    created_at: Mapped[datetime]
    archived_at: Mapped[datetime | None]


class ConversationLabelRow(Base):
    __tablename__ = "conversation_labels"
    __table_args__ = (Index(None, "label_id"),)

    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True)
    label_id: Mapped[UUID] = mapped_column(ForeignKey("labels.id"), primary_key=True)
    added_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    added_at: Mapped[datetime]


class FollowerRow(Base):
    """Somebody who wants to know what becomes of a conversation, in hand or not."""

    __tablename__ = "conversation_followers"
    __table_args__ = (Index(None, "staff_id"),)

    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True)
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True)
    since: Mapped[datetime]


class MergeRow(Base):
    """Where a conversation went that was put behind another: who still has its number is shown the way."""

    __tablename__ = "conversation_merges"
    __table_args__ = (Index(None, "target_id"),)

    source_id: Mapped[UUID] = mapped_column(primary_key=True)
    target_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    merged_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    merged_at: Mapped[datetime]
