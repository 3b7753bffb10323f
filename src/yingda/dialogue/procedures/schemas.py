"""What a process is: a graph of steps, as written in `data/dialogue/procedures/*.yaml`."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Annotated, Any, Literal, TypeAlias

import msgspec

from yingda.conversations import HandOffReason
from yingda.kit.errors import Locale

Name = Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
#: Facts and the values with which they meet a condition.
Value: TypeAlias = str | int | bool
Condition: TypeAlias = dict[str, Value | list[Value]]
ANY = "any"


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Base of all: a misspelt word is an error, not a rule that silently does not hold."""


class Words(Part, frozen=True, kw_only=True):
    """One text in both languages. Slots and facts stand in braces: 订单 {order_no}."""

    zh: Annotated[str, msgspec.Meta(min_length=1)]
    en: Annotated[str, msgspec.Meta(min_length=1)]

    def of(self, locale: Locale) -> str:
        return self.zh if locale == "zh" else self.en


class SlotType(StrEnum):
    """What a customer can be asked for; `slots.py` knows how each is recognised."""

    ORDER_NO = "order_no"
    ITEM = "item"
    VARIANT = "variant"
    CHOICE = "choice"
    ADDRESS = "address"
    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"
    TITLE = "title"
    TAX_NO = "tax_no"
    PHOTO = "photo"
    TEXT = "text"


class Option(Part, frozen=True, kw_only=True):
    """One answer of a choice; `words`: how customers say it besides its names."""

    value: Name
    zh: str
    en: str
    words: tuple[str, ...] = ()

    def label(self, locale: Locale) -> str:
        return self.zh if locale == "zh" else self.en


class Slot(Part, frozen=True, kw_only=True):
    """`ask` and `again` are keys of words: the question, and the same in other words."""

    type: SlotType
    ask: Name
    again: Name
    options: tuple[Option, ...] = ()
    #: An answer that says so without being asked: it is taken from the message that began the process.
    volunteered: bool = True


class Step(Part, frozen=True, kw_only=True, tag_field="do"):
    """One box of the drawing. `minutes`: how long it takes as a rule. `next` left out: the step below."""

    id: Name
    title: Words
    department: Name | None = None
    minutes: Annotated[float, msgspec.Meta(ge=0)] = 0
    next: Name | None = None
    when: Condition = {}
    unless: Condition = {}
    """The step is passed over where `when` does not hold, or `unless` does."""


class LookUp(Step, frozen=True, kw_only=True, tag="look_up"):
    """Ask a tool; `on` names the step for each of its outcomes that is not simply the next one."""

    tool: Name
    given: dict[str, Any] = {}
    on: dict[str, Name] = {}


class Ask(Step, frozen=True, kw_only=True, tag="ask"):
    """Ask for a slot, unless it is filled, or one of those that will do `instead`. `optional`: whoever says something
    else is not held."""

    slot: Name
    instead: tuple[Name, ...] = ()
    optional: bool = False


class Case(Part, frozen=True, kw_only=True):
    """One way out of a branch."""

    when: Condition
    to: Name


class Branch(Step, frozen=True, kw_only=True, tag="branch"):
    """The first case that holds, else `next`."""

    cases: Annotated[tuple[Case, ...], msgspec.Meta(min_length=1)]


class Say(Step, frozen=True, kw_only=True, tag="say"):
    """`show`: a card that a look-up has brought. `buttons`: what is offered with it."""

    words: Name | None = None
    show: Name | None = None
    buttons: Literal["human", "menu"] | None = None


class Confirm(Step, frozen=True, kw_only=True, tag="confirm"):
    """Nothing is changed before the customer agreed to exactly this. `no`: where a refusal leads."""

    words: Name
    no: Name


class DeedStep(Step, frozen=True, kw_only=True, tag="deed"):
    """Have something changed in the shop. `given`: the change, `$name` stands for a slot or a fact.

    `on`: steps by outcome: `done`, `underway`, `refused`, or one refusal by its code.
    """

    change: Name
    given: dict[str, Any]
    reason: Annotated[str, msgspec.Meta(min_length=1)]
    on: dict[str, Name] = {}


class OpenTicket(Step, frozen=True, kw_only=True, tag="ticket"):
    """Work for a department; the number is known as `ticket_no` from here on."""

    kind: Name
    subject: str
    detail: str = ""
    fields: dict[str, Value] = {}
    level: Annotated[int, msgspec.Meta(ge=1, le=5)] | None = None


class HandOver(Step, frozen=True, kw_only=True, tag="hand_over"):
    """A person goes on. `words`: instead of those that go with the reason."""

    reason: HandOffReason
    words: Name | None = None


class Switch(Step, frozen=True, kw_only=True, tag="switch"):
    """Another process is the right one: that of `intent` goes on instead, with these slots filled."""

    intent: str
    given: dict[str, str] = {}


class End(Step, frozen=True, kw_only=True, tag="end"):
    """`outcome`: how it went, for the record. `unknown`: there was nothing reliable to say, others may try."""

    outcome: Literal["done", "told", "declined", "impossible", "unknown"] = "done"


AnyStep: TypeAlias = LookUp | Ask | Branch | Say | Confirm | DeedStep | OpenTicket | HandOver | Switch | End


class Process(Part, frozen=True, kw_only=True):
    """`intents` begin it when they are read, `cues`, patterns in the customer's words, whatever was read; `reasons` let
    it run, without asking, before a person takes over for that reason. After `expires_hours` without a word it is not
    gone on with.

    `rules`: patterns by which only a rule is asked for: an article answers, if one does. `wish`: the pattern of its
    bare wish, which said again after the confirmation was asked for, with a yes or as a request, agrees to it.
    `family`: a change of mind from one of a family to another ends the first.
    """

    id: Name
    version: Annotated[int, msgspec.Meta(ge=1)]
    title: Words
    department: Name
    intents: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    wish: str = ""
    family: Name | None = None
    reasons: tuple[HandOffReason, ...] = ()
    expires_hours: Annotated[int, msgspec.Meta(ge=1)] = 168
    slots: dict[str, Slot] = {}
    words: dict[str, Words] = {}
    steps: Annotated[tuple[AnyStep, ...], msgspec.Meta(min_length=1)]

    def step(self, step_id: str) -> AnyStep:
        return next(step for step in self.steps if step.id == step_id)

    def after(self, step: AnyStep) -> str | None:
        """The step that follows when nothing else is said; none after the last."""
        if step.next:
            return step.next
        place = self.steps.index(step)
        return self.steps[place + 1].id if place + 1 < len(self.steps) else None

    @property
    def changes(self) -> bool:
        """Whether something in the shop can become different by it."""
        return any(isinstance(step, DeedStep) for step in self.steps)


def instead_of(step: AnyStep, filled: Collection[str]) -> str | None:
    """Which of the filled slots will do instead of the one that the step asks for."""
    return next((name for name in step.instead if name in filled), None) if isinstance(step, Ask) else None


def holds(condition: Mapping[str, Value | list[Value]], facts: Mapping[str, Any]) -> bool:
    """Whether all facts have one of the values that the condition allows; `any` allows all, if only it is known."""
    return all(_allows(allowed, facts.get(name)) for name, allowed in condition.items())


def _allows(allowed: Value | list[Value], value: Any) -> bool:
    if allowed == ANY:
        return value is not None
    return value in (allowed if isinstance(allowed, list) else [allowed])
