"""Who is told."""

from collections.abc import Iterable
from uuid import UUID

from yingda.identity import Permission, Principal
from yingda.tickets import Ticket


def in_charge(principals: Iterable[Principal], team_id: UUID | None) -> list[UUID]:
    """Who may assign what belongs to a team (or to none yet): those who work in it, or else whoever may."""
    may = [one for one in principals if _may_assign(one, team_id)]
    near = [one for one in may if team_id in one.team_ids or (team_id is None and one.team_ids)]
    return [one.staff_id for one in near or may]


def _may_assign(principal: Principal, team_id: UUID | None) -> bool:
    teams = principal.teams_for(Permission.CONVERSATIONS_ASSIGN)
    return teams is None or team_id in teams


def department_heads(principals: Iterable[Principal], department_id: UUID) -> list[UUID]:
    """Who directs a department's tickets: those of it who manage tickets, or else whoever does."""
    managers = [one for one in principals if one.may(Permission.TICKETS_MANAGE)]
    own = [one for one in managers if department_id in one.department_ids]
    return [one.staff_id for one in own or managers]


def told_of_deadline(principals: Iterable[Principal], ticket: Ticket, *, late: bool) -> list[UUID]:
    """The owner; where there is none, everybody of the department who could take it; its heads too, once it is late."""
    people = list(principals)
    heads = department_heads(people, ticket.department_id)
    if ticket.owner_id:
        return [ticket.owner_id, *(heads if late else ())]
    hands = [
        one.staff_id
        for one in people
        if ticket.department_id in one.department_ids and one.may(Permission.TICKETS_EDIT)
    ]
    return [*hands, *(heads if late or not hands else ())]
