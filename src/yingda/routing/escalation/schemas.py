"""The chain, and who was asked along it."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

import msgspec

from yingda.conversations import Author

Code = Annotated[str, msgspec.Meta(min_length=1, max_length=40, pattern=r"^[a-z][a-z0-9_]*$")]
Count = Annotated[int, msgspec.Meta(ge=1, le=20)]
Level = Annotated[int, msgspec.Meta(ge=1, le=5)]


class StepKind(StrEnum):
    PERSON = "person"
    """One present colleague of the team."""
    TEAM = "team"
    """The team's queue: whoever of it takes the conversation."""
    DEPARTMENT = "department"
    """A ticket for a department that does not serve customers itself."""
    SUPERVISORS = "supervisors"
    """Whoever may pass on the team's conversations; the end of every chain."""


class TriggerKind(StrEnum):
    """Why a conversation goes up the chain."""

    DEADLINE_NEAR = "deadline_near"
    DEADLINE_BREACHED = "deadline_breached"
    LEVEL = "level"
    EMOTION = "emotion"
    REPEAT = "repeat"
    REQUESTED = "requested"
    NO_RECEIPT = "no_receipt"
    """Who was asked before has not answered; never configured, always on."""


class Edge(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A way on to another step; `intents` (`logistics.*` covers a group) and `min_level` narrow it down."""

    to: Code
    intents: Annotated[list[Annotated[str, msgspec.Meta(max_length=60)]], msgspec.Meta(max_length=20)] = []
    min_level: Level = 1


class ChainStep(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who takes over, and how long they have to confirm it. Without `team_id` it is the conversation's own team."""

    id: Code
    title: Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
    kind: StepKind
    team_id: UUID | None = None
    department: Annotated[str, msgspec.Meta(max_length=40)] | None = None
    """The code of a department, for steps of that kind."""
    ticket_kind: Code = "other"
    """Of what kind the department's ticket is."""
    receipt_minutes: Annotated[int, msgspec.Meta(ge=1, le=1440)]
    next: Annotated[list[Edge], msgspec.Meta(max_length=10)] = []


class Trigger(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What sends a conversation up the chain. `count`: angry messages in a row, or conversations within `days`."""

    on: TriggerKind
    min_level: Level = 1
    count: Count = 3
    days: Annotated[int, msgspec.Meta(ge=1, le=90)] = 7


class Chain(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole graph. From `crisis_level` on the supervisors are paged and a war room is opened."""

    first: Code
    crisis_level: Level = 5
    crisis_kind: Code = "war_room"
    """Of what kind the war room's ticket is."""
    ticket_receipt_minutes: Annotated[int, msgspec.Meta(ge=1, le=10_080)] = 120
    """How long whoever is asked to see to a ticket has to confirm it."""
    steps: Annotated[list[ChainStep], msgspec.Meta(min_length=1, max_length=20)]
    triggers: Annotated[list[Trigger], msgspec.Meta(max_length=20)]


class PublishedChain(msgspec.Struct, frozen=True, kw_only=True):
    """A version of the chain; 0 is the one that ships."""

    version: int
    chain: Chain
    reason: str
    by_name: str | None = None
    at: datetime | None = None


class PublishChain(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`base_version`: the version that was changed; somebody else's newer one is not overwritten unseen."""

    chain: Chain
    base_version: Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]
    reason: Annotated[str, msgspec.Meta(min_length=2, max_length=200)]


class Outcome(StrEnum):
    """How a step ended."""

    PASSED_ON = "passed_on"
    FELL_THROUGH = "fell_through"
    """Nobody confirmed it in time."""
    RESOLVED = "resolved"


#: What there is to say of a cause besides that it is one: a clock, numbers, names.
Details = dict[str, str | int]


class Why(msgspec.Struct, frozen=True):
    """Why somebody is asked: a cause with its details, or what a colleague says."""

    on: TriggerKind
    details: Details = {}
    said: str = ""
    by: Author | None = None


class Escalation(msgspec.Struct, frozen=True, kw_only=True):
    """One step that somebody was asked to take, for a conversation or for a ticket (`about_ticket_id`).

    Its owner is a colleague, a team or a department. `receipted_at`: when they confirmed that they have it in hand.
    `reason`: in the words of whoever asked; else `trigger` says why, and `details` what it says of this one.
    """

    id: UUID
    conversation_id: UUID | None = None
    about_ticket_id: UUID | None = None
    step: str
    title: str
    trigger: TriggerKind
    reason: str = ""
    details: Details = {}
    level: int
    owner_id: UUID | None = None
    owner_name: str
    team_id: UUID | None = None
    department_id: UUID | None = None
    ticket_id: UUID | None = None
    """The ticket by which a department was asked."""
    by_name: str | None = None
    created_at: datetime
    receipt_due_at: datetime
    receipted_at: datetime | None = None
    receipted_by_name: str | None = None
    closed_at: datetime | None = None
    outcome: Outcome | None = None


class EscalationList(msgspec.Struct, frozen=True):
    """The latest first."""

    items: list[Escalation]


class EscalateRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why it should go up, in the words of whoever asks for it."""

    reason: Annotated[str, msgspec.Meta(min_length=2, max_length=200, pattern=r"\S")]


#: Where every chain ends: a conversation is never left without somebody to ask.
END = ChainStep(id="supervisors", title="主管", kind=StepKind.SUPERVISORS, receipt_minutes=10)


#: Who is asked to see to a ticket, before the supervisors: those who direct its department.
HEADS = ChainStep(id="department_heads", title="部门负责人", kind=StepKind.DEPARTMENT, receipt_minutes=120)


class Facts(msgspec.Struct, frozen=True):
    """What decides the way through the chain."""

    level: int
    intent: str | None = None
