"""Which conversations a member of staff may see."""

from yingda.conversations.schemas import Author, AuthorKind, Visibility
from yingda.identity import Permission, Principal
from yingda.kit.errors import Forbidden


def visibility_of(principal: Principal) -> Visibility:
    """Everything, their teams', or their own. Raises `Forbidden` for those who may see none."""
    if principal.may(Permission.CONVERSATIONS_READ_ALL):
        teams = principal.teams_for(Permission.CONVERSATIONS_READ_ALL)
        return Visibility(principal.staff_id, teams or frozenset(), everything=teams is None)
    if principal.may(Permission.CONVERSATIONS_READ_TEAM):
        teams = principal.teams_for(Permission.CONVERSATIONS_READ_TEAM)
        return Visibility(principal.staff_id, teams or frozenset())
    if principal.may(Permission.CONVERSATIONS_READ_OWN):
        return Visibility(principal.staff_id, principal.team_ids, own_only=True)
    raise Forbidden


def author_of(principal: Principal) -> Author:
    """How this person signs their messages."""
    return Author(AuthorKind.STAFF, principal.staff_id, principal.display_name)
