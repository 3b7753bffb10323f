"""Tables of the service levels: limits, calendars, clocks, and what became of clocks."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from yingda.infra.tables import Base


class LimitsRow(Base):
    """What a level promises for one subject, in minutes of working time."""

    __tablename__ = "service_limits"
    __table_args__ = (CheckConstraint("level BETWEEN 1 AND 5", name="level"),)

    subject: Mapped[str] = mapped_column(Text, primary_key=True)
    level: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    first_response: Mapped[int | None]
    next_update: Mapped[int | None]
    resolution: Mapped[int | None]
    around_the_clock: Mapped[bool]
    rests_with_customer: Mapped[bool]
    warn_share: Mapped[int] = mapped_column(SmallInteger)


class CalendarRow(Base):
    """When work is done. One is the default of all teams that have none."""

    __tablename__ = "service_calendars"
    __table_args__ = (
        Index("uq_service_calendars_default", "is_default", unique=True, postgresql_where=text("is_default")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text, unique=True)
    times: Mapped[dict[str, Any]]
    is_default: Mapped[bool] = mapped_column(server_default=text("false"))


class TeamCalendarRow(Base):
    __tablename__ = "service_calendar_teams"

    team_id: Mapped[UUID] = mapped_column(ForeignKey("teams.id", ondelete="CASCADE"), primary_key=True)
    calendar_id: Mapped[UUID] = mapped_column(ForeignKey("service_calendars.id", ondelete="CASCADE"), index=True)


class ClockRow(Base):
    """A limit of one item. `next_at`: when the watch must look at it; null while there is nothing to look for."""

    __tablename__ = "service_clocks"
    __table_args__ = (Index("ix_service_clocks_next", "next_at", postgresql_where=text("next_at IS NOT NULL")),)

    item_kind: Mapped[str] = mapped_column(Text, primary_key=True)
    item_id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(Text, primary_key=True)
    level: Mapped[int] = mapped_column(SmallInteger)
    allowed: Mapped[int]
    asked_at: Mapped[datetime]
    used: Mapped[int] = mapped_column(server_default="0")
    since: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    warn_at: Mapped[datetime | None]
    warn_reason: Mapped[str] = mapped_column(Text)
    warned_at: Mapped[datetime | None]
    breached_at: Mapped[datetime | None]
    over: Mapped[bool] = mapped_column(server_default=text("false"))
    next_at: Mapped[datetime | None]


class DeadlineRow(Base):
    """That a clock came near its limit, passed it, or ended. Only added to."""

    __tablename__ = "service_deadlines"
    __table_args__ = (
        Index("ix_service_deadlines_item", "item_kind", "item_id", "at"),
        Index("ix_service_deadlines_at", "at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    item_kind: Mapped[str] = mapped_column(Text)
    item_id: Mapped[UUID]
    clock: Mapped[str] = mapped_column(Text)
    happened: Mapped[str] = mapped_column(Text)
    level: Mapped[int] = mapped_column(SmallInteger)
    at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    used: Mapped[int]
    reason: Mapped[str | None] = mapped_column(Text)


class UsualRow(Base):
    """The median of what a clock takes at a level, in seconds of working time, learnt from those that ended."""

    __tablename__ = "service_usual"

    item_kind: Mapped[str] = mapped_column(Text, primary_key=True)
    clock: Mapped[str] = mapped_column(Text, primary_key=True)
    level: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    seconds: Mapped[int]
    samples: Mapped[int]
