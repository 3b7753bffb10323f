"""Who can do what, and the organisation's limits."""

from collections import defaultdict
from uuid import UUID

import msgspec

from yingda.infra.database import Connection
from yingda.routing.dispatch.schemas import DispatchLimits, Overflow, Skill, SkillCategory, SkillDraft, StaffAbilities


async def skills(conn: Connection) -> list[Skill]:
    rows = await conn.fetch("SELECT code, name, category FROM routing_skills ORDER BY category, name, code")
    return [Skill(row["code"], row["name"], SkillCategory(row["category"])) for row in rows]


async def skill(conn: Connection, code: str) -> Skill | None:
    row = await conn.fetchrow("SELECT code, name, category FROM routing_skills WHERE code = $1", code)
    return Skill(row["code"], row["name"], SkillCategory(row["category"])) if row else None


async def put_skill(conn: Connection, code: str, draft: SkillDraft) -> None:
    await conn.execute(
        "INSERT INTO routing_skills (code, name, category) VALUES ($1, $2, $3) "
        "ON CONFLICT (code) DO UPDATE SET name = excluded.name, category = excluded.category",
        code,
        draft.name,
        draft.category.value,
    )


async def delete_skill(conn: Connection, code: str) -> None:
    """Whoever waits for it waits for anybody."""
    await conn.execute("DELETE FROM routing_skills WHERE code = $1", code)
    await conn.execute("UPDATE routing_queue SET skill = NULL WHERE skill = $1", code)
    await conn.execute("UPDATE routing_queue SET language = NULL WHERE language = $1", code)


async def abilities(conn: Connection, staff_ids: list[UUID]) -> dict[UUID, StaffAbilities]:
    """Of these; who can do nothing in particular is left out."""
    grades: dict[UUID, dict[str, int]] = defaultdict(dict)
    limits: dict[UUID, dict[str, int]] = defaultdict(dict)
    for row in await conn.fetch(
        "SELECT staff_id, skill, grade FROM routing_staff_skills WHERE staff_id = ANY($1::uuid[]) ORDER BY skill",
        staff_ids,
    ):
        grades[row["staff_id"]][row["skill"]] = row["grade"]
    for row in await conn.fetch(
        "SELECT staff_id, channel, most FROM routing_channel_limits WHERE staff_id = ANY($1::uuid[]) ORDER BY channel",
        staff_ids,
    ):
        limits[row["staff_id"]][row["channel"]] = row["most"]
    return {one: StaffAbilities(grades.get(one, {}), limits.get(one, {})) for one in {*grades, *limits}}


async def set_abilities(conn: Connection, staff_id: UUID, abilities: StaffAbilities) -> None:
    await conn.execute("DELETE FROM routing_staff_skills WHERE staff_id = $1", staff_id)
    await conn.execute(
        "INSERT INTO routing_staff_skills (staff_id, skill, grade) "
        "SELECT $1, skill, grade FROM unnest($2::text[], $3::int[]) AS g(skill, grade)",
        staff_id,
        list(abilities.grades),
        list(abilities.grades.values()),
    )
    await conn.execute("DELETE FROM routing_channel_limits WHERE staff_id = $1", staff_id)
    await conn.execute(
        "INSERT INTO routing_channel_limits (staff_id, channel, most) "
        "SELECT $1, channel, most FROM unnest($2::text[], $3::int[]) AS l(channel, most)",
        staff_id,
        list(abilities.limits),
        list(abilities.limits.values()),
    )


async def limits(conn: Connection) -> DispatchLimits:
    kept = await conn.fetchval("SELECT limits FROM routing_limits")
    return msgspec.json.decode(kept, type=DispatchLimits) if kept else DispatchLimits()


async def set_limits(conn: Connection, wanted: DispatchLimits) -> None:
    await conn.execute(
        "INSERT INTO routing_limits (limits) VALUES ($1::jsonb) "
        "ON CONFLICT (single) DO UPDATE SET limits = excluded.limits",
        msgspec.json.encode(wanted).decode(),
    )


async def overflow(conn: Connection) -> list[Overflow]:
    rows = await conn.fetch("SELECT team_id, to_team_id, after_seconds FROM routing_overflow ORDER BY team_id, step")
    return [Overflow(**row) for row in rows]


async def set_overflow(conn: Connection, wanted: list[Overflow]) -> None:
    """Each team's further teams in the order of their time."""
    await conn.execute("DELETE FROM routing_overflow")
    await conn.execute(
        "INSERT INTO routing_overflow (team_id, to_team_id, after_seconds, step) "
        "SELECT team_id, to_team_id, after_seconds, "
        "row_number() OVER (PARTITION BY team_id ORDER BY after_seconds, to_team_id) "
        "FROM unnest($1::uuid[], $2::uuid[], $3::int[]) AS o(team_id, to_team_id, after_seconds)",
        [one.team_id for one in wanted],
        [one.to_team_id for one in wanted],
        [one.after_seconds for one in wanted],
    )
