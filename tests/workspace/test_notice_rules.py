"""Who is told of a deadline that nobody has in hand."""

from typing import cast
from uuid import UUID, uuid4

import pytest

from yingda.identity import Permission, Principal
from yingda.tickets import Ticket
from yingda.workspace.notices.rules import in_charge, told_of_deadline

TEAM, OTHER = uuid4(), uuid4()
ASSIGN = Permission.CONVERSATIONS_ASSIGN


def person(*teams: UUID, assigns: bool = True, only: UUID | None = None) -> Principal:
    return Principal(
        staff_id=uuid4(),
        display_name="",
        permissions=frozenset({ASSIGN} if assigns else ()),
        team_ids=frozenset(teams),
        limited_to={ASSIGN: frozenset({only})} if only else {},
    )


ADMIN, HEAD, OTHER_HEAD = person(), person(TEAM), person(OTHER, only=OTHER)
AGENT = person(TEAM, assigns=False)


@pytest.mark.parametrize(
    ("people", "team", "told"),
    [
        ([ADMIN, HEAD, OTHER_HEAD, AGENT], TEAM, [HEAD]),
        ([ADMIN, OTHER_HEAD, AGENT], TEAM, [ADMIN]),
        ([ADMIN, HEAD, AGENT], None, [HEAD]),
        ([AGENT], TEAM, []),
    ],
)
def test_those_in_charge(people: list[Principal], team: UUID | None, told: list[Principal]) -> None:
    assert in_charge(people, team) == [one.staff_id for one in told]


LOGISTICS = uuid4()


class OfLogistics:
    """Of a ticket, what decides."""

    department_id = LOGISTICS

    def __init__(self, owner_id: UUID | None) -> None:
        self.owner_id = owner_id


def member(*permissions: Permission, department: UUID = LOGISTICS) -> Principal:
    return Principal(
        staff_id=uuid4(), display_name="", permissions=frozenset(permissions), department_ids=frozenset({department})
    )


HAND, READER = member(Permission.TICKETS_EDIT), member(Permission.TICKETS_READ)
CHIEF = member(Permission.TICKETS_EDIT, Permission.TICKETS_MANAGE)
ELSEWHERE = member(Permission.TICKETS_EDIT, Permission.TICKETS_MANAGE, department=uuid4())


@pytest.mark.parametrize(
    ("people", "owner", "late", "told"),
    [
        ([HAND, READER, CHIEF, ELSEWHERE], HAND, False, [HAND]),
        ([HAND, READER, CHIEF, ELSEWHERE], HAND, True, [HAND, CHIEF]),
        ([HAND, READER, CHIEF, ELSEWHERE], None, False, [HAND, CHIEF]),
        ([HAND, READER, ELSEWHERE], None, True, [HAND, ELSEWHERE]),
        ([READER, ELSEWHERE], None, False, [ELSEWHERE]),
    ],
)
def test_those_told_of_a_ticket(
    people: list[Principal], owner: Principal | None, late: bool, told: list[Principal]
) -> None:
    ticket = cast("Ticket", OfLogistics(owner.staff_id if owner else None))
    found = told_of_deadline(people, ticket, late=late)
    assert list(dict.fromkeys(found)) == [one.staff_id for one in told]
