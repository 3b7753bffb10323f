"""What lists of conversations ask for and show, and who may see what."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from yingda.conversations.schemas import DueClock, State


class View(StrEnum):
    """The four lists of the agents' inbox."""

    MINE = "mine"
    WAITING = "waiting"
    ALL = "all"
    ASSISTANT = "assistant"


class Sort(StrEnum):
    DEADLINE = "deadline"
    LAST_ACTIVITY = "last_activity"
    WAITING_SINCE = "waiting_since"
    LEVEL = "level"


class Visibility(msgspec.Struct, frozen=True):
    """What a staff member may see: everything, or their teams' (and, unless `own_only`, what nobody has taken yet)."""

    staff_id: UUID
    team_ids: frozenset[UUID]
    everything: bool = False
    own_only: bool = False


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    view: View = View.ALL
    state: State | None = None
    channel: str | None = None
    shop: str | None = None
    intent: str | None = None
    level: int | None = None
    team_id: UUID | None = None
    assignee_id: UUID | None = None
    customer_id: UUID | None = None
    label: UUID | None = None
    followed: bool = False
    """Only what the asking member of staff follows."""
    spam: bool = False
    """Spam, and nothing else: it is in no other list."""
    sort: Sort = Sort.LAST_ACTIVITY


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A conversation on a supervisor's board. `customer_name` is masked, and empty for visitors."""

    conversation_id: UUID
    customer_id: UUID
    customer_name: str = ""
    channel: str
    shop: str
    level: int
    team_id: UUID | None
    assignee_id: UUID | None
    assignee_name: str | None
    intent: str | None
    emotion: str | None
    preview: str
    waiting_since: datetime | None
    due_at: datetime | None
    due_clock: DueClock | None
    last_message_at: datetime


class LevelCount(msgspec.Struct, frozen=True):
    """How many of a level wait for a person, and since when the one who has waited longest."""

    level: int
    waiting: int
    oldest: datetime
