"""Giving out work: 1 000 agents, 5 000 waiting, 20 teams, skills and channel limits, on a durable PostgreSQL.

Nobody has room at first. Then, one after the other, somebody gets room, and what is measured is the whole decision: who
of the 5 000 is first among those who can be served, who of the 1 000 gets it, and all that this writes. After that the
same by eight dispatchers at once, and what looking after the waiting costs.
"""

import asyncio
import random
from time import perf_counter

from bench.figures import Figure, percentile
from bench.system import database
from yingda.infra.database import Connection, Database
from yingda.kit.clock import now
from yingda.kit.ids import new_id
from yingda.routing import Dispatcher, subscribe
from yingda.routing.dispatch.schemas import DispatchLimits

AGENTS = 1000
WAITING = 5000
TEAMS = 20
SKILLS = ("complaint", "after_sale", "product.skincare", "lang.en")
AT_ONCE = 8


async def measure(*, quick: bool) -> list[Figure]:
    decisions = 100 if quick else 1000
    async with database() as (_, url, _):
        db = await Database.connect(url, pool=AT_ONCE + 2)
        dispatcher = Dispatcher(db)
        subscribe(db.bus, dispatcher)
        async with db.transaction() as tx:
            await _settle(tx.conn)
        await db.pool.execute("VACUUM ANALYZE")
        try:
            return await _figures(db, dispatcher, decisions)
        finally:
            await db.close()


async def _figures(db: Database, dispatcher: Dispatcher, decisions: int) -> list[Figure]:
    one_by_one = await _one_by_one(db, dispatcher, decisions)
    rate = await _together(db, dispatcher, decisions)
    tending = []
    for _ in range(5):
        began = perf_counter()
        await dispatcher.tend()
        tending.append((perf_counter() - began) * 1000)
    return [
        Figure("one dispatch decision, 1 000 agents, 5 000 waiting, median", "ms", [percentile(one_by_one, 0.5)]),
        Figure("the same, p99", "ms", [percentile(one_by_one, 0.99)], 5),
        Figure(f"decisions by {AT_ONCE} dispatchers at once", "/s", [rate]),
        Figure("looking after 5 000 who wait, every 5 s", "ms", tending, 500),
    ]


async def _one_by_one(db: Database, dispatcher: Dispatcher, decisions: int) -> list[float]:
    taken = []
    for _ in range(decisions):
        await db.pool.execute(_FREE, 1)
        began = perf_counter()
        if not await dispatcher.dispatch_one(DispatchLimits()):
            raise RuntimeError("nobody was given anything")
        taken.append((perf_counter() - began) * 1000)
    return taken


async def _together(db: Database, dispatcher: Dispatcher, decisions: int) -> float:
    await db.pool.execute(_FREE, decisions)
    began = perf_counter()
    given = 0

    async def work() -> None:
        nonlocal given
        while given < decisions and await dispatcher.dispatch_one(DispatchLimits()):
            given += 1

    await asyncio.gather(*(work() for _ in range(AT_ONCE)))
    return given / (perf_counter() - began)


#: Some of those without room get some.
_FREE = (
    "UPDATE routing_presence SET capacity = load + 1, taken = 0, hour_start = NULL WHERE staff_id IN "
    "(SELECT staff_id FROM routing_presence WHERE load >= capacity ORDER BY random() LIMIT $1)"
)


async def _settle(conn: Connection) -> None:
    dice, moment = random.Random(7), now()
    department = await conn.fetchval("SELECT id FROM departments WHERE code = 'service'")
    teams = [new_id() for _ in range(TEAMS)]
    await conn.executemany(
        "INSERT INTO teams (id, department_id, name) VALUES ($1, $2, $3)",
        [(team, department, f"team {number}") for number, team in enumerate(teams)],
    )
    staff = [new_id() for _ in range(AGENTS)]
    await conn.executemany(
        "INSERT INTO staff (id, login, display_name, active, locale, demo, created_at) "
        "VALUES ($1, $2, $2, true, 'zh', true, $3)",
        [(one, f"agent {number}", moment) for number, one in enumerate(staff)],
    )
    await conn.executemany(
        "INSERT INTO routing_presence (staff_id, staff_name, status, capacity, load, changed_at, team_ids) "
        "VALUES ($1, $2, 'online', 5, 5, $3, $4)",
        [(one, f"agent {number}", moment, dice.sample(teams, 2)) for number, one in enumerate(staff)],
    )
    await conn.executemany(
        "INSERT INTO routing_staff_skills (skill, staff_id, grade) VALUES ($1, $2, $3)",
        [(skill, one, dice.randint(1, 5)) for one in staff for skill in SKILLS if dice.random() < 0.4],
    )
    await conn.executemany(
        "INSERT INTO routing_overflow (team_id, step, to_team_id, after_seconds) VALUES ($1, 1, $2, 300)",
        [(team, teams[(number + 1) % TEAMS]) for number, team in enumerate(teams)],
    )
    customers = [new_id() for _ in range(WAITING)]
    await conn.executemany(
        "INSERT INTO customers (id, segment, locale, attributes, demo, created_at) "
        "VALUES ($1, 'new', 'zh', '{}', true, $2)",
        [(one, moment) for one in customers],
    )
    waiting = [(new_id(), one, dice.choice([*teams, None]), dice.randint(1, 5)) for one in customers]
    await conn.executemany(
        "INSERT INTO conversations (id, shop, channel, customer_id, state, level, team_id, waiting_since, "
        "last_message_at, created_at) VALUES ($1, 'liuli', 'web', $2, 'open', $4, $3, $5, $5, $5)",
        [(*one, moment) for one in waiting],
    )
    await conn.executemany(
        "INSERT INTO routing_queue (conversation_id, customer_id, team_id, level, since, due, joined_at, shop, "
        "channel, skill) VALUES ($1, $2, $3, $4, $5, $5, $5, 'liuli', 'web', $6)",
        [(*one, moment, dice.choice([*SKILLS, *[None] * 8])) for one in waiting],
    )
