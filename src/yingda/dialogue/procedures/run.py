"""A step of the engine in the making: where processes stand, what was said and noted so far. It decides nothing."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, Protocol

from msgspec.structs import replace

from yingda.conversations import HandOffReason
from yingda.dialogue.procedures.reading import Source
from yingda.dialogue.procedures.schemas import AnyStep, Process
from yingda.dialogue.procedures.state import Effect, Flow, Heard, Line, Logged, Move, State, Waiting, Why
from yingda.kit.errors import Locale


class Known(Protocol):
    """The processes that the engine may begin or go on with."""

    def process(self, digest: str) -> Process: ...

    def for_intent(self, intent: str) -> Source | None: ...

    def for_words(self, text: str) -> Source | None: ...


Wording = Callable[[str, Locale], str]


class Run:
    """`wording`: texts by name that no process has itself. `answered`: a process has made use of the turn."""

    def __init__(self, known: Known, wording: Wording, state: State, heard: Heard) -> None:
        self.known = known
        self.wording = wording
        self.heard = heard
        self.flows = list(state.flows)
        self.queue = list(state.queue)
        self.orders = dict(state.orders)
        self.count = state.count
        self.lines: list[Line] = []
        self.log: list[Logged] = []
        self.effect: Effect | None = None
        self.reason: HandOffReason | None = None
        self.aside = False
        self.answered = False

    def move(self) -> Move:
        flows = tuple(self.flows)
        return Move(
            state=State(flows, tuple(self.queue), self.count, self.orders),
            lines=tuple(self.lines),
            log=tuple(self.log),
            effect=self.effect,
            reason=self.reason,
            aside=self.aside,
        )

    @property
    def top(self) -> Flow:
        return self.flows[-1]

    @property
    def process(self) -> Process:
        return self.known.process(self.top.digest)

    @property
    def step(self) -> AnyStep:
        return self.process.step(self.top.at)

    @property
    def facts(self) -> dict[str, Any]:
        """What conditions look at, and `$name` stands for."""
        return {**self.top.slots, **self.top.facts}

    @property
    def values(self) -> dict[str, str]:
        """What stands in braces in words; what nobody knows is left blank."""
        flow = self.top
        spoken = {name: label for name, label in flow.labels.items() if label}
        shop = self.heard.shop or self.wording("this_shop", self.heard.locale)
        return defaultdict(str, {name: str(value) for name, value in {"shop": shop, **spoken, **flow.facts}.items()})

    def resolved(self, given: Any) -> Any:
        """`given` with `$name` replaced by the slot or fact of that name; what nobody knows is left out."""
        if isinstance(given, dict):
            values = {key: self.resolved(value) for key, value in given.items()}
            return {key: value for key, value in values.items() if value is not None}
        if isinstance(given, list):
            return [self.resolved(value) for value in given]
        if isinstance(given, str) and given.startswith("$"):
            return self.facts.get(given[1:])
        if isinstance(given, str) and "{" in given:
            return given.format_map(self.values)
        return given

    def words(self, name: str) -> str:
        own = self.process.words.get(name)
        text = own.of(self.heard.locale) if own else self.wording(name, self.heard.locale)
        return text.format_map(self.values)

    def say(self, name: str, **values: str) -> None:
        self.lines.append(Line(self.wording(name, self.heard.locale).format_map(values)))

    def wait(self, waiting: Waiting, *, again: bool = False) -> None:
        self.answered = True
        question = waiting.question
        if again:
            question = self._again(waiting)
        self.lines.append(Line(question, options=waiting.options))
        self.put(replace(self.top, waiting=waiting))

    def _again(self, waiting: Waiting) -> str:
        slot = self.process.slots.get(waiting.slot or "")
        if slot is None:
            return self.wording("confirm_again", self.heard.locale) + waiting.question
        return self.words(slot.again)

    def put(self, flow: Flow) -> None:
        self.flows[-1] = flow

    def note(self, step: str, why: Why, about: str = "") -> None:
        flow, reason = self.top, f"{why}:{about}" if about else why.value
        self.log.append(Logged(flow=flow.no, process=flow.process, version=flow.version, step=step, reason=reason))
