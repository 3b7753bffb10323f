"""The table of what was declined."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from yingda.infra.tables import Base


class ReleaseDeclineRow(Base):
    """A part of what a release brought that the organisation did not want. `content`: as it was shipped then; shipped
    otherwise it is offered again."""

    __tablename__ = "release_declines"

    subject: Mapped[str] = mapped_column(Text, primary_key=True)
    part: Mapped[str] = mapped_column(Text, primary_key=True)
    content: Mapped[dict[str, Any]]
    why: Mapped[str] = mapped_column(Text)
    author_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    author_name: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
