"""Who somebody is, for features that name a colleague."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from yingda.identity.repository import people
from yingda.identity.schemas import DepartmentView, Named
from yingda.infra.database import Connection
from yingda.kit.errors import NotFound


class Colleague(msgspec.Struct, frozen=True):
    id: UUID
    display_name: str


async def names_of(conn: Connection, staff_ids: Sequence[UUID]) -> dict[UUID, str]:
    """What these members of staff are called, active or not."""
    return await people.display_names(conn, staff_ids) if staff_ids else {}


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
