"""SQL about who works here: staff, departments, teams."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

import asyncpg
import msgspec

from yingda.identity.errors import NameTaken, ReferenceUnknown
from yingda.identity.schemas import (
    DepartmentView,
    MembershipEntry,
    Named,
    OwnCard,
    RoleGrant,
    StaffFilter,
    StaffView,
)
from yingda.infra.database import Connection
from yingda.kit.errors import Locale
from yingda.kit.ids import new_id

_STAFF_VIEW = """
SELECT jsonb_build_object(
  'id', p.id, 'display_name', p.display_name, 'active', p.active, 'demo', p.demo,
  'login', p.login, 'locale', p.locale, 'invited', p.password_hash IS NULL,
  'memberships', coalesce((
    SELECT jsonb_agg(jsonb_build_object('department_id', m.department_id, 'team_id', m.team_id)
                     ORDER BY m.department_id, m.team_id)
    FROM memberships m WHERE m.staff_id = p.id), '[]'),
  'roles', coalesce((
    SELECT jsonb_agg(jsonb_build_object('role', r.code, 'department_id', a.department_id, 'team_id', a.team_id)
                     ORDER BY r.code, a.department_id, a.team_id)
    FROM role_assignments a JOIN roles r ON r.id = a.role_id WHERE a.staff_id = p.id), '[]'))
FROM staff p
"""


async def list_staff(conn: Connection, wanted: StaffFilter, *, after: UUID | None, limit: int) -> list[StaffView]:
    """Colleagues in the order in which they came, from `after` on."""
    rows = await conn.fetch(
        f"{_STAFF_VIEW} WHERE ($1::boolean IS NULL OR p.active = $1)"
        " AND ($2::boolean IS NULL OR (p.password_hash IS NULL) = $2)"
        " AND (strpos(lower(p.display_name), lower($3)) > 0 OR ($4 AND strpos(p.login, lower($3)) > 0))"
        " AND (($5::uuid IS NULL AND $6::uuid IS NULL) OR EXISTS (SELECT FROM memberships m WHERE m.staff_id = p.id"
        "   AND ($5 IS NULL OR m.department_id = $5) AND ($6 IS NULL OR m.team_id = $6)))"
        " AND ($7::text IS NULL OR EXISTS (SELECT FROM role_assignments a JOIN roles r ON r.id = a.role_id"
        "   WHERE a.staff_id = p.id AND r.code = $7))"
        " AND ($8::uuid IS NULL OR p.id > $8) ORDER BY p.id LIMIT $9",
        wanted.active,
        wanted.invited,
        wanted.words,
        wanted.by_login,
        wanted.department_id,
        wanted.team_id,
        wanted.role,
        after,
        limit,
    )
    return [msgspec.json.decode(row[0], type=StaffView) for row in rows]


async def get_staff(conn: Connection, staff_id: UUID) -> StaffView | None:
    row = await conn.fetchval(f"{_STAFF_VIEW} WHERE p.id = $1", staff_id)
    return row and msgspec.json.decode(row, type=StaffView)


async def display_names(conn: Connection, staff_ids: Sequence[UUID]) -> dict[UUID, str]:
    rows = await conn.fetch("SELECT id, display_name FROM staff WHERE id = ANY($1::uuid[])", staff_ids)
    return {row["id"]: row["display_name"] for row in rows}


async def add_staff(
    conn: Connection, *, login: str, display_name: str, locale: Locale, now: datetime, demo: bool = False
) -> UUID | None:
    """The id of the new member of staff, still without password; None if the login name is taken."""
    staff_id: UUID | None = await conn.fetchval(
        "INSERT INTO staff (id, login, display_name, password_hash, active, locale, demo, created_at)"
        " VALUES ($1, $2, $3, NULL, true, $4, $5, $6) ON CONFLICT (login) DO NOTHING RETURNING id",
        new_id(),
        login,
        display_name,
        locale,
        demo,
        now,
    )
    return staff_id


async def update_staff(conn: Connection, staff_id: UUID, display_name: str | None, locale: str | None) -> None:
    await conn.execute(
        "UPDATE staff SET display_name = coalesce($2, display_name), locale = coalesce($3, locale) WHERE id = $1",
        staff_id,
        display_name,
        locale,
    )


async def set_active(conn: Connection, staff_id: UUID, active: bool) -> None:
    await conn.execute("UPDATE staff SET active = $2 WHERE id = $1", staff_id, active)


async def set_memberships(conn: Connection, staff_id: UUID, entries: Iterable[MembershipEntry]) -> None:
    """Replace the memberships; raises `ReferenceUnknown` for what does not exist, or a team of another department."""
    await conn.execute("DELETE FROM memberships WHERE staff_id = $1", staff_id)
    try:
        await conn.executemany(
            "INSERT INTO memberships (id, staff_id, department_id, team_id) VALUES ($1, $2, $3, $4)",
            [(new_id(), staff_id, entry.department_id, entry.team_id) for entry in dict.fromkeys(entries)],
        )
    except asyncpg.ForeignKeyViolationError:
        raise ReferenceUnknown from None


async def set_roles(conn: Connection, staff_id: UUID, grants: Iterable[RoleGrant]) -> None:
    """Replace the roles; raises `ReferenceUnknown` for a limit that does not exist, or two at once."""
    await conn.execute("DELETE FROM role_assignments WHERE staff_id = $1", staff_id)
    try:
        await conn.executemany(
            "INSERT INTO role_assignments (id, staff_id, role_id, department_id, team_id)"
            " SELECT $1, $2, id, $4, $5 FROM roles WHERE code = $3",
            [(new_id(), staff_id, g.role, g.department_id, g.team_id) for g in dict.fromkeys(grants)],
        )
    except (asyncpg.ForeignKeyViolationError, asyncpg.CheckViolationError):
        raise ReferenceUnknown from None


async def list_departments(conn: Connection) -> list[DepartmentView]:
    rows = await conn.fetch(
        "SELECT d.id, d.code, d.name, coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name) ORDER BY t.id)"
        " FILTER (WHERE t.id IS NOT NULL), '[]') AS teams"
        " FROM departments d LEFT JOIN teams t ON t.department_id = d.id GROUP BY d.id ORDER BY d.id"
    )
    return [
        DepartmentView(row["id"], row["code"], row["name"], msgspec.json.decode(row["teams"], type=list[Named]))
        for row in rows
    ]


async def add_department(conn: Connection, code: str, name: str) -> UUID | None:
    """The new department's id; None if the code is taken."""
    department_id: UUID | None = await conn.fetchval(
        "INSERT INTO departments (id, code, name) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING id",
        new_id(),
        code,
        name,
    )
    return department_id


async def rename_department(conn: Connection, department_id: UUID, name: str) -> str | None:
    """What the department was called before, if there is such a department."""
    former: str | None = await conn.fetchval(
        "UPDATE departments d SET name = $2 FROM (SELECT id, name FROM departments WHERE id = $1 FOR UPDATE) former"
        " WHERE d.id = former.id RETURNING former.name",
        department_id,
        name,
    )
    return former


async def rename_team(conn: Connection, team_id: UUID, name: str) -> str | None:
    """What the team was called before, if there is such a team; raises `NameTaken` if its department has the name."""
    try:
        former: str | None = await conn.fetchval(
            "UPDATE teams t SET name = $2 FROM (SELECT id, name FROM teams WHERE id = $1 FOR UPDATE) former"
            " WHERE t.id = former.id RETURNING former.name",
            team_id,
            name,
        )
    except asyncpg.UniqueViolationError:
        raise NameTaken from None
    return former


async def department_exists(conn: Connection, department_id: UUID) -> bool:
    found: bool = await conn.fetchval("SELECT EXISTS (SELECT FROM departments WHERE id = $1)", department_id)
    return found


async def add_team(conn: Connection, department_id: UUID, name: str) -> UUID | None:
    """The new team's id; None if the department has a team of that name."""
    team_id: UUID | None = await conn.fetchval(
        "INSERT INTO teams (id, department_id, name) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING id",
        new_id(),
        department_id,
        name,
    )
    return team_id


async def list_team_members(conn: Connection, staff_ids: list[UUID]) -> list[tuple[UUID, UUID, str]]:
    """Person, team, and the team's name, for the teams of these people."""
    rows = await conn.fetch(
        "SELECT m.staff_id, t.id, t.name FROM memberships m JOIN teams t ON t.id = m.team_id"
        " WHERE m.staff_id = ANY($1::uuid[]) ORDER BY t.id",
        staff_ids,
    )
    return [(row["staff_id"], row["id"], row["name"]) for row in rows]


async def get_card(conn: Connection, staff_id: UUID) -> OwnCard:
    """What somebody sees of themselves."""
    card = await conn.fetchval(
        "SELECT jsonb_build_object("
        " 'id', p.id, 'login', p.login, 'display_name', p.display_name, 'locale', p.locale, 'demo', p.demo,"
        " 'departments', coalesce((SELECT jsonb_agg(jsonb_build_object('id', d.id, 'name', d.name) ORDER BY d.id)"
        "   FROM departments d WHERE d.id IN (SELECT department_id FROM memberships WHERE staff_id = p.id)), '[]'),"
        " 'teams', coalesce((SELECT jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name) ORDER BY t.id)"
        "   FROM teams t JOIN memberships m ON m.team_id = t.id WHERE m.staff_id = p.id), '[]'))"
        " FROM staff p WHERE p.id = $1",
        staff_id,
    )
    return msgspec.json.decode(card, type=OwnCard)
