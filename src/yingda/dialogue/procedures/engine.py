"""The engine: one step of the processes of a conversation. Pure: what was heard, or what became of an effect, goes in;
what is said, and the next effect, come out. It never asks for a deed that the customer has not just agreed to.
"""

from collections import defaultdict
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final, Protocol

from msgspec.structs import replace

from yingda.conversations import HandOffReason
from yingda.dialogue.procedures import slots
from yingda.dialogue.procedures.reading import Source
from yingda.dialogue.procedures.schemas import (
    AnyStep,
    Ask,
    Branch,
    Confirm,
    DeedStep,
    End,
    HandOver,
    LookUp,
    OpenTicket,
    Process,
    Say,
    Slot,
    SlotType,
    Switch,
    holds,
)
from yingda.dialogue.procedures.state import (
    Choice,
    Effect,
    Flow,
    Heard,
    Line,
    Logged,
    LookingUp,
    Move,
    Opening,
    Performing,
    State,
    Told,
    Waiting,
    Why,
)
from yingda.kit.errors import Locale
from yingda.language import Entity, EntityKind

#: A question is put again so often; then a person helps.
MOST_TRIES: Final = 2
#: After so many reminders in a row the open question waits in silence.
MOST_REMINDERS: Final = 2
#: By these a customer lets it be seen that they have heard enough of what they asked in between.
_CLOSING: Final = frozenset({"chat.thanks", "chat.affirm", "chat.deny"})
#: Who comes back later than this is told where things stood.
PAUSE: Final = timedelta(minutes=30)
#: Questions within questions, and turns in one process: more than this is no dialogue any more.
MOST_DEPTH: Final = 3
MOST_TURNS: Final = 30
_MOST_STEPS: Final = 60
#: What belongs to one order, and is asked anew for another.
_OF_AN_ORDER: Final = frozenset({SlotType.ITEM, SlotType.VARIANT})


class Known(Protocol):
    """The processes that the engine may begin or go on with."""

    def process(self, digest: str) -> Process: ...

    def for_intent(self, intent: str) -> Source | None: ...

    def for_words(self, text: str) -> Source | None: ...


Wording = Callable[[str, Locale], str]


class Engine:
    """`wording`: texts by name that no process has itself."""

    def __init__(self, known: Known, wording: Wording) -> None:
        self.known = known
        self._wording = wording

    def hear(self, state: State, heard: Heard) -> Move | None:
        """A turn of the customer. None: no process is concerned by it."""
        run = _Run(self.known, self._wording, state, heard)
        if run.flows:
            run.hear()
        if not run.flows and not run.answered:
            cued = self.known.for_words(heard.text)
            source = self.known.for_intent(heard.intent)
            source = source if source and (heard.understood or _about_order(source, heard)) else None
            if cued:  # what else may be read in such words is the same request
                run.begin(cued, Why.REQUESTED)
            elif source is None:
                return None if not run.log else replace(run.move(), aside=True)
            else:
                run.begin_all(source)
        run.advance()
        return run.move()

    def begin(self, state: State, heard: Heard, source: Source) -> Move:
        """Begin this process, whatever was understood."""
        run = _Run(self.known, self._wording, state, heard)
        run.begin(source, Why.BEGUN)
        run.advance()
        return run.move()

    def told(self, state: State, heard: Heard, told: Told) -> Move:
        """What became of the effect that was asked for."""
        run = _Run(self.known, self._wording, state, heard)
        run.told(told)
        run.advance()
        return run.move()

    def remind(self, state: State, heard: Heard) -> Move:
        """Put the open question again, after something else was answered."""
        run = _Run(self.known, self._wording, state, heard)
        run.return_to_open()
        return run.move()


class _Run:
    """One step in the making."""

    def __init__(self, known: Known, wording: Wording, state: State, heard: Heard) -> None:
        self._known = known
        self._wording = wording
        self._heard = heard
        self.flows = list(state.flows)
        self._queue = list(state.queue)
        self._orders = dict(state.orders)
        self._count = state.count
        self._lines: list[Line] = []
        self.log: list[Logged] = []
        self._effect: Effect | None = None
        self._reason: HandOffReason | None = None
        self._aside = False
        self.answered = False

    # ── What is heard ────────────────────────────────────────────────────────────────────────────────────────────

    def hear(self) -> None:
        flow = self._top
        waiting = flow.waiting
        if waiting is None:
            return
        if self._heard.now - waiting.asked_at > timedelta(hours=self._process.expires_hours):
            self._expire()
        elif slots.stops(self._heard) and not self._is_offered(waiting):
            self._call_off()
        elif waiting.optional:
            self._hear_option(waiting)
        elif flow.turns >= MOST_TURNS:
            self._give_up(Why.TOO_MANY_TURNS)
        else:
            self._put(replace(flow, turns=flow.turns + 1))
            self._hear_answer(waiting)

    def _is_offered(self, waiting: Waiting) -> bool:
        """Of a confirmation, 先不办 calls it off like any other refusal."""
        return waiting.slot is not None and slots.option_of(self._heard.text, waiting.options) is not None

    def _hear_answer(self, waiting: Waiting) -> None:
        late = self._heard.now - waiting.asked_at > PAUSE
        if late and (waiting.slot is None or not self._is_other_request()):
            self._resume(waiting)
        elif waiting.reminded > MOST_REMINDERS and self._has_heard_enough(waiting):
            self.answered = True
            self.return_to_open(comes_back=True)
        elif waiting.slot is None:
            self._hear_yes_or_no(waiting)
        elif filled := self._filled(waiting):
            self._take(waiting.slot, filled)
        else:
            self._hear_other(waiting)

    def _has_heard_enough(self, waiting: Waiting) -> bool:
        """Of what they asked in between. A yes is then none to a question put long before."""
        through = self._heard.intent in _CLOSING or (waiting.slot is None and slots.agrees(self._heard))
        return through and not self._is_offered(waiting)

    def _hear_yes_or_no(self, waiting: Waiting) -> None:
        if self._corrects() or (self._volunteer() and self._restart(Why.CORRECTED)):
            return
        step = self._step
        if isinstance(step, Confirm) and slots.declines(self._heard):
            self._go(step.no, Why.NOT_AGREED)
        elif slots.agrees(self._heard):
            flow = self._top
            self._put(replace(flow, agreed=flow.asked, waiting=None))
            self._next(Why.AGREED)
        else:
            self._hear_other(waiting)

    def _hear_option(self, waiting: Waiting) -> None:
        filled = self._filled(waiting)
        if filled and waiting.slot:
            self._take(waiting.slot, filled)
        else:
            self._close("told", Why.LEFT)

    def _hear_other(self, waiting: Waiting) -> None:
        """Neither an answer nor a refusal: a correction, another request, or not understood."""
        if self._corrects():
            return
        if waiting.slot and not slots.asks(self._heard) and self._volunteer():
            self._wait(replace(waiting, asked_at=self._heard.now))
            return
        if self._is_other_request():
            source = self._known.for_intent(self._heard.intent)
            if source is None:
                self._aside = self.answered = True
            elif len(self.flows) >= MOST_DEPTH:
                self._give_up(Why.TOO_MUCH_AT_ONCE)
            else:
                self.begin_all(source)
            return
        if waiting.tries >= MOST_TRIES:
            self._give_up(Why.NO_ANSWER)
            return
        self._wait(replace(waiting, tries=waiting.tries + 1, asked_at=self._heard.now, reminded=0), again=True)

    def _is_other_request(self) -> bool:
        heard = self._heard
        if not heard.understood or heard.intent in ("chat.inform", "chat.affirm", "chat.deny", "other"):
            return False
        return heard.intent not in self._process.intents

    def _filled(self, waiting: Waiting) -> slots.Filled | None:
        slot = self._process.slots.get(waiting.slot or "")
        if slot is None:
            return None
        heard = self._heard
        if slot.type is SlotType.PHOTO and not heard.shown:
            return None
        if slot.type in (SlotType.TEXT, SlotType.TITLE) and self._is_question():
            return None
        filled = slots.fill(slot, heard, waiting.options, asked=True)
        return filled or slots.fill_offered(slot, heard.offered.get(waiting.slot or ""), heard, waiting.options)

    def _is_question(self) -> bool:
        """Something else is clearly asked."""
        return self._is_other_request() and slots.asks(self._heard)

    def _corrects(self) -> bool:
        """Another order is meant: begin again with it, and with all else that was said. Not by a question about it."""
        if self._is_question():
            return False
        flow = self._top
        named = [name for name, slot in self._process.slots.items() if slot.type is SlotType.ORDER_NO]
        current = flow.facts.get("order_no")
        found = slots.corrects_order(self._heard, str(current) if current else None) if named and current else None
        if found is None:
            return False
        self._fill(named[0], found)
        return self._restart(Why.OTHER_ORDER)

    def _volunteer(self) -> bool:
        """Take what answers other slots in the same breath; whether anything became different."""
        before = self._top.slots
        for name, slot in self._process.slots.items():
            if slot.volunteered and slot.type is not SlotType.ORDER_NO:
                filled = slots.fill(slot, self._heard, asked=False)
                if filled and not (slot.type is SlotType.PHOTO and not self._heard.shown):
                    self._fill(name, filled)
        return self._top.slots != before

    def _resume(self, waiting: Waiting) -> None:
        """After a long pause nothing is taken for agreed: say where things stood, begin again with what is known."""
        if waiting.slot and (filled := self._filled(waiting)):
            self._fill(waiting.slot, filled)
        elif waiting.slot is None:
            self._corrects()
        self._say("resumed", title=self._process.title.of(self._heard.locale))
        self._restart(Why.RESUMED)

    def _expire(self) -> None:
        self._note("expired", Why.EXPIRED)
        self.flows, self._queue, self._orders = [], [], {}

    def _call_off(self) -> None:
        self.answered = True
        self._say("called_off", title=self._process.title.of(self._heard.locale))
        self._close("declined", Why.CALLED_OFF)

    def _give_up(self, why: Why) -> None:
        self.answered = True
        self._note(self._top.at, why)
        self._reason = HandOffReason.NOT_UNDERSTOOD

    # ── Beginning, ending, going on ──────────────────────────────────────────────────────────────────────────────

    def begin_all(self, source: Source) -> None:
        """The request, and after it the others of the same message, each with the order that it names."""
        wanted: dict[str, Source] = {}
        named: str | None = None
        for part in self._heard.parts:
            named = part.order_no or named
            one = self._known.for_intent(part.intent)
            if one and one not in wanted.values():
                wanted[part.intent] = one
                self._orders |= {part.intent: named} if named else {}
        if source not in wanted.values():
            wanted[self._heard.intent] = source
        first, *others = wanted
        self._queue += [intent for intent in others if intent not in self._queue]
        self._begin_for(first, Why.REQUESTED)

    def _begin_for(self, intent: str, why: Why) -> None:
        """With its own order, if the message named some: what it said of others is not meant by this request."""
        source = self._known.for_intent(intent)
        if source is None:
            return
        order_no, heard = self._orders.pop(intent, None), self._heard
        if order_no or any(part.order_no for part in heard.parts):
            others = [one for one in heard.entities if one.kind is not EntityKind.ORDER_NO]
            own = [Entity(EntityKind.ORDER_NO, order_no, order_no, 0, 0)] if order_no else []
            heard = replace(heard, entities=(*own, *others))
        self.begin(source, why, heard)

    def begin(self, source: Source, why: Why, heard: Heard | None = None) -> None:
        process = source.process
        self._count += 1
        flow = Flow(
            no=self._count,
            process=process.id,
            version=process.version,
            digest=source.digest,
            at=process.steps[0].id,
            begun_at=self._heard.now,
        )
        self.flows.append(flow)
        for name, slot in process.slots.items():
            if slot.volunteered and (filled := _volunteered(name, slot, heard or self._heard)):
                self._fill(name, filled)
        self.answered = True
        self._note(flow.at, why)

    def advance(self) -> None:
        """Until something has to be waited for."""
        for _ in range(_MOST_STEPS):
            if not self.flows or self._effect or self._reason or self._top.waiting:
                return
            step = self._step
            if not holds(step.when, self._facts) or (step.unless and holds(step.unless, self._facts)):
                self._go(self._process.after(step), None)
            else:
                self._enter(step)
        self._give_up(Why.NO_END)

    def _enter(self, step: AnyStep) -> None:
        match step:
            case LookUp():
                self._effect = LookingUp(step.tool, self._resolved(step.given))
            case Ask():
                self._ask(step)
            case Branch():
                case = next((case for case in step.cases if holds(case.when, self._facts)), None)
                self._go(case.to if case else self._process.after(step), Why.TAKEN)
            case Say():
                words = self._words(step.words) if step.words else ""
                self._lines.append(Line(words, show=step.show, buttons=step.buttons))
                self._next(None)
            case Confirm():
                self._confirm(step)
            case DeedStep() | OpenTicket():
                self._act(step)
            case HandOver():
                self._hand_over(step)
            case Switch():
                self._switch(step)
            case End():
                self._aside = step.outcome == "unknown"
                self._close(step.outcome, Why.ENDED, step.id)

    def _hand_over(self, step: HandOver) -> None:
        if step.words:
            self._lines.append(Line(self._words(step.words)))
        self._note(step.id, Why.TAKEN)
        self._reason = step.reason

    def _switch(self, step: Switch) -> None:
        """The other process takes this one's place."""
        source = self._known.for_intent(step.intent)
        given = self._resolved(step.given)
        self._note(step.id, Why.TAKEN)
        if source is None:
            self._reason = HandOffReason.FAILED
            return
        self.flows.pop()
        self.begin(source, Why.SWITCHED)
        for name, value in given.items():
            slot = source.process.slots[name]
            label = next((one.label(self._heard.locale) for one in slot.options if one.value == value), value)
            self._fill(name, slots.Filled(value, label))

    def _ask(self, step: Ask) -> None:
        flow, slot = self._top, self._process.slots[step.slot]
        if step.slot in flow.slots or (step.optional and (len(self.flows) > 1 or self._queue)):
            self._next(None)
            return
        options = tuple(Choice(option.value, option.label(self._heard.locale)) for option in slot.options)
        self._wait(
            Waiting(
                slot=step.slot,
                question=self._words(slot.ask),
                options=options,
                asked_at=self._heard.now,
                optional=step.optional,
            )
        )

    def _confirm(self, step: Confirm) -> None:
        flow = self._top
        self._put(replace(flow, asked=flow.asked + 1, agreed=None))
        locale = self._heard.locale
        options = tuple(Choice(self._wording(name, locale), self._wording(name, locale)) for name in ("yes", "no"))
        self._wait(Waiting(question=self._words(step.words), options=options, asked_at=self._heard.now))

    def _act(self, step: DeedStep | OpenTicket) -> None:
        """A deed uses up the agreement; without one it is not done, whatever the process says."""
        flow = self._top
        acting: Performing | Opening
        if isinstance(step, OpenTicket):
            subject, detail = step.subject.format_map(self._values), step.detail.format_map(self._values)
            fields = self._resolved(step.fields)
            acting = Opening(step.kind, subject, fields, step.level, f"{flow.key}.{step.id}", detail)
        elif flow.agreed is None:
            self._note(step.id, Why.UNCONFIRMED)
            self._reason = HandOffReason.FAILED
            return
        else:
            change = {"type": step.change, **self._resolved(step.given)}
            acting = Performing(change, f"{flow.key}.{flow.agreed}.{step.id}", step.reason)
        self._put(replace(flow, acting=acting, agreed=None if isinstance(step, DeedStep) else flow.agreed))
        self._note(step.id, Why.TAKEN)
        self._effect = acting

    def told(self, told: Told) -> None:
        self.answered = True
        flow = self._top
        self._put(replace(flow, acting=None, facts={**flow.facts, **told.facts}))
        step = self._step
        if told.outcome == "choose" and told.slot:
            self._offer(step, told)
            return
        on = getattr(step, "on", {})
        if isinstance(step, LookUp):
            self._note(step.id, Why.OUTCOME, told.outcome)
            self._looked_up(told, on)
        elif isinstance(step, DeedStep):
            self._note(step.id, Why.OUTCOME, told.outcome)
            self._done(told, on)
        elif told.outcome == "failed":
            self._reason = HandOffReason.FAILED
        else:
            self._next(None)

    def _looked_up(self, told: Told, on: dict[str, str]) -> None:
        if told.outcome in on:
            self._go(on[told.outcome], None)
        elif told.outcome == "down":
            self._say("store_down")
            self._reason = HandOffReason.UNAVAILABLE
        elif told.text:
            self._lines.append(Line(told.text, buttons="human"))
            self._close("impossible", Why.OUTCOME, told.outcome)
        else:
            self._next(None)

    def _done(self, told: Told, on: dict[str, str]) -> None:
        refused = told.outcome not in ("done", "underway")
        to = on.get(told.outcome) or (on.get("refused") if refused else None)
        if told.text and not (refused and told.outcome in on):
            self._lines.append(Line(told.text, buttons="human" if refused and not told.person and not to else None))
        if to:
            self._go(to, None)
        elif told.person:
            self._reason = HandOffReason.APPROVAL
        elif refused or told.outcome == "underway":
            self._close("impossible" if refused else "done", Why.OUTCOME, told.outcome)
        else:
            self._next(None)

    def _offer(self, step: AnyStep, told: Told) -> None:
        """A look-up that needs the customer to choose. The answer leads to `chosen`, or to the same look-up."""
        optional = bool(self._resolved(getattr(step, "given", {})).get("optional"))
        if optional and (len(self.flows) > 1 or self._queue):
            self._next(None)
            return
        slot = told.slot or ""
        flow = self._top
        self._put(replace(flow, slots={name: value for name, value in flow.slots.items() if name != slot}))
        question = told.text or self._words(self._process.slots[slot].ask)
        self._wait(
            Waiting(slot=slot, question=question, options=told.options, asked_at=self._heard.now, optional=optional)
        )

    def _take(self, name: str, filled: slots.Filled) -> None:
        self.answered = True
        self._fill(name, filled)
        self._volunteer_others(name)
        flow, step = self._top, self._step
        self._put(replace(flow, waiting=None))
        if isinstance(step, LookUp):
            if to := step.on.get("chosen"):
                self._put(replace(self._top, facts={}))
                self._go(to, Why.CHOSEN, name)
        else:
            self._next(Why.ANSWERED, name)

    def _volunteer_others(self, name: str) -> None:
        kept = self._top.slots[name], self._top.labels[name]
        self._volunteer()
        flow = self._top
        self._put(replace(flow, slots={**flow.slots, name: kept[0]}, labels={**flow.labels, name: kept[1]}))

    def _fill(self, name: str, filled: slots.Filled) -> None:
        flow, known = self._top, self._process.slots
        kept = dict(flow.slots)
        if known[name].type is SlotType.ORDER_NO and kept.get(name) not in (None, filled.value):
            kept = {one: value for one, value in kept.items() if known[one].type not in _OF_AN_ORDER}
        kept[name] = filled.value
        self._put(replace(flow, slots=kept, labels={**flow.labels, name: filled.label}, agreed=None))

    def _restart(self, why: Why) -> bool:
        self.answered = True
        flow = self._top
        first = self._process.steps[0].id
        self._put(replace(flow, at=first, facts={}, waiting=None, agreed=None))
        self._note(first, why)
        return True

    def _close(self, outcome: str, why: Why, about: str = "") -> None:
        """The process has ended. What waits comes next: first other requests, then the question that was left open."""
        self._note(outcome, why, about)
        ended = self.flows.pop()
        if self._queue:
            intent = self._queue.pop(0)
            if self.answered or outcome != "told":
                self._begin_for(intent, Why.QUEUED)
        elif self.answered and not self._aside:
            self.return_to_open(comes_back=ended.turns > 0)

    def return_to_open(self, *, comes_back: bool = False) -> None:
        """Put the open question again. While one thing after the other is asked in between, only twice: who goes on
        asking wants answers, and is reminded when they are through with it."""
        if not self.flows or (waiting := self._top.waiting) is None:
            return
        if waiting.reminded < MOST_REMINDERS or comes_back or self._heard.intent in _CLOSING:
            self._say("back_to", title=self._process.title.of(self._heard.locale))
            reminded = 1 if comes_back else waiting.reminded + 1
            self._wait(replace(waiting, asked_at=self._heard.now, reminded=reminded))
        else:
            self._put(replace(self._top, waiting=replace(waiting, reminded=MOST_REMINDERS + 1)))

    # ── Small things ─────────────────────────────────────────────────────────────────────────────────────────────

    def move(self) -> Move:
        flows = tuple(self.flows)
        return Move(
            state=State(flows, tuple(self._queue), self._count, self._orders),
            lines=tuple(self._lines),
            log=tuple(self.log),
            effect=self._effect,
            reason=self._reason,
            aside=self._aside,
        )

    @property
    def _top(self) -> Flow:
        return self.flows[-1]

    @property
    def _process(self) -> Process:
        return self._known.process(self._top.digest)

    @property
    def _step(self) -> AnyStep:
        return self._process.step(self._top.at)

    @property
    def _facts(self) -> dict[str, Any]:
        """What conditions look at, and `$name` stands for."""
        return {**self._top.slots, **self._top.facts}

    @property
    def _values(self) -> dict[str, str]:
        """What stands in braces in words; what nobody knows is left blank."""
        flow = self._top
        spoken = {name: label for name, label in flow.labels.items() if label}
        shop = self._heard.shop or self._wording("this_shop", self._heard.locale)
        return defaultdict(str, {name: str(value) for name, value in {"shop": shop, **spoken, **flow.facts}.items()})

    def _words(self, name: str) -> str:
        own = self._process.words.get(name)
        text = own.of(self._heard.locale) if own else self._wording(name, self._heard.locale)
        return text.format_map(self._values)

    def _say(self, name: str, **values: str) -> None:
        self._lines.append(Line(self._wording(name, self._heard.locale).format_map(values)))

    def _put(self, flow: Flow) -> None:
        self.flows[-1] = flow

    def _wait(self, waiting: Waiting, *, again: bool = False) -> None:
        self.answered = True
        question = waiting.question
        if again:
            question = self._again(waiting)
        self._lines.append(Line(question, options=waiting.options))
        self._put(replace(self._top, waiting=waiting))

    def _again(self, waiting: Waiting) -> str:
        slot = self._process.slots.get(waiting.slot or "")
        if slot is None:
            return self._wording("confirm_again", self._heard.locale) + waiting.question
        return self._words(slot.again)

    def _next(self, why: Why | None, about: str = "") -> None:
        self._go(self._process.after(self._step), why, about)

    def _go(self, to: str | None, why: Why | None, about: str = "") -> None:
        if why:
            self._note(self._top.at, why, about)
        if to is None:
            self._close("done", Why.ENDED)
        else:
            self._put(replace(self._top, at=to, waiting=None))

    def _note(self, step: str, why: Why, about: str = "") -> None:
        flow, reason = self._top, f"{why}:{about}" if about else why.value
        self.log.append(Logged(flow=flow.no, process=flow.process, version=flow.version, step=step, reason=reason))

    def _resolved(self, given: Any) -> Any:
        """`given` with `$name` replaced by the slot or fact of that name; what nobody knows is left out."""
        if isinstance(given, dict):
            values = {key: self._resolved(value) for key, value in given.items()}
            return {key: value for key, value in values.items() if value is not None}
        if isinstance(given, list):
            return [self._resolved(value) for value in given]
        if isinstance(given, str) and given.startswith("$"):
            return self._facts.get(given[1:])
        if isinstance(given, str) and "{" in given:
            return given.format_map(self._values)
        return given


def _about_order(source: Source, heard: Heard) -> bool:
    """Nothing is done before the customer agrees: if the words speak of an order, the likeliest request will do."""
    takes_order = any(slot.type is SlotType.ORDER_NO for slot in source.process.slots.values())
    return takes_order and slots.speaks_of_order(heard)


def _volunteered(name: str, slot: Slot, heard: Heard) -> slots.Filled | None:
    filled = slots.fill(slot, heard, asked=False)
    return filled or slots.fill_offered(slot, heard.offered.get(name), heard)
