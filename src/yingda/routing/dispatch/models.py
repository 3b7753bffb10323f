"""Tables of dispatch: who is there and can what, who waits, who has what, and how long waiting took."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    Computed,
    ForeignKey,
    Index,
    PrimaryKeyConstraint,
    SmallInteger,
    Text,
    UniqueConstraint,
    Uuid,
    desc,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from yingda.infra.tables import Base

#: What the same people could take at this moment has the same lane: of a lane only the head is looked at.
LANE = (
    "(channel || '/' || coalesce(team_id::text, '') || '/' || step::text || '/' || "
    "CASE WHEN widened THEN '' ELSE coalesce(skill, '') || '/' || coalesce(language, '') END)"
)


class PresenceRow(Base):
    """`load` is kept in the row itself, in step with the assignments, so that dispatch cannot overfill anybody; so is
    `held`, the load by channel, for the channels' `limits`.

    `team_ids` are copied from identity, which tells when they change: a team's conversations go to its members only.
    `online_since`: since when without a real rest; `taken`: given by dispatch in the hour that began at `hour_start`;
    nothing new before `rest_until`, and `tired` says why. `missed`: assignments in a row that were not answered.
    """

    __tablename__ = "routing_presence"
    __table_args__ = (
        CheckConstraint("status IN ('online', 'busy', 'away', 'offline')", name="status"),
        CheckConstraint("tired IN ('hours', 'pace')", name="tired"),
    )

    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True)
    staff_name: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(Text)
    capacity: Mapped[int] = mapped_column(SmallInteger, server_default="5")
    load: Mapped[int] = mapped_column(server_default="0")
    changed_at: Mapped[datetime]
    last_assigned_at: Mapped[datetime | None]
    team_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()), server_default="{}")
    held: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    online_since: Mapped[datetime | None]
    rest_until: Mapped[datetime | None]
    tired: Mapped[str | None] = mapped_column(Text)
    hour_start: Mapped[datetime | None]
    taken: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    missed: Mapped[int] = mapped_column(SmallInteger, server_default="0")


class QueueRow(Base):
    """A conversation that waits for a person; where `team_id` is set, for one of that team.

    `due`: its deadline, which orders it. `skill` and `language`: codes of skills that are needed until it is `widened`.
    `step`: how many further teams may take it by now. `told_*`: what the customer was last told, `predicted` the whole
    wait in seconds that was foreseen when it joined, with `ahead` others before it that nobody was free for.
    """

    __tablename__ = "routing_queue"

    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True)
    level: Mapped[int] = mapped_column(SmallInteger)
    since: Mapped[datetime]
    team_id: Mapped[UUID | None]
    skill: Mapped[str | None] = mapped_column(Text)
    priority: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    due: Mapped[datetime]
    customer_id: Mapped[UUID]
    shop: Mapped[str] = mapped_column(Text)
    channel: Mapped[str] = mapped_column(Text)
    language: Mapped[str | None] = mapped_column(Text)
    preferred_id: Mapped[UUID | None]
    passed_over: Mapped[UUID | None]
    step: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    widened: Mapped[bool] = mapped_column(server_default=text("false"))
    lane: Mapped[str] = mapped_column(Text, Computed(LANE, persisted=True))
    joined_at: Mapped[datetime]
    ahead: Mapped[int | None]
    predicted: Mapped[int | None]
    told_place: Mapped[int | None]
    told_seconds: Mapped[int | None]
    told_at: Mapped[datetime | None]
    told_callback: Mapped[bool] = mapped_column(server_default=text("false"))

    __table_args__ = (
        Index(
            "ix_routing_queue_lane",
            "lane",
            desc("level"),
            desc("priority"),
            "due",
            "since",
            "conversation_id",
        ),
    )


class AssignmentRow(Base):
    """A conversation that a person has in hand, with what it needed when it waited.

    `answer_by`: by when whom dispatch gave it to has to answer; none once they have, or where a person decided.
    """

    __tablename__ = "routing_assignments"
    __table_args__ = (
        Index("ix_routing_assignments_staff", "staff_id"),
        Index("ix_routing_assignments_answer", "answer_by", postgresql_where=text("answer_by IS NOT NULL")),
    )

    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True)
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"))
    channel: Mapped[str] = mapped_column(Text, server_default="web")
    skill: Mapped[str | None] = mapped_column(Text)
    priority: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    answer_by: Mapped[datetime | None]


class SkillRow(Base):
    """Something that not everybody can do. A language's code is `lang.` and its locale."""

    __tablename__ = "routing_skills"
    __table_args__ = (
        CheckConstraint("category IN ('language', 'product', 'after_sale', 'complaint', 'other')", name="category"),
    )

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    category: Mapped[str] = mapped_column(Text)


class StaffSkillRow(Base):
    """How well somebody can do it, from 1 to 5."""

    __tablename__ = "routing_staff_skills"
    __table_args__ = (
        PrimaryKeyConstraint("skill", "staff_id", name="pk_routing_staff_skills"),
        CheckConstraint("grade BETWEEN 1 AND 5", name="grade"),
        Index("ix_routing_staff_skills_staff_id", "staff_id"),
    )

    skill: Mapped[str] = mapped_column(ForeignKey("routing_skills.code", ondelete="CASCADE"))
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"))
    grade: Mapped[int] = mapped_column(SmallInteger)


class ChannelLimitRow(Base):
    """How many conversations of one channel somebody can have at a time, beside their capacity for all."""

    __tablename__ = "routing_channel_limits"

    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True)
    channel: Mapped[str] = mapped_column(Text, primary_key=True)
    most: Mapped[int] = mapped_column(SmallInteger)


class OverflowRow(Base):
    """What has waited so long for a team may be taken by another one as well; `step` counts these from 1."""

    __tablename__ = "routing_overflow"
    __table_args__ = (UniqueConstraint("team_id", "to_team_id", name="uq_routing_overflow_team_id_to_team_id"),)

    team_id: Mapped[UUID] = mapped_column(ForeignKey("teams.id", ondelete="CASCADE"), primary_key=True)
    step: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    to_team_id: Mapped[UUID] = mapped_column(ForeignKey("teams.id", ondelete="CASCADE"))
    after_seconds: Mapped[int]


class LimitsRow(Base):
    """The organisation's limits of dispatch, in one row; what it does not say is as shipped."""

    __tablename__ = "routing_limits"
    __table_args__ = (CheckConstraint("single", name="single"),)

    single: Mapped[bool] = mapped_column(primary_key=True, server_default=text("true"))
    limits: Mapped[dict[str, Any]]


class ServedRow(Base):
    """Who had a customer's conversation in hand last."""

    __tablename__ = "routing_served"

    customer_id: Mapped[UUID] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"), primary_key=True)
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"))
    at: Mapped[datetime]


class WaitRow(Base):
    """A wait that ended with a person: what had been foreseen, and what it was, in seconds."""

    __tablename__ = "routing_waits"
    __table_args__ = (
        Index("ix_routing_waits_ended", "ended_at"),
        Index("ix_routing_waits_unlearnt", "ended_at", postgresql_where=text("NOT learnt")),
    )

    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True)
    joined_at: Mapped[datetime] = mapped_column(primary_key=True)
    ended_at: Mapped[datetime]
    team_id: Mapped[UUID | None]
    level: Mapped[int] = mapped_column(SmallInteger)
    ahead: Mapped[int]
    predicted: Mapped[int]
    waited: Mapped[int]
    learnt: Mapped[bool] = mapped_column(server_default=text("false"))


class PaceRow(Base):
    """How fast a queue moves (`schemas.Pace`), for a team, a level (0: any) and an hour (-1: any)."""

    __tablename__ = "routing_paces"
    __table_args__ = (
        UniqueConstraint("team_id", "level", "hour", name="uq_routing_paces_cell", postgresql_nulls_not_distinct=True),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    team_id: Mapped[UUID | None]
    level: Mapped[int] = mapped_column(SmallInteger)
    hour: Mapped[int] = mapped_column(SmallInteger)
    seen: Mapped[int]
    ahead: Mapped[float]
    seconds: Mapped[float]
    spread: Mapped[float]
    joint: Mapped[float]


class CallbackRow(Base):
    """A customer would rather be called than wait: `seq` is the message that says so, `wanted_at` when it suits."""

    __tablename__ = "routing_callbacks"

    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True)
    seq: Mapped[int]
    wanted_at: Mapped[datetime | None]
    asked_at: Mapped[datetime]
    taken_at: Mapped[datetime | None]
