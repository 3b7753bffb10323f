"""Where the processes of a conversation stand, and what goes into and comes out of a step of the engine. All frozen."""

from datetime import datetime
from enum import StrEnum
from typing import Any, Literal, TypeAlias

import msgspec

from yingda.conversations import HandOffReason
from yingda.dialogue.procedures.schemas import Value
from yingda.kit.errors import Locale
from yingda.language import Entity, EntityKind


class Choice(msgspec.Struct, frozen=True):
    """Something that was offered: what it stands for, and how it is called. `goods`: by whose names it is known too."""

    value: str
    label: str
    goods: tuple[str, ...] = ()


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked. `slot` is empty for a confirmation; `optional`: whoever speaks of something else is not held.

    `reminded`: how often in a row it was put again, or would have been, while the customer spoke of other things.
    """

    slot: str | None = None
    question: str
    options: tuple[Choice, ...] = ()
    tries: int = 0
    asked_at: datetime
    optional: bool = False
    reminded: int = 0


class LookingUp(msgspec.Struct, frozen=True, tag="look_up"):
    """Something to be asked of a tool."""

    tool: str
    given: dict[str, Any] = {}


class Performing(msgspec.Struct, frozen=True, tag="perform"):
    """Something to be changed in the shop, once for each key."""

    change: dict[str, Any]
    key: str
    reason: str


class Opening(msgspec.Struct, frozen=True, tag="ticket"):
    """A ticket to be opened, once for each key."""

    kind: str
    subject: str
    fields: dict[str, Value]
    level: int | None
    key: str
    detail: str = ""


Effect: TypeAlias = LookingUp | Performing | Opening


class Flow(msgspec.Struct, frozen=True, kw_only=True):
    """One process under way, at the version with which it began (`digest`).

    `agreed`: the number of the confirmation that the customer gave and that no deed has used up; `acting`: what is
    being done, written down before it is. `turns` bounds how long anybody is kept in it.
    """

    no: int
    process: str
    version: int
    digest: str
    at: str
    begun_at: datetime
    slots: dict[str, str | list[str]] = {}
    labels: dict[str, str] = {}
    facts: dict[str, Any] = {}
    waiting: Waiting | None = None
    asked: int = 0
    agreed: int | None = None
    acting: Performing | Opening | None = None
    turns: int = 0

    @property
    def key(self) -> str:
        """Tells its deeds from those of every other process of the conversation, also of one begun anew."""
        return f"{self.begun_at:%Y%m%d%H%M%S%f}.{self.no}"


class State(msgspec.Struct, frozen=True):
    """Processes under way, the innermost last; requests that wait for their turn, and the orders that they were about;
    how many there have been."""

    flows: tuple[Flow, ...] = ()
    queue: tuple[str, ...] = ()
    count: int = 0
    orders: dict[str, str] = {}

    @property
    def top(self) -> Flow | None:
        return self.flows[-1] if self.flows else None

    @property
    def waiting(self) -> Waiting | None:
        return self.top.waiting if self.top else None

    @property
    def acting(self) -> Effect | None:
        """What had been begun when a process died."""
        return self.top.acting if self.top else None


class Request(msgspec.Struct, frozen=True):
    """What a part of a message asks for, and the order that it names."""

    intent: str
    order_no: str | None = None


class Heard(msgspec.Struct, frozen=True, kw_only=True):
    """A turn of the customer, as far as the engine needs it. `photos`: files sent in this conversation, this turn's
    last; `shown`: those of this turn. `sure`: the intent is beyond doubt. `parts`: of a message that asks for several
    things. `offered`: how a language model fills slots, to be checked like the customer's own words. `shop`: what the
    shop is called."""

    text: str
    locale: Locale
    now: datetime
    intent: str
    understood: bool
    sure: bool = False
    entities: tuple[Entity, ...] = ()
    parts: tuple[Request, ...] = ()
    photos: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    offered: dict[str, str] = {}
    shop: str = ""

    def first(self, kind: EntityKind) -> str | None:
        return next((entity.value for entity in self.entities if entity.kind is kind), None)


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What came of an effect. `choose` as outcome: `slot` is to be asked for with `text` and `options`.

    `text`: words for the customer that the step itself does not have. `note`: what is to be said before whatever comes
    next. `person`: somebody of the staff may do it.
    """

    outcome: str
    facts: dict[str, Any] = {}
    text: str | None = None
    note: str | None = None
    slot: str | None = None
    options: tuple[Choice, ...] = ()
    person: bool = False


class Line(msgspec.Struct, frozen=True):
    """Something to be said or shown."""

    text: str = ""
    options: tuple[Choice, ...] = ()
    show: str | None = None
    buttons: Literal["human", "menu"] | None = None


class Why(StrEnum):
    """Why a step was taken. `ended`, `outcome`, `chosen` and `answered` are about something: the last step, what came
    of a look-up or a deed, a slot. `taken`: the step's name says it all."""

    REQUESTED = "requested"
    BEGUN = "begun"
    QUEUED = "queued"
    SWITCHED = "switched"
    RESUMED = "resumed"
    CORRECTED = "corrected"
    OTHER_ORDER = "other_order"
    AGREED = "agreed"
    NOT_AGREED = "not_agreed"
    UNCONFIRMED = "unconfirmed"
    CHOSEN = "chosen"
    ANSWERED = "answered"
    OUTCOME = "outcome"
    TAKEN = "taken"
    ENDED = "ended"
    LEFT = "left"
    CALLED_OFF = "called_off"
    EXPIRED = "expired"
    NO_ANSWER = "no_answer"
    NO_END = "no_end"
    TOO_MANY_TURNS = "too_many_turns"
    TOO_MUCH_AT_ONCE = "too_much_at_once"


class Logged(msgspec.Struct, frozen=True, kw_only=True):
    """One step, and why it was taken: a `Why`, and behind a colon what it is about."""

    flow: int
    process: str
    version: int
    step: str
    reason: str


class Move(msgspec.Struct, frozen=True, kw_only=True):
    """The outcome of a step of the engine. `effect`: to be brought about, and told to it. `aside`: the turn was about
    something that no process answers; whoever does then reminds the customer of what is open."""

    state: State
    lines: tuple[Line, ...] = ()
    log: tuple[Logged, ...] = ()
    effect: Effect | None = None
    reason: HandOffReason | None = None
    aside: bool = False
