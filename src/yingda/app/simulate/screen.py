"""A simulation at the terminal: customers in, what became of them out."""

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TypeVar

import msgspec
from rich.console import Console
from rich.table import Column, Table

from yingda.app.replay import ScriptUnusable
from yingda.app.simulate.acting import act as act_out
from yingda.app.simulate.outcome import Outcome
from yingda.app.simulate.personas import cast_roles
from yingda.app.simulate.score import Report, report_on
from yingda.app.simulate.script import Line, Unusable, read_lines
from yingda.app.simulate.stage import Stage, own_stage
from yingda.app.simulate.theatre import open_theatre

T = TypeVar("T")


def stage_of(stage: Stage | None, concurrency: int) -> AbstractAsyncContextManager[Stage]:
    """The given one, else one of our own."""

    @asynccontextmanager
    async def given() -> AsyncIterator[Stage]:
        if stage:
            yield stage
        else:
            async with own_stage(concurrency) as own:
                yield own

    return given()


def play_script(file: Path, stage: Stage | None, *, concurrency: int, patience: float, as_json: bool) -> bool:
    """Play every line and print what became of it, in order, as soon as it is known; whether all went without errors.

    Raises `ScriptUnusable` and `ReplayFailed`.
    """
    lines, screen = _read(file), Console(highlight=False)

    async def run() -> bool:
        flawless = True
        async with stage_of(stage, concurrency) as place, open_theatre(place, patience) as theatre:
            async for outcome in in_order((partial(theatre.play, line) for line in lines), concurrency):
                flawless &= not outcome.errors
                if as_json:
                    print(msgspec.json.encode(outcome).decode(), flush=True)
                else:
                    screen.print("\n".join(_told(outcome)), markup=False, soft_wrap=True)
        return flawless

    return asyncio.run(run())


def play_generated(
    count: int, seed: int, stage: Stage | None, *, concurrency: int, patience: float, as_json: bool
) -> bool:
    """Play so many generated customers and print the report; whether nothing was done that nobody wanted.

    Raises `ReplayFailed`.
    """
    roles = cast_roles(count, seed)

    async def run() -> Report:
        async with stage_of(stage, concurrency) as place, open_theatre(place, patience) as theatre:
            began = perf_counter()
            acts = [act async for act in in_order((partial(act_out, theatre, role) for role in roles), concurrency)]
            return report_on(acts, seed, perf_counter() - began)

    report = asyncio.run(run())
    if as_json:
        print(msgspec.json.encode(report).decode())
    else:
        _show(Console(highlight=False), report)
    return not report.wrong_actions


async def in_order(work: Iterable[Callable[[], Awaitable[T]]], at_once: int) -> AsyncIterator[T]:
    """What each comes to, in the order in which they were given; so many at a time."""
    gate = asyncio.Semaphore(at_once)

    async def one(do: Callable[[], Awaitable[T]]) -> T:
        async with gate:
            return await do()

    tasks = [asyncio.create_task(one(do)) for do in work]
    try:
        for task in tasks:
            yield await task
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _read(file: Path) -> list[Line | Unusable]:
    try:
        lines = read_lines(sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes())
    except OSError as error:
        raise ScriptUnusable(f"{file} cannot be read: {error.strerror}") from None
    if not lines:
        raise ScriptUnusable(f"{file} has no line to play")
    return lines


def _told(outcome: Outcome) -> Iterator[str]:
    yield f"── {outcome.id}"
    for said in outcome.transcript:
        choices = f"  [{' | '.join(said.choices)}]" if said.choices else ""
        yield f"{said.by:>9}  {said.text}{choices}"
    for action in outcome.actions:
        yield f"   action  {action.name} {action.order} {msgspec.json.encode(action.detail).decode()}"
    if outcome.handoff:
        yield f"   handoff {outcome.reason or ''}"
    yield from (f"   ticket  {ticket.number} {ticket.title} ({ticket.state})" for ticket in outcome.tickets)
    yield from (f"   error   {error}" for error in outcome.errors)


def _show(screen: Console, report: Report) -> None:
    goal = Column("goal", no_wrap=True)
    table = Table(goal, "played", "served", "wrong", "to person", "messages", "ms", title="Goals")
    for name, row in report.goals.items():
        figures = (row.played, row.succeeded, row.wrong_actions, row.handed_over, row.messages, row.wait_ms)
        table.add_row(name, *map(str, figures))
    screen.print(table)
    for failure in report.failures:
        screen.print(f"── {failure.id}: {'; '.join(failure.why)}", markup=False, soft_wrap=True)
        screen.print("\n".join(failure.conversation), markup=False, soft_wrap=True, style="dim")
    screen.print(
        f"{report.succeeded} of {report.customers} served, {report.wrong_actions} wrong actions, "
        f"containment {report.containment}, {report.messages} messages each, "
        f"answer p50 {report.wait_ms_p50} ms, p99 {report.wait_ms_p99} ms, {report.seconds} s (seed {report.seed})"
    )
