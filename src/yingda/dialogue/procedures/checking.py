"""What the schema cannot see: steps that lead nowhere, words that nobody wrote, changes that nobody agreed to."""

import re
import string
from collections import Counter
from collections.abc import Iterator
from typing import Any

from yingda.commerce import Refusal, change_fields
from yingda.dialogue.procedures.changes import UNDO
from yingda.dialogue.procedures.reading import Place, Problem, Source
from yingda.dialogue.procedures.schemas import (
    AnyStep,
    Ask,
    Branch,
    Confirm,
    DeedStep,
    End,
    HandOver,
    LookUp,
    Process,
    Say,
    SlotType,
    Switch,
    Words,
)
from yingda.dialogue.procedures.tools import TOOLS
from yingda.dialogue.wording import texts
from yingda.language import intents

#: What a deed step can come to, besides a refusal by its name.
_OUTCOMES = frozenset({"done", "underway", "refused"})
#: Known without a look-up.
_ALWAYS = frozenset({"ticket_no", "reference"})

#: Nothing of the same process follows them.
_LAST = (End, HandOver, Switch)

Finding = tuple[Place, str, str]


def problems_of(sources: list[Source]) -> list[Problem]:
    """All that is wrong with processes that could be read."""
    found = [source.problem(*finding) for source in sources for finding in _findings(source.process)]
    return found + _claimed_twice(sources) + _switched_to_nothing(sources)


def _claimed_twice(sources: list[Source]) -> list[Problem]:
    claims = [(source, *claim) for source in sources for claim in _claims(source.process)]
    count = Counter((what, name) for _, what, name in claims)
    return [
        source.problem((what,), f"“{name}”有两个流程认领", f"“{name}” is claimed by two processes")
        for source, what, name in claims
        if count[what, name] > 1
    ]


def _switched_to_nothing(sources: list[Source]) -> list[Problem]:
    """Switches to what no process begins with, or with slots that it does not have."""
    targets = {intent: source.process for source in sources for intent in source.process.intents}
    found: list[Problem] = []
    for source in sources:
        for i, step in enumerate(source.process.steps):
            target = targets.get(step.intent) if isinstance(step, Switch) else None
            if isinstance(step, Switch) and (target is None or not target.slots.keys() >= step.given.keys()):
                words = (
                    f"没有可以接手“{step.intent}”的流程",
                    f"no process can take over “{step.intent}” with these slots",
                )
                found.append(source.problem(("steps", i), *words))
    return found


def _claims(process: Process) -> Iterator[tuple[str, str]]:
    yield "id", process.id
    yield from (("intents", intent) for intent in process.intents)
    yield from (("reasons", reason.value) for reason in process.reasons)


def _findings(process: Process) -> Iterator[Finding]:
    yield from _names(process)
    for i, step in enumerate(process.steps):
        place: Place = ("steps", i)
        yield from _targets(process, step, place)
        yield from _references(process, step, place)
        yield from _by_kind(process, step, place)
    yield from _texts(process)
    if not any(True for _ in _dangling(process)):
        yield from _paths(process)


def _names(process: Process) -> Iterator[Finding]:
    for intent in process.intents:
        if intent not in intents():
            yield ("intents",), f"没有叫“{intent}”的意图", f"there is no intent “{intent}”"
    yield from _patterns(process)
    for step_id, times in Counter(step.id for step in process.steps).items():
        if times > 1:
            yield ("steps",), f"步骤名“{step_id}”用了 {times} 次", f"step “{step_id}” is there {times} times"
    for name, slot in process.slots.items():
        if (slot.type is SlotType.CHOICE) != bool(slot.options):
            yield ("slots", name), "选项只属于 choice 类型，且不能为空", "options belong to a choice, which needs some"


def _patterns(process: Process) -> Iterator[Finding]:
    places: list[tuple[Place, str]] = [(("wish",), process.wish)]
    places += [(("cues", i), cue) for i, cue in enumerate(process.cues)]
    places += [(("rules", i), rule) for i, rule in enumerate(process.rules)]
    for place, pattern in places:
        try:
            re.compile(pattern)
        except re.error as error:
            yield place, f"不是合法的表达式：{error}", f"not a pattern: {error}"


def exits(step: AnyStep, process: Process) -> list[tuple[Place, str]]:
    """Where a step can lead, with the place that says so."""
    found: list[tuple[Place, str]] = []
    if isinstance(step, LookUp | DeedStep):
        found += [(("on", name), to) for name, to in step.on.items()]
    if isinstance(step, Branch):
        found += [(("cases", i), case.to) for i, case in enumerate(step.cases)]
    if isinstance(step, Confirm):
        found.append((("no",), step.no))
    following = process.after(step)
    if following and not isinstance(step, _LAST):
        found.append((("next",), following))
    return found


def _dangling(process: Process) -> Iterator[str]:
    known = {step.id for step in process.steps}
    for step in process.steps:
        yield from (to for _, to in exits(step, process) if to not in known)


def _targets(process: Process, step: AnyStep, place: Place) -> Iterator[Finding]:
    known = {one.id for one in process.steps}
    for inner, to in exits(step, process):
        if to not in known:
            yield (*place, *inner), f"没有叫“{to}”的步骤", f"there is no step “{to}”"
    if not isinstance(step, _LAST) and process.after(step) is None:
        yield (
            place,
            "最后一步必须是 end、switch 或 hand_over",
            "the last step has to be an end, a switch or a hand_over",
        )


def _references(process: Process, step: AnyStep, place: Place) -> Iterator[Finding]:
    """`$name` and conditions speak of slots and facts."""
    known = _known(process)
    conditions = [("when", step.when), ("unless", step.unless)]
    for name, condition in conditions:
        for fact in condition:
            if fact not in known:
                yield (*place, name), f"条件里的“{fact}”没有来源", f"nothing brings “{fact}”"
    if isinstance(step, Branch):
        for i, case in enumerate(step.cases):
            for fact in case.when:
                if fact not in known:
                    yield (*place, "cases", i), f"条件里的“{fact}”没有来源", f"nothing brings “{fact}”"
    given: Any = getattr(step, "given", None) or getattr(step, "fields", {})
    for name in _named_in(given):
        if name not in known:
            yield (*place, "given"), f"“${name}”没有来源", f"nothing brings “${name}”"


def _known(process: Process) -> set[str]:
    known = set(process.slots) | _ALWAYS
    for step in process.steps:
        if isinstance(step, LookUp) and step.tool in TOOLS:
            known |= TOOLS[step.tool].facts
    return known


def _named_in(given: Any) -> Iterator[str]:
    if isinstance(given, dict):
        for value in given.values():
            yield from _named_in(value)
    elif isinstance(given, list):
        for value in given:
            yield from _named_in(value)
    elif isinstance(given, str) and given.startswith("$"):
        yield given[1:]


def _by_kind(process: Process, step: AnyStep, place: Place) -> Iterator[Finding]:
    match step:
        case LookUp():
            yield from _look_up(process, step, place)
        case Ask() if unknown := [name for name in (step.slot, *step.instead) if name not in process.slots]:
            yield (*place, "slot"), f"没有叫“{unknown[0]}”的槽位", f"there is no slot “{unknown[0]}”"
        case DeedStep():
            yield from _deed(step, place)
        case Confirm() if step.when or step.unless:
            yield place, "确认不能带条件，否则会被跳过", "a confirmation cannot be conditional: it would be passed over"
        case Ask() | Confirm() if process.reasons:
            yield place, "转人工前运行的流程不能提问", "a process that runs before a hand-over cannot ask"
        case _:
            return


def _look_up(process: Process, step: LookUp, place: Place) -> Iterator[Finding]:
    tool = TOOLS.get(step.tool)
    if tool is None:
        yield (*place, "tool"), f"没有叫“{step.tool}”的查询", f"there is no tool “{step.tool}”"
        return
    for outcome in step.on:
        if outcome not in tool.outcomes:
            yield (*place, "on", outcome), f"“{step.tool}”没有结果“{outcome}”", f"{step.tool} never says “{outcome}”"
    if tool.slot and tool.slot not in process.slots:
        yield (*place, "tool"), f"需要槽位“{tool.slot}”", f"it needs the slot “{tool.slot}”"


def _deed(step: DeedStep, place: Place) -> Iterator[Finding]:
    fields = {"deed_id": True} if step.change == UNDO else change_fields(step.change)
    if fields is None:
        yield (*place, "change"), f"没有叫“{step.change}”的操作", f"there is no change “{step.change}”"
        return
    for name in step.given:
        if name not in fields:
            yield (*place, "given", name), f"“{step.change}”没有“{name}”", f"{step.change} has no “{name}”"
    for name, required in fields.items():
        if required and name not in step.given:
            yield (*place, "given"), f"“{step.change}”还需要“{name}”", f"{step.change} needs “{name}”"
    for outcome in step.on:
        if outcome not in _OUTCOMES | {refusal.value for refusal in Refusal}:
            yield (*place, "on", outcome), f"没有结果“{outcome}”", f"no deed comes to “{outcome}”"


def _texts(process: Process) -> Iterator[Finding]:
    """Every key has its words, all words are used, and what stands in braces is known."""
    used = set(_keys(process))
    for place, key in _keys_with_places(process):
        if key not in process.words and key not in texts():
            yield place, f"没有叫“{key}”的话术", f"there are no words “{key}”"
    known = _known(process)
    for key, words in process.words.items():
        if key not in used:
            yield ("words", key), f"话术“{key}”没有用到", f"nobody says “{key}”"
        if _gaps(words.zh) != _gaps(words.en):
            yield ("words", key), "中英文的占位不一致", "the two languages have different gaps"
        for gap in sorted(_gaps_of(words) - known):
            yield ("words", key), f"“{{{gap}}}”没有来源", f"nothing brings “{{{gap}}}”"


def _gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def _gaps_of(words: Words) -> set[str]:
    return _gaps(words.zh) | _gaps(words.en)


def _keys(process: Process) -> Iterator[str]:
    yield from (key for _, key in _keys_with_places(process))


def _keys_with_places(process: Process) -> Iterator[tuple[Place, str]]:
    for name, slot in process.slots.items():
        yield ("slots", name, "ask"), slot.ask
        yield ("slots", name, "again"), slot.again
    for i, step in enumerate(process.steps):
        if isinstance(step, Say | Confirm | HandOver) and step.words:
            yield ("steps", i, "words"), step.words


def _paths(process: Process) -> Iterator[Finding]:
    """Each step can be reached; none that changes something can be, but by the customer's agreement to just that."""
    places = {step.id: i for i, step in enumerate(process.steps)}
    reached = _reach(process, [process.steps[0].id], through_confirm=True)
    for step in process.steps:
        if step.id not in reached:
            yield ("steps", places[step.id]), f"走不到步骤“{step.id}”", f"nothing leads to “{step.id}”"
    starts = [process.steps[0].id]
    for step in process.steps:
        if isinstance(step, DeedStep):
            starts += [to for _, to in exits(step, process)]
        if isinstance(step, Confirm):
            starts.append(step.no)
    for step_id in _reach(process, starts, through_confirm=False):
        if isinstance(process.step(step_id), DeedStep):
            words = f"“{step_id}”之前没有客户的确认", f"“{step_id}” can be reached without the customer's agreement"
            yield ("steps", places[step_id]), *words


def _reach(process: Process, starts: list[str], *, through_confirm: bool) -> set[str]:
    seen: set[str] = set()
    to_see = list(starts)
    while to_see:
        step_id = to_see.pop()
        if step_id in seen:
            continue
        seen.add(step_id)
        step = process.step(step_id)
        if through_confirm or not isinstance(step, Confirm):
            to_see += [to for _, to in exits(step, process)]
    return seen
