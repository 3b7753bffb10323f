"""The assistant's tables: its memory of each conversation, the processes that were used, and each step of them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Identity, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from yingda.infra.tables import Base


class DialogueRow(Base):
    __tablename__ = "dialogues"

    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True)
    memory: Mapped[dict[str, Any]]
    updated_at: Mapped[datetime]


class ProcedureRow(Base):
    """A process as it was when conversations began with it. `digest` tells each wording from all others."""

    __tablename__ = "procedures"

    digest: Mapped[str] = mapped_column(Text, primary_key=True)
    process: Mapped[str] = mapped_column(Text)
    version: Mapped[int]
    body: Mapped[dict[str, Any]]
    seen_at: Mapped[datetime]


class ProcedureStepRow(Base):
    """A step that was taken for a customer, and why. `seq`: the message after which; `flow` numbers the processes of
    a conversation."""

    __tablename__ = "procedure_steps"
    __table_args__ = (
        Index("ix_procedure_steps_conversation", "conversation_id", "id"),
        Index("ix_procedure_steps_process", "process", "at"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    seq: Mapped[int]
    flow: Mapped[int]
    process: Mapped[str] = mapped_column(Text)
    version: Mapped[int]
    step: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
