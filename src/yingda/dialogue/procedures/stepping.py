"""What each kind of step does when a process comes to it, until something has to be waited for."""

from typing import Final

from msgspec.structs import replace

from yingda.conversations import HandOffReason
from yingda.dialogue.procedures import slots
from yingda.dialogue.procedures.course import begin, close, fill, give_up, go_on, go_to
from yingda.dialogue.procedures.run import Run
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
    Say,
    Switch,
    holds,
    instead_of,
)
from yingda.dialogue.procedures.state import Choice, Line, LookingUp, Opening, Performing, Waiting, Why

_MOST_STEPS: Final = 60


def advance(run: Run) -> None:
    """Until something has to be waited for."""
    for _ in range(_MOST_STEPS):
        if not run.flows or run.effect or run.reason or run.top.waiting:
            return
        step = run.step
        if not holds(step.when, run.facts) or (step.unless and holds(step.unless, run.facts)):
            go_to(run, run.process.after(step), None)
        else:
            _enter(run, step)
    give_up(run, Why.NO_END)


def _enter(run: Run, step: AnyStep) -> None:
    match step:
        case LookUp():
            run.effect = LookingUp(step.tool, run.resolved(step.given))
        case Ask():
            _ask(run, step)
        case Branch():
            case = next((case for case in step.cases if holds(case.when, run.facts)), None)
            go_to(run, case.to if case else run.process.after(step), Why.TAKEN)
        case Say():
            words = run.words(step.words) if step.words else ""
            run.lines.append(Line(words, show=step.show, buttons=step.buttons))
            go_on(run, None)
        case Confirm():
            _confirm(run, step)
        case DeedStep() | OpenTicket():
            _act(run, step)
        case HandOver():
            _hand_over(run, step)
        case Switch():
            _switch(run, step)
        case End():
            run.aside = step.outcome == "unknown"
            close(run, step.outcome, Why.ENDED, step.id)


def _ask(run: Run, step: Ask) -> None:
    flow, slot = run.top, run.process.slots[step.slot]
    known = step.slot in flow.slots or instead_of(step, flow.slots)
    if known or (step.optional and (len(run.flows) > 1 or run.queue)):
        go_on(run, None)
        return
    options = tuple(Choice(option.value, option.label(run.heard.locale)) for option in slot.options)
    run.wait(
        Waiting(
            slot=step.slot,
            question=run.words(slot.ask),
            options=options,
            asked_at=run.heard.now,
            optional=step.optional,
        )
    )


def _confirm(run: Run, step: Confirm) -> None:
    flow = run.top
    run.put(replace(flow, asked=flow.asked + 1, agreed=None))
    locale = run.heard.locale
    options = tuple(Choice(run.wording(name, locale), run.wording(name, locale)) for name in ("yes", "no"))
    run.wait(Waiting(question=run.words(step.words), options=options, asked_at=run.heard.now))


def _act(run: Run, step: DeedStep | OpenTicket) -> None:
    """A deed uses up the agreement; without one it is not done, whatever the process says."""
    flow = run.top
    acting: Performing | Opening
    if isinstance(step, OpenTicket):
        subject, detail = step.subject.format_map(run.values), step.detail.format_map(run.values)
        fields = run.resolved(step.fields)
        acting = Opening(step.kind, subject, fields, step.level, f"{flow.key}.{step.id}", detail)
    elif flow.agreed is None:
        run.note(step.id, Why.UNCONFIRMED)
        run.reason = HandOffReason.FAILED
        return
    else:
        change = {"type": step.change, **run.resolved(step.given)}
        acting = Performing(change, f"{flow.key}.{flow.agreed}.{step.id}", step.reason)
    run.put(replace(flow, acting=acting, agreed=None if isinstance(step, DeedStep) else flow.agreed))
    run.note(step.id, Why.TAKEN)
    run.effect = acting


def _hand_over(run: Run, step: HandOver) -> None:
    if step.words:
        run.lines.append(Line(run.words(step.words)))
    run.note(step.id, Why.TAKEN)
    run.reason = step.reason


def _switch(run: Run, step: Switch) -> None:
    """The other process takes this one's place."""
    source = run.known.for_intent(step.intent)
    given = run.resolved(step.given)
    run.note(step.id, Why.TAKEN)
    if source is None:
        run.reason = HandOffReason.FAILED
        return
    run.flows.pop()
    begin(run, source, Why.SWITCHED)
    for name, value in given.items():
        slot = source.process.slots[name]
        label = next((one.label(run.heard.locale) for one in slot.options if one.value == value), value)
        fill(run, name, slots.Filled(value, label))
