"""The table of canned replies."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from yingda.infra.tables import Base


class CannedReplyRow(Base):
    """`keys` are separated by line breaks. A code names one reply of a person, of a team, or of everybody."""

    __tablename__ = "canned_replies"
    __table_args__ = (
        CheckConstraint(
            "(scope = 'personal') = (owner_id IS NOT NULL) AND (scope = 'team') = (team_id IS NOT NULL) "
            "AND scope IN ('personal', 'team', 'shared')",
            name="scope",
        ),
        Index("uq_canned_replies_code", "owner_id", "team_id", "code", unique=True, postgresql_nulls_not_distinct=True),
        Index("ix_canned_replies_team", "team_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    scope: Mapped[str] = mapped_column(Text)
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"))
    team_id: Mapped[UUID | None] = mapped_column(ForeignKey("teams.id", ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(Text)
    category: Mapped[str] = mapped_column(Text)
    keys: Mapped[str] = mapped_column(Text)
    used_count: Mapped[int] = mapped_column(server_default="0")
    updated_at: Mapped[datetime]
