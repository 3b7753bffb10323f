"""Whose a canned reply or a macro is: one's own, a team's, or everybody's; who sees it and who may change it."""

from collections.abc import Sequence
from enum import StrEnum
from uuid import UUID

import msgspec

from yingda.identity import Permission, Principal
from yingda.kit.errors import Forbidden, Invalid


class Scope(StrEnum):
    PERSONAL = "personal"
    TEAM = "team"
    SHARED = "shared"


class TeamMissing(Invalid):
    code = "team_missing"
    zh = "选择“团队”时要指定一个存在的团队，其他范围不能指定团队。"
    en = "Name an existing team for what is a team's, and none for anything else."


class Place(msgspec.Struct, frozen=True):
    """Where it is kept: with a person, with a team, or (neither) with everybody."""

    owner_id: UUID | None = None
    team_id: UUID | None = None


class Reach(msgspec.Struct, frozen=True):
    """What somebody finds: everybody's, their own, these teams'; of all teams, for those who keep the texts."""

    staff_id: UUID
    team_ids: Sequence[UUID]
    all_teams: bool


#: The rows within a `Reach`, whose fields are $1, $2 and $3.
WITHIN_REACH = "(scope = 'shared' OR owner_id = $1 OR team_id = ANY($2) OR ($3 AND scope = 'team'))"

#: The rows of a `Place`, whose fields are $1 and $2.
IN_PLACE = "owner_id IS NOT DISTINCT FROM $1 AND team_id IS NOT DISTINCT FROM $2"


def reach_of(principal: Principal) -> Reach:
    return Reach(principal.staff_id, sorted(principal.team_ids), principal.may(Permission.KNOWLEDGE_EDIT))


def require_edit(principal: Principal, scope: Scope) -> None:
    """Raises `Forbidden` for what others use too, unless they keep the texts."""
    if scope is not Scope.PERSONAL and not principal.may(Permission.KNOWLEDGE_EDIT):
        raise Forbidden


def place_for(principal: Principal, scope: Scope, team_id: UUID | None) -> Place:
    """Where this person may put something. Raises `TeamMissing` or `Forbidden`."""
    if (scope is Scope.TEAM) != (team_id is not None):
        raise TeamMissing
    require_edit(principal, scope)
    return Place(principal.staff_id if scope is Scope.PERSONAL else None, team_id)
