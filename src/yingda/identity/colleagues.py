"""Who somebody is, for features that name a colleague."""

from collections.abc import Iterable, Sequence
from uuid import UUID

import msgspec

from yingda.identity.principal import Principal
from yingda.identity.repository import access, people, principals
from yingda.identity.schemas import DepartmentView, Named
from yingda.infra.database import Connection
from yingda.kit.errors import NotFound


class Colleague(msgspec.Struct, frozen=True):
    id: UUID
    display_name: str


async def principals_of(conn: Connection, staff_ids: list[UUID] | None = None) -> list[Principal]:
    """What the active ones of these (or of all) may see and do, to decide whom something may be shown to."""
    return await principals.principals_of_staff(conn, staff_ids)


async def principal_named(conn: Connection, login: str) -> Principal:
    """An active member of staff who has a command carried out on the machine itself. Raises `NotFound`."""
    account = await access.find_account(conn, login)
    found = await principals_of(conn, [account.id]) if account else []
    if not found:
        raise NotFound
    return msgspec.structs.replace(found[0], via="command")


class Team(msgspec.Struct, frozen=True):
    id: UUID
    name: str


async def teams_of(conn: Connection, staff_ids: Iterable[UUID]) -> dict[UUID, list[Team]]:
    """The teams to which each of these belongs; who is in none is left out."""
    teams: dict[UUID, list[Team]] = {}
    for staff_id, team_id, name in await people.list_team_members(conn, list(staff_ids)):
        teams.setdefault(staff_id, []).append(Team(team_id, name))
    return teams


async def names_of(conn: Connection, staff_ids: Sequence[UUID]) -> dict[UUID, str]:
    """What these members of staff are called, active or not."""
    return await people.display_names(conn, staff_ids) if staff_ids else {}


async def departments(conn: Connection) -> list[DepartmentView]:
    """All departments, each with its teams."""
    return await people.list_departments(conn)


async def find_department(conn: Connection, department_id: UUID) -> DepartmentView:
    """A department with its teams. Raises `NotFound`."""
    for department in await people.list_departments(conn):
        if department.id == department_id:
            return department
    raise NotFound


async def find_team(conn: Connection, team_id: UUID) -> Named:
    """Raises `NotFound`."""
    for department in await people.list_departments(conn):
        for team in department.teams:
            if team.id == team_id:
                return team
    raise NotFound


async def find_colleague(conn: Connection, staff_id: UUID) -> Colleague:
    """An active member of staff. Raises `NotFound`."""
    found = await people.get_staff(conn, staff_id)
    if found is None or not found.active:
        raise NotFound
    return Colleague(found.id, found.display_name)


async def teams_by_name(conn: Connection) -> dict[str, UUID]:
    """All teams; of several with one name the youngest."""
    return {team.name: team.id for department in await people.list_departments(conn) for team in department.teams}
