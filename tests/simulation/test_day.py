"""A day of 5 000 contacts, with people coming and going, outages, a holiday and colleagues who fall silent."""

from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from datetime import timedelta
from statistics import mean, quantiles
from uuid import UUID

import pytest
import pytest_asyncio

from tests.conftest import with_database
from tests.simulation.day import Day, Round, Waiter
from tests.simulation.world import HELP_AFTER, Agent, World, at, make, settle
from yingda.infra.database import Database

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def day(server_url: str, template: str) -> AsyncIterator[Day]:
    name = f"{template}_day"
    server = await Database.connect(server_url, pool=1)
    await server.pool.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    db = await Database.connect(with_database(server_url, name), pool=6)
    try:
        day = Day(db, make(seed=20_261_124))
        async with db.transaction() as tx:
            await settle(tx.conn, day.world)
        await day.run()
        yield day
    finally:
        await db.close()
        await server.pool.execute(f"DROP DATABASE {name}")
        await server.close()


async def test_nothing_is_lost(day: Day) -> None:
    """Everybody has been served, and the books agree."""
    assert set(day.resolved) == set(day.contacts)
    async with day.db.reading() as conn:
        states = dict(await conn.fetch("SELECT state, count(*) FROM conversations GROUP BY state"))
        left = await conn.fetchval(
            "SELECT (SELECT count(*) FROM routing_queue) + (SELECT count(*) FROM routing_assignments)"
        )
        loads = await conn.fetch("SELECT load, held FROM routing_presence WHERE load <> 0 OR held->>'web' <> '0'")
    assert (states, left, loads) == ({"resolved": len(day.contacts)}, 0, [])


async def test_nothing_is_in_two_hands(day: Day) -> None:
    """Whoever is given to somebody again has been taken back before, with a record that says so."""
    given = Counter(conversation_id for round_ in day.rounds for conversation_id, _ in round_.given)
    assert set(given) == set(day.contacts)
    assert {one: number - 1 for one, number in given.items() if number > 1} == dict(day.returned)
    async with day.db.reading() as conn:
        recorded = await conn.fetch(
            "SELECT conversation_id, count(*) AS times FROM messages WHERE kind = 'note' "
            "AND content->>'code' IN ('answer_missed', 'agent_absent') GROUP BY conversation_id"
        )
    assert {row["conversation_id"]: row["times"] for row in recorded} == dict(day.returned)
    assert len(day.returned) > 10  # colleagues did fall silent


def fits(world: World, waiter: Waiter, agent: Agent) -> bool:
    """Whether the agent is one of those whom the conversation waits for."""
    helped = waiter.team_id == world.closed and waiter.step > 0 and world.main in agent.teams
    in_team = waiter.team_id is None or waiter.team_id in agent.teams or helped
    return in_team and (waiter.widened or {waiter.skill, waiter.language} - {None} <= set(agent.skills))


def overtaken(day: Day, round_: Round) -> list[tuple[UUID, UUID]]:
    """Who was given to somebody that could have taken a more urgent one, and that one."""
    waiting = list(round_.waiting)
    found = []
    for conversation_id, staff_id in round_.given:
        agent = day.agents[staff_id]
        for waiter in waiting:
            if waiter.id == conversation_id:
                break
            if fits(day.world, waiter, agent):
                found.append((conversation_id, waiter.id))
        waiting = [waiter for waiter in waiting if waiter.id != conversation_id]
    return found


async def test_nobody_is_overtaken_by_somebody_less_urgent(day: Day) -> None:
    """By level, priority, deadline and time, whenever the same person could have taken both."""
    assert [pair for round_ in day.rounds for pair in overtaken(day, round_)] == []
    assert max(len(round_.waiting) for round_ in day.rounds) > 30  # there were queues


async def test_only_those_who_can_are_given_anything(day: Day) -> None:
    for round_ in day.rounds:
        waiters = {waiter.id: waiter for waiter in round_.waiting}
        for conversation_id, staff_id in round_.given:
            assert fits(day.world, waiters[conversation_id], day.agents[staff_id])
            assert day.agents[staff_id].works(round_.moment)


async def test_a_holiday_only_delays(day: Day) -> None:
    """The team that has the day off gets help after the time that was set, and not before."""
    closed = [day.waits[one.id] for one in day.world.contacts if one.team_id == day.world.closed]
    assert len(closed) > 300
    assert min(closed) >= timedelta(seconds=HELP_AFTER)


async def test_outages_cost_minutes_and_nothing_else(day: Day) -> None:
    for begin, end in day.world.outages:
        assert not [round_ for round_ in day.rounds if begin <= round_.moment < end]
        after = next(round_ for round_ in day.rounds if round_.moment >= end)
        assert len(after.given) > len(next(r for r in reversed(day.rounds) if r.moment < begin).given)


async def test_waiting_is_fair(day: Day) -> None:
    """By day the urgent wait less, the longest wait of ordinary matters is bounded, and work is spread evenly."""
    by_level = defaultdict(list)
    for contact in day.world.contacts:
        if at(9) <= contact.at <= at(21) and contact.team_id != day.world.closed:
            by_level[contact.level].append(day.waits[contact.id].total_seconds() / 60)
    means = {level: mean(waits) for level, waits in by_level.items()}
    assert means[4] <= means[3] + 0.5 <= means[1] + 0.5
    assert max(by_level[5]) <= 12
    assert quantiles(by_level[1], n=100)[98] <= 10 * mean(by_level[1]) + 10
    done = Counter(staff_id for round_ in day.rounds for _, staff_id in round_.given)
    shares = defaultdict(list)
    for agent in day.world.agents:
        if not agent.silent and len(agent.shifts) > 1:
            shares[(agent.shifts[0][0], agent.teams)].append(done[agent.id] / agent.capacity)
    for share in shares.values():
        assert max(share) <= 2.5 * min(share)


async def test_forecasts_become_better_than_the_first_guess(day: Day) -> None:
    """Whoever waited had been told how long, and what was learnt in the morning helps in the afternoon."""
    async with day.db.reading() as conn:
        rows = await conn.fetch("SELECT predicted, waited, ahead FROM routing_waits WHERE ended_at > $1", at(13))
    told = [(row["predicted"], row["waited"], row["ahead"]) for row in rows if row["ahead"]]
    assert len(told) > 100
    learnt = mean(abs(waited - predicted) for predicted, waited, _ in told)
    guessed = mean(abs(waited - 90 * ahead) for _, waited, ahead in told)
    assert learnt < guessed
    assert day.told > 0
