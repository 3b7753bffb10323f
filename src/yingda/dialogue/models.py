"""The assistant's table: its memory of each conversation."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from yingda.infra.database import Base


class DialogueRow(Base):
    __tablename__ = "dialogues"

    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True)
    memory: Mapped[dict[str, Any]]
    updated_at: Mapped[datetime]
