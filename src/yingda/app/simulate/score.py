"""How generated customers were served. Pure."""

import re
from collections.abc import Iterator, Sequence

import msgspec

from yingda.app.replay.tally import percentile
from yingda.app.simulate.outcome import Outcome
from yingda.app.simulate.personas import Role


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """One role, played. `order_no`: the order that it was about."""

    role: Role
    outcome: Outcome
    order_no: str | None
    messages: int
    waits_ms: list[float]


class Failure(msgspec.Struct, frozen=True):
    """Somebody who was not served as they should have been."""

    id: str
    conversation: list[str]
    why: list[str]


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """Everybody with one goal. `messages`: of the customer, on average; `wait_ms`: for an answer, the median."""

    played: int
    succeeded: int
    wrong_actions: int
    handed_over: int
    messages: float
    wait_ms: float | None


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """`containment`: of those who need no person, the share that met none. `wrong_actions`: that nobody wanted."""

    seed: int
    customers: int
    succeeded: int
    wrong_actions: int
    containment: float | None
    messages: float
    wait_ms_p50: float | None
    wait_ms_p99: float | None
    seconds: float
    goals: dict[str, Row]
    failures: list[Failure]


def report_on(acts: Sequence[Act], seed: int, seconds: float) -> Report:
    goals: dict[str, list[Act]] = {}
    for act in acts:
        goals.setdefault(act.role.goal.name, []).append(act)
    waits = sorted(wait for act in acts for wait in act.waits_ms)
    without = [act for act in acts if not act.role.goal.person]
    return Report(
        seed=seed,
        customers=len(acts),
        succeeded=sum(not faults_of(act) for act in acts),
        wrong_actions=sum(len(wrong_actions(act)) for act in acts),
        containment=round(sum(not act.outcome.handoff for act in without) / len(without), 3) if without else None,
        messages=round(sum(act.messages for act in acts) / max(len(acts), 1), 1),
        wait_ms_p50=percentile(waits, 0.5),
        wait_ms_p99=percentile(waits, 0.99),
        seconds=round(seconds, 1),
        goals={name: _row(played) for name, played in goals.items()},
        failures=[_failure(act, faults) for act in acts if (faults := faults_of(act))],
    )


def faults_of(act: Act) -> list[str]:
    """Why this customer was not served; nothing if they were."""
    return [*act.outcome.errors, *_faults(act)]


def wrong_actions(act: Act) -> list[str]:
    """Changes that the customer did not want, or more often than they wanted them, or on another order."""
    left = list(act.role.goal.deeds)
    wrong = []
    for action in act.outcome.actions:
        if action.name in left and action.order == act.order_no:
            left.remove(action.name)
        else:
            wrong.append(f"{action.name} on {action.order}")
    return wrong


def _faults(act: Act) -> Iterator[str]:
    goal, outcome = act.role.goal, act.outcome
    yield from (f"wrong: {action}" for action in wrong_actions(act))
    done = [action.name for action in outcome.actions]
    yield from (f"not done: {name}" for name in goal.deeds if name not in done)
    said = "\n".join(one.text for one in outcome.transcript if one.by == "assistant")
    if goal.heard and not re.search(goal.heard, said):
        yield f"not said: {goal.heard}"
    if goal.person is not None and goal.person is not outcome.handoff:
        yield "no person took over" if goal.person else f"a person had to take over: {outcome.reason}"


def _row(acts: Sequence[Act]) -> Row:
    return Row(
        played=len(acts),
        succeeded=sum(not faults_of(act) for act in acts),
        wrong_actions=sum(len(wrong_actions(act)) for act in acts),
        handed_over=sum(act.outcome.handoff for act in acts),
        messages=round(sum(act.messages for act in acts) / len(acts), 1),
        wait_ms=percentile(sorted(wait for act in acts for wait in act.waits_ms), 0.5),
    )


def _failure(act: Act, faults: list[str]) -> Failure:
    return Failure(act.role.id, [f"{one.by}: {one.text}" for one in act.outcome.transcript], faults)
