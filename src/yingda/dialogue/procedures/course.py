"""The course of processes: how one begins, goes on to another step, begins again, ends, and what comes next."""

from collections.abc import Collection
from typing import Final

from msgspec.structs import replace

from yingda.conversations import HandOffReason
from yingda.dialogue.procedures import slots
from yingda.dialogue.procedures.reading import Source
from yingda.dialogue.procedures.run import Run
from yingda.dialogue.procedures.schemas import Slot, SlotType, Switch
from yingda.dialogue.procedures.state import Flow, Heard, Why
from yingda.language import Entity, EntityKind

#: After so many reminders in a row the open question waits in silence.
MOST_REMINDERS: Final = 2
#: By these a customer lets it be seen that they have heard enough of what they asked in between.
CLOSING: Final = frozenset({"chat.thanks", "chat.affirm", "chat.deny"})
#: What belongs to one order, and is asked anew for another.
_OF_AN_ORDER: Final = frozenset({SlotType.ITEM, SlotType.VARIANT})


def begin_all(run: Run, source: Source) -> None:
    """The request, and after it the others of the same message, each with the order that it names."""
    wanted: dict[str, Source] = {}
    named: str | None = None
    for part in run.heard.parts:
        named = part.order_no or named
        one = run.known.for_intent(part.intent)
        if one and one not in wanted.values() and not (named is None and _is_same_wish(one, wanted.values())):
            wanted[part.intent] = one
            run.orders |= {part.intent: named} if named else {}
    if source not in wanted.values() and not _is_same_wish(source, wanted.values()):
        wanted[run.heard.intent] = source
    first, *others = wanted
    run.queue += [intent for intent in others if intent not in run.queue]
    _begin_for(run, first, Why.REQUESTED)


def _is_same_wish(source: Source, wanted: Collection[Source]) -> bool:
    """One leads to the other where the order asks for it, as changing an item and exchanging it do."""
    return any(_leads_to(source, other) or _leads_to(other, source) for other in wanted)


def _leads_to(source: Source, other: Source) -> bool:
    return any(isinstance(step, Switch) and step.intent in other.process.intents for step in source.process.steps)


def _begin_for(run: Run, intent: str, why: Why) -> None:
    """With its own order, if the message named some: what it said of others is not meant by this request."""
    source = run.known.for_intent(intent)
    if source is None:
        return
    order_no, heard = run.orders.pop(intent, None), run.heard
    if order_no or any(part.order_no for part in heard.parts):
        others = [one for one in heard.entities if one.kind is not EntityKind.ORDER_NO]
        own = [Entity(EntityKind.ORDER_NO, order_no, order_no, 0, 0)] if order_no else []
        heard = replace(heard, entities=(*own, *others))
    begin(run, source, why, heard)


def begin(run: Run, source: Source, why: Why, heard: Heard | None = None) -> None:
    process = source.process
    run.count += 1
    flow = Flow(
        no=run.count,
        process=process.id,
        version=process.version,
        digest=source.digest,
        at=process.steps[0].id,
        begun_at=run.heard.now,
    )
    run.flows.append(flow)
    for name, slot in process.slots.items():
        if slot.volunteered and (filled := _volunteered(name, slot, heard or run.heard)):
            fill(run, name, filled)
    run.answered = True
    run.note(flow.at, why)


def _volunteered(name: str, slot: Slot, heard: Heard) -> slots.Filled | None:
    filled = slots.fill(slot, heard, asked=False)
    return filled or slots.fill_offered(slot, heard.offered.get(name), heard)


def fill(run: Run, name: str, filled: slots.Filled) -> None:
    flow, known = run.top, run.process.slots
    kept = dict(flow.slots)
    if known[name].type is SlotType.ORDER_NO and kept.get(name) not in (None, filled.value):
        kept = {one: value for one, value in kept.items() if known[one].type not in _OF_AN_ORDER}
    kept[name] = filled.value
    run.put(replace(flow, slots=kept, labels={**flow.labels, name: filled.label}, agreed=None))


def go_on(run: Run, why: Why | None, about: str = "") -> None:
    go_to(run, run.process.after(run.step), why, about)


def go_to(run: Run, to: str | None, why: Why | None, about: str = "") -> None:
    if why:
        run.note(run.top.at, why, about)
    if to is None:
        close(run, "done", Why.ENDED)
    else:
        run.put(replace(run.top, at=to, waiting=None))


def restart(run: Run, why: Why) -> bool:
    run.answered = True
    flow = run.top
    first = run.process.steps[0].id
    run.put(replace(flow, at=first, facts={}, waiting=None, agreed=None))
    run.note(first, why)
    return True


def close(run: Run, outcome: str, why: Why, about: str = "") -> None:
    """The process has ended. What waits comes next: first other requests, then the question that was left open."""
    run.note(outcome, why, about)
    ended = run.flows.pop()
    if run.queue:
        intent = run.queue.pop(0)
        if run.answered or outcome != "told":
            _begin_for(run, intent, Why.QUEUED)
    elif run.answered and not run.aside:
        return_to_open(run, comes_back=ended.turns > 0)


def return_to_open(run: Run, *, comes_back: bool = False) -> None:
    """Put the open question again. While one thing after the other is asked in between, only twice: who goes on
    asking wants answers, and is reminded when they are through with it."""
    if not run.flows or (waiting := run.top.waiting) is None:
        return
    if waiting.reminded < MOST_REMINDERS or comes_back or run.heard.intent in CLOSING:
        run.say("back_to", title=run.process.title.of(run.heard.locale))
        reminded = 1 if comes_back else waiting.reminded + 1
        run.wait(replace(waiting, asked_at=run.heard.now, reminded=reminded))
    else:
        run.put(replace(run.top, waiting=replace(waiting, reminded=MOST_REMINDERS + 1)))


def give_up(run: Run, why: Why) -> None:
    run.answered = True
    run.note(run.top.at, why)
    run.reason = HandOffReason.NOT_UNDERSTOOD
