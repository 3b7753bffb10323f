"""What the levels promise, by when something is due, and what became of it."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

import msgspec

from yingda.conversations import DueClock
from yingda.kit.calendar import Calendar, Day, DayException, Period

LEVELS = (1, 2, 3, 4, 5)

Level = Annotated[int, msgspec.Meta(ge=1, le=5)]
#: Up to a quarter of a year.
Minutes = Annotated[int, msgspec.Meta(ge=1, le=129_600)]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=40, pattern=r"\S")]
Why = Annotated[str, msgspec.Meta(min_length=2, max_length=200, pattern=r"\S")]


class ItemKind(StrEnum):
    CONVERSATION = "conversation"
    TICKET = "ticket"


class Item(msgspec.Struct, frozen=True):
    """Something that can be late."""

    kind: ItemKind
    id: UUID


class Limits(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one level promises, in minutes of working time; null: nothing.

    `around_the_clock`: the team's calendar does not matter. `rests_with_customer`: once the customer has our answer,
    the matter waits for them, and the clock of its resolution rests. `warn_share`: at how much of a limit, in per
    cent, somebody is warned.
    """

    level: Level
    first_response: Minutes | None
    next_update: Minutes | None
    resolution: Minutes | None
    around_the_clock: bool = False
    rests_with_customer: bool = False
    warn_share: Annotated[int, msgspec.Meta(ge=10, le=95)] = 75


class Policy(msgspec.Struct, frozen=True):
    """The limits of all five levels for `conversation`, `ticket`, or a kind of tickets such as `ticket:damaged`."""

    subject: str
    limits: list[Limits]


class PolicyChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    limits: Annotated[list[Limits], msgspec.Meta(max_length=5)]
    reason: Why


class CalendarBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A calendar as it is to be. `weekly`: seven days from Monday on."""

    name: Name
    time_zone: Annotated[str, msgspec.Meta(min_length=1, max_length=60)] = "Asia/Shanghai"
    weekly: tuple[tuple[Period, ...], ...]
    public_holidays: bool = True
    exceptions: tuple[DayException, ...] = msgspec.field(default_factory=lambda: ())
    team_ids: Annotated[list[UUID], msgspec.Meta(max_length=200)] = []
    default: bool = False

    @property
    def times(self) -> Calendar:
        return Calendar(
            time_zone=self.time_zone,
            weekly=self.weekly,
            public_holidays=self.public_holidays,
            exceptions=self.exceptions,
        )


class NamedCalendar(msgspec.Struct, frozen=True, kw_only=True):
    """A calendar with the teams that work by it. `default`: of all teams that have none."""

    id: UUID
    name: str
    times: Calendar
    team_ids: list[UUID]
    default: bool


class Calendars(msgspec.Struct, frozen=True):
    """`holidays_through`: the last year whose public holidays are known."""

    calendars: list[NamedCalendar]
    holidays_through: int


class Month(msgspec.Struct, frozen=True):
    """What a calendar makes of a month. `announced`: whether the year's public holidays are known."""

    first: date
    days: list[Day]
    announced: bool


class Clock(msgspec.Struct, frozen=True, kw_only=True):
    """A limit that runs, rests or is over.

    `allowed`, `used`: seconds of working time, those used up before `since`. `asked_at`: the moment from which it
    counts. `since`: from when it runs now; null while it rests or is over. `due_at`, `warn_at`: null while it rests.
    `over`: it cannot run on.
    """

    kind: DueClock
    level: int
    allowed: int
    asked_at: datetime
    used: int = 0
    since: datetime | None = None
    due_at: datetime | None = None
    warn_at: datetime | None = None
    warn_reason: "WarnReason" = msgspec.field(default_factory=lambda: WarnReason.SHARE)
    warned_at: datetime | None = None
    breached_at: datetime | None = None
    over: bool = False

    @property
    def next_at(self) -> datetime | None:
        """When somebody must look at it."""
        if self.breached_at:
            return None
        return self.due_at if self.warned_at or self.warn_at is None else self.warn_at


class WarnReason(StrEnum):
    """Why a warning comes when it does."""

    SHARE = "share"
    """Most of the time has been used."""
    QUEUE = "queue"
    """So many are ahead that it is unlikely to be reached in time."""
    HANDLING = "handling"
    """What is left is less than such matters usually take."""
    LEVEL = "level"
    """The level was raised, and with it the limit was nearly used up."""


class Happened(StrEnum):
    NEAR = "near"
    BREACHED = "breached"
    MET = "met"


class DeadlineRecord(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a clock. `used`: seconds of working time."""

    clock: DueClock
    happened: Happened
    level: int
    at: datetime
    due_at: datetime | None
    used: int
    reason: WarnReason | None


class ClockView(msgspec.Struct, frozen=True, kw_only=True):
    """A clock as people see it: when it is due, or how many seconds it has left when it goes on."""

    clock: DueClock
    due_at: datetime | None
    left: int | None
    breached: bool
    over: bool


class Deadlines(msgspec.Struct, frozen=True):
    """The clocks of one item, and what became of earlier ones, the latest first."""

    clocks: list[ClockView]
    history: list[DeadlineRecord]


class LevelChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    level: Level
    reason: Why
