"""What routing tells others."""

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


class Presence(msgspec.Struct, frozen=True):
    """Whether an agent is there, how many conversations they have and how many they can have at a time."""

    staff_id: UUID
    status: PresenceStatus
    capacity: int
    load: int
    changed_at: datetime


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


class Board(msgspec.Struct, frozen=True):
    """The queue and the people, as far as the reader's teams go. `by_level` counts the whole queue, `waiting` lists
    its head."""

    waiting: list[Line]
    by_level: list[LevelCount]
    agents: list[AgentOnBoard]
    teams: list[Team]
