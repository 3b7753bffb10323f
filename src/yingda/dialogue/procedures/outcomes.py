"""How a process goes on when it is told what became of an effect."""

from msgspec.structs import replace

from yingda.conversations import HandOffReason
from yingda.dialogue.procedures.course import close, go_on, go_to
from yingda.dialogue.procedures.run import Run
from yingda.dialogue.procedures.schemas import AnyStep, DeedStep, LookUp
from yingda.dialogue.procedures.state import Line, Told, Waiting, Why


def take_in(run: Run, told: Told) -> None:
    run.answered = True
    flow = run.top
    run.put(replace(flow, acting=None, facts={**flow.facts, **told.facts}))
    step = run.step
    if told.note:
        run.lines.append(Line(told.note))
    if told.outcome == "choose" and told.slot:
        _offer(run, step, told)
        return
    on = getattr(step, "on", {})
    if isinstance(step, LookUp):
        run.note(step.id, Why.OUTCOME, told.outcome)
        _looked_up(run, told, on)
    elif isinstance(step, DeedStep):
        run.note(step.id, Why.OUTCOME, told.outcome)
        _done(run, told, on)
    elif told.outcome == "failed":
        run.reason = HandOffReason.FAILED
    else:
        go_on(run, None)


def _looked_up(run: Run, told: Told, on: dict[str, str]) -> None:
    if told.outcome in on:
        go_to(run, on[told.outcome], None)
    elif told.outcome == "down":
        run.say("store_down")
        run.reason = HandOffReason.UNAVAILABLE
    elif told.text:
        run.lines.append(Line(told.text, buttons="human"))
        close(run, "impossible", Why.OUTCOME, told.outcome)
    else:
        go_on(run, None)


def _done(run: Run, told: Told, on: dict[str, str]) -> None:
    refused = told.outcome not in ("done", "underway")
    to = on.get(told.outcome) or (on.get("refused") if refused else None)
    if told.text and not (refused and told.outcome in on):
        run.lines.append(Line(told.text, buttons="human" if refused and not told.person and not to else None))
    if to:
        go_to(run, to, None)
    elif told.person:
        run.reason = HandOffReason.APPROVAL
    elif refused or told.outcome == "underway":
        close(run, "impossible" if refused else "done", Why.OUTCOME, told.outcome)
    else:
        go_on(run, None)


def _offer(run: Run, step: AnyStep, told: Told) -> None:
    """A look-up that needs the customer to choose. The answer leads to `chosen`, or to the same look-up."""
    optional = bool(run.resolved(getattr(step, "given", {})).get("optional"))
    if optional and (len(run.flows) > 1 or run.queue):
        go_on(run, None)
        return
    slot = told.slot or ""
    flow = run.top
    run.put(replace(flow, slots={name: value for name, value in flow.slots.items() if name != slot}))
    question = told.text or run.words(run.process.slots[slot].ask)
    run.wait(Waiting(slot=slot, question=question, options=told.options, asked_at=run.heard.now, optional=optional))
