"""A day of 5 000 contacts, with people coming and going, outages, a holiday and colleagues who fall silent."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterator
from datetime import datetime, timedelta
from statistics import mean, quantiles
from uuid import UUID

import pytest
import pytest_asyncio
import uvloop

from tests.conftest import with_database
from tests.simulation.day import MINUTE, Day, Round, Waiter
from tests.simulation.world import HELP_AFTER, Agent, World, at, make, settle
from yingda.infra.database import Database
from yingda.routing.levels import DeadlineBreached

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture(scope="module")
def lived(server_url: str, template: str) -> Iterator[tuple[Day, str]]:
    """The day, and its database. It runs on the loop of production: it is a quarter of a million statements."""
    name = f"{template}_day"

    async def on_server(sql: str) -> None:
        server = await Database.connect(server_url, pool=1)
        await server.pool.execute(sql)
        await server.close()

    async def live() -> Day:
        await on_server(f"CREATE DATABASE {name} TEMPLATE {template}")
        db = await Database.connect(with_database(server_url, name), pool=6)
        day = Day(db, make(seed=20_261_124))
        async with db.transaction() as tx:
            await settle(tx.conn, day.world)
        await day.run()
        await db.close()
        return day

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        try:
            yield runner.run(live()), with_database(server_url, name)
        finally:
            runner.run(on_server(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def day(lived: tuple[Day, str]) -> AsyncIterator[Day]:
    """For the tests, whose loop is another."""
    day, url = lived
    day.db = await Database.connect(url, pool=2)
    yield day
    await day.db.close()


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


async def test_every_breach_was_warned_of_or_is_explained(day: Day) -> None:
    """Who was not warned could not be: the service was down, or the limit came sooner than the watch looks again."""
    async with day.db.reading() as conn:
        rows = await conn.fetch("SELECT * FROM service_limits WHERE subject = 'conversation'")
    limits = {row["level"]: row for row in rows}

    def explained(event: DeadlineBreached) -> bool:
        limit = limits[event.level]
        stretch = MINUTE * limit[event.clock.value] * (100 - limit["warn_share"]) / 100
        return stretch < MINUTE or in_an_outage(day, event.due_at)

    warned = {(event.item.id, event.clock, event.due_at) for _, event in day.near}
    told = [event for _, event in day.late if (event.item.id, event.clock, event.due_at) in warned]
    assert len(told) > 50
    assert all(event.warned_at for event in told)
    assert [event for _, event in day.late if event.warned_at is None and not explained(event)] == []
    assert [event for _, event in day.late if event.warned_at and event not in told] == []


def in_an_outage(day: Day, moment: datetime) -> bool:
    """Or in the minute after it, when the watch looks again."""
    return any(begin - MINUTE <= moment <= end + MINUTE for begin, end in day.world.outages)


async def test_nothing_is_late_unseen(day: Day) -> None:
    """A breach is told of within the minute, once, and stands in the record."""
    for moment, event in day.late:
        assert event.due_at <= moment <= event.due_at + MINUTE or in_an_outage(day, event.due_at)
    async with day.db.reading() as conn:
        rows = await conn.fetch("SELECT happened, count(*) AS number FROM service_deadlines GROUP BY happened")
        noted = await conn.fetchval("SELECT count(*) FROM messages WHERE content->>'code' = 'deadline_breached'")
    counts = {row["happened"]: row["number"] for row in rows}
    assert (counts["near"], counts["breached"], noted) == (len(day.near), len(day.late), len(day.late))
    assert counts["met"] > len(day.contacts)
    assert len({(event.item.id, event.clock, event.due_at) for _, event in day.late}) == len(day.late)
