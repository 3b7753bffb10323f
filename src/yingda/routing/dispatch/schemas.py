"""What dispatch tells others."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

import msgspec

from yingda.conversations import LevelCount, Line
from yingda.identity import Team


class PresenceStatus(StrEnum):
    """Only who is online is given new conversations; the busy keep theirs."""

    ONLINE = "online"
    BUSY = "busy"
    AWAY = "away"
    OFFLINE = "offline"


class Fatigue(StrEnum):
    """Why somebody should rest: too long without a pause, or too much in one hour."""

    HOURS = "hours"
    PACE = "pace"


class Presence(msgspec.Struct, frozen=True):
    """Whether an agent is there, how many conversations they have and how many they can have at a time.

    Before `rest_until` they are given nothing new, because of `tired`.
    """

    staff_id: UUID
    status: PresenceStatus
    capacity: int
    load: int
    changed_at: datetime
    rest_until: datetime | None = None
    tired: Fatigue | None = None


class SetPresence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    status: PresenceStatus
    capacity: Annotated[int, msgspec.Meta(ge=1, le=50)] | None = None


class AgentOnBoard(msgspec.Struct, frozen=True, kw_only=True):
    """A person on the board. `load` counts all their conversations, `conversations` holds those that may be seen."""

    staff_id: UUID
    name: str
    status: PresenceStatus
    capacity: int
    load: int
    changed_at: datetime
    rest_until: datetime | None
    tired: Fatigue | None
    team_ids: list[UUID]
    conversations: list[Line]


class TeamRoom(msgspec.Struct, frozen=True):
    """How many more conversations a team could take now, and how many wait for it."""

    team_id: UUID
    room: int
    waiting: int


class Transfer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """To a colleague, a team or a department; to none of them, back into the queue.

    `note` is for whoever takes it over; the customer never sees it.
    """

    staff_id: UUID | None = None
    team_id: UUID | None = None
    department_id: UUID | None = None
    note: Annotated[str, msgspec.Meta(max_length=2000)] = ""


class TeamQueue(msgspec.Struct, frozen=True, kw_only=True):
    """How one team's queue does; without a team, the queue of everybody.

    `expected`: seconds that who joins now will wait, none while nobody is at work. `off_by`: mean of how far the last
    day's `measured` forecasts were from the truth, in seconds; `bias`: the same with its sign, positive where people
    waited longer than they were told.
    """

    team_id: UUID | None
    name: str
    waiting: int
    oldest: datetime | None
    expected: int | None
    measured: int
    off_by: int | None
    bias: int | None


class Board(msgspec.Struct, frozen=True):
    """The queue and the people, as far as the reader's teams go. `by_level` counts the whole queue, `waiting` lists
    its head."""

    waiting: list[Line]
    by_level: list[LevelCount]
    agents: list[AgentOnBoard]
    teams: list[Team]
    queues: list[TeamQueue]


class Needs(msgspec.Struct, frozen=True):
    """What a conversation needs of whoever takes it: a skill, by its code; and how far before others of its level."""

    skill: str | None = None
    priority: int = 0


class Missed(msgspec.Struct, frozen=True):
    """A conversation in the hands of somebody who has not answered it, or who has gone (`absent`)."""

    conversation_id: UUID
    staff_id: UUID
    absent: bool


class Stint(msgspec.Struct, frozen=True):
    """How long somebody has worked without a rest, and how many conversations they were given within the hour."""

    staff_id: UUID
    online_since: datetime | None
    taken: int


class DispatchLimits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the organisation sets for dispatch."""

    answer_seconds: Annotated[int, msgspec.Meta(ge=20, le=3600)] = 120
    """Within this whom a conversation is given to answers it, or it goes to somebody else."""
    misses: Annotated[int, msgspec.Meta(ge=1, le=20)] = 2
    """So many unanswered in a row, and they are taken to be away."""
    offline_seconds: Annotated[int, msgspec.Meta(ge=0, le=86_400)] = 120
    away_seconds: Annotated[int, msgspec.Meta(ge=0, le=86_400)] = 900
    """After this without them, customers who wait for somebody offline or away are given to others."""
    hours_in_a_row: Annotated[float, msgspec.Meta(ge=0.5, le=24)] = 4.0
    per_hour: Annotated[int, msgspec.Meta(ge=1, le=1000)] = 40
    rest_minutes: Annotated[int, msgspec.Meta(ge=1, le=120)] = 15
    """Who has worked so long, or was given so much within an hour, is asked to rest and given nothing new meanwhile."""
    remember_days: Annotated[int, msgspec.Meta(ge=0, le=365)] = 30
    """So long a customer is given to who served them last, if they are free."""
    widen_seconds: Annotated[int, msgspec.Meta(ge=10, le=86_400)] = 300
    """After this a conversation no longer waits for the skill or language it needs."""
    callback_seconds: Annotated[int, msgspec.Meta(ge=0, le=86_400)] = 600
    """Whoever would wait longer is offered a call back."""


class SkillCategory(StrEnum):
    LANGUAGE = "language"
    PRODUCT = "product"
    AFTER_SALE = "after_sale"
    COMPLAINT = "complaint"
    OTHER = "other"


SKILL_CODE = r"^[a-z][a-z0-9_.-]{0,29}$"
SkillCode = Annotated[str, msgspec.Meta(pattern=SKILL_CODE)]
Grade = Annotated[int, msgspec.Meta(ge=1, le=5)]
ChannelName = Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9_]{0,19}$")]


class SkillDraft(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=40, pattern=r"[^\s]")]
    category: SkillCategory = SkillCategory.OTHER


class Skill(msgspec.Struct, frozen=True):
    """Something that not everybody can do."""

    code: str
    name: str
    category: SkillCategory


class StaffAbilities(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody can do how well (1 to 5), and how many conversations they can have of which channel at a time."""

    grades: Annotated[dict[SkillCode, Grade], msgspec.Meta(max_length=100)]
    limits: Annotated[dict[ChannelName, Annotated[int, msgspec.Meta(ge=0, le=50)]], msgspec.Meta(max_length=20)] = {}


class AbleMember(msgspec.Struct, frozen=True):
    """A member of staff who serves customers, with what they can do."""

    staff_id: UUID
    name: str
    team_ids: list[UUID]
    grades: dict[str, int]
    limits: dict[str, int]


class Overflow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What has waited for `team_id` as long as this may be taken by `to_team_id` as well."""

    team_id: UUID
    to_team_id: UUID
    after_seconds: Annotated[int, msgspec.Meta(ge=10, le=86_400)]


class SkillTable(msgspec.Struct, frozen=True):
    """All skills, and who can do what."""

    skills: list[Skill]
    staff: list[AbleMember]


class DispatchRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Limits of dispatch, and which team helps which."""

    limits: DispatchLimits
    overflow: Annotated[list[Overflow], msgspec.Meta(max_length=200)] = []


class Cell(msgspec.Struct, frozen=True):
    """Waits that are alike: of a team (None: of all), a level (0: any), an hour of the day (-1: any)."""

    team_id: UUID | None
    level: int = 0
    hour: int = -1


class Pace(msgspec.Struct, frozen=True):
    """What is known of alike waits, the newest counting most: how many were seen, the means of who was `ahead` and of
    the `seconds` it took, how far the first spreads (variance), and how the two go together (covariance)."""

    seen: int = 0
    ahead: float = 0.0
    seconds: float = 0.0
    spread: float = 0.0
    joint: float = 0.0


class Wait(msgspec.Struct, frozen=True):
    """A wait that is over: who was ahead that nobody was free for, and how many seconds it took."""

    team_id: UUID | None
    level: int
    joined_at: datetime
    ahead: int
    waited: int


class Stand(msgspec.Struct, frozen=True):
    """Where somebody stands who waits. `free`: how many their team could take at once; `there`: who of it is at work.

    `told_*`: what they were last told.
    """

    conversation_id: UUID
    customer_id: UUID
    shop: str
    team_id: UUID | None
    level: int
    joined_at: datetime
    place: int
    free: int
    there: int
    told_place: int | None = None
    told_seconds: int | None = None
    told_at: datetime | None = None
    told_callback: bool = False


class Queued(msgspec.Struct, frozen=True):
    """What becomes of somebody who was put into the queue: what to tell them, whose queue it is, and how many of that
    team are at work."""

    words: str
    team_id: UUID | None
    there: int


class Forecast(msgspec.Struct, frozen=True):
    """What somebody who waits is told: their place from 1, and about how many seconds it will take."""

    place: int
    seconds: int


class CallbackState(StrEnum):
    NONE = "none"
    OFFERED = "offered"
    ASKED = "asked"


class Waiting(msgspec.Struct, frozen=True):
    """How a customer stands in the queue: place from 1 (none: they do not wait), seconds to go (none while nobody is at
    work, as nobody knows), and whether a call back is offered or asked for."""

    place: int | None
    seconds: int | None
    callback: CallbackState


class AskCallback(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`at`: when it suits the customer; none: as soon as somebody is free."""

    phone: Annotated[str, msgspec.Meta(pattern=r"^\+?[0-9][0-9 -]{5,18}[0-9]$")]
    at: Annotated[datetime, msgspec.Meta(tz=True)] | None = None
