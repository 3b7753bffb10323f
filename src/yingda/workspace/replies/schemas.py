"""Canned replies as the console sees them."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec

from yingda.kit.errors import Locale
from yingda.workspace.ownership import Scope
from yingda.workspace.replies.rules import Variable, Words

Code = Annotated[str, msgspec.Meta(max_length=20, pattern=r"^[\w-]+$")]
Title = Annotated[str, msgspec.Meta(max_length=60, pattern=r"^[^\r\n]*[^\s][^\r\n]*$")]
Category = Annotated[str, msgspec.Meta(max_length=20, pattern=r"^[^\r\n]*$")]
ReplyText = Annotated[str, msgspec.Meta(max_length=3000, pattern=r"\S")]


class ReplyDraft(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What somebody writes. `team_id` only where the scope is a team's; `text` may hold `{{variables}}`."""

    scope: Scope = Scope.PERSONAL
    team_id: UUID | None = None
    code: Code
    title: Title
    text: ReplyText
    language: Locale = "zh"
    category: Category = ""


class CannedReply(msgspec.Struct, frozen=True, kw_only=True):
    """`keys`: under what it is found besides its text, in small letters: code, title, category, pinyin, initials."""

    id: UUID
    scope: Scope
    team_id: UUID | None
    code: str
    title: str
    text: str
    language: Locale
    category: str
    keys: list[str]
    used_count: int
    updated_at: datetime


class RenderFor(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    conversation_id: UUID


class Gap(msgspec.Struct, frozen=True):
    """A variable that could not be filled; the text has 【label】 in its place."""

    variable: Variable
    label: str


class Rendered(msgspec.Struct, frozen=True):
    """What the reply says in this conversation."""

    text: str
    missing: list[Gap]


class VariableInfo(msgspec.Struct, frozen=True):
    """A variable, what it is called and what it could be, in both languages."""

    name: Variable
    zh: Words
    en: Words
