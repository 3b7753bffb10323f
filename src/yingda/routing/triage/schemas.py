"""What the API of triage tells and takes: versions, the draft, dry runs, a try."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

import msgspec

from yingda.customers import Segment
from yingda.releases import Change, Declined, WhyNow
from yingda.routing.triage.table import Decision, Finding, RuleTable, TriageRule, Why


class RuleVersionHead(msgspec.Struct, frozen=True, kw_only=True):
    """A published table without its rules. The highest number serves. `restores`: the version that it brought back."""

    number: int
    why: str
    restores: int | None
    author_name: str
    published_at: datetime
    rules: int


class RuleVersion(msgspec.Struct, frozen=True):
    head: RuleVersionHead
    table: RuleTable


class RuleDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody is working on; without one, the table that serves, as revision 0.

    `based_on`: the version that it began from.
    """

    revision: int
    based_on: int
    table: RuleTable
    author_name: str | None = None
    changed_at: datetime | None = None


class CheckedDraft(msgspec.Struct, frozen=True):
    """The draft, and what is wrong with it."""

    draft: RuleDraft
    findings: list[Finding]


class SaveDraft(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`revision`: the one that was changed, so that two editors do not overwrite each other."""

    revision: Annotated[int, msgspec.Meta(ge=0)]
    table: RuleTable


class PublishDraft(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    revision: Annotated[int, msgspec.Meta(ge=1)]
    why: Why


class Restore(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    why: Why


RuleIds = Annotated[
    list[Annotated[str, msgspec.Meta(min_length=1, max_length=60)]], msgspec.Meta(min_length=1, max_length=500)
]


class RuleNews(msgspec.Struct, frozen=True, kw_only=True):
    """A shipped rule that the organisation has not, or has as it was in an earlier release.

    `unsafe`: it keeps people from harm, and nothing of the kind is in force. `edited`: the organisation's own is no
    longer as it came; `offered` keeps what it changed. `clashes`: fields where not both can be kept, offered as
    shipped.
    """

    id: str
    change: Change
    unsafe: bool
    edited: bool
    clashes: list[str]
    own: TriageRule | None
    offered: TriageRule
    why_now: WhyNow | None
    declined: Declined | None


class TriageNews(msgspec.Struct, frozen=True):
    """`revision`: of the draft that was looked at, 0: of the table that serves."""

    revision: int
    rules: list[RuleNews]


class TakeNews(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`revision`: of the draft that they are to go into."""

    revision: Annotated[int, msgspec.Meta(ge=0)]
    rules: RuleIds


class DeclineNews(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    rules: RuleIds
    why: Why


class Try(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A message as if a customer like this had sent it now."""

    text: Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]
    channel: Annotated[str, msgspec.Meta(max_length=60)] = "web"
    shop: Annotated[str, msgspec.Meta(max_length=60)] = ""
    segment: Segment = Segment.NEW
    order_yuan: Annotated[float, msgspec.Meta(ge=0, le=10_000_000)] | None = None
    contacts: Annotated[int, msgspec.Meta(ge=0, le=50)] = 0
    """Earlier conversations, all of them today."""
    misunderstood: Annotated[int, msgspec.Meta(ge=0, le=20)] = 0
    reopened: bool = False
    open_ticket: bool = False


class Tried(msgspec.Struct, frozen=True):
    """What the engine reads, what the table that serves decides, and what the draft would."""

    intent: str
    confidence: float
    out_of_scope: float
    emotion: str
    urgency: int
    live: Decision
    draft: Decision


class RunState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class StartRun(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    days: Annotated[int, msgspec.Meta(ge=1, le=90)] = 7


class Difference(msgspec.Struct, frozen=True):
    """A past message that the draft would have decided otherwise."""

    conversation_id: UUID
    seq: int
    before: Decision
    after: Decision


class RunOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """What a dry run has found so far. `incomplete`: of so many messages not all was known that a rule asks for."""

    messages: int = 0
    changed: int = 0
    to_person: int = 0
    """The assistant would have kept them; now a person gets them."""
    to_assistant: int = 0
    level_up: int = 0
    level_down: int = 0
    incomplete: int = 0
    differences: tuple[Difference, ...]


class DryRun(msgspec.Struct, frozen=True, kw_only=True):
    """A draft tried on past messages, against the version that serves. `share` 0 to 1."""

    id: UUID
    state: RunState
    share: float
    days: int
    revision: int
    against: int
    author_name: str
    created_at: datetime
    finished_at: datetime | None
    outcome: RunOutcome


class ShownDifference(msgspec.Struct, frozen=True):
    """`excerpt`: the beginning of the message, without personal data."""

    difference: Difference
    excerpt: str
    at: datetime


class ShownRun(msgspec.Struct, frozen=True):
    """`differences`: those whose conversations the reader may see; `run.outcome` counts all and lists none."""

    run: DryRun
    differences: list[ShownDifference]
