"""The rule table as people write it and as it is stored, and what came of it for a turn."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

import msgspec

from yingda.conversations import HandOffReason
from yingda.customers import Segment
from yingda.language import Emotion
from yingda.routing.levels import WorkingHours

Word = Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
Words = Annotated[list[Word], msgspec.Meta(max_length=300)]
Clock = Annotated[str, msgspec.Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$")]
Why = Annotated[str, msgspec.Meta(min_length=1, max_length=500)]

#: The highest priority: whoever has it is served before all others of the level.
URGENT = 100


class Answerer(StrEnum):
    """Who answers a turn. `clarify`: the assistant, by asking for other words; `urgent`: a person, before others."""

    ASSISTANT = "assistant"
    CLARIFY = "clarify"
    PERSON = "person"
    URGENT = "urgent"

    @property
    def human(self) -> bool:
        return self in (Answerer.PERSON, Answerer.URGENT)


class Range(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Both ends belong to it; where none is given it is open."""

    min: float | None = None
    max: float | None = None


class RulePeriod(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Hours of the day in China, over midnight where `end` is not after `start`. No weekday (1 to 7) given: all."""

    start: Clock
    end: Clock
    weekdays: Annotated[list[Annotated[int, msgspec.Meta(ge=1, le=7)]], msgspec.Meta(max_length=7)] = []


class Contacts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """At least `min` earlier conversations of the customer that began within the last `days`."""

    days: Annotated[int, msgspec.Meta(ge=1, le=90)]
    min: Annotated[int, msgspec.Meta(ge=1, le=50)]


class Conditions(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """All that are given must hold; of a list, one entry. None given: holds always.

    `intents` are codes or groups such as `complaint.*`. In `keywords` and `unless`, `…` stands for a few characters; a
    keyword inside a stretch that `unless` names does not count. `child_swallowed`: something that is no food.
    `open_ticket`: something is still to be done for the customer. `working_hours`: by the calendar of the team that the
    rule names, else by the organisation's.
    """

    intents: Words = []
    not_intents: Words = []
    understood: bool | None = None
    confidence: Range | None = None
    emotions: Annotated[list[Emotion], msgspec.Meta(max_length=10)] = []
    sentiment: Range | None = None
    urgency: Range | None = None
    keywords: Words = []
    unless: Words = []
    child_swallowed: bool | None = None
    segments: Annotated[list[Segment], msgspec.Meta(max_length=10)] = []
    order_yuan: Range | None = None
    contacts: Contacts | None = None
    open_ticket: bool | None = None
    misunderstood: Range | None = None
    reopened: bool | None = None
    channels: Words = []
    shops: Words = []
    times: Annotated[list[RulePeriod], msgspec.Meta(max_length=20)] = []
    working_hours: bool | None = None


class Effects(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """What a rule brings about. One that names an `answerer` decides the turn; any other adds to what is decided below:
    the highest level and priority, the first team and skill, and all labels count."""

    answerer: Answerer | None = None
    reason: HandOffReason | None = None
    level: Annotated[int, msgspec.Meta(ge=1, le=5)] | None = None
    team_id: UUID | None = None
    skill: Annotated[str, msgspec.Meta(min_length=1, max_length=60)] | None = None
    priority: Annotated[int, msgspec.Meta(ge=0, le=URGENT)] = 0
    label_ids: Annotated[list[UUID], msgspec.Meta(max_length=10)] = []


class TriageRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """`id` names it for ever in what it has decided; `why` says what it is for."""

    id: Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9_.-]{0,59}$")]
    title: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
    title_en: Annotated[str, msgspec.Meta(max_length=80)] = ""
    why: Annotated[str, msgspec.Meta(max_length=500)] = ""
    enabled: bool = True
    when: Conditions = msgspec.field(default_factory=Conditions)
    effects: Effects = msgspec.field(default_factory=Effects)


class RuleTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Rules, in order. A message is understood from `unsure_below` in confidence and up to `foreign_above` out of
    scope."""

    unsure_below: Annotated[float, msgspec.Meta(ge=0, le=1)] = 0.45
    foreign_above: Annotated[float, msgspec.Meta(ge=0, le=1)] = 0.6
    rules: Annotated[list[TriageRule], msgspec.Meta(max_length=500)]


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """All that a rule may look at. What has to be looked up is None until somebody has.

    `reopened`: a person has served the customer in this conversation before. `contacts`: when earlier ones began.
    """

    text: str
    intent: str
    confidence: float
    out_of_scope: float
    emotion: Emotion
    sentiment: float
    urgency: int
    channel: str
    shop: str
    at: datetime
    misunderstood: int = 0
    reopened: bool = False
    segment: Segment | None = None
    contacts: tuple[datetime, ...] | None = None
    order_cents: int | None = None
    open_ticket: bool | None = None
    hours: WorkingHours | None = None


class Evidence(msgspec.Struct, frozen=True):
    """A condition of a rule and the fact that met it."""

    condition: str
    value: str


class RuleMatch(msgspec.Struct, frozen=True):
    """A rule that applied, by name, and why."""

    rule: str
    title: str
    title_en: str
    facts: tuple[Evidence, ...]


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """Who answers, how urgent it is, and why: `matched` are the rules that applied, the deciding one last.

    `level`: 1 普通咨询, 2 紧急咨询, 3 投诉, 4 重大投诉, 5 危机事件. `version` 0: no table was asked.
    """

    version: int
    answerer: Answerer
    level: int = 1
    reason: HandOffReason | None = None
    team_id: UUID | None = None
    skill: str | None = None
    priority: int = 0
    label_ids: tuple[UUID, ...]
    matched: tuple[RuleMatch, ...]


class Kept(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What stays on the message: the decision, and what was known beyond the message's own words when it was made."""

    decision: Decision
    misunderstood: int = 0
    reopened: bool = False
    segment: Segment | None = None
    contacts: tuple[datetime, ...] | None = None
    order_cents: int | None = None
    open_ticket: bool | None = None


class Severity(StrEnum):
    """An error keeps a table from being published."""

    ERROR = "error"
    WARNING = "warning"


class Finding(msgspec.Struct, frozen=True):
    """What is wrong with a rule (or, without one, with the table), in both languages."""

    rule: str | None
    code: str
    severity: Severity
    zh: str
    en: str
