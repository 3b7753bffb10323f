"""Rounds in the background: as many as are needed, one at a time, whatever fails."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from tests.factories import eventually
from yingda.infra.tasks import Kicked


class Rounds:
    """Counts rounds; each lasts until it is let go."""

    def __init__(self) -> None:
        self.begun = 0
        self.ended = 0
        self.at_once = 0
        self.gate = asyncio.Event()
        self.failures: list[Exception] = []

    async def __call__(self) -> None:
        self.begun += 1
        self.at_once = max(self.at_once, self.begun - self.ended)
        await self.gate.wait()
        self.ended += 1
        if self.failures:
            raise self.failures.pop()

    async def have_ended(self, number: int) -> None:
        async def enough() -> bool:
            return self.ended >= number

        await eventually(enough)


@asynccontextmanager
async def running(round_: Callable[[], Awaitable[None]]) -> AsyncIterator[Kicked]:
    kicked = Kicked(round_)
    task = asyncio.create_task(kicked.run())
    try:
        yield kicked
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def settle() -> None:
    """Let everything run that can."""
    for _ in range(10):
        await asyncio.sleep(0)


async def test_nothing_runs_unless_kicked() -> None:
    rounds = Rounds()
    async with running(rounds):
        await settle()
    assert rounds.begun == 0


async def test_many_kicks_before_a_round_make_one() -> None:
    rounds = Rounds()
    rounds.gate.set()
    async with running(rounds) as kicked:
        for _ in range(5):
            kicked.kick()
        await rounds.have_ended(1)
        await settle()
    assert rounds.begun == 1


async def test_kicks_during_a_round_make_one_more_after_it() -> None:
    rounds = Rounds()
    async with running(rounds) as kicked:
        kicked.kick()
        await settle()
        for _ in range(5):
            kicked.kick()
        rounds.gate.set()
        await rounds.have_ended(2)
        await settle()
    assert (rounds.begun, rounds.at_once) == (2, 1)


@pytest.mark.parametrize("failure", [ValueError("a defect"), ConnectionRefusedError("the database is away")])
async def test_a_round_that_fails_is_tried_again(failure: Exception) -> None:
    rounds = Rounds()
    rounds.gate.set()
    rounds.failures = [failure]
    async with running(rounds) as kicked:
        kicked.kick()
        await rounds.have_ended(2)
        await settle()
    assert rounds.begun == 2
