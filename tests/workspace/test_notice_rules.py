"""Who is told of a deadline that nobody has in hand."""

from uuid import UUID, uuid4

import pytest

from yingda.identity import Permission, Principal
from yingda.workspace.notices.rules import in_charge

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
