"""From single steps and deeds to what the assistant did, process by process. Pure."""

from collections.abc import Mapping, Sequence
from typing import Final

from yingda.commerce import REFUSAL_WORDS, DeedRecord
from yingda.dialogue.procedures.state import Why
from yingda.dialogue.trace.schemas import Names, Taken, TracedDeed, TracedProcess, TracedStep, TracedTitle

#: What stands in a step's place when a process ends, besides how it ended.
ENDINGS: Final = frozenset({"done", "told", "declined", "impossible", "unknown", "expired"})
_WHYS: Final = {why.value: why for why in Why}

Named = Mapping[tuple[str, int], Names]
Keyed = Sequence[tuple[str, DeedRecord]]


def told(taken: Sequence[Taken], deeds: Keyed, named: Named) -> list[TracedProcess]:
    """In the order in which they began. Deeds with a key that no process gave them are somebody else's."""
    runs = _runs(taken)
    found: list[list[TracedDeed]] = [[] for _ in runs]
    for key, record in deeds:
        flow = _flow_of(key)
        began = [i for i, run in enumerate(runs) if run[0].flow == flow and run[0].at <= record.begun_at]
        if began:
            found[began[-1]].append(_deed(record))
    return [_process(run, own, named) for run, own in zip(runs, found, strict=True)]


def _runs(taken: Sequence[Taken]) -> list[list[Taken]]:
    """Steps of one process together. Numbers begin anew when a conversation is reopened."""
    runs: list[list[Taken]] = []
    open_runs: dict[int, list[Taken]] = {}
    for one in taken:
        run = open_runs.get(one.flow)
        if run is None or run[0].process != one.process:
            run = open_runs[one.flow] = []
            runs.append(run)
        run.append(one)
        if one.step in ENDINGS:
            del open_runs[one.flow]
    return runs


def _flow_of(key: str) -> int | None:
    """A process's deeds have the key `conversation:moment.flow.agreement.step`."""
    parts = key.rpartition(":")[2].split(".")
    return int(parts[1]) if len(parts) == 4 and parts[1].isdigit() else None


def _process(run: Sequence[Taken], deeds: list[TracedDeed], named: Named) -> TracedProcess:
    first, last = run[0], run[-1]
    names = named.get((first.process, first.version))
    titles = {step.id: step.title for step in names.steps} if names else {}
    return TracedProcess(
        process=first.process,
        version=first.version,
        title=names.title if names else TracedTitle(first.process, first.process),
        begun_at=first.at,
        outcome=last.step if last.step in ENDINGS else None,
        steps=[_step(one, titles) for one in run],
        deeds=deeds,
    )


def _step(one: Taken, titles: Mapping[str, TracedTitle]) -> TracedStep:
    code, _, about = one.reason.partition(":")
    why = _WHYS.get(code)
    return TracedStep(
        step=one.step,
        title=titles.get(one.step),
        why=why,
        about=about if why else one.reason,
        words=titles.get(about) if why is Why.ENDED else _refusal(about) if why is Why.OUTCOME else None,
        seq=one.seq,
        at=one.at,
    )


def _refusal(outcome: str) -> TracedTitle | None:
    return next((TracedTitle(*words) for refusal, words in REFUSAL_WORDS.items() if refusal == outcome), None)


def _deed(record: DeedRecord) -> TracedDeed:
    return TracedDeed(
        kind=record.kind,
        order_no=record.order_no,
        state=record.state,
        amount_cents=record.amount_cents,
        why=TracedTitle(*REFUSAL_WORDS[record.refusal]) if record.refusal else None,
        undone=record.undone_by is not None,
        at=record.begun_at,
    )
