"""Who is told."""

from collections.abc import Iterable
from uuid import UUID

from yingda.identity import Permission, Principal


def in_charge(principals: Iterable[Principal], team_id: UUID | None) -> list[UUID]:
    """Who may assign what belongs to a team (or to none yet): those who work in it, or else whoever may."""
    may = [one for one in principals if _may_assign(one, team_id)]
    near = [one for one in may if team_id in one.team_ids or (team_id is None and one.team_ids)]
    return [one.staff_id for one in near or may]


def _may_assign(principal: Principal, team_id: UUID | None) -> bool:
    teams = principal.teams_for(Permission.CONVERSATIONS_ASSIGN)
    return teams is None or team_id in teams
