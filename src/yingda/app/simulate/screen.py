"""A simulation at the terminal: customers in, what became of them out."""

import asyncio
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import msgspec
from rich.console import Console

from yingda.app.replay import ScriptUnusable
from yingda.app.simulate.outcome import Outcome
from yingda.app.simulate.script import Line, Unusable, read_lines
from yingda.app.simulate.stage import Stage, own_stage
from yingda.app.simulate.theatre import Theatre, open_theatre


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
    lines = _read(file)
    screen = Console(highlight=False)
    flawless = True

    async def run() -> None:
        nonlocal flawless
        async with stage_of(stage, concurrency) as place, open_theatre(place, patience) as theatre:
            async for outcome in played(theatre, lines, concurrency):
                flawless &= not outcome.errors
                if as_json:
                    print(msgspec.json.encode(outcome).decode(), flush=True)
                else:
                    screen.print("\n".join(_told(outcome)), markup=False, soft_wrap=True)

    asyncio.run(run())
    return flawless


async def played(theatre: Theatre, lines: Sequence[Line | Unusable], concurrency: int) -> AsyncIterator[Outcome]:
    """In the order of the lines, so many at a time."""
    gate = asyncio.Semaphore(concurrency)

    async def play(line: Line | Unusable) -> Outcome:
        async with gate:
            return await theatre.play(line)

    async with asyncio.TaskGroup() as group:
        for task in [group.create_task(play(line)) for line in lines]:
            yield await task


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
