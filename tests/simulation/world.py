"""An invented service centre: its people, their shifts, and all who turn to it on one day; the same for a seed."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from yingda.infra.database import Connection
from yingda.kit.ids import new_id

#: Midnight in Shanghai.
MORNING = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
CONTACTS = 5000
SKILL = "complaint"
ENGLISH = "lang.en"
HELP_AFTER = 300

#: Contacts an hour, as a share of the day's busiest.
_HOURS = [0.08, 0.05, 0.03, 0.02, 0.02, 0.03, 0.08, 0.2, 0.45, 0.8, 1.0, 0.9]
_HOURS += [0.7, 0.75, 0.9, 0.95, 0.85, 0.7, 0.6, 0.75, 0.9, 0.85, 0.55, 0.25]


@dataclass
class Agent:
    id: UUID
    name: str
    teams: frozenset[UUID]
    skills: dict[str, int]
    capacity: int
    shifts: list[tuple[datetime, datetime]]
    #: Stretches in which they are on line and do nothing: their machine has gone to sleep.
    silent: list[tuple[datetime, datetime]] = field(default_factory=list)

    def works(self, moment: datetime) -> bool:
        return any(begin <= moment < end for begin, end in self.shifts)

    def is_silent(self, moment: datetime) -> bool:
        return any(begin <= moment < end for begin, end in self.silent)


@dataclass(frozen=True)
class Contact:
    id: UUID
    customer_id: UUID
    at: datetime
    team_id: UUID | None
    level: int
    priority: int
    skill: str | None
    locale: str
    handling: timedelta


@dataclass
class World:
    """`closed`: the team that has the day off, whose contacts go to `main` after `HELP_AFTER` seconds."""

    main: UUID
    other: UUID
    closed: UUID
    agents: list[Agent]
    contacts: list[Contact]
    outages: list[tuple[datetime, datetime]]

    def is_out(self, moment: datetime) -> bool:
        return any(begin <= moment < end for begin, end in self.outages)


def at(hour: float) -> datetime:
    return MORNING + timedelta(hours=hour)


def make(seed: int) -> World:
    dice = random.Random(seed)
    main, other, closed = new_id(), new_id(), new_id()
    agents = list(_agents(dice, main, other))
    contacts = sorted(_contacts(dice, main, other, closed), key=lambda contact: contact.at)
    outages = [(at(hour), at(hour) + timedelta(minutes=2)) for hour in (10.5, 15.25, 20.0)]
    return World(main, other, closed, agents, contacts, outages)


def _agents(dice: random.Random, main: UUID, other: UUID) -> Iterator[Agent]:
    shifts = [(7.5, 16.0)] * 20 + [(13.5, 22.5)] * 20 + [(0.0, 8.0), (0.0, 8.0), (0.0, 8.0)]
    shifts += [(22.0, 26.0)] * 5
    for number, (begin, end) in enumerate(shifts):
        teams = frozenset({main, other} if begin in (0.0, 22.0) else {(main, main, other)[number % 3]})
        skills = {SKILL: dice.randint(1, 5)} if number % 2 else {}
        if number % 4 == 0:
            skills[ENGLISH] = dice.randint(1, 5)
        lunch = begin + (end - begin) * 0.45 + dice.uniform(-0.5, 0.5)
        worked = [(at(begin), at(lunch)), (at(lunch + 0.5), at(end))] if end - begin > 5 else [(at(begin), at(end))]
        agent = Agent(new_id(), f"客服{number:02}", teams, skills, dice.choice([2, 3, 3, 4]), worked)
        if number % 5 == 0:
            falls_silent = dice.uniform(begin + 0.5, end - 1)
            agent.silent.append((at(falls_silent), at(falls_silent + 0.6)))
        yield agent


def _contacts(dice: random.Random, main: UUID, other: UUID, closed: UUID) -> Iterator[Contact]:
    for hour in dice.choices(range(24), _HOURS, k=CONTACTS):
        yield Contact(
            id=new_id(),
            customer_id=new_id(),
            at=at(hour + dice.random()),
            team_id=dice.choices([main, other, closed, None], [55, 25, 8, 12])[0],
            level=dice.choices([1, 2, 3, 4, 5], [70, 15, 10, 4, 1])[0],
            priority=dice.choices([0, 10], [95, 5])[0],
            skill=SKILL if dice.random() < 0.12 else None,
            locale="en" if dice.random() < 0.03 else "zh",
            handling=timedelta(minutes=min(dice.expovariate(1 / 6) + 1, 40)),
        )


async def settle(conn: Connection, world: World) -> None:
    """Put the people, and all who will come, into the database; their conversations are still the assistant's."""
    department = await conn.fetchval("SELECT id FROM departments WHERE code = 'service'")
    teams = {world.main: "一组", world.other: "二组", world.closed: "三组"}
    await conn.executemany(
        "INSERT INTO teams (id, department_id, name) VALUES ($1, $2, $3)",
        [(team, department, name) for team, name in teams.items()],
    )
    await conn.executemany(
        "INSERT INTO staff (id, login, display_name, active, locale, demo, created_at) "
        "VALUES ($1, $2, $2, true, 'zh', true, $3)",
        [(agent.id, agent.name, MORNING) for agent in world.agents],
    )
    await conn.executemany(
        "INSERT INTO routing_skills (code, name, category) VALUES ($1, $1, 'other')", [(SKILL,), (ENGLISH,)]
    )
    await conn.executemany(
        "INSERT INTO routing_staff_skills (staff_id, skill, grade) VALUES ($1, $2, $3)",
        [(agent.id, skill, grade) for agent in world.agents for skill, grade in agent.skills.items()],
    )
    await conn.execute("INSERT INTO routing_overflow VALUES ($1, 1, $2, $3)", world.closed, world.main, HELP_AFTER)
    await conn.executemany(
        "INSERT INTO customers (id, segment, locale, attributes, demo, created_at) "
        "VALUES ($1, 'new', $2, '{}', true, $3)",
        [(contact.customer_id, contact.locale, MORNING) for contact in world.contacts],
    )
    await conn.executemany(
        "INSERT INTO conversations (id, shop, channel, customer_id, level, team_id, last_message_at, created_at, "
        "waiting_since) VALUES ($1, 'liuli', 'web', $2, $3, $4, $5, $5, $5)",
        [(one.id, one.customer_id, one.level, one.team_id, one.at) for one in world.contacts],
    )
