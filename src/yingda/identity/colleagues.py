"""Who somebody is, for features that name a colleague."""

from uuid import UUID

import msgspec

from yingda.identity.repository import people
from yingda.infra.database import Connection
from yingda.kit.errors import NotFound


class Colleague(msgspec.Struct, frozen=True):
    id: UUID
    display_name: str


async def find_colleague(conn: Connection, staff_id: UUID) -> Colleague:
    """An active member of staff. Raises `NotFound`."""
    found = await people.get_staff(conn, staff_id)
    if found is None or not found.active:
        raise NotFound
    return Colleague(found.id, found.display_name)


async def teams_by_name(conn: Connection) -> dict[str, UUID]:
    """All teams; of several with one name the youngest."""
    return {team.name: team.id for department in await people.list_departments(conn) for team in department.teams}
