"""When the organisation's teams work, by their calendars."""

from datetime import datetime
from uuid import UUID

import msgspec

from yingda.infra.database import Connection
from yingda.kit.calendar import ALWAYS, Calendar, NeverOpen, is_open
from yingda.routing.levels import repository


class WorkingHours(msgspec.Struct, frozen=True):
    """`default`: of teams that have no calendar of their own, and of what belongs to no team."""

    default: Calendar
    teams: dict[UUID, Calendar] = {}

    def include(self, at: datetime, team_id: UUID | None = None) -> bool:
        """Whether the team works at that moment."""
        try:
            return is_open(self.teams.get(team_id, self.default) if team_id else self.default, at)
        except NeverOpen:
            return False


async def working_hours(conn: Connection) -> WorkingHours:
    """Where nobody has said otherwise, around the clock."""
    known = await repository.calendars(conn)
    default = next((one.times for one in known if one.default), ALWAYS)
    return WorkingHours(default, {team_id: one.times for one in known for team_id in one.team_ids})
