"""What is told of the assistant's work."""

from datetime import datetime

import msgspec

from yingda.commerce import DeedState
from yingda.dialogue.procedures.state import Why


class TracedTitle(msgspec.Struct, frozen=True):
    """How a process or a step is called."""

    zh: str
    en: str


class TracedStep(msgspec.Struct, frozen=True, kw_only=True):
    """A step and why it was taken. `about`: the outcome or the slot that the reason names, `words`: how that is called,
    where it has a name. Records of earlier versions have no `why`, but a sentence as `about`. `seq`: the message after
    which."""

    step: str
    title: TracedTitle | None
    why: Why | None
    about: str
    words: TracedTitle | None
    seq: int
    at: datetime


class TracedDeed(msgspec.Struct, frozen=True, kw_only=True):
    """A change that the shop was asked for. `why`: the words with which it was refused; `undone`: it was taken back
    later."""

    kind: str
    order_no: str
    state: DeedState
    amount_cents: int
    why: TracedTitle | None
    undone: bool
    at: datetime


class TracedProcess(msgspec.Struct, frozen=True, kw_only=True):
    """One process from its beginning on. `outcome`: how it ended, such as `done`; none while it is under way, or
    where a person took over."""

    process: str
    version: int
    title: TracedTitle
    begun_at: datetime
    outcome: str | None
    steps: list[TracedStep]
    deeds: list[TracedDeed]


class Taken(msgspec.Struct, frozen=True):
    """A step as it is kept."""

    seq: int
    flow: int
    process: str
    version: int
    step: str
    reason: str
    at: datetime


class StepName(msgspec.Struct, frozen=True):
    id: str
    title: TracedTitle


class Names(msgspec.Struct, frozen=True):
    """The part of a kept process that names it and its steps."""

    title: TracedTitle
    steps: list[StepName]
