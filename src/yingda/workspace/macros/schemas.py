"""Macros as the console sees them: a list of actions under a name."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec

from yingda.conversations import Conversation
from yingda.kit.errors import Locale
from yingda.workspace.ownership import Scope
from yingda.workspace.replies import ReplyText

#: A month, in minutes.
LONGEST_SNOOZE = 31 * 24 * 60


class _Action(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="type"):
    """Base of all actions; in JSON `type` says which."""


class SendReply(_Action, frozen=True, tag="reply"):
    """To the customer. `text` may hold the variables of canned replies; nothing is sent while one is unknown."""

    text: ReplyText
    language: Locale = "zh"


class AddNote(_Action, frozen=True, tag="note"):
    """Among staff. What is unknown of its variables stands in it as a gap."""

    text: ReplyText
    language: Locale = "zh"


class TakeOver(_Action, frozen=True, tag="take"):
    """By whoever runs the macro."""


class AssignTo(_Action, frozen=True, tag="assign"):
    staff_id: UUID


class ToQueue(_Action, frozen=True, tag="queue"):
    """In nobody's hands any more."""


class SnoozeFor(_Action, frozen=True, tag="snooze"):
    minutes: Annotated[int, msgspec.Meta(ge=1, le=LONGEST_SNOOZE)]


class Finish(_Action, frozen=True, tag="resolve"):
    pass


Action = SendReply | AddNote | TakeOver | AssignTo | ToQueue | SnoozeFor | Finish

Name = Annotated[str, msgspec.Meta(max_length=40, pattern=r"^[^\r\n]*[^\s][^\r\n]*$")]


class MacroDraft(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What somebody writes. `team_id` only where the scope is a team's."""

    scope: Scope = Scope.PERSONAL
    team_id: UUID | None = None
    name: Name
    actions: Annotated[list[Action], msgspec.Meta(min_length=1, max_length=10)]


class Macro(msgspec.Struct, frozen=True, kw_only=True):
    id: UUID
    scope: Scope
    team_id: UUID | None
    name: str
    actions: list[Action]
    used_count: int
    updated_at: datetime


class RunOn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The same `client_id` again writes nothing twice."""

    conversation_id: UUID
    client_id: UUID | None = None


class StepDone(msgspec.Struct, frozen=True):
    """An action that was carried out. `seq`: the message it wrote; `until`: the end of the snooze."""

    action: str
    seq: int | None = None
    until: datetime | None = None


class MacroRun(msgspec.Struct, frozen=True):
    """What was done, in order, and the conversation after it."""

    done: list[StepDone]
    conversation: Conversation
