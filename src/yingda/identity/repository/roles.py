"""SQL about roles: what each confers, and who holds it."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from yingda.identity.permissions import ADMINISTRATOR, TEAM_PERMISSIONS, BuiltinRole, Permission
from yingda.identity.rules import Reach, known
from yingda.identity.schemas import RoleView
from yingda.infra.database import Connection
from yingda.kit.ids import new_id

_ROLE_VIEW = """
SELECT r.id, r.code, r.name, r.description, r.permissions, r.builtin, r.version,
  (SELECT count(DISTINCT a.staff_id) FROM role_assignments a WHERE a.role_id = r.id) AS holders
FROM roles r
"""


async def list_roles(conn: Connection) -> list[RoleView]:
    rows = await conn.fetch(f"{_ROLE_VIEW} ORDER BY r.builtin DESC, r.id")
    return [RoleView(**row) for row in rows]


async def lock_role(conn: Connection, role_id: UUID) -> RoleView | None:
    """The role as it is; until the commit nobody is given it, and nobody else changes it."""
    await conn.execute("SELECT FROM roles WHERE id = $1 FOR UPDATE", role_id)
    row = await conn.fetchrow(f"{_ROLE_VIEW} WHERE r.id = $1", role_id)
    return row and RoleView(**row)


async def name_taken(conn: Connection, name: str, *, but_by: UUID) -> bool:
    """Whether another role is called so."""
    taken: bool = await conn.fetchval(
        "SELECT EXISTS (SELECT FROM roles WHERE lower(name) = lower($1) AND id <> $2)", name, but_by
    )
    return taken


async def add_role(conn: Connection, role: RoleView) -> None:
    await conn.execute(
        "INSERT INTO roles (id, code, name, description, permissions, builtin) VALUES ($1, $2, $3, $4, $5, $6)",
        role.id,
        role.code,
        role.name,
        role.description,
        role.permissions,
        role.builtin,
    )


async def save_role(conn: Connection, role: RoleView) -> None:
    await conn.execute(
        "UPDATE roles SET name = $2, description = $3, permissions = $4, version = $5 WHERE id = $1",
        role.id,
        role.name,
        role.description,
        role.permissions,
        role.version,
    )


async def delete_role(conn: Connection, role_id: UUID) -> None:
    await conn.execute("DELETE FROM roles WHERE id = $1", role_id)


async def holders_of(conn: Connection, role_id: UUID) -> list[UUID]:
    rows = await conn.fetch("SELECT DISTINCT staff_id FROM role_assignments WHERE role_id = $1", role_id)
    return [row["staff_id"] for row in rows]


async def reach_of_staff(conn: Connection, staff_id: UUID) -> Reach:
    """What somebody holds, be they active or not. A department counts as a place beside its teams of today: who holds
    these only does not hold those that it gets."""
    rows = await conn.fetch(
        "SELECT permission, bool_or(a.department_id IS NULL AND a.team_id IS NULL) AS everywhere,"
        "  array_remove(array_agg(place), NULL) AS places"
        " FROM role_assignments a JOIN roles r ON r.id = a.role_id CROSS JOIN unnest(r.permissions) permission"
        " CROSS JOIN LATERAL (SELECT coalesce(a.department_id, a.team_id) AS place"
        "   UNION ALL SELECT t.id FROM teams t WHERE t.department_id = a.department_id) limits"
        " WHERE a.staff_id = $1 GROUP BY permission",
        staff_id,
    )
    everywhere = known(row["permission"] for row in rows if row["everywhere"])
    places = {row["permission"]: frozenset(row["places"]) for row in rows}
    limited = (TEAM_PERMISSIONS & known(places)) - everywhere
    return Reach(everywhere, {permission: places[permission] for permission in limited})


async def permissions_of_roles(conn: Connection, codes: Sequence[str]) -> dict[str, frozenset[Permission]]:
    """What each of the roles that exist among `codes` confers."""
    rows = await conn.fetch("SELECT code, permissions FROM roles WHERE code = ANY($1::text[])", codes)
    return {row["code"]: known(row["permissions"]) for row in rows}


async def lock_administrators(conn: Connection) -> None:
    """From here to the commit nobody else may change who is an administrator, or what a role confers."""
    await conn.execute("SELECT FROM roles WHERE code = $1 FOR NO KEY UPDATE", ADMINISTRATOR)


async def has_administrator(conn: Connection) -> bool:
    """Whether somebody can sign in who is an administrator everywhere."""
    found: bool = await conn.fetchval(
        "SELECT EXISTS (SELECT FROM staff p JOIN role_assignments a ON a.staff_id = p.id"
        " JOIN roles r ON r.id = a.role_id WHERE r.code = $1 AND a.department_id IS NULL AND a.team_id IS NULL"
        " AND p.active AND p.password_hash IS NOT NULL)",
        ADMINISTRATOR,
    )
    return found


async def save_builtin_roles(conn: Connection, roles: Iterable[BuiltinRole]) -> None:
    """Make the built-in roles what this version says; write nothing where they already are."""
    await conn.executemany(
        "INSERT INTO roles AS r (id, code, name, permissions, builtin) VALUES ($1, $2, $3, $4, true)"
        " ON CONFLICT (code) DO UPDATE SET permissions = excluded.permissions, builtin = true"
        " WHERE r.permissions <> excluded.permissions OR NOT r.builtin",
        [(new_id(), role.code, role.name, sorted(role.permissions)) for role in roles],
    )
